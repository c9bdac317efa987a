package source

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"marginalia/app/lookalike"
)

// resembles is the well-known domain that a host poses as, or "". It looks at
// letters of other alphabets, at figures for letters, at one letter more, less,
// other or swapped, and at a known name in front of another one.
func (c *Classifier) resembles(host, domain string) string {
	if domain == "" || on(host, wellKnown) || c.listed(host) || on(host, users) || on(host, archives) || on(host, shorteners) ||
		on(host, genuine) {
		return ""
	}
	label, suffix, _ := strings.Cut(domain, ".")
	script := unicodeLabel(label)
	look, whole := skeleton(script)
	glance := squash(look)
	for _, k := range slices.Concat(knownNames(), names(c.Allow)) {
		switch {
		case isASCII(script) && similar(label, glance, suffix, k), !isASCII(script) && glance == k.glance:
			return k.host
		case inFront(host, k):
			return k.host
		}
	}
	if !isASCII(script) && (mixed(script) || whole && disguised(script) && !strings.HasPrefix(topOf(suffix), "xn--")) {
		return look + "." + suffix
	}
	return ""
}

// name is a domain that others pose as.
type name struct{ host, label, suffix, glance string }

func names(hosts []string) []name {
	list := make([]name, len(hosts))
	for i, host := range hosts {
		host = asciiHost(host)
		label, suffix, _ := strings.Cut(host, ".")
		list[i] = name{host, label, suffix, squash(label)}
	}
	return list
}

var knownNames = sync.OnceValue(func() []name { return names(wellKnown) })

// listed reports whether the publisher itself names the host.
func (c *Classifier) listed(host string) bool {
	return slices.ContainsFunc(slices.Concat(c.Allow, c.Users, c.Shorteners), func(h string) bool { return below(host, asciiHost(h)) })
}

// vetted are top levels whose names are given out after a check: nobody poses
// there by a slip of the pen.
var vetted = []string{"gov", "mil", "int", "edu"}

// similar compares labels in ASCII; glance is label squashed.
func similar(label, glance, suffix string, k name) bool {
	if label == k.label || slices.Contains(vetted, topOf(suffix)) {
		return false
	}
	if len(k.label) >= 5 && glance == k.glance {
		return true
	}
	// What is left of abcnews is too short to say that it is meant: nbcnews is another
	// house, as france2 is beside france24.
	core := strings.TrimSuffix(k.label, "news")
	if suffix != k.suffix || len(k.label) < 6 || len(core) < 5 || strings.ContainsAny(k.label, "0123456789") {
		return false
	}
	// One other letter in a short word often makes another word: snopes, slopes.
	return oneEdit(label, k.label, len(k.label) >= 7)
}

func topOf(suffix string) string { return suffix[strings.LastIndexByte(suffix, '.')+1:] }

// inFront reports whether host goes on after a well-known name, as in
// "reuters.com.example.net" and "reuters.com-news.example".
func inFront(host string, k name) bool {
	i := strings.Index("."+host, "."+k.host)
	if i < 0 {
		return false
	}
	rest := host[i+len(k.host):]
	switch {
	case strings.HasPrefix(rest, "-"):
		return true
	case !strings.HasPrefix(rest, "."):
		return false
	}
	// A house may have a branch "name.com.xx"; the short names are many houses'.
	return len(rest) != 3 || len(k.label) >= 5
}

// skeleton is a label as it looks: letters of other alphabets as the Latin ones
// that they can be taken for. Whole says that every letter could be taken so.
func skeleton(label string) (look string, whole bool) {
	var b strings.Builder
	whole = true
	for _, r := range norm.NFKD.String(label) {
		if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			continue
		}
		switch letter := lookalike.Latin(unicode.ToLower(r)); {
		case r == 'ӏ':
			r = 'l' // in a host it poses as an l, in a word as an i
		case letter != 0:
			r = letter
		default:
			whole = false
		}
		b.WriteRune(r)
	}
	return b.String(), whole
}

var squasher = strings.NewReplacer("rn", "m", "vv", "w", "0", "o", "1", "l", "i", "l", "5", "s", "3", "e", "-", "")

// squash makes equal what looks equal at a glance in ASCII.
func squash(label string) string { return squasher.Replace(label) }

// mixed reports whether one label holds Latin letters and such of an alphabet
// that looks like it: no language does.
func mixed(label string) bool {
	has := func(tables ...*unicode.RangeTable) bool {
		return strings.ContainsFunc(label, func(r rune) bool { return unicode.In(r, tables...) })
	}
	return has(unicode.Latin) && has(unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Coptic)
}

// disguised reports whether a label is written in such Cyrillic letters only
// that have a Latin twin.
func disguised(label string) bool {
	return !strings.ContainsFunc(label, func(r rune) bool {
		return !strings.ContainsRune("асԁеһіјӏорԛѕԝху-0123456789", r)
	}) && strings.ContainsFunc(label, unicode.IsLetter)
}

// oneEdit reports whether one letter was added, dropped, swapped with its
// neighbour or, if others count, replaced by another one.
func oneEdit(a, b string, others bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		if i == len(a) {
			return false
		}
		swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		return swapped || others && a[i+1:] == b[i+1:]
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}
