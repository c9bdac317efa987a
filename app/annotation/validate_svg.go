package annotation

import "strings"

// svg judges the value of an SvgSelector (section 4.2.7).
func (c *checker) svg(v any) {
	s, ok := v.(string)
	switch {
	case !ok:
		c.problem("must be a string")
	case !wellFormed(s):
		c.problem("must be well-formed XML")
	}
}

// wellFormed reports whether s is one XML element whose tags are in balance, as
// far as it can be told without a parser of entities and names: package
// encoding/xml would be the heaviest thing in this one. It is lenient about what
// stands between the tags and never refuses well-formed XML.
func wellFormed(s string) bool {
	var open []string
	roots := 0
	for {
		text, rest, found := strings.Cut(s, "<")
		if len(open) == 0 && strings.Trim(text, " \t\r\n\ufeff") != "" {
			return false // words outside the root
		}
		if !found {
			return len(open) == 0 && roots == 1
		}
		tag, after, ok := cutTag(rest)
		if !ok {
			return false
		}
		s = after
		name, isEnd := strings.CutPrefix(tag, "/")
		switch {
		case strings.HasPrefix(tag, "!") || strings.HasPrefix(tag, "?"):
		case isEnd:
			n := len(open) - 1
			if n < 0 || open[n] != strings.TrimRight(name, " \t\r\n") {
				return false
			}
			open = open[:n]
		default:
			if len(open) == 0 {
				roots++
			}
			if name = tagName(tag); name == "" {
				return false
			}
			if !strings.HasSuffix(tag, "/") {
				open = append(open, name)
			}
		}
	}
}

// cutTag splits s, which follows a "<", at the end of that tag, comment,
// instruction or declaration; tag is what stands between the brackets.
func cutTag(s string) (tag, after string, ok bool) {
	for _, mark := range [][2]string{{"!--", "-->"}, {"![CDATA[", "]]>"}, {"?", "?>"}} {
		if strings.HasPrefix(s, mark[0]) {
			_, after, ok = strings.Cut(s[len(mark[0]):], mark[1])
			return mark[0], after, ok
		}
	}
	declaration := strings.HasPrefix(s, "!")
	quote, nested := byte(0), 0
	for i := range len(s) {
		switch b := s[i]; {
		case b == '<' && !declaration:
			return "", "", false // not even within quotes
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '<': // a document type holds further declarations
			nested++
		case b == '>' && nested > 0:
			nested--
		case b == '>':
			return s[:i], s[i+1:], true
		}
	}
	return "", "", false
}

// tagName is the name that a start tag begins with.
func tagName(tag string) string {
	if i := strings.IndexAny(tag, " \t\r\n/"); i >= 0 {
		tag = tag[:i]
	}
	if strings.ContainsAny(tag, "=\"'&") {
		return ""
	}
	return tag
}
