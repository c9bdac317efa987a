package claims_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"marginalia/app/article"
	"marginalia/app/claims"
	"marginalia/app/linear"
	"marginalia/app/textpos"
)

var update = flag.Bool("update", false, "write the golden file anew")

func revision(t testing.TB, language string, blocks ...article.Block) article.Revision {
	t.Helper()
	rev, err := article.NewRevision("Buses", language, blocks, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return rev
}

func paragraph(text string) article.Block {
	return article.Block{Kind: article.Paragraph, Text: text}
}

func TestFind(t *testing.T) {
	rev := revision(
		t, "en-GB",
		article.Block{Kind: article.Heading, Level: 1, Text: "Night buses 🚌 carried 41,000 people"},
		paragraph("What a night! The night buses 🚌 carried 41,000 people in October, 12 percent more than last year."),
		article.Block{Kind: article.Quotation, Text: "I like them."},
		paragraph("The fare rose by a third in 2023."),
	)
	found := shipped().Find(rev)
	if len(found) != 4 {
		t.Fatalf("Find gives %d sentences, want the 4 that are in no heading: %v", len(found), found)
	}
	for i, c := range found {
		if got := textpos.Slice(rev.Text(), c.Span); got != c.Text {
			t.Errorf("claim %d: its span holds %q, its text is %q", i, got, c.Text)
		}
		if i > 0 && found[i-1].Score < c.Score {
			t.Errorf("claim %d has %s and stands behind %s", i, c.Score, found[i-1].Score)
		}
	}
	worth := claims.Worth(found, 9)
	if len(worth) != 2 || !strings.Contains(worth[0].Text+worth[1].Text, "41,000") || !strings.Contains(worth[0].Text+worth[1].Text, "a third") {
		t.Errorf("Worth gives %v, want the two sentences with figures", worth)
	}
}

func TestEqualSentencesKeepTheirOrder(t *testing.T) {
	const same = "The fare rose by a third in 2023."
	found := shipped().Find(revision(t, "en", paragraph(same), paragraph(same), paragraph(same)))
	if !slices.IsSortedFunc(found, func(a, b claims.Claim) int { return int(a.Start - b.Start) }) {
		t.Errorf("Find = %v, want equal ones in the order of the text", found)
	}
}

func TestWorth(t *testing.T) {
	list := func(scores ...claims.Score) (all []claims.Claim) {
		for _, s := range scores {
			all = append(all, claims.Claim{Score: s})
		}
		return all
	}
	for name, c := range map[string]struct {
		found   []claims.Claim
		n, want int
	}{
		"none":             {nil, 5, 0},
		"few":              {list(9000, 5000, 4999), 5, 2},
		"more than wanted": {list(9000, 8000, 7000), 2, 2},
		"all below":        {list(4000, 10), 5, 0},
	} {
		if got := claims.Worth(c.found, c.n); len(got) != c.want {
			t.Errorf("%s: Worth gives %d, want %d", name, len(got), c.want)
		}
	}
}

func TestOtherLanguages(t *testing.T) {
	for language, want := range map[string]bool{"en": true, "EN-us": true, "de": false, "enm": false, "": false} {
		if got := claims.Knows(language); got != want {
			t.Errorf("Knows(%q) = %v, want %v", language, got, want)
		}
	}
	if got := shipped().Find(revision(t, "de", paragraph("Die Miete stieg um 12 Prozent."))); got != nil {
		t.Errorf("Find in German = %v, want none", got)
	}
}

// TestScores holds the scores byte for byte. It is run natively and in WebAssembly,
// which must not differ. After a new training: go test ./app/claims -update.
func TestScores(t *testing.T) {
	var text []string
	for _, r := range newspaper(t) {
		text = append(text, r.Text)
	}
	text = append(text, "…", "🚌", "\u202eحافلات 12%", "a\u0301 b\u0301", strings.Repeat("9,999 ", 400), strings.Repeat("x", 5000), "\xff\xfe 12 \xff")
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for i, s := range text {
		c := claims.Claim{Span: textpos.Span{End: textpos.Count(s)}, Score: shipped().Score(s)}
		if len(s) < 200 && i < len(text)-1 {
			c.Text = s
		}
		if err := enc.Encode(c); err != nil {
			t.Fatal(err)
		}
	}
	golden := filepath.Join("testdata", "scores.golden")
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	got, lines := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(lines)) {
		if i >= len(got) || i >= len(lines) || got[i] != lines[i] {
			t.Fatalf("line %d of %s differs; %d lines, want %d", i+1, golden, len(got), len(lines))
		}
	}
}

func TestScoreInJSON(t *testing.T) {
	for score, want := range map[claims.Score]string{0: "0.0000", 7: "0.0007", 5000: "0.5000", 9999: "0.9999", 10000: "1.0000"} {
		got, err := json.Marshal(claims.Claim{Span: textpos.Span{Start: 1, End: 2}, Text: "x", Score: score})
		if line := `{"start":1,"end":2,"text":"x","score":` + want + `}`; err != nil || string(got) != line {
			t.Errorf("claim = %s %v, want %s", got, err, line)
		}
	}
}

// tiny is a model whose views say nothing.
func tiny(scale, shift int64) []byte {
	var views [claims.Views][]byte
	for v := range claims.Views {
		views[v] = linear.Encode(0, 0, make([]int8, 1<<v.Bits()))
	}
	return claims.Encode(scale, shift, views)
}

func TestParse(t *testing.T) {
	good := tiny(1024, -2*linear.Unit)
	m, err := claims.Parse(good)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Score("Anything."); got != claims.Score(linear.Share(-2*linear.Unit)) {
		t.Errorf("a model that knows nothing answers %s, want its shift", got)
	}
	for name, data := range map[string][]byte{
		"nothing":       nil,
		"another file":  []byte("lin1 and more of it"),
		"no view":       good[:12],
		"cut off":       good[:len(good)-1],
		"too long":      append(slices.Clone(good), 0),
		"a view's size": append(slices.Clone(good[:12]), 0xff, 0xff, 0xff, 0xff),
	} {
		if _, err := claims.Parse(data); !errors.Is(err, claims.ErrFormat) && !errors.Is(err, linear.ErrFormat) {
			t.Errorf("%s: Parse gives %v, want an error of the format", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(tiny(1, 1), "The fare rose by 3 percent.")
	f.Add([]byte("clm1"), "")
	f.Fuzz(func(t *testing.T, data []byte, sentence string) {
		m, err := claims.Parse(data)
		if err != nil {
			m = shipped()
		}
		if s := m.Score(sentence); s < 0 || s > 10000 {
			t.Errorf("Score(%q) = %d", sentence, s)
		}
	})
}

// BenchmarkFind is an article of about 14,000 words.
func BenchmarkFind(b *testing.B) {
	var blocks []article.Block
	for range 350 {
		blocks = append(blocks, paragraph("The night buses carried 41,000 people in October, 12 percent more than last year. \"I like them,\" said Ada Poe, who takes one home from the bakery in the old town every morning, and nobody on the council disagreed."))
	}
	rev := revision(b, "en", blocks...)
	for b.Loop() {
		shipped().Find(rev)
	}
}
