package moderation_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"marginalia/app/weights"
)

// figure is one line of the table that `make eval` ends with.
type figure struct {
	what        string
	got, target float64
	most        bool   // the target is the most that is allowed
	others      string // what is known of others
}

// figures are collected by the tests that measure them.
var figures []figure

func record(what string, got, target float64, others string) {
	figures = append(figures, figure{what: what, got: got, target: target, others: others})
}

// atMost records a figure that must not be over its limit.
func atMost(what string, got, limit float64) {
	figures = append(figures, figure{what: what, got: got, target: limit, most: true})
}

func (f figure) reached() bool { return f.got == f.target || f.got < f.target == f.most }

// TestMain prints the table of what was measured, if anything was.
func TestMain(m *testing.M) {
	code := m.Run()
	if os.Getenv("MARGINALIA_EVAL") != "" && len(figures) > 0 {
		fmt.Print(table())
	}
	os.Exit(code)
}

func table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-66s %8s %8s  %-7s %s\n", "set, metric", "ours", "target", "reached", "others")
	for _, f := range figures {
		reached := "no"
		if f.reached() {
			reached = "yes"
		}
		fmt.Fprintf(&b, "%-66s %8.3f %8.3f  %-7s %s\n", f.what, f.got, f.target, reached, f.others)
	}
	return b.String()
}

// TestEvalSizes measures what the models of abuse and topic weigh.
func TestEvalSizes(t *testing.T) {
	abuse, topic := len(weights.Get("abuse")), len(weights.Get("topic"))
	t.Logf("abuse model %d bytes, word vectors with what reads them %d", abuse, topic)
	atMost("abuse model, KB", float64(abuse)/1000, 300)
	atMost("word vectors, MB", float64(topic)/1e6, 1.5)
	if abuse > 300_000 || topic > 1_500_000 {
		t.Errorf("the models weigh %d and %d bytes, the limits are 300,000 and 1,500,000", abuse, topic)
	}
}

func TestReached(t *testing.T) {
	for _, tt := range []struct {
		f    figure
		want bool
	}{
		{figure{got: .8, target: .7}, true},
		{figure{got: .6, target: .7}, false},
		{figure{got: .7, target: .7}, true},
		{figure{got: 1, target: 2, most: true}, true},
		{figure{got: 3, target: 2, most: true}, false},
	} {
		if got := tt.f.reached(); got != tt.want {
			t.Errorf("%+v: reached = %v, want %v", tt.f, got, tt.want)
		}
	}
}
