package message

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Choose is the language of those offered that a reader prefers by an
// Accept-Language header (RFC 9110, section 12.5.4; the lookup of RFC 4647, section
// 3.4: "fr-CA" takes "fr"); fallback if none is. "*" is any language that the header
// does not name: the fallback, or else the first one offered. One that the header
// refuses (q=0) is taken only if there is no other.
func Choose(header string, offered []string, fallback string) string {
	best, weight, any := "", 0, 0
	var named, refused []string
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(part, ";")
		tag = strings.ToLower(strings.TrimSpace(tag))
		q := quality(params)
		lang := lookup(tag, offered)
		switch {
		case tag == "*":
			any = q
		case q == 0:
			refused = append(refused, tag)
		case lang != "":
			named = append(named, lang)
			if q > weight {
				best, weight = lang, q
			}
		}
	}
	order := append([]string{fallback}, offered...)
	if any > weight {
		if lang := except(order, append(named, refused...)); lang != "" {
			return lang
		}
	}
	return cmp.Or(best, except(order, refused), fallback)
}

// except is the first of tags that is not among others.
func except(tags, others []string) string {
	for _, tag := range tags {
		if !slices.Contains(others, tag) {
			return tag
		}
	}
	return ""
}

// lookup drops the last part of a tag until what is left is offered.
func lookup(tag string, offered []string) string {
	for tag != "" {
		if slices.Contains(offered, tag) {
			return tag
		}
		tag = tag[:max(0, strings.LastIndexByte(tag, '-'))]
	}
	return ""
}

// quality is the weight in the parameters of a language, in thousandths; less than 0
// is no weight, and says nothing of the language.
func quality(params string) int {
	value, ok := strings.CutPrefix(strings.TrimSpace(params), "q=")
	if !ok {
		return 1000
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil || q < 0 || q > 1 {
		return -1
	}
	return int(q*1000 + .5)
}
