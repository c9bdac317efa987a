package claims_test

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"marginalia/app/claims"
	"marginalia/app/weights"
)

// labelled is a sentence and whether it is worth checking.
type labelled struct {
	Document string `json:"document"`
	Text     string `json:"text"`
	Label    int    `json:"label"`

	score claims.Score
}

// shipped is the model that ships.
var shipped = sync.OnceValue(func() *claims.Model {
	m, err := claims.Parse(weights.Get("claims"))
	if err != nil {
		panic(err)
	}
	return m
})

// scored reads a set of labelled sentences and scores them; the test is skipped
// where the data is absent.
func scored(t *testing.T, name string) []labelled {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "moderation", "eval", name+".jsonl"))
	if err != nil {
		t.Skipf("skipped: the labelled data is not here: %v", err)
	}
	var rows []labelled
	for line := range bytes.Lines(data) {
		var r labelled
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		r.score = shipped().Score(r.Text)
		rows = append(rows, r)
	}
	return rows
}

// newspaper is the hand-written set.
func newspaper(t *testing.T) []labelled {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "newspaper.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []labelled
	for lines := bufio.NewScanner(f); lines.Scan(); {
		sign, text, ok := strings.Cut(lines.Text(), " ")
		if !ok || sign == "#" {
			continue
		}
		r := labelled{Text: text, score: shipped().Score(text)}
		if sign == "+" {
			r.Label = 1
		}
		rows = append(rows, r)
	}
	return rows
}

func byScore(a, b labelled) int { return cmp.Compare(b.score, a.score) }

// averagePrecision is the mean, over those worth checking, of the precision of the
// list down to each, best score first; of equals the earlier comes first.
func averagePrecision(rows []labelled) float64 {
	list := slices.Clone(rows)
	slices.SortStableFunc(list, byScore)
	found, sum := 0, 0.0
	for i, r := range list {
		if r.Label == 1 {
			found++
			sum += float64(found) / float64(i+1)
		}
	}
	return sum / float64(max(found, 1))
}

// measure is precision, recall and F1 of "worth checking" at [claims.Half].
func measure(rows []labelled) (precision, recall, f1 float64) {
	var hit, wrong, missed float64
	for _, r := range rows {
		switch worth := r.score >= claims.Half; {
		case worth && r.Label == 1:
			hit++
		case worth:
			wrong++
		case r.Label == 1:
			missed++
		}
	}
	return hit / (hit + wrong), hit / (hit + missed), 2 * hit / (2*hit + wrong + missed)
}

func TestEvalClaimBuster(t *testing.T) {
	rows := scored(t, "claimbuster_test")
	p, r, f := measure(rows)
	t.Logf("ClaimBuster test: F1 %.3f (target .82), precision %.3f, recall %.3f of %d sentences", f, p, r, len(rows))
	if f < 0.82 {
		t.Errorf("F1 = %.3f, want .82", f)
	}
}

// TestEvalCLEF prints the mean over debates and speeches of the average precision.
// Only what fact-checkers did check is labelled there, two sentences in a hundred.
func TestEvalCLEF(t *testing.T) {
	var order []string
	documents := map[string][]labelled{}
	for _, r := range scored(t, "clef2019_claims_test") {
		if documents[r.Document] == nil {
			order = append(order, r.Document)
		}
		documents[r.Document] = append(documents[r.Document], r)
	}
	sum, chance := 0.0, 0.0
	for _, name := range order {
		rows := documents[name]
		labels := 0
		for _, r := range rows {
			labels += r.Label
		}
		ap := averagePrecision(rows)
		t.Logf("  %-30s average precision %.3f; %d of %d sentences are labelled", name, ap, labels, len(rows))
		sum += ap
		chance += float64(labels) / float64(len(rows))
	}
	n := float64(len(order))
	t.Logf("CLEF-2019: mean average precision %.3f of %d documents (target .17; the best of 12 systems, trained on CLEF's own debates, .166; by chance about %.3f)",
		sum/n, len(order), chance/n)
	if sum/n < 0.13 {
		t.Errorf("mean average precision = %.3f, want what it was at least, .13", sum/n)
	}
}

// TestEvalNewspaper measures sentences of another kind than the model has learned
// from: newspaper prose, written for this.
func TestEvalNewspaper(t *testing.T) {
	rows := newspaper(t)
	p, r, f := measure(rows)
	pairs, right := 0.0, 0.0
	for _, a := range rows {
		for _, b := range rows {
			if a.Label == 1 && b.Label == 0 {
				pairs++
				switch {
				case a.score > b.score:
					right++
				case a.score == b.score:
					right += 0.5
				}
			}
		}
	}
	slices.SortStableFunc(rows, byScore)
	for _, x := range rows {
		if (x.score >= claims.Half) != (x.Label == 1) {
			t.Logf("  wrong: %s %s", x.score, x.Text)
		}
	}
	t.Logf("newspaper sentences: F1 %.3f, precision %.3f, recall %.3f, AUC %.3f, average precision %.3f of %d",
		f, p, r, right/pairs, averagePrecision(rows), len(rows))
	if right/pairs < 0.9 {
		t.Errorf("AUC = %.3f, want .9", right/pairs)
	}
}
