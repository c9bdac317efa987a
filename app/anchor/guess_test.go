package anchor

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

// spansOf are the spans of sentences in their joined text.
func spansOf(sentences []string) (text string, spans []textpos.Span) {
	for _, s := range sentences {
		start := textpos.Count(text)
		spans = append(spans, textpos.Span{Start: start, End: start + textpos.Count(s)})
		text += s + " "
	}
	return text, spans
}

func TestGuess(t *testing.T) {
	english := []string{
		"The ferry left Tollen at noon.", "The crossing takes 22 minutes in fair weather.", "Nobody was on the quay.",
		"In fair weather the crossing was made in half an hour.", "Tickets are sold on board.",
	}
	arabic := []string{"غادرت العبارة الميناء عند الظهر.", "تستغرق الرحلة نصف ساعة.", "لم يكن أحد على الرصيف."}
	chinese := []string{"渡轮中午离开港口。", "航程需要二十二分钟。", "码头上没有人。"}
	tests := []struct {
		name                  string
		sentences             []string
		prefix, exact, suffix string
		want                  []string
	}{
		{
			"resembling sentences", english, "", "The crossing takes 25 minutes when the weather is fair.", "",
			[]string{"The crossing takes 22 minutes in fair weather.", "In fair weather the crossing was made in half an hour."},
		},
		{"its own words, twice", []string{"Ships came.", "Nobody saw.", "Ships came."}, "", "Ships came.", "", []string{"Ships came.", "Ships came."}},
		{"nothing in common", english, "", "Zebras graze peacefully", "", nil},
		{"Arabic", arabic, "", "تستغرق الرحلة ساعة كاملة.", "", []string{"تستغرق الرحلة نصف ساعة."}},
		{"Chinese", chinese, "", "航程需要二十五分钟。", "", []string{"航程需要二十二分钟。"}},
		{"no words", english, "at noon. ", "", " The crossing", nil},
		{"spaces", english, "", "   ", "", nil},
		{"no sentences", nil, "", "a word", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, spans := spansOf(tt.sentences)
			all := NewText(text).Guess([]annotation.Selector{quoteSelector(tt.prefix, tt.exact, tt.suffix), positionSelector(10, 20)}, spans, 3)
			var got []string
			for i, a := range all {
				got = append(got, textpos.Slice(text, a.Span()))
				if a.Confidence <= 0 || a.Confidence > 1 || i > 0 && a.Confidence > all[i-1].Confidence {
					t.Errorf("confidence %v of guess %d, want it in (0, 1] and falling", a.Confidence, i+1)
				}
			}
			if len(got) > 3 || !slices.Equal(got[:min(len(got), len(tt.want))], tt.want) || tt.want == nil && got != nil {
				t.Errorf("Guess = %q, want %q first", got, tt.want)
			}
		})
	}
}

func TestGuessNeverOverlaps(t *testing.T) {
	text := strings.Repeat("The ferry left. ", 30)
	var spans []textpos.Span
	for i := range textpos.Rune(20) {
		spans = append(spans, textpos.Span{Start: i * 8, End: i*8 + 40})
	}
	got := NewText(text).Guess([]annotation.Selector{quoteSelector("", "The ferry left", "")}, spans, 10)
	if len(got) != 10 {
		t.Fatalf("%d guesses, want 10", len(got))
	}
	slices.SortFunc(got, func(a, b Anchor) int { return int(a.Start - b.Start) })
	for i := 1; i < len(got); i++ {
		if got[i].Start < got[i-1].End {
			t.Errorf("guesses %v and %v overlap", got[i-1], got[i])
		}
	}
}

// BenchmarkGuess offers places in 14,000 words of 700 sentences.
func BenchmarkGuess(b *testing.B) {
	var sentences []string
	for i := range 700 {
		sentences = append(sentences, fmt.Sprintf("Sentence %d says that %s and more of it, in twenty words or so, as they do.", i, longText(60)))
	}
	text, spans := spansOf(sentences)
	prepared := NewText(text)
	selectors := []annotation.Selector{quoteSelector("", "A sentence says that words are many and that more of it comes in twenty words.", "")}
	for b.Loop() {
		if len(prepared.Guess(selectors, spans, 3)) != 3 {
			b.Fatal("no guesses")
		}
	}
}
