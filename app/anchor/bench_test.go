package anchor

import (
	"bytes"
	"strings"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

// BenchmarkVerify5000 places 5,000 notes on the revision they were written on.
func BenchmarkVerify5000(b *testing.B) {
	text := NewText(longText(90_000))
	notes := make([][]annotation.Selector, 5000)
	for i := range notes {
		at := textpos.Rune(i * 7919 % (int(text.Map().Len()) - 150))
		notes[i] = text.Describe(textpos.Span{Start: at, End: at + 80})
	}
	for b.Loop() {
		for _, selectors := range notes {
			if text.Locate(selectors).Confidence != 1 {
				b.Fatal("a note lost its place")
			}
		}
	}
}

// BenchmarkFuzzy90k finds one edited quote, the reading of the text included.
func BenchmarkFuzzy90k(b *testing.B) {
	for _, bm := range []struct{ name, old, new string }{
		{"quote", "Quotes of six words are edited", "Quotes of six terms were edited"},
		{"quote and context", "before it: Quotes of six words are edited", "befor it: Quotes of six terms were edited"},
	} {
		b.Run(bm.name, func(b *testing.B) {
			long := longText(90_000)
			was := long[:60_000] + " The context stands before it: Quotes of six words are edited and the rest follows behind it. " + long[60_000:]
			was = strings.ToValidUTF8(was, "")
			at := textpos.Count(was[:strings.Index(was, "Quotes of six")])
			selectors := Describe(was, textpos.Span{Start: at, End: at + 30})
			now := strings.Replace(was, bm.old, bm.new, 1)
			for b.Loop() {
				if got := NewText(now).Locate(selectors); got.Status != Changed {
					b.Fatalf("Locate = %+v", got)
				}
			}
		})
	}
}

func BenchmarkLocateMoved(b *testing.B) {
	text := NewText(longText(90_000))
	selectors := text.Describe(textpos.Span{Start: 80_000, End: 80_120})
	edited := NewText("Some words before. " + text.String())
	for b.Loop() {
		edited.Locate(selectors)
	}
}

func BenchmarkLocateInPlace(b *testing.B) {
	text := NewText(longText(90_000))
	selectors := text.Describe(textpos.Span{Start: 80_000, End: 80_120})
	for b.Loop() {
		text.Locate(selectors)
	}
}

func BenchmarkLocateCommon(b *testing.B) {
	text := NewText(string(bytes.Repeat([]byte("a "), 500_000)))
	selectors := []annotation.Selector{quoteSelector("x", "a a a a", "y")}
	for b.Loop() {
		text.Locate(selectors)
	}
}

// longText is varied text of about n bytes with some other scripts in it.
func longText(n int) string {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		b.WriteString([]string{"Ferry ", "naïve ", "船 ", "quay ", "Deich "}[i*i%5])
		b.WriteString(string(rune('a'+i%23)) + string(rune('k'+i%11)) + string(rune('c'+i%17)) + " ")
	}
	return b.String()
}
