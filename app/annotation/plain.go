package annotation

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const notPlain = "has control characters"

// tooLong is the detail for a text of more than limit code points.
func tooLong(limit int) string {
	return fmt.Sprintf("is too long: at most %d characters", limit)
}

// isPlain reports whether s is a text as a person types it: UTF-8, and no control
// characters but line breaks of any system and tabs.
func isPlain(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t'
	})
}

// hasControl reports whether s has a control character of any kind.
func hasControl(s string) bool { return strings.ContainsFunc(s, unicode.IsControl) }

// hasOverride reports whether s has a character that turns the direction of the
// text around it, with which one name can look like another.
func hasOverride(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
	})
}

// isBlank reports whether nothing of s can be seen: white space and format
// characters, such as the zero-width space, only.
func isBlank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r)
	})
}

// isLanguage reports whether s has the form of a BCP 47 tag: a language of two to
// eight letters, or "x", and subtags of up to eight letters and digits. Whether
// such a language exists is not asked.
func isLanguage(s string) bool {
	const longest = 35 // RFC 5646, section 4.4.1
	if len(s) > longest {
		return false
	}
	first, rest, more := strings.Cut(s, "-")
	private := strings.EqualFold(first, "x") && more
	if !private && (len(first) < 2 || len(first) > 8 || strings.ContainsAny(first, digits)) {
		return false
	}
	if !more {
		return alphanumeric(first)
	}
	for sub := range strings.SplitSeq(rest, "-") {
		if len(sub) == 0 || len(sub) > 8 || !alphanumeric(sub) {
			return false
		}
	}
	return alphanumeric(first)
}

const digits = "0123456789"

// alphanumeric reports whether s has ASCII letters and digits only.
func alphanumeric(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	})
}
