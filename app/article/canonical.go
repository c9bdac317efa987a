package article

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Canonical is the form of one block's text that offsets count in: NFC, each run
// of white space (no-break spaces and line breaks too) one U+0020, none at the
// ends. Control characters and byte order marks are dropped and invalid UTF-8
// becomes U+FFFD. It is idempotent.
func Canonical(s string) string {
	if isCanonical(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = true
			continue
		case unicode.IsControl(r), r == '\uFEFF':
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	// Last, since dropping a character can bring a letter and a mark together.
	return norm.NFC.String(b.String())
}

// isCanonical recognises the common case, printable ASCII without double spaces.
func isCanonical(s string) bool {
	space := true // as if before the text, so that a leading one is seen
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}
