package anchor

import (
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

type hypothesisFile struct {
	Repo, Commit, Path, Licence, Note string
	Texts                             map[string]string
	Cases                             []struct {
		Name, Text, Quote, Prefix, Suffix string
		Hint                              *int
		Want                              *struct {
			Start, End   int
			Score        float64
			ScoreBetween []float64
		}
	}
	Monotone []struct {
		By, Text, Quote            string
		Quotes, Prefixes, Suffixes []string
	}
}

// TestHypothesisQuotes: the peer's cases hold.
func TestHypothesisQuotes(t *testing.T) {
	var file hypothesisFile
	strictly(t, shared(t, "hypothesis-match-quote.json"), &file)
	for _, c := range file.Cases {
		t.Run(c.Name, func(t *testing.T) {
			text := file.Texts[c.Text]
			selectors := []annotation.Selector{quoteSelector(c.Prefix, c.Quote, c.Suffix)}
			if c.Hint != nil {
				selectors = append(selectors, positionSelector(*c.Hint, *c.Hint+len(c.Quote)))
			}
			got := Locate(text, selectors)
			switch {
			case c.Want == nil:
				if got.Status != Orphan {
					t.Errorf("Locate = %+v, want an orphan", got)
				}
			case got.Status == Orphan || int(got.Start) != c.Want.Start || c.Want.End != 0 && int(got.End) != c.Want.End:
				t.Errorf("Locate = %+v %q, want %+v", got, textpos.Slice(text, got.Span()), *c.Want)
			}
		})
	}
}

// TestHypothesisScores: the less agrees, the lower the confidence.
func TestHypothesisScores(t *testing.T) {
	var file hypothesisFile
	strictly(t, shared(t, "hypothesis-match-quote.json"), &file)
	for _, m := range file.Monotone {
		t.Run(m.By, func(t *testing.T) {
			var list [][]annotation.Selector
			for _, q := range m.Quotes {
				list = append(list, []annotation.Selector{quoteSelector("", q, "")})
			}
			for _, p := range m.Prefixes {
				list = append(list, []annotation.Selector{quoteSelector(p, m.Quote, "")})
			}
			for _, s := range m.Suffixes {
				list = append(list, []annotation.Selector{quoteSelector("", m.Quote, s)})
			}
			last := 2.0
			for _, selectors := range list {
				got := Locate(file.Texts[m.Text], selectors)
				if got.Confidence >= last {
					t.Errorf("Locate(%+v) = %+v, want less than %v", selectors[0], got, last)
				}
				last = got.Confidence
			}
		})
	}
}
