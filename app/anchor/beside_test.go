//go:build !js

package anchor

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

const (
	besideEnv = "ANCHOR_BESIDE" // a folder for the peer's package
	approx    = "approx-string-match"
	approxAt  = approx + "@2.0.0"
	// leastRatio is how many times faster than the peer a search is to be.
	leastRatio = 10
)

// besideCase is one edited quote in a long document. The peer gets the quote
// alone, as its users give it; ours gets the selectors of a note.
type besideCase struct {
	name     string
	Text     string `json:"text"`
	Quote    string `json:"quote"`
	selector []annotation.Selector
	at       textpos.Rune // where the edited words begin
}

// besideCases are quotes of several lengths in 90,000 characters, edited in several
// ways.
func besideCases() []besideCase {
	sentence := "The keeper of the lock wrote down the level of the water every morning at six, and the barges that waited below the gate, and sent the figures to the board in town once a week by the first cart. "
	var all []besideCase
	for _, c := range []struct {
		name     string
		from, to int // of the sentence
		old, new string
	}{
		{"a typo in 30 characters", 4, 34, "keeper of the lock", "keepr of the lock"},
		{"a word in 60 characters", 22, 82, "every morning", "every evening"},
		{"a word inserted in 80", 4, 84, "the level", "the exact level"},
		{"a word cut in 120", 4, 124, "that waited below", "below"},
		{"three edits in 180", 4, 184, "wrote down the level of the water every morning", "noted the height of the water every evening"},
		{"edited context", 38, 110, "The keeper of the lock wrote down the level", "The keeper of the sluice noted the level"},
		{"edited words and context", 38, 110, "of the water every morning at six, and the barges that waited below the gate, and sent", "of the water each morning at six, and the barges that waited below the gate, then sent"},
		{
			"all edited", 38, 110, "of the lock wrote down the level of the water every morning at six, and the barges that waited below the gate, and sent",
			"of the sluice wrote up the level of the water each morning at six, and the barges that waited below the gate, then sent",
		},
	} {
		text := longText(90_000)
		text = strings.ToValidUTF8(text[:60_000], "") + " " + sentence + strings.ToValidUTF8(text[60_000:], "")
		start := strings.Index(text, sentence)
		quote := sentence[c.from:c.to]
		before := textpos.Count(text[:start+c.from])
		all = append(all, besideCase{
			name: c.name, Text: strings.Replace(text, c.old, c.new, 1), Quote: quote, at: before,
			selector: Describe(text, textpos.Span{Start: before, End: before + textpos.Count(quote)}),
		})
	}
	return all
}

// TestBesideApprox times Locate and approx-string-match, with which Hypothesis
// re-anchors, on the same quotes in the same documents. A document is read once for
// all of its notes (NewText), so that is timed apart. `make bench` runs it.
func TestBesideApprox(t *testing.T) {
	folder := os.Getenv(besideEnv)
	if folder == "" {
		t.Skipf("skipped: make bench runs it, with %s", besideEnv)
	}
	all := besideCases()
	peer := besidePeer(t, folder, all)
	fmt.Printf("\n%-28s %8s %20s %6s %13s  %s\n", "re-anchor, 90,000 characters", "ours µs", approx, "ratio", "reading once", "ours found")
	sum, peerSum := 0.0, 0.0
	for i, c := range all {
		ours, reading, got := timed(c)
		theirs := float64(peer[i].NS) / 1000
		fmt.Printf("%-28s %8.0f %20.0f %6.1f %13.0f  %s %.2f\n", c.name, ours, theirs, theirs/ours, reading, got.Status, got.Confidence)
		if off := got.Start - c.at; got.Status == Orphan || max(off, -off) > 12 {
			t.Errorf("%s: Locate = %+v, want a place near %d", c.name, got, c.at)
		}
		sum, peerSum = sum+ours, peerSum+theirs
	}
	fmt.Printf("%-28s %8.0f %20.0f %6.1f   (target %d)\n", "all", sum, peerSum, peerSum/sum, leastRatio)
}

// timed is the median time, in microseconds, of a search and of reading the
// document.
func timed(c besideCase) (search, reading float64, got Anchor) {
	reading = median(func() {
		NewText(c.Text).folded()
	})
	text := NewText(c.Text)
	text.folded()
	search = median(func() { got = text.Locate(c.selector) })
	return search, reading, got
}

func median(f func()) float64 {
	times := make([]time.Duration, 21)
	for i := range times {
		start := time.Now()
		f()
		times[i] = time.Since(start)
	}
	slices.Sort(times)
	return float64(times[len(times)/2].Nanoseconds()) / 1000
}

type peerTime struct {
	NS         int64
	Start, End int
}

// besidePeer runs the peer in node. Its package is fetched when it is not there.
func besidePeer(t *testing.T, folder string, all []besideCase) []peerTime {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, "package")); err != nil {
		fetch := exec.Command("sh", "-c", "npm pack --silent "+approxAt+" && tar -xzf "+approx+"-*.tgz")
		fetch.Dir = folder
		if out, err := fetch.CombinedOutput(); err != nil {
			t.Skipf("skipped: %s cannot be had (%v): %s", approxAt, err, out)
		}
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	inputs := filepath.Join(t.TempDir(), "inputs.json")
	if err := os.WriteFile(inputs, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("node", "testdata/approx.mjs", filepath.Join(folder, "package"), inputs).Output()
	if err != nil {
		t.Fatalf("node: %v", err)
	}
	var times []peerTime
	if err := json.Unmarshal(out, &times); err != nil || len(times) != len(all) {
		t.Fatalf("node printed %q: %v", out, err)
	}
	return times
}
