package anchor

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// recased reports whether two texts with the same folded words say something else
// by their letters' case: "us" is not "US", nor "may" the month. Case that differs
// for all of several words (a headline in capitals), or only at the start of a
// sentence, says nothing. begins says that a sentence begins with them.
func recased(was, now string, begins bool) bool {
	a, b := tokens(was), tokens(now)
	if len(a) != len(b) || len(a) > 1 && (capitals(was) || capitals(now) || !strings.ContainsFunc(now, unicode.IsUpper)) {
		return false
	}
	starts := sentenceStarts(was, now)
	starts[0] = begins
	for i := range a {
		if !sameCase(a[i], b[i]) && !(starts[i] && sameCase(tail(a[i]), tail(b[i]))) {
			return true
		}
	}
	return false
}

// capitals reports whether all letters of s that have a case are capitals.
func capitals(s string) bool {
	return strings.ContainsFunc(s, unicode.IsUpper) && !strings.ContainsFunc(s, unicode.IsLower)
}

// sameCase reports whether the letters of two words that differ in nothing else
// have the same case.
func sameCase(a, b string) bool {
	for a != "" && b != "" {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if unicode.IsUpper(x) != unicode.IsUpper(y) {
			return false
		}
		a, b = a[n:], b[m:]
	}
	return true
}

// opensSentence reports whether a sentence may begin behind s.
func opensSentence(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) && r != '\n' || unicode.In(r, unicode.Pi, unicode.Ps) || r == '"' || r == '\''
	})
	return s == "" || strings.ContainsAny(s[len(s)-1:], ".!?:\n")
}

// tail is a word without its first letter.
func tail(word string) string { return word[firstLen(word):] }

// sentenceStarts says for each word whether a sentence begins with it in either of
// two texts of the same words.
func sentenceStarts(was, now string) map[int]bool {
	starts := map[int]bool{}
	for _, text := range []string{was, now} {
		count := 0
		for text != "" {
			end := strings.IndexAny(text, ".!?\n")
			if end < 0 {
				break
			}
			count += len(tokens(text[:end]))
			text = text[end+1:]
			starts[count] = true
		}
	}
	return starts
}
