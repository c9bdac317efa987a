package anchor

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"marginalia/app/textpos"
)

// TestLookalikes: in every case the quoted words are gone, or are other words
// now, and something that looks like them is there. An edited quote may be shown
// as changed, at the one right place; everything else is an orphan.
func TestLookalikes(t *testing.T) {
	file, err := os.Open("testdata/lookalike.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	cases, changed := 0, 0
	for lines := bufio.NewScanner(file); lines.Scan(); cases++ {
		var c struct{ Name, Was, Now, Is string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		t.Run(c.Name, func(t *testing.T) {
			before, rest, _ := strings.Cut(c.Was, "[[")
			quote, after, ok := strings.Cut(rest, "]]")
			if !ok || quote == "" {
				t.Fatalf("no quote in %q", c.Was)
			}
			start := textpos.Count(before)
			selectors := Describe(before+quote+after, textpos.Span{Start: start, End: start + textpos.Count(quote)})
			got := Locate(c.Now, selectors)
			switch {
			case got.Status == Orphan:
			case got.Status == Changed && c.Is != "" && textpos.Slice(c.Now, got.Span()) == c.Is:
				changed++
			default:
				t.Errorf("Locate(%q) = %+v %q, want an orphan or %q changed", quote, got, textpos.Slice(c.Now, got.Span()), c.Is)
			}
		})
	}
	if cases < 100 {
		t.Errorf("%d cases, want 100 at least", cases)
	}
	t.Logf("%d cases, %d shown as changed, the others are orphans", cases, changed)
}
