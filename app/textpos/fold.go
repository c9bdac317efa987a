package textpos

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folded is a text in the form in which words are searched: without letter case,
// without marks over and under letters, with one kind of dash and of quotation mark
// and one space for each run of white space. It remembers where each part came from.
type Folded struct {
	text string
	from []int32 // for each byte of text, and its end: the code point it came from
}

// Fold makes a text ready to be searched, in one reading of it.
func Fold(text string) *Folded {
	f := &Folded{from: make([]int32, 0, len(text)+1)}
	buf := make([]byte, 0, len(text))
	var at int32
	for _, r := range text {
		buf = appendFolded(buf, r)
		for len(f.from) < len(buf) {
			f.from = append(f.from, at)
		}
		at++
	}
	f.text, f.from = string(buf), append(f.from, at)
	return f
}

// FoldWords is the text of a [Folded] alone, without white space at its ends: what
// is looked for, and what only has to be told to hold it or not.
func FoldWords(text string) string {
	buf := make([]byte, 0, len(text))
	for _, r := range text {
		buf = appendFolded(buf, r)
	}
	return strings.Trim(string(buf), " ")
}

// Find is where words stand, in code points of the text that was folded, none
// overlapping another. words are as [FoldWords] gives them; none are nowhere.
func (f *Folded) Find(words string) []Span {
	if words == "" {
		return nil
	}
	var all []Span
	for at := 0; ; {
		i := strings.Index(f.text[at:], words)
		if i < 0 {
			return all
		}
		at += i
		span := f.Span(at, at+len(words))
		// One letter may fold to two: the second is no place of its own.
		if len(all) == 0 || span.Start >= all[len(all)-1].End {
			all = append(all, span)
		}
		at += len(words)
	}
}

// Text is the folded text.
func (f *Folded) Text() string { return f.text }

// Span is where bytes [from, to) of the folded text came from.
func (f *Folded) Span(from, to int) Span {
	return Span{Start: Rune(f.from[from]), End: max(Rune(f.from[to]), Rune(f.from[to-1])+1)}
}

// appendFolded adds what r is folded to, which may be nothing.
func appendFolded(buf []byte, r rune) []byte {
	switch {
	case 'A' <= r && r <= 'Z':
		return append(buf, byte(r)+'a'-'A')
	case r > ' ' && r < utf8.RuneSelf:
		return append(buf, byte(plainQuote(r)))
	case unicode.IsSpace(r):
		if len(buf) > 0 && buf[len(buf)-1] == ' ' {
			return buf
		}
		return append(buf, ' ')
	}
	r = unicode.ToLower(plainQuote(r))
	if as := letters(r); as != "" {
		return append(buf, as...)
	}
	var one [utf8.UTFMax]byte
	parts := norm.NFD.Properties(one[:utf8.EncodeRune(one[:], r)]).Decomposition()
	if parts == nil {
		parts = one[:utf8.RuneLen(r)]
	}
	for len(parts) > 0 {
		part, n := utf8.DecodeRune(parts)
		if !unicode.In(part, unicode.Mn, unicode.Cf) && part != tatweel {
			buf = append(buf, parts[:n]...)
		}
		parts = parts[n:]
	}
	return buf
}

const tatweel = 'ـ' // only makes an Arabic word longer

// letters is what people type for a letter whose mark is a part of it, "" for others.
func letters(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	case 'ı':
		return "i"
	case 'ς':
		return "σ"
	case '…':
		return "..."
	}
	return ""
}

// plainQuote is one kind of quotation mark and of dash.
func plainQuote(r rune) rune {
	switch r {
	case '‘', '’', '‚', '‛', '′', 'ʼ', '´', '‹', '›', '`':
		return '\''
	case '“', '”', '„', '‟', '″', '«', '»':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	}
	return r
}
