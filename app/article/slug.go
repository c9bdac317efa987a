package article

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"marginalia/app/textpos"
)

// maxSlug is the most code points that a slug may have.
const maxSlug = 100

// Slug makes a slug from a file's name: folders and the extension dropped, lower
// case, "-" between words, Latin and Greek letters without their diacritics.
// Letters of other scripts stay. A name without letters or digits is "article".
func Slug(name string) string {
	var b strings.Builder
	gap, latin := false, false
	for _, r := range norm.NFD.String(lower(BaseName(name))) {
		switch {
		case unicode.Is(unicode.M, r):
			// In other scripts a mark makes a different letter or vowel.
			if !latin && b.Len() > 0 && !gap {
				b.WriteRune(r)
			}
			continue
		case r == '\'' || r == '’':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap, latin = false, unicode.In(r, unicode.Latin, unicode.Greek)
		if spelled := textpos.PlainLetter(r); spelled != "" {
			b.WriteString(spelled)
		} else {
			b.WriteRune(r)
		}
	}
	slug := []rune(norm.NFC.String(b.String()))
	slug = slug[:min(len(slug), maxSlug)]
	if s := strings.Trim(string(slug), "-"); ValidSlug(s) {
		return s
	}
	return "article"
}

// ValidSlug reports whether s can be a slug: 1 to 100 code points of letters
// (none in upper case), marks on them, digits and single "-" between words, NFC.
func ValidSlug(s string) bool {
	n, last := 0, '-'
	for _, r := range s {
		switch {
		case r == unicode.ReplacementChar, r == '-' && last == '-':
			return false
		case unicode.Is(unicode.M, r) && last == '-':
			return false
		case r != '-' && !unicode.In(r, unicode.L, unicode.M, unicode.Nd), r != unicode.ToLower(r):
			return false
		}
		n, last = n+1, r
	}
	return n > 0 && n <= maxSlug && last != '-' && norm.NFC.IsNormalString(s)
}

// BaseName is a file's name without its folders and its extension.
func BaseName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 || len(name)-dot > 9 || strings.ContainsAny(name[dot:], " -_") {
		return name
	}
	return name[:dot]
}

// lower is lower case by code point, so that it agrees with ValidSlug.
func lower(s string) string { return strings.Map(unicode.ToLower, s) }
