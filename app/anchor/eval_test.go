package anchor

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marginalia/app/annotation"
)

// tally counts the answers to cases of one kind.
type tally struct{ n, right, orphan, wrong int }

func (k *tally) add(right, orphan bool) {
	k.n++
	switch {
	case right:
		k.right++
	case orphan:
		k.orphan++
	default:
		k.wrong++
	}
}

// TestEvalDrift prints, per kind of edit, where the quotes of edited texts are
// found, beside the best-known peer, and holds the rates to their limits.
func TestEvalDrift(t *testing.T) {
	lines := bufio.NewScanner(bytes.NewReader(shared(t, "drift/dev.jsonl")))
	lines.Buffer(nil, 1<<22)
	kinds, all, gone := map[string]*tally{}, &tally{}, &tally{}
	for lines.Scan() {
		var c driftCase
		strictly(t, lines.Bytes(), &c)
		if kinds[c.Kind] == nil {
			kinds[c.Kind] = new(tally)
		}
		got := Locate(c.Text, c.Selector)
		orphan := got.Status == Orphan
		right := c.Want == nil && orphan || c.Want != nil && !orphan && c.strictlyAccepts(got)
		kinds[c.Kind].add(right, orphan)
		all.add(right, orphan)
		if c.Want == nil {
			gone.add(right, orphan)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	peer := baseline()
	fmt.Fprintf(&b, "\n%-20s %5s %6s %7s %6s %11s\n", "drift/dev", "n", "right", "orphan", "wrong", "Hypothesis")
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		k := kinds[name]
		fmt.Fprintf(&b, "%-20s %5d %6d %7d %6d %11s\n", name, k.n, k.right, k.orphan, k.wrong, peer[name])
	}
	fmt.Fprintf(&b, "%-20s %5d %6d %7d %6d %11s\n", "all", all.n, all.right, all.orphan, all.wrong, peer["all"])
	fmt.Fprintf(&b, "right %.1f %% (Hypothesis 86.9 %%), vanished quotes left as orphans %.1f %% (72 %%), placed wrongly %.1f %% (10.3 %%)",
		percent(all.right, all.n), percent(gone.right, gone.n), percent(all.wrong, all.n))
	t.Log(b.String())
	if percent(all.right, all.n) < 94 || percent(gone.right, gone.n) < 95 || percent(all.wrong, all.n) > 1 {
		t.Error("want 94 % right, 95 % of the vanished quotes as orphans, 1 % placed wrongly at most")
	}
}

// strictlyAccepts is as the peer was counted.
func (c driftCase) strictlyAccepts(a Anchor) bool {
	return slices.ContainsFunc(c.Want.Accept, func(at [2]int) bool {
		off := int(a.End) - at[1]
		return int(a.Start) == at[0] && max(off, -off) <= c.Want.EndTolerance
	})
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

// baseline is how many Hypothesis gets right of each kind, if the table is there:
// kind, then exact, near, orphan, lost and wrong, of which the first three are right.
func baseline() map[string]string {
	right := make(map[string]string)
	data, _ := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "anchoring", "drift", "dev.hypothesis-baseline.txt"))
	for line := range strings.Lines(string(data)) {
		var kind string
		var exact, near, orphan, lost, wrong int
		if n, _ := fmt.Sscan(line, &kind, &exact, &near, &orphan, &lost, &wrong); n == 6 {
			right[kind] = fmt.Sprint(exact + near + orphan)
		}
	}
	return right
}

// TestEvalVectors prints how many of the peers' own cases hold. What is not right
// fails in the tests of each set.
func TestEvalVectors(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-28s %5s %6s\n", "vectors", "n", "right")
	for _, name := range []string{"annotator-position-match", "annotator-quote-match", "hypothesis-match-quote"} {
		k := new(tally)
		for _, right := range held(t, name) {
			k.add(right, false)
		}
		fmt.Fprintf(&b, "%-28s %5d %6d\n", name, k.n, k.right)
		if k.right != k.n {
			t.Errorf("%s: %d of %d cases hold", name, k.right, k.n)
		}
	}
	t.Log(strings.TrimRight(b.String(), "\n"))
}

// held says of each case of a set whether it holds: the peer's only match, or of
// several one, or, in a set that is matched to the letter, none placed as exact.
func held(t *testing.T, name string) []bool {
	t.Helper()
	var all []bool
	if name == "hypothesis-match-quote" {
		var file hypothesisFile
		strictly(t, shared(t, name+".json"), &file)
		for _, c := range file.Cases {
			selectors := []annotation.Selector{quoteSelector(c.Prefix, c.Quote, c.Suffix)}
			if c.Hint != nil {
				selectors = append(selectors, positionSelector(*c.Hint, *c.Hint+len(c.Quote)))
			}
			got := Locate(file.Texts[c.Text], selectors)
			all = append(all, c.Want == nil && got.Status == Orphan || c.Want != nil && got.Status != Orphan && int(got.Start) == c.Want.Start)
		}
		return all
	}
	var file peerFile
	if err := json.Unmarshal(shared(t, name+".json"), &file); err != nil {
		t.Fatal(err)
	}
	for _, c := range file.Cases {
		if c.Match != nil {
			c.Matches = append(c.Matches, *c.Match)
		}
		got := Locate(c.Text, []annotation.Selector{c.Selector})
		at := slices.ContainsFunc(c.Matches, func(m peerMatch) bool { return int(got.Start) == m.Start && int(got.End) == m.End })
		// An orphan holds where several places are equally good.
		all = append(all, at || len(c.Matches) != 1 && got.Status != Exact)
	}
	return all
}
