package replica_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/replica"
)

func TestPost(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	draft := d.draft("Ten is too many.")
	if err := d.SaveDraft(t.Context(), draft); err != nil {
		t.Fatal(err)
	}
	saved, err := d.Drafts(t.Context())
	if err != nil || len(saved) != 1 || saved[0].Saved.IsZero() {
		t.Fatalf("Drafts = %v, %v, want one with its time", saved, err)
	}
	n := d.write(saved[0])

	d.wantNote(n.ID, "queued 'Ten is too many.'", "draft queued")
	d.wantPending(1)
	if drafts, err := d.Drafts(t.Context()); err != nil || len(drafts) != 0 {
		t.Errorf("Drafts after Post = %v, %v, want none", drafts, err)
	}
	if n.Anchor == nil || n.Anchor.Start != 4 || n.Anchor.End != 9 || n.Anchor.Status != "exact" || n.Anchor.Confidence != 1 {
		t.Errorf("Anchor = %v, want exact [4,9)", n.Anchor)
	}
	want := []annotation.Source{{URL: "https://example.org/report", Passage: "as counted"}}
	if got := n.Annotation.Note().Sources; !slices.Equal(got, want) {
		t.Errorf("sources = %v, want %v: the blank one is the form's", got, want)
	}
	if !n.Mine || n.Verdict == nil || n.Verdict.Policy != "sha256-d" {
		t.Errorf("note is %+v, want an own one with this device's verdict", n)
	}
}

func TestPostCitesAddresses(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	draft := d.draft("Ten is too many.")
	draft.Sources = []annotation.Source{{URL: "doi:10.1000/182"}, {URL: " https://example.org/a?utm_source=x#p "}, {URL: "no address", Passage: "as said"}}
	want := []annotation.Source{{URL: "https://doi.org/10.1000/182"}, {URL: "https://example.org/a?utm_source=x#p"}, {URL: "no address", Passage: "as said"}}
	if got := d.write(draft).Annotation.Note().Sources; !slices.Equal(got, want) {
		t.Errorf("sources = %v, want %v", got, want)
	}
}

func TestPostLosesNothingOnError(t *testing.T) {
	cases := []struct {
		name  string
		draft func(d *device) replica.DraftNote
		limit int
		check func(error) bool
	}{
		{"text too long", func(d *device) replica.DraftNote { return d.draft(strings.Repeat("é", 2001)) }, 0, isField},
		{"blank", func(d *device) replica.DraftNote { return d.draft(" \n") }, 0, isField},
		{"edit of a note that is not here", func(d *device) replica.DraftNote {
			draft := d.draft("x")
			draft.Kind = replica.EditNote
			return draft
		}, 0, is(replica.ErrNotFound)},
		{"device full", func(d *device) replica.DraftNote { return d.draft("x") }, 700, is(replica.ErrFull)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := newDevice(t, newServer(t), "ada")
			store := replica.NewMemoryStore()
			store.Limit = c.limit
			d.store = store
			d.reopen()
			draft := c.draft(d)
			if c.limit > 0 {
				draft.Text = "x"
			}
			if err := d.SaveDraft(t.Context(), draft); err != nil {
				t.Fatal(err)
			}
			if _, err := d.Post(t.Context(), draft, target(), verdict()); !c.check(err) {
				t.Errorf("Post = %v, not the error that was expected", err)
			}
			drafts, err := d.Drafts(t.Context())
			if err != nil || len(drafts) != 1 || drafts[0].Text != draft.Text {
				t.Errorf("Drafts = %v, %v, want the draft as it was", drafts, err)
			}
			d.wantPending(0)
			if mine, err := d.Mine(t.Context()); err != nil || len(mine) != 0 {
				t.Errorf("Mine = %v, %v, want nothing", mine, err)
			}
		})
	}
}

func isField(err error) bool {
	var field *annotation.FieldError
	return errors.As(err, &field)
}

func is(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }

func TestPostRefuses(t *testing.T) {
	s := newServer(t)
	ada, bob := newDevice(t, s, "ada"), newDevice(t, s, "bob")
	n := bob.post("bob's")
	bob.round()
	ada.round()
	if _, err := ada.Post(t.Context(), editOf(ada.note(n.ID), "mine now"), target(), verdict()); !errors.Is(err, replica.ErrNotMine) {
		t.Errorf("Post on another's note = %v, want ErrNotMine", err)
	}
	if err := ada.Delete(t.Context(), n.ID); !errors.Is(err, replica.ErrNotMine) {
		t.Errorf("Delete of another's note = %v, want ErrNotMine", err)
	}
	form := editOf(bob.note(n.ID), "late")
	bob.remove(n.ID)
	for _, when := range []string{"while the delete waits", "once it is deleted"} {
		if _, err := bob.Post(t.Context(), form, target(), verdict()); !errors.Is(err, replica.ErrDeleted) {
			t.Errorf("Post %s = %v, want ErrDeleted", when, err)
		}
		bob.round()
	}
	long := strings.Repeat("x", annotation.MaxReason+1)
	if _, err := ada.Appeal(t.Context(), ada.draft("x"), target(), verdict(), long); !isField(err) {
		t.Errorf("Appeal with %d characters = %v, want a FieldError", len(long), err)
	}
}

