package moderation

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// How much a disguise may cost, in points of a hundred.
const (
	mostLost   = 10 // of the abuse found
	mostAlarms = 1  // more civil sentences held or rejected
)

// sentence is a line of testdata/spelling; rule is empty for a civil one.
type sentence struct{ rule, text string }

func spellingSuite(t testing.TB, name string) (list []sentence) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "spelling", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		s := sentence{text: line}
		if kind, text, ok := strings.Cut(line, "\t"); ok {
			s = sentence{familyAbuse + "." + kind, text}
		}
		list = append(list, s)
	}
	if len(list) != 200 {
		t.Fatalf("%s has %d sentences, want 200", name, len(list))
	}
	return list
}

// caught reports whether text gets the abuse finding that it should: any for
// profanity, one that holds or rejects for the rest and for civil sentences.
func caught(s sentence, text string) bool {
	return slices.ContainsFunc(Check(shipped(), note(text), Subject{}).Findings, func(f Finding) bool {
		return strings.HasPrefix(f.Rule, familyAbuse) && (f.Severity != Hint || s.rule == ruleProfanity)
	})
}

// caughtOf counts the sentences that are caught when written so.
func caughtOf(list []sentence, write func(string) string) (n int) {
	for _, s := range list {
		if caught(s, write(s.text)) {
			n++
		}
	}
	return n
}

// TestEvalSpelling prints what each disguise costs and holds it to the limits.
func TestEvalSpelling(t *testing.T) {
	abusive, civil := spellingSuite(t, "abusive"), spellingSuite(t, "civil")
	plain := func(s string) string { return s }
	found, alarms := caughtOf(abusive, plain), caughtOf(civil, plain)
	var b strings.Builder
	points := func(n int) float64 { return float64(n) / 2 }
	fmt.Fprintf(&b, "\n%-22s %8s %8s\n%-22s %7.1f%% %7.1f%%\n", "disguise", "recall", "alarms", "none", points(found), points(alarms))
	for _, d := range disguises {
		got, wrong := caughtOf(abusive, d.disguised), caughtOf(civil, d.disguised)
		fmt.Fprintf(&b, "%-22s %7.1f%% %7.1f%%\n", d.name, points(got), points(wrong))
		if points(found-got) > mostLost {
			t.Errorf("%s: %d of %d abusive sentences are found, in plain writing %d", d.name, got, len(abusive), found)
		}
		if points(wrong-alarms) > mostAlarms {
			t.Errorf("%s: %d of %d civil sentences are held, in plain writing %d", d.name, wrong, len(civil), alarms)
		}
	}
	t.Log(b.String())
}
