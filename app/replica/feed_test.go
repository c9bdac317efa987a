package replica_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// texts are the notes of the article as a device shows them.
func (d *device) texts() []string {
	d.t.Helper()
	notes, err := d.Notes(d.t.Context(), slug)
	if err != nil {
		d.t.Fatalf("Notes: %v", err)
	}
	var texts []string
	for _, n := range notes {
		texts = append(texts, sight(n))
	}
	return texts
}

func (d *device) wantTexts(want ...string) {
	d.t.Helper()
	if got := d.texts(); !slices.Equal(got, want) {
		d.t.Errorf("Notes = %q, want %q", got, want)
	}
}

func TestFeed(t *testing.T) {
	s := newServer(t)
	ada, bob := newDevice(t, s, "ada"), newDevice(t, s, "bob")
	a, b := ada.post("one"), ada.post("hold two")
	ada.round()
	bob.round()
	bob.wantTexts("published 'one'")
	if n := bob.note(a.ID); n.Mine || n.Anchor == nil || len(n.Events) != 0 || n.Annotation.Creator == nil {
		t.Errorf("note is %+v, want another's with its anchor and its creator", n)
	}
	if n := ada.note(a.ID); n.Annotation.Creator == nil || !n.Mine {
		t.Errorf("own note is %+v, want it with the creator that the server set", n)
	}

	ada.edit(a.ID, "one, mended")
	s.decide(b.ID, replica.Published, "")
	ada.round()
	if res := bob.round(); res.Received != 2 || !slices.Equal(res.Changed, []string{slug}) {
		t.Errorf("Round = %+v, want 2 received", res)
	}
	bob.wantTexts("published 'one, mended'", "published 'hold two'")

	ada.remove(a.ID)
	ada.round()
	if res := bob.round(); !slices.Equal(res.Changed, []string{slug}) {
		t.Errorf("Changed by a delete = %v, want %s", res.Changed, slug)
	}
	bob.wantTexts("published 'hold two'")
	ada.wantTexts("published 'hold two'")
	if res := bob.round(); res.Received != 0 || len(res.Changed) != 0 {
		t.Errorf("second Round = %+v, want nothing new", res)
	}
}

// TestOwnDeviceSeesOwnNotes: a second device of one reader gets them all, whether
// the author-only feed or the public one tells of them first.
func TestSecondDevice(t *testing.T) {
	s := newServer(t)
	one := newDevice(t, s, "ada")
	published, held := one.post("one"), one.post("hold two")
	one.round()
	one.edit(published.ID, "hold three")
	one.round()
	two := newDevice(t, s, "ada")
	two.round()
	two.round()
	for _, id := range []string{published.ID, held.ID} {
		n := two.note(id)
		if want := sight(one.note(id)); sight(n) != want || !n.Mine || n.Anchor == nil {
			t.Errorf("second device has %s, mine %v, anchor %v, want %s", sight(n), n.Mine, n.Anchor, want)
		}
	}
	guest := newDevice(t, s, "bob")
	guest.round()
	guest.wantTexts("published 'one'")
}

func TestSeedFeed(t *testing.T) {
	s := newServer(t)
	ada, bob := newDevice(t, s, "ada"), newDevice(t, s, "bob")
	first := ada.post("one")
	ada.post("two")
	ada.round()
	old := s.feed(slug, 0)
	ada.remove(first.ID)
	ada.post("three")
	ada.round()
	seed := func(page replica.Changes) {
		t.Helper()
		if err := bob.Seed(t.Context(), article.Article{Slug: slug, Revision: article.Revision{ID: "sha256-r"}}, page); err != nil {
			t.Fatal(err)
		}
	}
	seed(old)
	bob.wantTexts("published 'one'", "published 'two'")
	bob.round()
	if got := bob.wire.requests[0].Cursors[slug]; got != old.Cursor {
		t.Errorf("cursor sent = %d, want %d, from the page", got, old.Cursor)
	}
	bob.wantTexts("published 'two'", "published 'three'")
	seed(old) // a page from a cache brings nothing back
	bob.wantTexts("published 'two'", "published 'three'")
	bob.round()
	if got, want := bob.wire.requests[len(bob.wire.requests)-1].Cursors[slug], s.feed(slug, 0).Cursor; got != want {
		t.Errorf("cursor after an old page = %d, want %d", got, want)
	}

	// Ada's device has its own words for a note that an old page shows.
	ada.edit(bob.noteWith("two"), "two, mended")
	if err := ada.Seed(t.Context(), article.Article{Slug: slug, Revision: article.Revision{ID: "sha256-r"}}, s.feed(slug, 0)); err != nil {
		t.Fatal(err)
	}
	ada.wantNote(bob.noteWith("two"), "queued 'two, mended' public 'two'")
}

func (d *device) noteWith(text string) string {
	d.t.Helper()
	notes, err := d.Notes(d.t.Context(), slug)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, n := range notes {
		if n.Annotation.Text() == text {
			return n.ID
		}
	}
	d.t.Fatalf("no note %q", text)
	return ""
}

