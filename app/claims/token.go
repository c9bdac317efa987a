package claims

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, a figure or a sign of a sentence.
type token struct {
	text   string // in small letters; a figure by its kind
	figure bool
	name   bool // has a capital and does not begin the sentence
}

// signs are tokens by themselves.
const signs = "%$€£?!\"“”"

// tokenize cuts a sentence into words, figures and the signs that say something.
func tokenize(sentence string) []token {
	tokens := make([]token, 0, len(sentence)/5+1)
	first := true
	for i := 0; i < len(sentence); {
		r, size := utf8.DecodeRuneInString(sentence[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if strings.ContainsRune(signs, r) {
				tokens = append(tokens, token{text: string(r)})
			}
			i += size
			continue
		}
		end := wordEnd(sentence, i)
		t := token{figure: unicode.IsDigit(r)}
		if t.figure {
			t.text = figure(sentence[i:end])
		} else {
			t.text = strings.ReplaceAll(strings.ToLower(sentence[i:end]), "’", "'")
			t.name = unicode.IsUpper(r) && !first && t.text != "i" && !strings.HasPrefix(t.text, "i'")
		}
		tokens = append(tokens, t)
		first = false
		i = end
	}
	return tokens
}

// wordEnd is where the word or figure at i ends. An apostrophe between letters
// belongs to it, and a point or comma between digits.
func wordEnd(s string, i int) int {
	var last rune
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) {
			next, _ := utf8.DecodeRuneInString(s[i+size:])
			inWord := (r == '\'' || r == '’') && unicode.IsLetter(next)
			inFigure := (r == '.' || r == ',') && unicode.IsDigit(last) && unicode.IsDigit(next)
			if !inWord && !inFigure {
				break
			}
		}
		last = r
		i += size
	}
	return i
}

// figure names a figure by its kind, for no two articles have the same ones: a
// year, a decimal, else how many digits it has, up to four; then what hangs on it,
// as in "30s" and "7th".
func figure(text string) string {
	tail := strings.ToLower(strings.TrimLeft(text, "0123456789.,"))
	number := text[:len(text)-len(tail)]
	digits := len(number) - strings.Count(number, ",") - strings.Count(number, ".")
	switch {
	case len(number) == 4 && digits == 4 && (number[:2] == "19" || number[:2] == "20"):
		return "#year" + tail
	case strings.Contains(number, "."):
		return "#." + tail
	}
	return "#0000"[:1+min(digits, 4)] + tail
}
