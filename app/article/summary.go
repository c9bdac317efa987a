package article

import (
	"strings"
	"unicode"

	"marginalia/app/textpos"
)

// Words counts the words of all blocks. A run of characters without white space
// that holds a letter or digit is a word; a Han or Kana character is one of its
// own, as in the word counts of text editors.
func (rev Revision) Words() int {
	n := 0
	for _, b := range rev.Blocks {
		for word := range strings.FieldsSeq(b.Text) {
			n += wordsIn(word)
		}
	}
	return n
}

func wordsIn(field string) int {
	n, inside := 0, false
	for _, r := range field {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			n, inside = n+1, false
		case !inside && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			n, inside = n+1, true
		}
	}
	return n
}

// Deck is the first paragraph of rev (its first block that is no heading when it
// has none), cut at a word when it is longer than limit code points; the cut is
// marked by "…", which counts.
func Deck(rev Revision, limit int) string {
	text := deckText(rev)
	if int(textpos.Count(text)) <= limit {
		return text
	}
	if limit < 1 {
		return ""
	}
	room := textpos.Rune(limit - 1)
	cut := textpos.Slice(text, textpos.Span{End: room + 1})
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 {
		cut = cut[:space]
	} else {
		// No space to cut at: between characters, at least, never inside one.
		whole := textpos.SnapGraphemes(text, textpos.Span{Start: room, End: room})
		cut = textpos.Slice(text, textpos.Span{End: whole.Start})
	}
	return strings.TrimRightFunc(cut, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.In(r, unicode.Pd) || strings.ContainsRune(",;:.، ,。、", r)
	}) + "…"
}

func deckText(rev Revision) string {
	other := ""
	for _, b := range rev.Blocks {
		switch {
		case b.Kind == Paragraph:
			return b.Text
		case b.Kind != Heading && other == "":
			other = b.Text
		}
	}
	return other
}
