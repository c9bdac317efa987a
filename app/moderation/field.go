package moderation

import (
	"slices"
	"strings"
	"unicode"

	"marginalia/app/annotation"
)

// field is one text of a note, by code points.
type field struct {
	name  string
	runes []rune
	// plain is what the rules read: runes, at most maxJudged of them, with every
	// link blanked out. An address is judged by where it leads, not by the
	// letters and digits in it.
	plain []rune
	links []span
	seen  *sight // see [field.see]
	lend  *arenas
}

// span is the half-open interval [start, end) of a field's code points.
type span struct{ start, end int }

// blank stands for the code points of a link; nothing joins across it.
const blank = '\n'

// maxJudged is how many code points of a field the rules read, ten times what a
// note has room for. A longer text costs no more time, and is never published.
const maxJudged = 10 * annotation.MaxText

// newField is a field for which nothing is lent.
func newField(name, text string) *field { return newFieldOf(new(arenas), name, text) }

func newFieldOf(lend *arenas, name, text string) *field {
	f := &field{name: name, runes: []rune(text), lend: lend}
	f.plain = f.runes[:min(len(f.runes), maxJudged)]
	f.links = findLinks(f.plain)
	if len(f.links) > 0 {
		f.plain = slices.Clone(f.plain)
		for _, link := range f.links {
			for i := link.start; i < link.end; i++ {
				f.plain[i] = blank
			}
		}
	}
	return f
}

// findLinks finds web addresses that start with http://, https:// or www.
func findLinks(text []rune) []span {
	var found []span
	for i := 0; i < len(text); i++ {
		if i > 0 && isWordRune(text[i-1]) || !startsLink(text[i:]) {
			continue
		}
		end := i
		for end < len(text) && !endsLink(text[end]) {
			end++
		}
		for end > i && strings.ContainsRune(".,;:!?)]'’", text[end-1]) {
			end--
		}
		found = append(found, span{i, end})
		i = end
	}
	return found
}

func startsLink(text []rune) bool {
	if !linkStarts.has(text[0]) {
		return false
	}
	for _, prefix := range []string{"http://", "https://", "www."} {
		if len(text) > len(prefix) && strings.EqualFold(string(text[:len(prefix)]), prefix) {
			return !endsLink(text[len(prefix)])
		}
	}
	return false
}

func endsLink(r rune) bool {
	return unicode.IsSpace(r) || linkEnds.has(r)
}

func isWordRune(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.In(r, unicode.Letter, unicode.Mark, unicode.Nd)
}

func isUpper(r rune) bool {
	if r < 0x80 {
		return r >= 'A' && r <= 'Z'
	}
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// digit is the value of a decimal digit of the common scripts, or -1.
func digit(r rune) int {
	if r < 0x80 {
		if r >= '0' && r <= '9' {
			return int(r - '0')
		}
		return -1
	}
	for _, zero := range []rune{0x660, 0x6F0, 0x966, 0x9E6, 0xFF10} {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	if r >= 0x1D7CE && r <= 0x1D7FF { // mathematical digits: five alphabets of ten
		return int(r-0x1D7CE) % 10
	}
	return -1
}
