package textpos

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"
)

// pieces are what mixed text is made of: scripts, marks, emoji sequences, flags
// and the characters with grapheme rules of their own.
var pieces = []string{
	"a", "Zebra ", "é", "e\u0301", "ß", " ", "\n", "\r\n", "\r", "日本", "한국", "\u1112\u1161\u11ab",
	"שלום", "السلام ", "\u0600", "हिन्दी", "ไทย", "😃", "👩‍👩‍👧‍👦", "🇩🇪", "🇫", "\u200d", "👍🏽", "\u0301\u0302",
	"\u200f", "𝒳", "0", "#\ufe0f\u20e3", "—",
}

func mixed() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 200).Draw(t, "pieces"), "")
	})
}

func TestMapAgreesWithCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := mixed().Draw(t, "text")
		if rapid.Bool().Draw(t, "broken") {
			text += "\xff" + text + "\xe2\x82"
		}
		m := NewMap(text)
		if got, want := m.Len(), Count(text); got != want {
			t.Fatalf("Len() = %d, want %d", got, want)
		}
		var r Rune
		var u UTF16
		for b, c := range text {
			if got := m.ToByte(r); got != Byte(b) {
				t.Fatalf("ToByte(%d) = %d, want %d", r, got, b)
			}
			if got := m.ToUTF16(r); got != u {
				t.Fatalf("ToUTF16(%d) = %d, want %d", r, got, u)
			}
			_, n := utf8.DecodeRuneInString(text[b:])
			for k := range n {
				if got := m.FromByte(Byte(b + k)); got != r {
					t.Fatalf("FromByte(%d) = %d, want %d", b+k, got, r)
				}
			}
			for k := range len(utf16.Encode([]rune{c})) {
				if got := m.FromUTF16(u + UTF16(k)); got != r {
					t.Fatalf("FromUTF16(%d) = %d, want %d", u+UTF16(k), got, r)
				}
			}
			r++
			u += UTF16(len(utf16.Encode([]rune{c})))
		}
		if m.FromByte(Byte(len(text))) != r || m.FromUTF16(u) != r || m.ToUTF16(r) != u {
			t.Fatalf("the end of the text does not map to itself")
		}
	})
}

func TestMapClamps(t *testing.T) {
	const huge = 1 << 60
	for name, text := range map[string]string{"empty": "", "ascii": "abc", "mixed": "a😃é"} {
		t.Run(name, func(t *testing.T) {
			m := NewMap(text)
			if m.ToByte(-huge) != 0 || m.ToUTF16(-1) != 0 || m.FromByte(-1) != 0 || m.FromUTF16(-huge) != 0 {
				t.Error("an offset before the text is not its start")
			}
			if m.ToByte(huge) != Byte(len(text)) || m.FromByte(huge) != m.Len() || m.FromUTF16(huge) != m.Len() {
				t.Error("an offset behind the text is not its end")
			}
			if got := m.Slice(Span{-huge, huge}); got != text {
				t.Errorf("Slice(everything) = %q, want %q", got, text)
			}
			if got := m.Slice(Span{2, 1}); got != "" {
				t.Errorf("Slice(reversed) = %q, want nothing", got)
			}
		})
	}
}

func TestSliceAgreesWithMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := mixed().Draw(t, "text")
		span := Span{Rune(rapid.IntRange(-5, 300).Draw(t, "start")), Rune(rapid.IntRange(-5, 300).Draw(t, "end"))}
		if got, want := Slice(text, span), NewMap(text).Slice(span); got != want {
			t.Fatalf("Slice(%v) = %q, map's = %q", span, got, want)
		}
	})
}

// borders are the grapheme borders of text in code points, read from its start.
func borders(text string) map[Rune]bool {
	at := map[Rune]bool{0: true}
	var r Rune
	for state := -1; text != ""; {
		var c string
		c, text, _, state = uniseg.FirstGraphemeClusterInString(text, state)
		r += Count(c)
		at[r] = true
	}
	return at
}

func TestSnapGraphemesIsTheLeastWidening(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := mixed().Draw(t, "text")
		n := int(Count(text))
		start := rapid.IntRange(0, n).Draw(t, "start")
		span := Span{Rune(start), Rune(rapid.IntRange(start, n).Draw(t, "end"))}
		want, at := span, borders(text)
		for !at[want.Start] {
			want.Start--
		}
		for want.End = max(want.End, want.Start); !at[want.End]; {
			want.End++
		}
		if span.Empty() {
			want.End = want.Start
		}
		if got := SnapGraphemes(text, span); got != want {
			t.Fatalf("SnapGraphemes(%q, %v) = %v, want %v", text, span, got, want)
		}
		if got := NewMap(text).SnapGraphemes(span); got != want {
			t.Fatalf("Map.SnapGraphemes(%q, %v) = %v, want %v", text, span, got, want)
		}
		for b := range len(text) + 1 {
			whole := b == len(text) || utf8.RuneStart(text[b])
			want := whole && at[Count(text[:b])]
			if got := GraphemeBorder(text, Byte(b)); got != want {
				t.Fatalf("GraphemeBorder(%q, %d) = %t, want %t", text, b, got, want)
			}
		}
	})
}

func TestTrimSpace(t *testing.T) {
	tests := []struct {
		name, text string
		span, want Span
	}{
		{"nothing to trim", "one two", Span{0, 3}, Span{0, 3}},
		{"both ends", " \u00a0one\n ", Span{0, 7}, Span{2, 5}},
		{"white space alone", "a   b", Span{1, 4}, Span{1, 1}},
		{"emoji before", "😃 é ", Span{1, 4}, Span{2, 3}},
		{"out of range", " x", Span{-3, 99}, Span{1, 2}},
		{"reversed", "abc", Span{2, 1}, Span{2, 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := TrimSpace(tt.text, tt.span); got != tt.want {
				t.Errorf("TrimSpace(%q, %v) = %v, want %v", tt.text, tt.span, got, tt.want)
			}
		})
	}
}

func BenchmarkMapToUTF16(b *testing.B) {
	m := NewMap(strings.Repeat("Zwölf Boxkämpfer jagen Viktor quer über den Deich. 😃 ", 2000))
	for b.Loop() {
		m.ToUTF16(m.Len() - 33)
	}
}
