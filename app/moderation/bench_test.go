package moderation

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// note1000 is a note of a thousand characters with a little of everything.
func note1000() Note {
	r := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	for b.Len() < 1000 {
		b.WriteString(generated[0][r.IntN(len(generated[0]))] + " ")
		if r.IntN(12) == 0 {
			kind := generated[1+r.IntN(len(generated)-1)]
			b.WriteString(kind[r.IntN(len(kind))] + " ")
		}
	}
	return note(string([]rune(b.String())[:900]) + strings.Repeat(" and more", 11))
}

// BenchmarkCheck1000 is one keystroke: a note of 1,000 characters on an article
// of 14,000 words. p50 and p99 are of single checks, in milliseconds.
func BenchmarkCheck1000(b *testing.B) {
	s := Subject{Article: NewArticle(generatedArticle(14_000)), Quote: "the estimate was 4,200,000"}
	n, p := note1000(), shipped()
	times := make([]time.Duration, 0, 1<<16)
	for b.Loop() {
		start := time.Now()
		Check(p, n, s)
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	at := func(share float64) float64 { return float64(times[int(share*float64(len(times)-1))]) / 1e6 }
	b.ReportMetric(at(0.50), "p50-ms")
	b.ReportMetric(at(0.99), "p99-ms")
}

func BenchmarkNewArticle14000(b *testing.B) {
	text := generatedArticle(14_000)
	for b.Loop() {
		NewArticle(text)
	}
}

func BenchmarkParseDefault(b *testing.B) {
	data := DefaultPolicy()
	for b.Loop() {
		if _, err := Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}