// TestUnsent is what becomes of changes that meet in the outbox before any is sent.
func TestUnsent(t *testing.T) {
	cases := []struct {
		name    string
		do      func(d *device, id string)
		pending int
		note    string
		ledger  string
		server  string // after a round
	}{
		{
			"edited", func(d *device, id string) { d.edit(id, "two"); d.edit(id, "three") },
			1, "queued 'three'", "queued queued/edit queued/edit", "published 'three'",
		},
		{
			"deleted", func(d *device, id string) { d.remove(id); d.remove(id) },
			0, "deleted 'one'", "queued deleted/delete", "nothing",
		},
		{
			"edited, then deleted", func(d *device, id string) { d.edit(id, "two"); d.remove(id) },
			0, "deleted 'two'", "queued queued/edit deleted/delete", "nothing",
		},
		{
			"appealed", func(d *device, id string) { d.appeal(id, "two") },
			1, "queued 'two'", "queued queued/appeal", "held 'two'",
		},
		{
			"appealed, then edited", func(d *device, id string) { d.appeal(id, "two"); d.edit(id, "three") },
			1, "queued 'three'", "queued queued/appeal queued/edit", "published 'three'",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			d := newDevice(t, s, "ada")
			n := d.post("one")
			c.do(d, n.ID)
			d.wantPending(c.pending)
			d.wantNote(n.ID, c.note, c.ledger)
			d.round()
			d.wantPending(0)
			wantServer(t, s, n.ID, c.server)
			if sent := len(d.wire.requests[0].Changes); sent != c.pending {
				t.Errorf("%d changes sent, want %d", sent, c.pending)
			}
		})
	}
}

func (d *device) appeal(id, text string) {
	d.t.Helper()
	if _, err := d.Appeal(d.t.Context(), editOf(d.note(id), text), target(), verdict(), "It is a quotation."); err != nil {
		d.t.Fatalf("Appeal: %v", err)
	}
}

// TestEditBeforeReply keeps the order: a reply must not overtake its note because
// that was edited later.
func TestEditBeforeReply(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	n := d.post("one")
	reply := d.draft("and")
	reply.Kind, reply.ReplyTo, reply.Stance, reply.Span = replica.ReplyTo, n.ID, "", nil
	r := d.write(reply)
	d.edit(n.ID, "two")
	d.round()
	changes := d.wire.requests[0].Changes
	if len(changes) != 2 || changes[0].Annotation.ID != n.ID || changes[1].Annotation.ID != r.ID {
		t.Errorf("sent %v, want the note and then the reply", changes)
	}
	if got := d.note(r.ID); got.Anchor != nil || got.Annotation.Target.Source != n.ID {
		t.Errorf("reply is %+v, want one on %s without an anchor", got, n.ID)
	}
}

func TestRename(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	if err := d.Rename(t.Context(), "  "); err == nil {
		t.Error("Rename to nothing gives no error")
	}
	steps := []struct{ nickname, refused, after string }{
		{"Ada L.", "", "Ada L."},
		{"bad name", "/value", "Ada L."},
		{"Countess", "", "Countess"},
	}
	for _, step := range steps {
		for _, name := range []string{"never sent", step.nickname} {
			if err := d.Rename(t.Context(), name); err != nil {
				t.Fatal(err)
			}
		}
		d.wantPending(1)
		if who, err := d.Reader(t.Context()); err != nil || who.Nickname != step.nickname {
			t.Errorf("Reader before sync = %v, %v, want %q", who, err, step.nickname)
		}
		res := d.round()
		if got := res.Refused; (got == nil) != (step.refused == "") || got != nil && got.Field != step.refused {
			t.Errorf("Refused = %v, want %q", got, step.refused)
		}
		if who, err := d.Reader(t.Context()); err != nil || who != (replica.Reader{ID: "ada", Nickname: step.after}) || res.Reader != who {
			t.Errorf("Reader after sync = %v, %v and in the result %v, want %q", who, err, res.Reader, step.after)
		}
	}
}
