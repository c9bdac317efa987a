package textpos

import (
	"unicode"
	"unicode/utf8"
)

// Count is the number of code points in s.
func Count(s string) Rune { return Rune(utf8.RuneCountInString(s)) }

// Slice is the text in span, clamped to text. It reads text from its start: for
// many slices of one text use a [Map].
func Slice(text string, span Span) string {
	start, end := byteRange(text, span)
	return text[start:end]
}

// TrimSpace narrows span by the white space at both of its ends. A span of white
// space alone becomes empty at its start.
func TrimSpace(text string, span Span) Span {
	span = clamp(span, Count(text))
	s, first := Slice(text, span), span.Start
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		if !unicode.IsSpace(r) {
			break
		}
		s, span.Start = s[n:], span.Start+1
	}
	if s == "" {
		return Span{Start: first, End: first}
	}
	for {
		r, n := utf8.DecodeLastRuneInString(s)
		if !unicode.IsSpace(r) {
			return span
		}
		s, span.End = s[:len(s)-n], span.End-1
	}
}

// clamp puts s inside a text of n code points.
func clamp(s Span, n Rune) Span {
	s.Start = min(max(s.Start, 0), n)
	s.End = min(max(s.End, s.Start), n)
	return s
}

// byteRange is span in bytes of text, clamped.
func byteRange(text string, span Span) (start, end int) {
	start = advance(text, 0, span.Start)
	return start, advance(text, start, span.End-max(span.Start, 0))
}

// advance is the byte offset n code points behind from, at most the text's end.
func advance(text string, from int, n Rune) int {
	for from < len(text) && n > 0 {
		_, width := utf8.DecodeRuneInString(text[from:])
		from, n = from+width, n-1
	}
	return from
}
