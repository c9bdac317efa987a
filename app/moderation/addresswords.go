package moderation

import (
	"strings"
	"unicode"
)

// addressWord is a word or number of a field as addresses are read.
type addressWord struct {
	span
	text   string // in small letters
	upper  bool   // begins with a capital, or has a script without capitals
	digits int    // how many it begins with
	letter bool   // a letter follows the digits: 221b
	// gap is what parts it from the word before: a space, a comma, a point, a
	// hyphen, a line break, or 'x' for all else.
	gap rune
}

// isHouse reports whether w can be the number of a house.
func (w *addressWord) isHouse() bool {
	return w.digits > 0 && w.digits <= 5 && (w.digits == w.end-w.start || w.letter)
}

// isYear reports whether w can be a year.
func (w *addressWord) isYear() bool { return w.digits == 4 && !w.letter && isYear(w.text) }

// addressWords cuts a text into words; hyphens and apostrophes inside a word are
// part of it.
func addressWords(lend *arenas, text []rune) []addressWord {
	list := lend.places.take(len(text)/5 + 1)
	var b strings.Builder // what words are cut from
	b.Grow(len(text))
	for i := 0; i < len(text); {
		if !isWordRune(text[i]) {
			i++
			continue
		}
		w := addressWord{span: span{start: i}}
		from := b.Len()
		for i < len(text) && (isWordRune(text[i]) || inWord(text, i)) {
			d := digit(text[i])
			switch {
			case d >= 0:
				if b.Len()-from == w.digits {
					w.digits++
				}
				b.WriteByte(byte('0' + d))
			default:
				b.WriteRune(unicode.ToLower(text[i]))
			}
			i++
		}
		w.end, w.text = i, b.String()[from:]
		r := text[w.start]
		w.upper = isUpper(r) || w.digits == 0 && !unicode.IsLower(r)
		w.letter = w.digits > 0 && w.end-w.start == w.digits+1
		w.gap = 'x'
		if len(list) > 0 {
			w.gap = gapSign(text[list[len(list)-1].end:w.start])
		}
		list = append(list, w)
	}
	return list
}

// inWord reports whether the sign at i joins two letters into one word.
func inWord(text []rune, i int) bool {
	if i == 0 || i+1 >= len(text) || !wordInner.has(text[i]) {
		return false
	}
	return unicode.IsLetter(text[i-1]) && unicode.IsLetter(text[i+1])
}

// gapSign sums up what stands between two words.
func gapSign(gap []rune) rune {
	sign := ' '
	for _, r := range gap {
		switch {
		case r == '\n':
			return '\n'
		case r == ' ' || r == '\u00a0' || r == 'º' || r == '°' || r == '#' || r == ':':
		case sign != ' ':
			return 'x'
		case r == ',' || r == '،':
			sign = ','
		case r == '.' || r == '-':
			sign = r
		case r == '/' || r == '–':
			sign = '-'
		default:
			return 'x'
		}
	}
	return sign
}
