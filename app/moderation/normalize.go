package moderation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marginalia/app/lookalike"

	"golang.org/x/text/unicode/norm"
)

// glyph is one letter as a reader sees it, with the code point that it came
// from. One code point may give several (a ligature) or none (a zero-width
// space).
type glyph struct {
	r     rune // small, without accents, styles and widths
	at    int32
	upper bool
}

// glyphs reads text as a reader sees it. What it drops and folds is what people
// use to get a word past a filter.
func glyphs(text []rune) []glyph { return appendGlyphs(make([]glyph, 0, len(text)), text) }

func appendGlyphs(list []glyph, text []rune) []glyph {
	for i, r := range text {
		if r < 0x80 {
			g := glyph{r: r, at: int32(i)}
			if r >= 'A' && r <= 'Z' {
				g.r, g.upper = r+'a'-'A', true
			}
			list = append(list, g)
			continue
		}
		list = foldWide(list, r, int32(i))
	}
	return list
}

// sight is a field as a reader sees it.
type sight struct {
	glyphs []glyph
	// letters is the glyphs as a text; at is where each begins in it, nil if
	// every glyph is one byte.
	letters string
	at      []int32
}

// see reads what the rules read of f, once.
func (f *field) see() *sight {
	if f.seen != nil {
		return f.seen
	}
	s := &sight{glyphs: appendGlyphs(f.lend.glyphs.take(len(f.plain)), f.plain)}
	var b strings.Builder
	b.Grow(len(s.glyphs))
	for i, l := range s.glyphs {
		if l.r >= utf8.RuneSelf && s.at == nil {
			s.at = f.lend.numbers.take(len(s.glyphs) + 1)[:i]
			for k := range s.at {
				s.at[k] = int32(k)
			}
		}
		if s.at != nil {
			s.at = append(s.at, int32(b.Len()))
		}
		b.WriteRune(l.r)
	}
	if s.at != nil {
		s.at = append(s.at, int32(b.Len()))
	}
	s.letters, f.seen = b.String(), s
	return s
}

// text is the letters of the glyphs [from, to).
func (s *sight) text(from, to int) string {
	if s.at == nil {
		return s.letters[from:to]
	}
	return s.letters[s.at[from]:s.at[to]]
}

// foldWide appends what is left of a code point beyond ASCII.
func foldWide(list []glyph, r rune, at int32) []glyph {
	if invisible(r) {
		return list
	}
	if letter := enclosed(r); letter != 0 {
		return append(list, glyph{r: letter, at: at, upper: true})
	}
	if letter := phonetic(r); letter != 0 {
		return append(list, glyph{r: letter, at: at})
	}
	var in [utf8.UTFMax]byte
	var out [32]byte
	plain := norm.NFKD.Append(out[:0], in[:utf8.EncodeRune(in[:], r)]...)
	for len(plain) > 0 {
		part, size := utf8.DecodeRune(plain)
		plain = plain[size:]
		if invisible(part) {
			continue
		}
		list = append(list, glyph{r: unicode.ToLower(part), at: at, upper: isUpper(part)})
	}
	return list
}

// invisible reports what a reader does not see as a letter of its own: accents,
// joiners, direction marks, soft hyphens, fillers.
func invisible(r rune) bool {
	switch r {
	case 0x115F, 0x1160, 0x3164, 0xFFA0:
		return true
	}
	return r >= 0x80 && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf)
}

// enclosed is the letter in a box, a filled circle or a flag, or 0; the
// compatibility forms of Unicode cover only open circles.
func enclosed(r rune) rune {
	for _, first := range []rune{0x1F130, 0x1F150, 0x1F170, 0x1F1E6} {
		if r >= first && r < first+26 {
			return 'a' + r - first
		}
	}
	return 0
}

// phonetic is the letter that a small capital or another letter of phonetic
// writing looks like, or 0: no language is written in them.
func phonetic(r rune) rune {
	if r >= 0x250 && r < 0x2B0 || r >= 0x1D00 && r < 0x1D80 || r >= 0xA730 && r < 0xA732 {
		return lookalike.Latin(r)
	}
	return 0
}

// alike is the Latin letter that a letter of another alphabet is taken for, or 0.
// Some small Greek letters look like another one than their capitals do.
func (l glyph) alike() rune {
	if !l.upper {
		switch l.r {
		case 'η':
			return 'n'
		}
	} else {
		switch l.r {
		case 'ν':
			return 'n'
		case 'υ':
			return 'y'
		case 'μ':
			return 'm'
		}
	}
	return lookalike.Latin(l.r)
}

// seen is text as [glyphs] reads it.
func seen(text string) string {
	var b strings.Builder
	for _, g := range glyphs([]rune(text)) {
		b.WriteRune(g.r)
	}
	return b.String()
}

// leet is the letter that a digit or sign stands for in disguised words, or 0.
// Some stand for i as well as for l: second asks for the other reading.
func leet(r rune, second bool) rune {
	switch r {
	case '0':
		return 'o'
	case '1', '!', '|':
		if second {
			return 'l'
		}
		return 'i'
	case '3', '€':
		return 'e'
	case '4', '@':
		return 'a'
	case '5', '$', '§':
		return 's'
	case '6', '9':
		return 'g'
	case '7', '+':
		return 't'
	case '8':
		return 'b'
	case '¢':
		return 'c'
	case '*':
		return '*'
	}
	return 0
}
