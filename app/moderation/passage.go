package moderation

import (
	"strings"
	"unicode"
)

// minPassage is how many words a passage has that can show what a source says.
const minPassage = 3

// passages points out what is by its form no quotation from a source.
func (j *job) passages() {
	for _, f := range j.fields {
		if !strings.HasSuffix(f.name, "/passage") {
			continue
		}
		text := sameWords(string(f.runes))
		h := hit{rule: rulePassage}
		switch {
		case text == "":
			continue
		case text == sameWords(j.note.Text):
			h.kase = "note"
		case text == sameWords(j.subject.Quote):
			h.kase = "claim"
		case len(f.links) > 0 && sameWords(string(f.plain)) == "":
			h.kase = "address"
		case countWords(f.plain) < minPassage && len(f.plain) == len(f.runes):
		default:
			continue
		}
		j.mark(f, h, 0, min(len(f.runes), maxMarked))
	}
}

// sameWords is a text as it is compared: in lower case, without signs around it
// and with one space for each run of them.
func sameWords(text string) string {
	text = strings.TrimFunc(text, func(r rune) bool { return !isWordRune(r) })
	return strings.ToLower(strings.Join(strings.Fields(text), " "))
}

// countWords counts two letters of a script without spaces as a word.
func countWords(text []rune) int {
	words, packed, inside := 0, 0, false
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			packed++
			inside = false
		case unicode.IsSpace(r):
			inside = false
		case isWordRune(r) && !inside:
			words++
			inside = true
		}
	}
	return words + packed/2
}