// TestSeedKeepsWhatIsGoneGone: a page holds no delete rows, and must not take a
// device past those it has not read.
func TestSeedKeepsWhatIsGoneGone(t *testing.T) {
	s := newServer(t)
	ada, bob := newDevice(t, s, "ada"), newDevice(t, s, "bob")
	n := ada.post("one")
	ada.post("two")
	ada.round()
	bob.round()
	ada.remove(n.ID)
	ada.round()
	page := s.feed(slug, 0)
	page.Changes = slices.DeleteFunc(page.Changes, func(r replica.Row) bool { return r.Op == replica.RowDelete })
	if err := bob.Seed(t.Context(), article.Article{Slug: slug, Revision: article.Revision{ID: "sha256-r"}}, page); err != nil {
		t.Fatal(err)
	}
	bob.wantTexts("published 'one'", "published 'two'")
	bob.round()
	bob.wantTexts("published 'two'")

	// What the page shows is there at once, and the cursor has not moved past what
	// sync has to tell.
	three := ada.post("three")
	ada.round()
	if err := bob.Seed(t.Context(), article.Article{Slug: slug, Revision: article.Revision{ID: "sha256-r"}}, s.feed(slug, 0)); err != nil {
		t.Fatal(err)
	}
	bob.wantTexts("published 'two'", "published 'three'")
	ada.remove(three.ID)
	ada.round()
	bob.round()
	bob.wantTexts("published 'two'")
}

func TestShownIsNotesAndMine(t *testing.T) {
	s := newServer(t)
	ada, bob := newDevice(t, s, "ada"), newDevice(t, s, "bob")
	bob.post("bob's")
	bob.round()
	gone := ada.post("gone")
	ada.post("ada's")
	ada.round()
	ada.remove(gone.ID)
	ada.round()
	notes, mine, err := ada.Shown(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	wantNotes, err := ada.Notes(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	wantMine, err := ada.Mine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(notes, wantNotes) || len(notes) != 2 {
		t.Errorf("Shown has %d notes of the article, want the %d of Notes", len(notes), len(wantNotes))
	}
	if !reflect.DeepEqual(mine, wantMine) || len(mine) != 2 {
		t.Errorf("Shown has %d own notes, want the %d of Mine", len(mine), len(wantMine))
	}
}

// TestPostedTwice: two tabs hold one draft, and the second must not replace what
// the first has posted.
func TestPostedTwice(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	n := d.post("one")
	d.round()
	stale := replica.DraftNote{ID: n.ID, Kind: replica.NewNote, Article: slug, Text: "older words", Stance: annotation.Dispute}
	if _, err := d.Post(t.Context(), stale, n.Annotation.Target, moderation.Verdict{}); !errors.Is(err, replica.ErrPosted) {
		t.Errorf("Post = %v, want ErrPosted", err)
	}
	if err := d.SaveDraft(t.Context(), stale); !errors.Is(err, replica.ErrPosted) {
		t.Errorf("SaveDraft = %v, want ErrPosted", err)
	}
	d.wantPending(0)
	d.wantNote(n.ID, "published 'one'")
}

func TestAnchorRows(t *testing.T) {
	s := newServer(t)
	ada, bob := newDevice(t, s, "ada"), newDevice(t, s, "bob")
	n := ada.post("one")
	ada.round()
	bob.round()
	moved := anchor.Anchor{Start: 30, End: 35, Status: anchor.Moved, Confidence: 0.9}
	page := replica.Changes{Cursor: 9, Changes: []replica.Row{
		{Seq: 7, Op: replica.RowAnchor, ID: n.ID, Anchor: &moved},
		{Seq: 8, Op: replica.RowAnchor, ID: "not here", Anchor: &moved},
		{Seq: 9, Op: "from the future", ID: n.ID},
	}}
	for _, d := range []*device{ada, bob} {
		answer := func(r replica.Request) (replica.Answer, error) {
			a, err := d.wire.Sync(t.Context(), r)
			a.Articles = map[string]replica.Changes{slug: page}
			return a, err
		}
		if _, err := d.Round(t.Context(), transportFunc(answer), []string{slug}); err != nil {
			t.Fatal(err)
		}
		if got := d.note(n.ID); got.Anchor == nil || *got.Anchor != moved || got.State != replica.Published {
			t.Errorf("note is %+v, want it published at %v", got, moved)
		}
	}
}

// TestManyRows takes in more rows than are read one by one.
func TestManyRows(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	own := d.post("one")
	page := replica.Changes{Cursor: 100}
	for i := range 100 {
		a := own.Annotation
		a.ID, a.Creator = d.mint.id(), &annotation.Agent{ID: "bob"}
		page.Changes = append(page.Changes, replica.Row{Seq: int64(i + 1), Op: replica.RowPut, ETag: fmt.Sprint(i), Annotation: &a})
	}
	page.Changes[50].Annotation.ID = own.ID
	if err := d.Seed(t.Context(), article.Article{Slug: slug, Revision: article.Revision{ID: "sha256-r"}}, page); err != nil {
		t.Fatal(err)
	}
	if got := len(d.texts()); got != 100 {
		t.Errorf("%d notes, want 99 and the own one", got)
	}
	if n := d.note(own.ID); !n.Mine || n.State != replica.Queued {
		t.Errorf("own note is %+v, want it queued as before", n)
	}
}
