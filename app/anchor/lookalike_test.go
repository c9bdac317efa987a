package anchor

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"marginalia/app/textpos"
)

// lookalike is one case: a text with a quote in [[brackets]], what became of it,
// and which words of that, if any, are the quote's, edited.
type lookalike struct {
	Name, Was, Now, Is string

	was  string // without the brackets
	span textpos.Span
}

func lookalikes(t *testing.T) []lookalike {
	t.Helper()
	file, err := os.Open("testdata/lookalike.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []lookalike
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var c lookalike
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		before, rest, _ := strings.Cut(c.Was, "[[")
		quote, after, ok := strings.Cut(rest, "]]")
		if !ok || quote == "" {
			t.Fatalf("%s: no quote in %q", c.Name, c.Was)
		}
		start := textpos.Count(before)
		c.was, c.span = before+quote+after, textpos.Span{Start: start, End: start + textpos.Count(quote)}
		all = append(all, c)
	}
	return all
}

// TestLookalikes: in every case the quoted words are gone, or are other words
// now, and something that looks like them is there. An edited quote may be shown
// as changed, at the one right place; everything else is an orphan.
func TestLookalikes(t *testing.T) {
	cases, changed := lookalikes(t), 0
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			got := Locate(c.Now, Describe(c.was, c.span))
			quote := textpos.Slice(c.was, c.span)
			switch {
			case got.Status == Orphan:
			case got.Status == Changed && c.Is != "" && textpos.Slice(c.Now, got.Span()) == c.Is:
				changed++
			default:
				t.Errorf("Locate(%q) = %+v %q, want an orphan or %q changed", quote, got, textpos.Slice(c.Now, got.Span()), c.Is)
			}
		})
	}
	if len(cases) < 100 {
		t.Errorf("%d cases, want 100 at least", len(cases))
	}
	t.Logf("%d cases, %d shown as changed, the others are orphans", len(cases), changed)
}
