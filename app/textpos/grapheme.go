package textpos

import (
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// SnapGraphemes widens span until it cuts no grapheme cluster (what a reader
// takes for one character, https://www.unicode.org/reports/tr29/). An empty span
// stays empty and moves to the start of its cluster. It counts text from its
// start; for many spans of one text use [Map.SnapGraphemes].
func SnapGraphemes(text string, span Span) Span {
	span = clamp(span, Count(text))
	start, end := byteRange(text, span)
	return snap(text, span, start, end)
}

// SnapGraphemes is the function [SnapGraphemes] on the map's text.
func (m *Map) SnapGraphemes(span Span) Span {
	span = m.Clamp(span)
	return snap(m.text, span, int(m.ToByte(span.Start)), int(m.ToByte(span.End)))
}

// snap widens span, which lies at the bytes start to end of text.
func snap(text string, span Span, start, end int) Span {
	first, _ := cluster(text, start)
	wide := Span{Start: span.Start - Count(text[first:start]), End: span.End}
	if span.Empty() {
		wide.End = wide.Start
		return wide
	}
	if from, to := cluster(text, end); from < end {
		wide.End += Count(text[end:to])
	}
	return wide
}

// GraphemeBorder reports whether a grapheme cluster starts at byte b of text.
// Both ends of the text are borders; an offset inside a code point is none.
func GraphemeBorder(text string, b Byte) bool {
	if b < 0 || int(b) > len(text) {
		return false
	}
	start, _ := cluster(text, int(b))
	return start == int(b)
}

// cluster is the grapheme cluster that byte b of text belongs to. At the end of
// the text it is empty.
func cluster(text string, b int) (start, end int) {
	if b >= len(text) {
		return len(text), len(text)
	}
	at, state := safeStart(text, b), -1
	rest := text[at:]
	for rest != "" {
		var c string
		c, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if at+len(c) > b {
			return at, at + len(c)
		}
		at += len(c)
	}
	return len(text), len(text)
}

// safeStart is a border of clusters at or before b from which segmentation gives
// the same result as from the start of text, so that nobody has to read the
// whole of it. Behind a plain code point the rules look back no further than it.
func safeStart(text string, b int) int {
	for i := b; i > 0; {
		r, n := utf8.DecodeLastRuneInString(text[:i])
		if plain(r) {
			c, _, _, _ := uniseg.FirstGraphemeClusterInString(text[i-n:], -1)
			if len(c) == n {
				return i
			}
		}
		i -= n
	}
	return 0
}

// plain reports whether no rule needs to know what stands before r: it is no
// mark, joiner or flag letter. Those are the code points that the rules for
// emoji sequences, flags and Indic conjuncts look back over.
func plain(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r != '\r'
	case r >= 0x1F1E6 && r <= 0x1F1FF, r == utf8.RuneError:
		return false
	}
	return !unicode.In(r, unicode.M, unicode.Cf)
}
