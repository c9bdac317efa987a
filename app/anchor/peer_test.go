package anchor

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

// shared reads a file of the project's neighbour folder, or skips.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "anchoring", filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("shared/data/anchoring/%s is not here", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// sharedOr is a file of the project's neighbour folder, nil where it is not here.
func sharedOr(name string) []byte {
	data, _ := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "anchoring", filepath.FromSlash(name)))
	return data
}

// strictly decodes JSON and refuses fields that v does not have.
func strictly(t *testing.T, data []byte, v any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		t.Fatal(err)
	}
}

type peerMatch struct {
	Start      int    `json:"start"`
	End        int    `json:"end"`
	StartUTF16 int    `json:"startUTF16"`
	EndUTF16   int    `json:"endUTF16"`
	Text       string `json:"text"`
}

type peerFile struct {
	Repo, Commit, Licence, Path, Note string
	Cases                             []struct {
		Name, HTML, Text string
		Selector         annotation.Selector
		Match            *peerMatch
		Matches          []peerMatch
	}
}

// TestAnnotatorPositions: every position is found, in both units.
func TestAnnotatorPositions(t *testing.T) {
	var file peerFile
	strictly(t, shared(t, "annotator-position-match.json"), &file)
	for _, c := range file.Cases {
		t.Run(c.Name, func(t *testing.T) {
			text := NewText(c.Text)
			got := text.Locate([]annotation.Selector{c.Selector})
			if got.Status != Exact || int(got.Start) != c.Match.Start || int(got.End) != c.Match.End {
				t.Fatalf("Locate = %+v, want %+v", got, *c.Match)
			}
			start, end := text.Map().ToUTF16(got.Start), text.Map().ToUTF16(got.End)
			if int(start) != c.Match.StartUTF16 || int(end) != c.Match.EndUTF16 {
				t.Errorf("UTF-16 %d to %d, want %d to %d", start, end, c.Match.StartUTF16, c.Match.EndUTF16)
			}
			if quote := text.Map().Slice(got.Span()); quote != c.Match.Text {
				t.Errorf("holds %q, want %q", quote, c.Match.Text)
			}
		})
	}
}

// TestAnnotatorQuotes: the peer lists every match. Ours is the first of several
// only when nothing else was described, and then doubtful: a note must not guess.
// An empty quote needs a context.
func TestAnnotatorQuotes(t *testing.T) {
	var file peerFile
	strictly(t, shared(t, "annotator-quote-match.json"), &file)
	for _, c := range file.Cases {
		t.Run(c.Name, func(t *testing.T) {
			got := Locate(c.Text, []annotation.Selector{c.Selector})
			switch {
			case len(c.Matches) > 1:
				bare := c.Selector.Exact != "" && c.Selector.Prefix+c.Selector.Suffix == ""
				if !bare && got.Status != Orphan {
					t.Errorf("Locate = %+v, want an orphan", got)
				}
				if bare && (got.Status != Moved || int(got.Start) != c.Matches[0].Start || int(got.End) != c.Matches[0].End || got.Confidence > 0.25) {
					t.Errorf("Locate = %+v, want the first, in doubt", got)
				}
				for _, m := range c.Matches {
					at := Locate(c.Text, []annotation.Selector{c.Selector, positionSelector(m.Start, m.End)})
					if at.Status == Orphan || int(at.Start) != m.Start || int(at.End) != m.End {
						t.Errorf("with its position, Locate = %+v, want %+v", at, m)
					}
				}
			case len(c.Matches) == 0:
				// The peer wants the context to the letter; a lone quote whose
				// context is gone is still the same words to us.
				if got.Status == Exact {
					t.Errorf("Locate = %+v, want no exact match", got)
				}
			case int(got.Start) != c.Matches[0].Start || int(got.End) != c.Matches[0].End || got.Status != Exact:
				t.Errorf("Locate = %+v, want %+v", got, c.Matches[0])
			}
		})
	}
}

type driftCase struct {
	ID, Kind, Text string
	Selector       []annotation.Selector
	Want           *struct {
		Accept       [][2]int
		EndTolerance int
	}
}

// TestDrift: no quote that is gone is placed, none is placed wrongly, and those
// whose words were not edited are all found.
func TestDrift(t *testing.T) {
	lines := bufio.NewScanner(bytes.NewReader(shared(t, "drift/dev.jsonl")))
	lines.Buffer(nil, 1<<20)
	found, edited, gone := 0, 0, 0
	for lines.Scan() {
		var c driftCase
		strictly(t, lines.Bytes(), &c)
		got := Locate(c.Text, c.Selector)
		quote, _ := find(c.Selector, quoteType)
		switch {
		case c.Want == nil:
			gone++
			if got.Status != Orphan {
				t.Errorf("%s (%s): a quote that is gone was placed: %+v", c.ID, c.Kind, got)
			}
		case got.Status == Orphan:
			edited++
			for _, place := range c.Want.Accept {
				span := textpos.Span{Start: textpos.Rune(place[0]), End: textpos.Rune(place[1])}
				if textpos.Slice(c.Text, span) == quote.Exact {
					t.Errorf("%s (%s): the unchanged quote at %v was not found", c.ID, c.Kind, place)
				}
			}
		default:
			found++
			if !c.accepts(got) {
				t.Errorf("%s (%s): Locate = %+v, want %v", c.ID, c.Kind, got, c.Want.Accept)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d found, %d edited quotes left as orphans, %d gone", found, edited, gone)
}

// accepts reports whether a is a right answer. One case wants a word that was
// inserted at the quote's end to be included; the unchanged quote alone is as good.
func (c driftCase) accepts(a Anchor) bool {
	for _, place := range c.Want.Accept {
		off := int(a.End) - place[1]
		if int(a.Start) == place[0] && (max(off, -off) <= c.Want.EndTolerance || off < 0) {
			return true
		}
	}
	return false
}
