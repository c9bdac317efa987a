package moderation

import (
	"iter"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Article is an article's text, prepared once for many checks. It may be used by
// several goroutines.
type Article struct {
	words  int
	joined string // all words in order with a space around each, to find quotations in
	lang   string // by its function words; empty when unsure
	gists  gists
}

// NewArticle prepares the canonical text of a revision.
func NewArticle(text string) *Article {
	a := &Article{lang: guessLanguage(tokens(text))}
	var joined strings.Builder
	joined.Grow(len(text) + 2)
	joined.WriteByte(' ')
	for t := range tokens(text) {
		a.words++
		joined.WriteString(t.text)
		joined.WriteByte(' ')
	}
	a.joined = joined.String()
	return a
}

// token is one word as topic and quotation see it: small letters, accents kept,
// numbers without the separators in them.
type token struct {
	text   string
	at     place // after text, from [start]
	name   bool  // begins with a capital where no sentence begins
	number bool
}

// tokens cuts text into words. Scripts that put no spaces between words give
// overlapping pairs of letters instead.
func tokens(text string) iter.Seq[token] {
	return func(yield func(token) bool) {
		runes := []rune(norm.NFC.String(text))
		var all strings.Builder // what tokens are cut from
		all.Grow(len(text))
		first := true
		for i := 0; i < len(runes); {
			if !isWordRune(runes[i]) {
				first = first || sentenceEnds.has(runes[i])
				i++
				continue
			}
			end := tokenEnd(runes, i)
			if !emit(&all, runes[i:end], first, yield) {
				return
			}
			first = false
			i = end
		}
	}
}

// tokenEnd is where the word at i ends: an apostrophe between letters and a
// separator between digits are part of it.
func tokenEnd(runes []rune, i int) int {
	for i++; i < len(runes); i++ {
		r := runes[i]
		if isWordRune(r) {
			if unspaced(r) != unspaced(runes[i-1]) && !unicode.IsMark(r) {
				break
			}
			continue
		}
		if i+1 >= len(runes) || !isWordRune(runes[i+1]) {
			break
		}
		number := digit(runes[i-1]) >= 0 && digit(runes[i+1]) >= 0
		if !(number && strings.ContainsRune(",.'’\u00a0\u202f٬", r) || !number && (r == '\'' || r == '’')) {
			break
		}
	}
	return i
}

// emit yields the word, or the words, of a run; it writes them into all.
func emit(all *strings.Builder, run []rune, first bool, yield func(token) bool) bool {
	if unspaced(run[0]) && len(run) > 1 {
		for i := range len(run) - 1 {
			if !yield(newToken(string(run[i : i+2]))) {
				return false
			}
		}
		return true
	}
	t := token{name: !first && isUpper(run[0]), number: digit(run[0]) >= 0}
	from := all.Len()
	for _, r := range run {
		switch d := digit(r); {
		case r >= 'a' && r <= 'z':
			all.WriteByte(byte(r))
		case d >= 0:
			all.WriteByte(byte('0' + d))
		case r == '\'' || r == '’':
			all.WriteByte('\'')
		case isWordRune(r):
			all.WriteRune(unicode.ToLower(r))
		}
		// All else is a separator in a number.
	}
	t.text = all.String()[from:]
	t.at = start.after(t.text)
	return yield(t)
}

func newToken(text string) token { return token{text: text, at: start.after(text)} }

// unspaced reports whether r is of a script that puts no spaces between words.
func unspaced(r rune) bool {
	return r >= 0xE00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// joinWords is the words of text with a space around each.
func joinWords(text string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for t := range tokens(text) {
		b.WriteString(t.text)
		b.WriteByte(' ')
	}
	return b.String()
}
