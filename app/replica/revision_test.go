package replica_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
)

// revisionOf is a revision with that text; its id begins with two letters that tell
// it from others.
func revisionOf(name, text string, day int) article.Revision {
	return article.Revision{
		ID: "sha256-" + strings.Repeat(name, 32), Title: "Harbour", Language: "en",
		Created: time.Date(2026, 11, day, 8, 0, 0, 0, time.UTC),
		Blocks:  []article.Block{{Kind: article.Paragraph, Text: text}},
	}
}

// The words of target() in four texts.
var (
	asWritten = revisionOf("ab", "Ten ships left the harbour on Monday, said the harbour master.", 20)
	corrected = revisionOf("bc", "Ten ship left the harbour on Monday, said the harbour master.", 21)
	without   = revisionOf("cd", "Nothing was said.", 22)
	again     = revisionOf("de", "At noon. Ten ships left the harbour on Monday, said the harbour master.", 23)
)

// reading is a device that has read the article as target() was written on it.
func reading(t *testing.T, s *server, reader string) *device {
	t.Helper()
	d := newDevice(t, s, reader)
	if s.revision == "sha256-r" {
		s.revision, s.texts[asWritten.ID] = asWritten.ID, asWritten
	}
	if err := d.SaveArticle(t.Context(), article.Article{Slug: slug, Revision: s.texts[s.revision]}); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *device) wantPlace(id string, status anchor.Status, words string) {
	d.t.Helper()
	n := d.note(id)
	a, err := d.Article(d.t.Context(), slug)
	if err != nil {
		d.t.Fatal(err)
	}
	if n.Anchor == nil || n.Anchor.Status != status {
		d.t.Fatalf("note stands at %+v, want %s %q", n.Anchor, status, words)
	}
	text := []rune(a.Revision.Text())
	if got := string(text[n.Anchor.Start:n.Anchor.End]); got != words {
		d.t.Errorf("note stands at %q, want %q", got, words)
	}
}

func (d *device) wantSteps(id string, want string) {
	d.t.Helper()
	var got []string
	for _, e := range d.note(id).Events {
		if e.State == "" {
			got = append(got, e.What)
		}
	}
	if strings.Join(got, " ") != want {
		d.t.Errorf("the ledger says %q of the words, want %q", got, want)
	}
}

// TestCorrection: text and anchors come together, whatever fails between.
func TestCorrection(t *testing.T) {
	s := newServer(t)
	ada, bob := reading(t, s, "ada"), reading(t, s, "bob")
	n := ada.post("one")
	ada.round()
	bob.round()
	bob.wantPlace(n.ID, anchor.Exact, "ships")

	s.correct(corrected)
	bob.wire.lose = true
	res, err := bob.Round(t.Context(), bob.wire, []string{slug})
	if !errors.Is(err, replica.ErrOffline) || len(res.NewRevisions) != 0 {
		t.Errorf("Round without the text = %+v, %v, want ErrOffline and nothing new", res, err)
	}
	bob.wantPlace(n.ID, anchor.Exact, "ships")

	bob.wire.lose = false
	if got := bob.round().NewRevisions[slug]; got != corrected.ID {
		t.Errorf("NewRevisions = %q, want %q", got, corrected.ID)
	}
	if got := bob.round().NewRevisions; len(got) != 0 {
		t.Errorf("NewRevisions = %v the second time, want none", got)
	}
	bob.wantPlace(n.ID, anchor.Changed, "ship")
	ada.round()
	ada.wantSteps(n.ID, "addressed")

	before, err := bob.Revision(t.Context(), slug, asWritten.ID)
	if err != nil || before.Text() != asWritten.Text() {
		t.Errorf("Revision before = %v, %v, want it kept", before, err)
	}
	if now, err := bob.Revision(t.Context(), slug, corrected.ID); err != nil || now.Text() != corrected.Text() {
		t.Errorf("Revision = %v, %v, want the newest", now, err)
	}
	if _, err := bob.Revision(t.Context(), slug, without.ID); !errors.Is(err, replica.ErrNotFound) {
		t.Errorf("Revision that is not here: %v, want ErrNotFound", err)
	}

	s.correct(without)
	ada.round()
	ada.wantPlace(n.ID, anchor.Orphan, "")
	s.correct(again)
	ada.round()
	ada.wantPlace(n.ID, anchor.Exact, "ships")
	ada.wantSteps(n.ID, "addressed lost found")
}

