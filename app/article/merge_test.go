package article

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMerge(t *testing.T) {
	const was = "The count is of one year. It leaves out the people killed in 2023."
	for name, c := range map[string]struct{ mine, theirs, want string }{
		"nothing changed":        {was, was, was},
		"mine alone":             {"The count is of two years. It leaves out the people killed in 2023.", was, "The count is of two years. It leaves out the people killed in 2023."},
		"theirs alone":           {was, was + " So it says.", was + " So it says."},
		"far apart":              {"The ministry's count is of one year. It leaves out the people killed in 2023.", "The count is of one year. It leaves out the people killed in 2022.", "The ministry's count is of one year. It leaves out the people killed in 2022."},
		"the same change":        {"The count is of two years. It leaves out the people killed in 2023.", "The count is of two years. It leaves out the people killed in 2023.", "The count is of two years. It leaves out the people killed in 2023."},
		"the same words, apart":  {"The count is of two years. It leaves out the people killed in 2023.", "The count is of three years. It leaves out the people killed in 2023.", ""},
		"both added at the end":  {was + " Mine.", was + " Theirs.", ""},
		"one removed, one edits": {"The count is of one year.", "The count is of one year. It leaves out all the people killed in 2023.", ""},
		"nothing left":           {"", was + " More.", ""},
	} {
		for _, swap := range []bool{false, true} {
			mine, theirs := c.mine, c.theirs
			if swap {
				mine, theirs = theirs, mine
			}
			got, ok := Merge(was, mine, theirs)
			if got != c.want || ok != (c.want != "") {
				t.Errorf("%s: Merge = %q, %v, want %q", name, got, ok, c.want)
			}
		}
	}
}

// TestMergeOfOne: a text that only one side changed is that side's, whatever it is.
func TestMergeOfOne(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "bé", "c.", "\n", "d d", "👩‍👧", ""}), 0, 12)
	rapid.Check(t, func(t *rapid.T) {
		was, now := strings.Join(words.Draw(t, "was"), " "), strings.Join(words.Draw(t, "now"), " ")
		for _, pair := range [][2]string{{was, now}, {now, was}, {now, now}} {
			if got, ok := Merge(was, pair[0], pair[1]); !ok || got != now {
				t.Fatalf("Merge(%q, %q, %q) = %q, %v, want %q", was, pair[0], pair[1], got, ok, now)
			}
		}
	})
}
