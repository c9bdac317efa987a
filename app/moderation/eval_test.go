package moderation_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/weights"
)

// labelled is one line of an evaluation set: what any of them says.
type labelled struct {
	Text          string  `json:"text"`
	Label         int     `json:"label"`
	Toxicity      float64 `json:"toxicity"`
	Functionality string  `json:"functionality"`
	Perspective   score   `json:"perspective"`
	Hostile       int     `json:"hostile"`
	Template      string  `json:"template"`
	Group         string  `json:"group"`
	Spans         []struct {
		Type string `json:"type"`
	} `json:"spans"`
}

// onlyEval skips what prints figures and takes minutes, but in `make eval`.
func onlyEval(t *testing.T) {
	t.Helper()
	if os.Getenv("MARGINALIA_EVAL") == "" {
		t.Skip("skipped: make eval runs it")
	}
}

// set reads an evaluation set; the test is skipped where the data is absent.
func set(t *testing.T, name string) []labelled {
	t.Helper()
	return setOf[labelled](t, name)
}

func setOf[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "moderation", "eval", name+".jsonl"))
	if err != nil {
		t.Skipf("skipped: the labelled data is not here: %v", err)
	}
	defer f.Close()
	var rows []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		rows = append(rows, row)
	}
	return rows
}

// full is the shipped policy with all its models.
var full = sync.OnceValue(func() *moderation.Policy {
	p, err := moderation.Default().Complete(weights.Get)
	if err != nil {
		panic(err)
	}
	return p
})

// verdict is what the shipped policy says of a text alone.
func verdict(text string) moderation.Verdict {
	return moderation.Check(full(), moderation.Note{Note: annotation.Note{Text: text, Stance: annotation.Dispute}}, moderation.Subject{})
}

// finds reports whether the default policy has a finding of a family that is at
// least as heavy as a hold.
func finds(text, family string) bool {
	for _, f := range verdict(text).Findings {
		if f.Severity != moderation.Hint && strings.HasPrefix(f.Rule, family) {
			return true
		}
	}
	return false
}

// TestEvalCivil holds the rules to the limit on how many civil newspaper comments
// they may trouble.
func TestEvalCivil(t *testing.T) {
	n, hit := 0, 0
	for _, r := range set(t, "c3_public") {
		if r.Toxicity < 1.3 {
			n++
			if finds(r.Text, "abuse") {
				hit++
			}
		}
	}
	atMost("C3, toxicity < 1.3, held or rejected as abuse, %", percent(hit, n), 2)
	t.Logf("C3, toxicity < 1.3: %d of %d (%.2f %%) get an abuse finding that holds or rejects; the limit is 2 %%", hit, n, percent(hit, n))
	if percent(hit, n) > 2 {
		t.Errorf("%.2f %% of civil comments are held or rejected, the limit is 2 %%", percent(hit, n))
	}
}

// confusion counts answers against labels.
type confusion struct{ tp, fp, fn, tn int }

func (c *confusion) add(got, want bool) {
	switch {
	case got && want:
		c.tp++
	case got:
		c.fp++
	case want:
		c.fn++
	default:
		c.tn++
	}
}

func (c confusion) f1() float64 { return float64(2*c.tp) / float64(max(2*c.tp+c.fp+c.fn, 1)) }

func (c confusion) macroF1() float64 {
	return (c.f1() + confusion{tp: c.tn, fp: c.fn, fn: c.fp}.f1()) / 2
}

func logF1(t *testing.T, name string, rows []labelled, want, got func(labelled) bool) confusion {
	t.Helper()
	var c confusion
	for _, r := range rows {
		c.add(got(r), want(r))
	}
	t.Logf("%s: F1 %.3f, precision %.2f, recall %.2f of %d", name, c.f1(),
		float64(c.tp)/float64(max(c.tp+c.fp, 1)), float64(c.tp)/float64(max(c.tp+c.fn, 1)), c.tp+c.fn)
	return c
}

func percent(part, whole int) float64 { return 100 * float64(part) / float64(max(whole, 1)) }
