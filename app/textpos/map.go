package textpos

import (
	"sort"
	"unicode/utf16"
	"unicode/utf8"
)

// stride is how many code points lie between two marks: a conversion decodes at
// most so many, and a text costs a quarter of a byte per code point.
const stride = 64

// mark is the place of every stride-th code point in the other two units.
type mark struct {
	byte  Byte
	utf16 UTF16
}

// Map converts offsets of one text between the three units. A byte that is not
// valid UTF-8 counts as one code point, as in a Go range loop.
//
// Every method clamps: an offset before the text is its start, one behind the
// text is its end. A Map is immutable and safe for concurrent use.
type Map struct {
	text  string
	marks []mark // nil for ASCII, where the three units are the same
	runes Rune
	utf16 UTF16
}

// NewMap reads text once. The Map keeps text, not a copy.
func NewMap(text string) *Map {
	if isASCII(text) {
		return &Map{text: text, runes: Rune(len(text)), utf16: UTF16(len(text))}
	}
	m := &Map{text: text, marks: make([]mark, 0, len(text)/stride/2+1)}
	for i, r := range text {
		if m.runes%stride == 0 {
			m.marks = append(m.marks, mark{Byte(i), m.utf16})
		}
		m.runes++
		m.utf16 += width16(r)
	}
	return m
}

// Text is the text that the map was made from.
func (m *Map) Text() string { return m.text }

// Len is the number of code points in the text.
func (m *Map) Len() Rune { return m.runes }

// Clamp puts s inside the text; a reversed span becomes empty at its start.
func (m *Map) Clamp(s Span) Span { return clamp(s, m.runes) }

// Slice is the text in s.
func (m *Map) Slice(s Span) string {
	s = m.Clamp(s)
	return m.text[m.ToByte(s.Start):m.ToByte(s.End)]
}

// ToByte is the offset of code point r in bytes.
func (m *Map) ToByte(r Rune) Byte {
	r = min(max(r, 0), m.runes)
	if m.marks == nil {
		return Byte(r)
	}
	at, _ := m.seek(r)
	return at
}

// ToUTF16 is the offset of code point r in UTF-16 code units.
func (m *Map) ToUTF16(r Rune) UTF16 {
	r = min(max(r, 0), m.runes)
	if m.marks == nil {
		return UTF16(r)
	}
	_, at := m.seek(r)
	return at
}

// FromByte is the code point that byte b belongs to.
func (m *Map) FromByte(b Byte) Rune {
	b = min(max(b, 0), Byte(len(m.text)))
	if m.marks == nil {
		return Rune(b)
	}
	i := m.markBefore(func(k mark) bool { return k.byte > b })
	at, r := m.marks[i].byte, Rune(i*stride)
	for at < b {
		_, n := utf8.DecodeRuneInString(m.text[at:])
		if at+Byte(n) > b {
			break
		}
		at, r = at+Byte(n), r+1
	}
	return r
}

// FromUTF16 is the code point that UTF-16 code unit u belongs to; both halves of
// a surrogate pair belong to the same one.
func (m *Map) FromUTF16(u UTF16) Rune {
	u = min(max(u, 0), m.utf16)
	if m.marks == nil {
		return Rune(u)
	}
	i := m.markBefore(func(k mark) bool { return k.utf16 > u })
	at, units, r := m.marks[i].byte, m.marks[i].utf16, Rune(i*stride)
	for units < u {
		c, n := utf8.DecodeRuneInString(m.text[at:])
		if units+width16(c) > u {
			break
		}
		at, units, r = at+Byte(n), units+width16(c), r+1
	}
	return r
}

// seek finds code point r, which must be in range, in the other two units.
func (m *Map) seek(r Rune) (Byte, UTF16) {
	i := min(int(r)/stride, len(m.marks)-1)
	k := m.marks[i]
	left := int(r) - i*stride
	// A stretch with as many bytes as code points is ASCII: no need to decode.
	if i+1 < len(m.marks) && m.marks[i+1].byte-k.byte == stride {
		return k.byte + Byte(left), k.utf16 + UTF16(left)
	}
	for range left {
		c, n := utf8.DecodeRuneInString(m.text[k.byte:])
		k.byte += Byte(n)
		k.utf16 += width16(c)
	}
	return k.byte, k.utf16
}

// markBefore is the index of the last mark that is not beyond.
func (m *Map) markBefore(beyond func(mark) bool) int {
	i := sort.Search(len(m.marks), func(i int) bool { return beyond(m.marks[i]) })
	return max(i-1, 0)
}

// width16 is how many UTF-16 code units r takes.
func width16(r rune) UTF16 { return UTF16(max(utf16.RuneLen(r), 1)) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
