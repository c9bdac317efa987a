package replica_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

const slug = "harbour"

// mint makes ids in rising order and times a second apart.
type mint struct {
	device uint16
	n      atomic.Int64
}

func (m *mint) now() time.Time { return time.Unix(1_800_000_000+m.n.Add(1), 0).UTC() }

func (m *mint) id() string {
	var random [10]byte
	binary.BigEndian.PutUint16(random[8:], m.device)
	return annotation.NewID(m.now(), random)
}

// device is a replica with its store and its way to the server.
type device struct {
	*replica.Replica
	t     testing.TB
	mint  *mint
	store replica.Store
	wire  *transport
}

func newDevice(t testing.TB, s *server, reader string) *device {
	s.devices++
	d := &device{t: t, mint: &mint{device: s.devices}, store: replica.NewMemoryStore(), wire: &transport{server: s, reader: reader}}
	d.reopen()
	return d
}

// reopen is the device after a crash: nothing is left but the store.
func (d *device) reopen() { d.Replica = replica.Open(d.store, d.mint.now, d.mint.id) }

// draft is a note on a claim, not stored yet.
func (d *device) draft(text string) replica.DraftNote {
	return replica.DraftNote{
		ID: d.mint.id(), Kind: replica.NewNote, Article: slug, Revision: "sha256-r", Span: &textpos.Span{Start: 4, End: 9},
		Stance: annotation.Dispute, Text: text,
		Sources: []annotation.Source{{URL: "https://example.org/report", Passage: "as counted"}, {}},
	}
}

// editOf is the form as it opens on a note.
func editOf(n replica.Note, text string) replica.DraftNote {
	note := n.Annotation.Note()
	return replica.DraftNote{
		ID: n.ID, Kind: replica.EditNote, Article: n.Article, Stance: note.Stance, Text: text,
		Sources: note.Sources, IfMatch: n.ETag, ReplyTo: note.ReplyTo,
	}
}

func target() annotation.Target {
	start, end := 4, 9
	revision := "sha256-" + strings.Repeat("ab", 32)
	return annotation.Target{
		Source: slug,
		State:  &annotation.State{Type: "TimeState", SourceDate: "2026-11-20T08:00:00Z", Cached: revision},
		Selector: []annotation.Selector{
			{Type: "TextQuoteSelector", Exact: "ships", Prefix: "Ten ", Suffix: " left the harbour"},
			{Type: "TextPositionSelector", Start: &start, End: &end},
		},
	}
}

func verdict() moderation.Verdict {
	return moderation.Verdict{Decision: moderation.Publish, Policy: "sha256-d", Findings: []moderation.Finding{}}
}

func (d *device) post(text string) replica.Note {
	d.t.Helper()
	return d.write(d.draft(text))
}

func (d *device) edit(id, text string) replica.Note {
	d.t.Helper()
	return d.write(editOf(d.note(id), text))
}

func (d *device) write(draft replica.DraftNote) replica.Note {
	d.t.Helper()
	n, err := d.Post(d.t.Context(), draft, target(), verdict())
	if err != nil {
		d.t.Fatalf("Post(%q): %v", draft.Text, err)
	}
	return n
}

func (d *device) remove(id string) {
	d.t.Helper()
	if err := d.Delete(d.t.Context(), id); err != nil {
		d.t.Fatalf("Delete: %v", err)
	}
}

func (d *device) round() replica.Result {
	d.t.Helper()
	res, err := d.Round(d.t.Context(), d.wire, []string{slug})
	if err != nil {
		d.t.Fatalf("Round: %v", err)
	}
	return res
}

// failing runs a round whose first request meets f.
func (d *device) failing(f fault) (replica.Result, error) {
	d.wire.fault = func() fault {
		d.wire.fault = nil
		return f
	}
	return d.Round(d.t.Context(), d.wire, []string{slug})
}

func (d *device) note(id string) replica.Note {
	d.t.Helper()
	n, err := d.Note(d.t.Context(), id)
	if err != nil {
		d.t.Fatalf("Note: %v", err)
	}
	return n
}

func (d *device) pending() int {
	d.t.Helper()
	n, err := d.Pending(d.t.Context())
	if err != nil {
		d.t.Fatalf("Pending: %v", err)
	}
	return n
}

// sight is a note in a line: "held 'text' public 'earlier' theirs 'other' !problem".
func sight(n replica.Note) string {
	s := fmt.Sprintf("%s '%s'", n.State, n.Annotation.Text())
	if n.Public != nil {
		s += fmt.Sprintf(" public '%s'", n.Public.Text())
	}
	if n.Theirs != nil {
		s += fmt.Sprintf(" theirs %s", n.Theirs.State)
		if n.Theirs.Annotation != nil {
			s += fmt.Sprintf(" '%s'", n.Theirs.Annotation.Text())
		}
	}
	if n.Problem != nil {
		s += " !" + n.Problem.Field
	}
	if n.Reason != "" {
		s += " because " + n.Reason
	}
	return s
}

// ledger is a note's events in a line: "queued sending queued/edit".
func ledger(n replica.Note) string {
	var lines []string
	for _, e := range n.Events {
		line := string(e.State)
		if e.What != "" {
			line += "/" + e.What
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, " ")
}

// wantNote compares a note of the device in a line, and its ledger if one is given.
func (d *device) wantNote(id, want string, events ...string) {
	d.t.Helper()
	n := d.note(id)
	if got := sight(n); got != want {
		d.t.Errorf("note is %s, want %s", got, want)
	}
	for _, want := range events {
		if got := ledger(n); got != want {
			d.t.Errorf("ledger is %q, want %q", got, want)
		}
	}
}

func (d *device) wantPending(want int) {
	d.t.Helper()
	if got := d.pending(); got != want {
		d.t.Errorf("Pending = %d, want %d", got, want)
	}
}

// wantServer compares the server's newest version: "published 'text'".
func wantServer(t testing.TB, s *server, id, want string) {
	t.Helper()
	got := "nothing"
	if n := s.notes[id]; n != nil {
		got = fmt.Sprintf("%s '%s'", n.state, n.newest.Text())
	}
	if got != want {
		t.Errorf("the server has %s, want %s", got, want)
	}
}

func noteState(s string) replica.NoteState { return replica.NoteState(s) }
