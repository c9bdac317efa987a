package annotation

import "strings"

// The judges of single values.

func (c *checker) text(v any) {
	if _, ok := v.(string); !ok {
		c.problem("must be a string")
	}
}

func (c *checker) iri(v any) {
	if s, ok := v.(string); !ok || !isIRI(s) {
		c.problem("must be an IRI")
	}
}

func (c *checker) mailto(v any) {
	if s, ok := v.(string); !ok || !isIRI(s) || !strings.HasPrefix(strings.ToLower(s), "mailto:") {
		c.problem("must be a mailto: IRI")
	}
}

func (c *checker) dateTime(v any) {
	if s, ok := v.(string); !ok || !utcTime(s) {
		c.problem("must be an xsd:dateTime in UTC, written with Z")
	}
}

func (c *checker) natural(v any) {
	if !naturalNumber(v) {
		c.problem("must be a whole number, 0 or more")
	}
}

func (c *checker) direction(v any) {
	if v != "ltr" && v != "rtl" && v != "auto" {
		c.problem("must be ltr, rtl or auto")
	}
}

// isIRI reports whether s has the form of an absolute IRI (RFC 3987): a scheme,
// something after it, and no character that an IRI must escape. What each scheme
// asks for beyond that is not looked at.
func isIRI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || rest == "" || scheme == "" || !isLetter(scheme[0]) {
		return false
	}
	if strings.ContainsFunc(scheme, func(r rune) bool {
		return !strings.ContainsRune("+-.", r) && !alphanumeric(string(r))
	}) {
		return false
	}
	for i, r := range rest {
		switch {
		case r <= ' ' || r >= 0x7f && r <= 0xa0 || strings.ContainsRune("<>\"{}|\\^`\u2028\u2029\ufffd", r):
			return false
		case r == '%' && !isEscape(rest[i:]):
			return false
		}
	}
	return true
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// isEscape reports whether s starts with % and two hexadecimal digits.
func isEscape(s string) bool {
	return len(s) >= 3 && strings.Trim(s[1:3], digits+"abcdefABCDEF") == ""
}