// TestUnsentMoves: a note that no server has placed moves with the text too.
func TestUnsentMoves(t *testing.T) {
	s := newServer(t)
	ada, eve := reading(t, s, "ada"), reading(t, s, "eve")
	held := ada.post("hold one")
	ada.round()
	queued := ada.post("two")
	ada.wire.fault = func() fault { return lostRequest }
	if err := ada.SaveArticle(t.Context(), article.Article{Slug: slug, Revision: again}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{held.ID, queued.ID} {
		ada.wantPlace(id, anchor.Exact, "ships")
	}
	if got := ada.note(queued.ID).Annotation.Revision(); got != asWritten.ID {
		t.Errorf("the note is about revision %q, want the one it was written on", got)
	}
	// Another device of the same reader learns of the held note with a newer text.
	if err := eve.SaveArticle(t.Context(), article.Article{Slug: slug, Revision: again}); err != nil {
		t.Fatal(err)
	}
	s.correct(again)
	eve.wire.reader = "ada"
	eve.round()
	eve.wantPlace(held.ID, anchor.Exact, "ships")
}

// TestAttach gives a lost note another place.
func TestAttach(t *testing.T) {
	s := newServer(t)
	ada, bob := reading(t, s, "ada"), reading(t, s, "bob")
	n := ada.post("one")
	ada.round()
	bob.round()
	s.correct(without)
	ada.round()
	ada.wantPlace(n.ID, anchor.Orphan, "")

	start, end := 0, 7
	moved := annotation.Target{
		Source: slug,
		State:  &annotation.State{Type: "TimeState", SourceDate: "2026-11-22T08:00:00Z", Cached: without.ID},
		Selector: []annotation.Selector{
			{Type: "TextQuoteSelector", Exact: "Nothing", Suffix: " was said."},
			{Type: "TextPositionSelector", Start: &start, End: &end},
		},
	}
	if _, err := ada.Post(t.Context(), editOf(ada.note(n.ID), "one"), moved, verdict()); err != nil {
		t.Fatal(err)
	}
	ada.wantPlace(n.ID, anchor.Exact, "Nothing")
	ada.wantSteps(n.ID, "lost found")
	// What is said of the words that others still see does not move it back.
	if err := ada.Seed(t.Context(), article.Article{Slug: slug, Revision: without}, s.feed(slug, 0)); err != nil {
		t.Fatal(err)
	}
	ada.wantPlace(n.ID, anchor.Exact, "Nothing")
	ada.round()
	bob.round()
	for _, d := range []*device{ada, bob} {
		d.wantPlace(n.ID, anchor.Exact, "Nothing")
		d.wantNote(n.ID, "published 'one'")
	}
}

// TestSeedNews: a page brings text and anchors together; an older page brings
// nothing.
func TestSeedNews(t *testing.T) {
	s := newServer(t)
	ada, bob := reading(t, s, "ada"), reading(t, s, "bob")
	n := ada.post("one")
	ada.round()
	bob.round()
	old := s.feed(slug, 0)
	s.correct(corrected)
	seed := func(rev article.Revision, page replica.Changes) {
		t.Helper()
		if err := bob.Seed(t.Context(), article.Article{Slug: slug, Revision: rev}, page); err != nil {
			t.Fatal(err)
		}
	}
	page := s.feed(slug, 0)
	seed(corrected, page)
	bob.wantPlace(n.ID, anchor.Changed, "ship")
	seed(asWritten, old)
	bob.wantPlace(n.ID, anchor.Changed, "ship")
}
