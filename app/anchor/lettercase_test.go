package anchor

import (
	"strings"
	"testing"

	"marginalia/app/textpos"
)

func TestLetterCase(t *testing.T) {
	const before, after = "The spokesman told the court on Monday that ", " and that was the end of the whole affair."
	tests := []struct {
		name, was, now string
		want           Status
	}{
		{"in capitals", "the ferry left Tollen at noon", "THE FERRY LEFT TOLLEN AT NOON", Exact},
		{"all lower case", "the ferry left Tollen at noon", "the ferry left tollen at noon", Exact},
		{"the first letter", "the ferry left at noon, it said", "The ferry left at noon, it said", Changed},
		{"a sentence inside", "it left Tollen. no one came", "it left Tollen. No one came", Exact},
		{"a country", "they warned us not to leave Tollen", "they warned US not to leave Tollen", Changed},
		{"a month", "it may come to Tollen by ship", "it May come to Tollen by ship", Changed},
		{"a nation", "a new polish for Tollen was bought", "a new Polish for Tollen was bought", Changed},
		{"German noun", "sie liebten das Essen in Tollen sehr", "sie liebten das essen in Tollen sehr", Changed},
		{"Greek in capitals", "το πλοίο έφυγε το πρωί", "ΤΟ ΠΛΟΊΟ ΈΦΥΓΕ ΤΟ ΠΡΩΊ", Exact},
		{"signs only", "he said \"it left Tollen\" - twice", "he said “it left Tollen” – twice", Exact},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			was := before + tt.was + after
			start := len(before)
			selectors := Describe(was, spanFrom(start, tt.was))
			now := before + tt.now + after
			got := Locate(now, selectors)
			if got.Status != tt.want || got.Span() != spanFrom(start, tt.now) {
				t.Errorf("Locate = %+v, want %s at the same words", got, tt.want)
			}
		})
	}
}

// spanFrom is the span of words that start there.
func spanFrom(start int, words string) textpos.Span {
	return textpos.Span{Start: textpos.Rune(start), End: textpos.Rune(start) + textpos.Count(words)}
}

// TestNewSentence: a clause that became a sentence is the same words.
func TestNewSentence(t *testing.T) {
	was := "The spokesman told the court on Monday that the ferry left at noon and that it was the end of the whole affair."
	now := "The spokesman told the court on Monday. The ferry left at noon and that it was the end of the whole affair."
	start := strings.Index(was, "the ferry")
	got := Locate(now, Describe(was, spanFrom(start, "the ferry left at noon")))
	if got.Status != Exact || textpos.Slice(now, got.Span()) != "The ferry left at noon" {
		t.Errorf("Locate = %+v, want exact", got)
	}
}
