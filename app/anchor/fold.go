package anchor

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
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
	var b strings.Builder
	b.Grow(len(text) + 8)
	space, normal := false, norm.NFC.IsNormalString(text)
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			if !space {
				f.mark(b.Len(), i)
				b.WriteByte(' ')
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
			f.mark(b.Len(), i)
			writeFolded(&b, text[i:i+n], normal)
			space = false
		}
		i += n
	}
	f.text = b.String()
	f.mark(b.Len(), len(text))
	return f
}

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

// writeFolded writes s, one unit, which is normal if the whole text is.
func writeFolded(b *strings.Builder, s string, normal bool) {
	if len(s) == 1 && s[0] < utf8.RuneSelf {
		b.WriteByte(foldASCII(s[0]))
		return
	}
	if !normal && !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	for _, r := range s {
		switch {
		case r == '…':
			b.WriteString("...")
		case invisible(r):
		default:
			b.WriteRune(foldRune(r))
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
	switch r {
	case '‘', '’', '‚', '‛', '′', 'ʼ', '´', '‹', '›', '`':
		return '\''
	case '“', '”', '„', '‟', '″', '«', '»':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	case 'ς':
		return 'σ'
	}
	return unicode.ToLower(r)
}

// invisible code points change nothing of what a reader sees: soft hyphen,
// zero-width space, word joiner, byte order mark, direction marks. The joiners of
// emoji and of Indic scripts are no such thing.
func invisible(r rune) bool {
	return r == 0xAD || r == 0x200B || r == 0x2060 || r == 0xFEFF || r == 0x200E || r == 0x200F
}
