package replica

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/moderation"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestStored pins the form of stored values: devices keep them for months, so
// what an older version wrote must still be read, field for field.
func TestStored(t *testing.T) {
	n := fullNote()
	cases := []struct {
		file        string
		value, into any
	}{
		{"note.json", n, new(Note)},
		{"entry.json", entry{
			Change: Change{
				ID: "019a0000-0000-7000-8000-000000000002", Op: OpAppeal, Article: "harbour", Annotation: &n.Annotation,
				IfMatch: "etag-1", Reason: "It is a quotation.",
			},
			Attempted: true, AfterFlight: true,
		}, new(entry)},
	}
	for _, c := range cases {
		t.Run(c.file, func(t *testing.T) {
			path := filepath.Join("testdata", c.file)
			got, err := json.MarshalIndent(c.value, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(path, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			golden, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if want := bytes.TrimSpace(golden); !bytes.Equal(got, want) {
				t.Errorf("stored form is\n%s\nwant\n%s", got, want)
			}
			if err := json.Unmarshal(golden, c.into); err != nil {
				t.Fatal(err)
			}
			if got := reflect.ValueOf(c.into).Elem().Interface(); !reflect.DeepEqual(got, c.value) {
				t.Errorf("read back\n%+v\nwant\n%+v", got, c.value)
			}
		})
	}
}

// fullNote is a note with every field set.
func fullNote() Note {
	start, end := 0, 9
	at := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	a := annotation.New("019a0000-0000-7000-8000-000000000001", annotation.Note{
		Text: "Ten is too many.", Language: "en", Stance: annotation.Dispute,
		Sources: []annotation.Source{{URL: "https://example.org/report", Passage: "eight ships"}},
	}, annotation.Target{
		Source: "harbour",
		State:  &annotation.State{Type: "TimeState", SourceDate: "2026-11-20T08:00:00Z", Cached: "sha256-00"},
		Selector: []annotation.Selector{
			{Type: "TextQuoteSelector", Exact: "Ten ships", Suffix: " left"},
			{Type: "TextPositionSelector", Start: &start, End: &end},
		},
	}, at)
	public := a
	public.Creator = &annotation.Agent{ID: "r1", Type: "Person", Nickname: "reader-7f3a"}
	public.Modified = "2026-11-22T20:03:10Z"
	return Note{
		ID: a.ID, Article: "harbour", State: Conflict, Mine: true, ETag: "etag-2", Annotation: a,
		Anchor: &anchor.Anchor{Start: 0, End: 9, Status: anchor.Exact, Confidence: 1},
		Verdict: &moderation.Verdict{
			Decision: moderation.Hold, Policy: "sha256-11", Scores: moderation.Scores{Abuse: 6213, Topic: 5000},
			Findings: []moderation.Finding{{
				Rule: "abuse.insult", Severity: moderation.SeverityHold, Field: "text", Start: 1, End: 3,
				Quote: "en", Why: "why", Fix: "fix",
			}},
			Without: []string{"topic"},
		},
		Reasons: []string{"rate"}, Reason: "Off topic.", Problem: &Problem{Title: "not valid", Detail: "why", Field: "/annotation"},
		Public: &public, Theirs: &Current{ETag: "etag-2", State: Published, Annotation: &public},
		Before: []string{"etag-1"}, Was: &a, Aside: []Version{{At: at, Theirs: true, Annotation: a}},
		Events: []Event{{State: Draft, At: at}, {State: Queued, At: at.Add(time.Second), What: whatEdit}, {
			State: Held, At: at.Add(time.Minute), By: ByModerator, Rules: []string{"abuse.insult"}, Policy: "sha256-11",
			Reasons: []string{"rate"}, Reason: "Off topic.", Problem: "not valid",
		}},
	}
}

// TestDeleting looks at the newest change, whatever was told since of older ones.
func TestDeleting(t *testing.T) {
	cases := []struct {
		name   string
		state  NoteState
		events []Event
		want   bool
	}{
		{"never queued", Published, nil, false},
		{"queued", Queued, []Event{{State: Queued}}, false},
		{"delete queued", Queued, []Event{{State: Queued}, {State: Queued, What: whatDelete}}, true},
		{"after an older outcome", Sending, []Event{{State: Queued, What: whatDelete}, {State: Published}, {State: Sending}}, true},
		{"acknowledged", Deleted, []Event{{State: Queued, What: whatDelete}, {State: Deleted}}, false},
		{"refused, then edited", Queued, []Event{{State: Queued, What: whatDelete}, {State: Conflict}, {State: Queued, What: whatEdit}}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n := Note{State: c.state, Events: c.events}
			if got := n.Deleting(); got != c.want {
				t.Errorf("Deleting = %v, want %v", got, c.want)
			}
		})
	}
}
