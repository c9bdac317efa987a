package anchor

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"marginalia/app/textpos"
)

// folded is a text in the form in which words are compared when they are not
// found to the letter: NFC, lower case, one kind of dash and of quotation mark,
// one space for each run of white space, nothing for invisible code points. It
// remembers where each part came from. Compatibility forms (², ﬁ) stay apart:
// 5² is not 52.
type folded struct {
	text   string
	source int // bytes of the text it was made from
	seams  []seam
}

// seam says that the folded text from at on came from the source from from on,
// byte by byte until the next seam.
type seam struct{ at, from int }

// fold reads text once and takes memory for it once more, and for the seams.
func fold(text string) *folded {
	f := &folded{source: len(text)}
	b := writer{buf: make([]byte, 0, len(text)+8)}
	space, normal := false, norm.NFC.IsNormalString(text)
	for i := 0; i < len(text); {
		if n := plain(text[i:], normal); n > 0 {
			f.mark(len(b.buf), i)
			b.lower(text[i : i+n])
			space = false
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			if !space {
				f.mark(len(b.buf), i)
				b.buf = append(b.buf, ' ')
			}
			space = true
			i += n
			continue
		}
		// Nothing happens to ASCII unless a mark follows it.
		if !normal && (r >= utf8.RuneSelf || i+1 < len(text) && text[i+1] >= utf8.RuneSelf) {
			n = unit(text[i:])
		}
		if !invisible(r) || n > utf8.RuneLen(r) {
			f.mark(len(b.buf), i)
			b.fold(text[i:i+n], normal)
			space = false
		}
		i += n
	}
	f.text = string(b.buf)
	f.mark(len(f.text), len(text))
	return f
}

// plain is how many bytes s begins with that are words in ASCII with one space
// between them and, unless the whole text is normal, no letter that a mark may
// follow.
func plain(s string, normal bool) int {
	n := 0
	for n < len(s) && (visible(s[n]) || s[n] == ' ' && n > 0 && n+1 < len(s) && visible(s[n+1])) {
		n++
	}
	if !normal && n > 0 && n < len(s) && s[n] >= utf8.RuneSelf {
		n--
	}
	return n
}

func visible(c byte) bool { return c > ' ' && c < utf8.RuneSelf-1 }

// foldParts folds a quote and its context as one would fold them in one piece:
// white space at a border is a single space, and belongs to the context.
func foldParts(prefix, exact, suffix string) (p, e, s string) {
	p, e, s = fold(prefix).text, fold(exact).text, fold(suffix).text
	if strings.HasPrefix(e, " ") {
		p = strings.TrimRight(p, " ") + " "
	}
	if strings.HasSuffix(e, " ") {
		s = " " + strings.TrimLeft(s, " ")
	}
	return p, strings.Trim(e, " "), s
}

// unit is how many bytes of s belong together in normalisation.
func unit(s string) int { return max(norm.NFC.NextBoundaryInString(s, true), 1) }

// mark notes a seam where the distance to the source changes.
func (f *folded) mark(at, from int) {
	if k := len(f.seams); k > 0 {
		if last := f.seams[k-1]; at-last.at == from-last.from {
			return
		}
	} else if at == from {
		f.seams = append(f.seams, seam{})
		return
	}
	f.seams = append(f.seams, seam{at, from})
}

// toSource is the byte of the source that byte at of the folded text came from.
func (f *folded) toSource(at int) int {
	i := sort.Search(len(f.seams), func(i int) bool { return f.seams[i].at > at }) - 1
	if i < 0 {
		return at
	}
	from, end := f.seams[i].from+at-f.seams[i].at, f.source
	if i+1 < len(f.seams) {
		end = f.seams[i+1].from
	}
	return min(from, end)
}

// fromSource is the first byte of the folded text that came from byte b of the
// source or from behind it.
func (f *folded) fromSource(b int) int {
	i := sort.Search(len(f.seams), func(i int) bool { return f.seams[i].from > b }) - 1
	if i < 0 {
		return min(b, len(f.text))
	}
	at, end := f.seams[i].at+b-f.seams[i].from, len(f.text)
	if i+1 < len(f.seams) {
		end = f.seams[i+1].at
	}
	return min(at, end)
}

// sourceRange is where the folded words [from, to) stand in the source.
func (f *folded) sourceRange(from, to int) (start, end int) {
	return f.toSource(from), f.toSource(max(from, to))
}

// writer gathers folded text.
type writer struct{ buf []byte }

// lower writes ASCII.
func (b *writer) lower(s string) {
	for i := range len(s) {
		b.buf = append(b.buf, foldASCII(s[i]))
	}
}

// fold writes s, one unit, which is normal if the whole text is.
func (b *writer) fold(s string, normal bool) {
	if len(s) == 1 && s[0] < utf8.RuneSelf {
		b.lower(s)
		return
	}
	if !normal && !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	for _, r := range s {
		switch {
		case r == '…':
			b.buf = append(b.buf, "..."...)
		case invisible(r):
		default:
			b.buf = utf8.AppendRune(b.buf, foldRune(r))
		}
	}
}

func foldASCII(c byte) byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A'
	case c == '`':
		return '\''
	}
	return c
}

func foldRune(r rune) rune {
	if r == 'ς' {
		return 'σ'
	}
	return unicode.ToLower(textpos.PlainMark(r))
}

// invisible code points change nothing of what a reader sees: soft hyphen,
// zero-width space, word joiner, byte order mark, direction marks. The joiners of
// emoji and of Indic scripts are no such thing.
func invisible(r rune) bool {
	return r == 0xAD || r == 0x200B || r == 0x2060 || r == 0xFEFF || r == 0x200E || r == 0x200F
}
