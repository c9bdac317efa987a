package moderation

import (
	"slices"
	"strings"
	"testing"
	"time"

	"marginalia/app/weights"
)

// notes1000 are notes of a thousand characters as they are written under
// articles, one of them in three disguised.
func notes1000(b *testing.B) (notes []Note) {
	civil, abusive := spellingSuite(b, "civil"), spellingSuite(b, "abusive")
	for from := 0; from < len(civil); from += 10 {
		var text strings.Builder
		for i := from; text.Len() < 990; i++ {
			s := civil[i%len(civil)].text
			if i%12 == 11 {
				s = abusive[i%len(abusive)].text
			}
			if len(notes)%3 == 2 && i%4 == 3 {
				s = disguises[i%len(disguises)].disguised(s)
			}
			text.WriteString(s + " ")
		}
		notes = append(notes, note(string([]rune(text.String())[:min(1000, len([]rune(text.String())))])))
	}
	return notes
}

// timed runs f over and over and reports how long single runs took, in
// milliseconds: the shortest, the middle one and the 99th of a hundred.
func timed(b *testing.B, f func(round int)) {
	times := make([]time.Duration, 0, 1<<16)
	for round := 0; b.Loop(); round++ {
		start := time.Now()
		f(round)
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	at := func(share float64) float64 { return float64(times[int(share*float64(len(times)-1))]) / 1e6 }
	b.ReportMetric(at(0), "min-ms")
	b.ReportMetric(at(0.50), "p50-ms")
	b.ReportMetric(at(0.99), "p99-ms")
}

// BenchmarkCheck1000 is one keystroke: a note of 1,000 characters on an article
// of 14,000 words, with all models.
func BenchmarkCheck1000(b *testing.B) {
	s := Subject{Article: NewArticle(generatedArticle(14_000)), Quote: "the estimate was 4,200,000"}
	notes, p := notes1000(b), shipped()
	for _, n := range slices.Concat(notes, notes, notes) {
		Check(p, n, s) // what the article is about is found once, and a browser compiles twice
	}
	timed(b, func(round int) { Check(p, notes[round%len(notes)], s) })
}

// BenchmarkCheckSentence is one note of one sentence, as `marginalia check` is
// given them: notes a second on one core.
func BenchmarkCheckSentence(b *testing.B) {
	list, p := append(spellingSuite(b, "civil"), spellingSuite(b, "abusive")...), shipped()
	n := 0
	for b.Loop() {
		Check(p, note(list[n%len(list)].text), Subject{})
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "notes/s")
}

func BenchmarkNewArticle14000(b *testing.B) {
	text := generatedArticle(14_000)
	timed(b, func(int) { NewArticle(text) })
}

// BenchmarkStart is what a start costs before the first verdict: the policy, the
// lexicon and all models.
func BenchmarkStart(b *testing.B) {
	data := DefaultPolicy()
	models := map[string][]byte{}
	for name := range Default().Models() {
		models[name] = weights.Get(name)
	}
	timed(b, func(int) {
		p, err := Parse(data) // shares its word list: BenchmarkLexicon
		if err != nil {
			b.Fatal(err)
		}
		if p, err = p.Complete(func(name string) []byte { return models[name] }); err != nil || len(p.Lacking()) > 0 {
			b.Fatal(err, p.Lacking())
		}
	})
}

func BenchmarkParseDefault(b *testing.B) {
	data := DefaultPolicy()
	timed(b, func(int) {
		if _, err := Parse(data); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkLexicon is reading the word list and the grammar, once for a page.
func BenchmarkLexicon(b *testing.B) {
	timed(b, func(int) {
		l, err := readShipped()
		if err != nil {
			b.Fatal(err)
		}
		l.finish()
	})
}
