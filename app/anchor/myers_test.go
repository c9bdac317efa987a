package anchor

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// leastErrors are, for every end of a match in reading direction, the fewest
// errors of a match of pattern that ends there: the plain table that the bits of
// scan stand for (P. H. Sellers, "The theory and computation of evolutionary
// distances: pattern recognition", 1980).
func leastErrors(pattern, text []rune) []int {
	row := make([]int, len(pattern)+1)
	for i := range row {
		row[i] = i
	}
	all := []int{row[len(pattern)]}
	for _, r := range text {
		corner := 0
		for i, p := range pattern {
			cost := 1
			if p == r {
				cost = 0
			}
			corner, row[i+1] = row[i+1], min(row[i+1]+1, row[i]+1, corner+cost)
		}
		all = append(all, row[len(pattern)])
	}
	return all
}

func TestScan(t *testing.T) {
	alphabet := rapid.SliceOfN(rapid.SampledFrom([]rune{'a', 'b', 'c', ' ', 'é', '船', '🚢'}), 1, 70)
	rapid.Check(t, func(t *rapid.T) {
		pattern, text := alphabet.Draw(t, "pattern"), alphabet.Draw(t, "text")
		pattern = pattern[:min(len(pattern), maxPattern)]
		most := rapid.IntRange(0, len(pattern)/2).Draw(t, "most")
		for _, back := range []bool{false, true} {
			got := map[int]int{}
			newPattern(string(pattern), back).scan(string(text), most, func(e ending) { got[e.at] = e.errors })
			p, s := slices.Clone(pattern), slices.Clone(text)
			if back {
				slices.Reverse(p)
				slices.Reverse(s)
			}
			for i, errors := range leastErrors(p, s) {
				at := len(string(s[:i]))
				if back {
					at = len(string(text)) - at
				}
				if e, ok := got[at]; ok && e != errors {
					t.Fatalf("back %t: %d errors at byte %d, want %d", back, e, at, errors)
				}
				delete(got, at)
			}
			if len(got) > 0 {
				t.Fatalf("back %t: places inside a code point: %v", back, got)
			}
		}
	})
}

// TestScanFindsTheBest: no place is better than those that are reported.
func TestScanFindsTheBest(t *testing.T) {
	alphabet := rapid.SliceOfN(rapid.SampledFrom([]rune{'a', 'b', 'é', '船'}), 1, 40)
	rapid.Check(t, func(t *rapid.T) {
		pattern, text := alphabet.Draw(t, "pattern"), alphabet.Draw(t, "text")
		want := slices.Min(leastErrors(pattern, text)[1:])
		best := len(pattern) + 1
		newPattern(string(pattern), false).scan(string(text), len(pattern), func(e ending) { best = min(best, e.errors) })
		if best != want {
			t.Fatalf("the best place has %d errors, want %d", best, want)
		}
	})
}

func TestIndex(t *testing.T) {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "the ", "q", "40,005", " ", "é", "船", "aaaa"}), 0, 60)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(parts.Draw(t, "text"), "")
		needle := strings.Join(parts.Draw(t, "needle"), "")
		if len(text) > 20 && rapid.Bool().Draw(t, "inside") {
			needle = text[len(text)/3 : 2*len(text)/3]
		}
		if got, want := index(text, needle), strings.Index(text, needle); got != want {
			t.Fatalf("index(%q, %q) = %d, want %d", text, needle, got, want)
		}
	})
	// Seeds everywhere, and the needle behind them all.
	text := strings.Repeat("quay the sea ", 5000) + "quay the sea quay the tea"
	if got, want := index(text, "quay the sea quay the tea"), strings.Index(text, "quay the sea quay the tea"); got != want {
		t.Errorf("index = %d, want %d", got, want)
	}
}
