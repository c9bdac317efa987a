package message

import (
	"slices"
	"strconv"
	"strings"
)

// Choose is the language of those offered that a reader prefers by an
// Accept-Language header (RFC 9110, section 12.5.4; the lookup of RFC 4647, section
// 3.4: "fr-CA" takes "fr"); fallback if none is.
func Choose(header string, offered []string, fallback string) string {
	best, weight := fallback, 0
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(part, ";")
		q := quality(params)
		if q <= weight {
			continue
		}
		if lang := lookup(strings.ToLower(strings.TrimSpace(tag)), offered, fallback); lang != "" {
			best, weight = lang, q
		}
	}
	return best
}

// lookup drops the last part of a tag until what is left is offered.
func lookup(tag string, offered []string, fallback string) string {
	if tag == "*" {
		return fallback
	}
	for tag != "" {
		if slices.Contains(offered, tag) {
			return tag
		}
		tag = tag[:max(0, strings.LastIndexByte(tag, '-'))]
	}
	return ""
}

// quality is the weight in the parameters of a language, in thousandths.
func quality(params string) int {
	value, ok := strings.CutPrefix(strings.TrimSpace(params), "q=")
	if !ok {
		return 1000
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil || q < 0 || q > 1 {
		return 0
	}
	return int(q*1000 + .5)
}
