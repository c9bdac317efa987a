package article

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// show writes runs as [-removed-]{+added+}.
func show(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		switch r.Part {
		case Removed:
			fmt.Fprintf(&b, "[-%s-]", r.Text)
		case Added:
			fmt.Fprintf(&b, "{+%s+}", r.Text)
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func TestCompareWords(t *testing.T) {
	tests := []struct{ name, was, now, want string }{
		{"both empty", "", "", ""},
		{"equal", "The ferry left.", "The ferry left.", "The ferry left."},
		{"all new", "", "The ferry left.", "{+The ferry left.+}"},
		{"all gone", "The ferry left.", "", "[-The ferry left.-]"},
		{"a figure", "It killed 40,005 people.", "It killed 40,500 people.", "It killed [-40,005-]{+40,500+} people."},
		{"a word added", "They did agree.", "They did not agree.", "They did {+not +}agree."},
		{"a phrase is one change", "the old harbour closed", "a new pier closed", "[-the old harbour-]{+a new pier+} closed"},
		{"added at the end", "has killed 12 people", "has killed 12 people since May", "has killed 12 people{+ since May+}"},
		{"apostrophes are in words", "they can't go", "they can go", "they [-can't-]{+can+} go"},
		{"Chinese by characters", "渡轮下午出发", "渡轮上午出发", "渡轮[-下-]{+上+}午出发"},
		{"Arabic", "غادرت العبارة أمس", "غادرت السفينة أمس", "غادرت [-العبارة-]{+السفينة+} أمس"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := show(CompareWords(tt.was, tt.now)); got != tt.want {
				t.Errorf("CompareWords(%q, %q) = %s, want %s", tt.was, tt.now, got, tt.want)
			}
		})
	}
}

// TestCompareWordsKeepsBoth: without the added runs the old text stands, without
// the removed ones the new.
func TestCompareWordsKeepsBoth(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", " ", ", ", "船", "don't", "4,5", "é", "🚢", ".", "\xff"}), 0, 30)
	rapid.Check(t, func(t *rapid.T) {
		was, now := strings.Join(words.Draw(t, "was"), ""), strings.Join(words.Draw(t, "now"), "")
		var a, b strings.Builder
		for _, r := range CompareWords(was, now) {
			if r.Part != Added {
				a.WriteString(r.Text)
			}
			if r.Part != Removed {
				b.WriteString(r.Text)
			}
		}
		if a.String() != was || b.String() != now {
			t.Errorf("the runs of %q and %q hold %q and %q", was, now, a.String(), b.String())
		}
	})
}

func revisionOf(t *testing.T, blocks ...string) Revision {
	t.Helper()
	var all []Block
	for _, text := range blocks {
		all = append(all, Block{Kind: Paragraph, Text: text})
	}
	rev, err := NewRevision("Harbour news", "en", all, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return rev
}

func TestCompare(t *testing.T) {
	a, b, c := "The ferry left at noon. It was full.", "Tickets cost four crowns a head.", "The harbour master was not there."
	tests := []struct {
		name      string
		was, now  []string
		want      string
		sentences int
		gone      int
	}{
		{"nothing", []string{a, b}, []string{a, b}, "0:" + a + "\n1:" + b + "\n", 0, 0},
		{"a block added", []string{a, c}, []string{a, b, c}, "0:" + a + "\n1:{+" + b + "+}\n2:" + c + "\n", 1, 0},
		{"a block gone", []string{a, b, c}, []string{a, c}, "0:" + a + "\n-1:[-" + b + "-]\n1:" + c + "\n", 0, 1},
		{
			"edited",
			[]string{a, b},
			[]string{"The ferry left at two. It was full.", b},
			"0:The ferry left at [-noon-]{+two+}. It was full.\n1:" + b + "\n", 1, 0,
		},
		{
			"edited beside a new one",
			[]string{b, c},
			[]string{a, "Tickets cost five crowns a head.", c},
			"0:{+" + a + "+}\n1:Tickets cost [-four-]{+five+} crowns a head.\n2:" + c + "\n", 3, 0,
		},
		{"rewritten", []string{a}, []string{c}, "-1:[-" + a + "-]\n0:{+" + c + "+}\n", 1, 2},
		{"moved", []string{a, b}, []string{b, a}, "-1:[-" + a + "-]\n0:" + b + "\n1:{+" + a + "+}\n", 2, 2},
		{
			"only cut",
			[]string{a},
			[]string{"The ferry left at noon."},
			"0:The ferry left at noon.[- It was full.-]\n", 1, 0,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			was, now := revisionOf(t, tt.was...), revisionOf(t, tt.now...)
			changes := Compare(was, now)
			var got strings.Builder
			for _, ch := range changes {
				fmt.Fprintf(&got, "%d:%s\n", ch.Block, show(ch.Runs))
			}
			if got.String() != tt.want {
				t.Errorf("Compare =\n%swant\n%s", got.String(), tt.want)
			}
			spans, gone := ChangedSentences(now, changes)
			if len(spans) != tt.sentences || gone != tt.gone {
				t.Errorf("ChangedSentences = %v, %d, want %d, %d", spans, gone, tt.sentences, tt.gone)
			}
			checkComplete(t, now, changes)
		})
	}
}

// checkComplete wants every block of now once, in order and whole.
func checkComplete(t *testing.T, now Revision, changes []Change) {
	t.Helper()
	next := 0
	for _, c := range changes {
		if c.Block < 0 {
			continue
		}
		var text strings.Builder
		for _, r := range c.Runs {
			if r.Part != Removed {
				text.WriteString(r.Text)
			}
		}
		if c.Block != next || text.String() != now.Blocks[next].Text {
			t.Fatalf("block %d is %q, want %d %q", c.Block, text.String(), next, now.Blocks[next].Text)
		}
		next++
	}
	if next != len(now.Blocks) {
		t.Errorf("%d blocks, want %d", next, len(now.Blocks))
	}
}

// TestCompareIsBounded compares long revisions with nothing in common.
func TestCompareIsBounded(t *testing.T) {
	var was, now []string
	for i := range 600 {
		was = append(was, fmt.Sprintf("Old%d old%d.", i, i+1))
		now = append(now, strings.Repeat(fmt.Sprintf("new%d ", i), 60))
	}
	changes := Compare(revisionOf(t, was...), revisionOf(t, now...))
	if len(changes) != 1200 {
		t.Errorf("%d changes, want 1200", len(changes))
	}
	long := strings.Repeat("x y ", 20_000)
	if runs := CompareWords(long, strings.Repeat("z w ", 20_000)); len(runs) == 0 {
		t.Error("no runs for long texts")
	}
}

func TestNumber(t *testing.T) {
	a := Article{Versions: []Version{{ID: "x"}, {ID: "y"}}, Revision: Revision{ID: "y"}}
	if a.Number("y") != 2 || a.Number("z") != 0 || a.Before("y") != "x" || a.Before("x") != "" || a.Newest() != "y" {
		t.Errorf("%d %d %q %q %q", a.Number("y"), a.Number("z"), a.Before("y"), a.Before("x"), a.Newest())
	}
	if got := (Article{Revision: Revision{ID: "x"}}).Newest(); got != "x" {
		t.Errorf("Newest without versions = %q, want x", got)
	}
}
