// Package textpos gives offsets in text a unit.
//
// The same place in a text has three numbers: the count of Unicode code points
// before it (which the Web Annotation Data Model uses, see
// https://www.w3.org/TR/annotation-model/#text-position-selector), the count of
// UTF-16 code units (which the DOM uses) and the count of UTF-8 bytes (which Go
// uses). Each has its own type here, so that the compiler refuses a mix-up.
//
// A [Map] converts between them; [SnapGraphemes] and [TrimSpace] mend a span that
// a person selected.
package textpos

// Rune is an offset in Unicode code points.
type Rune int

// UTF16 is an offset in UTF-16 code units, as the DOM counts.
type UTF16 int

// Byte is an offset in bytes of UTF-8.
type Byte int

// Span is the half-open interval [Start, End) of a text, in code points.
type Span struct {
	Start Rune `json:"start"`
	End   Rune `json:"end"`
}

// Len is the number of code points in s.
func (s Span) Len() Rune { return s.End - s.Start }

// Empty reports whether s holds no code point.
func (s Span) Empty() bool { return s.End <= s.Start }

// Point is a place in a drawn text: a block's index and an offset in that
// block's own text, as the DOM counts.
type Point struct {
	Block  int
	Offset UTF16
}
