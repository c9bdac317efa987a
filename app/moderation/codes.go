package moderation

import "slices"

// withoutCodes drops matches of one short word that is rather the code of a flight,
// a bus or a room than a term with digits for letters: "AF65", "516A". Where digits
// stand for letters in other words too they do so here.
func (g *page) withoutCodes(list []match) []match {
	if !slices.ContainsFunc(list, g.code) || g.digitsForLetters() > 1 {
		return list
	}
	return slices.DeleteFunc(list, g.code)
}

func (g *page) code(m match) bool {
	return m.lead+m.tail == 0 && likeCode(g.glyphs[g.words[m.first].start:g.words[m.last].end])
}

// digitsForLetters counts the words of digits and letters that are no codes.
func (g *page) digitsForLetters() (n int) {
	for i := range g.written {
		if w := &g.written[i]; mixed(w.forms[0]) && !likeCode(g.glyphs[w.start:w.end]) {
			n++
		}
	}
	return n
}

// mostCode is the length up to which codes are terms by chance: of all words of four
// digits and letters from a to f one in a thousand is.
const mostCode = 4

// likeCode reports whether a run is written as codes are: more digits than letters, or
// two digits and more before or after all letters. "f4g" and "5hit" are not.
func likeCode(run []glyph) bool {
	if len(run) > mostCode {
		return false
	}
	letters, digits, turns := 0, 0, 0
	for i, l := range run {
		is := l.r >= '0' && l.r <= '9'
		switch {
		case is:
			digits++
		case isWordRune(l.r):
			letters++
		default:
			return false
		}
		if i > 0 && is != (run[i-1].r >= '0' && run[i-1].r <= '9') {
			turns++
		}
	}
	return letters > 0 && (digits > letters || digits > 1 && turns == 1)
}
