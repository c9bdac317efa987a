package replica_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"marginalia/app/article"
	"marginalia/app/replica"
)

// withSnapshots is a transport that has them: pages of the feed, as of when they
// were kept.
type withSnapshots struct {
	*transport
	kept  map[int64]replica.Changes // by cursor; what is not there is read now
	err   error
	asked []int64
}

func (w *withSnapshots) Notes(_ context.Context, slug string, since int64) (replica.Changes, error) {
	w.asked = append(w.asked, since)
	if page, ok := w.kept[since]; ok || w.err != nil {
		return page, w.err
	}
	return overTheWire(w.server.t, w.server.feed(slug, since)), nil
}

// crowded is a server with n notes of others on the article.
func crowded(t testing.TB, n int) (s *server, author *device) {
	s = newServer(t)
	author = newDevice(t, s, "bob")
	for i := range n {
		author.post(fmt.Sprint("note ", i))
		if i%50 == 49 {
			author.round()
		}
	}
	author.round()
	return s, author
}

func (d *device) follow(w replica.Transport) replica.Result {
	d.t.Helper()
	res, err := d.Round(d.t.Context(), w, []string{slug})
	if err != nil {
		d.t.Fatalf("Round: %v", err)
	}
	return res
}

func (d *device) shownTexts() (texts []string) {
	d.t.Helper()
	notes, err := d.Notes(d.t.Context(), slug)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, n := range notes {
		texts = append(texts, n.Annotation.Text())
	}
	return texts
}

func (d *device) whole() bool {
	d.t.Helper()
	whole, err := d.Whole(d.t.Context(), slug)
	if err != nil {
		d.t.Fatal(err)
	}
	return whole
}

func TestFirstSyncIsASnapshotAndADelta(t *testing.T) {
	s, author := crowded(t, 250)
	s.page = 120
	d := newDevice(t, s, "ada")
	w := &withSnapshots{transport: d.wire, kept: map[int64]replica.Changes{}}
	w.kept[0] = s.feed(slug, 0) // as a cache has it
	notes, err := author.Notes(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	author.remove(notes[3].ID)
	author.edit(notes[5].ID, "edited")
	author.post("after the snapshot")
	author.round()
	if d.whole() {
		t.Error("a device that has read nothing has it whole")
	}
	own := d.post("mine")
	d.follow(w)
	d.wantNote(own.ID, "published 'mine'", "queued sending published")
	got := d.shownTexts()
	if len(got) != 251 || slices.Contains(got, "note 3") || !slices.Contains(got, "edited") || slices.Contains(got, "note 5") || !slices.Contains(got, "after the snapshot") {
		t.Errorf("%d notes are here, want the server's 251", len(got))
	}
	if !slices.Equal(w.asked, []int64{0, 120, 240}) {
		t.Errorf("snapshot pages asked for: %v", w.asked)
	}
	first, last := w.requests[0], w.requests[len(w.requests)-1]
	if len(first.Cursors) != 0 || len(first.Changes) != 1 {
		t.Errorf("the first request = %+v, want only what the reader wrote", first)
	}
	if last.Cursors[slug] < 250 {
		t.Errorf("the last request reads on from %d, want the snapshot's end", last.Cursors[slug])
	}
	if !d.whole() {
		t.Error("the feed was read to its end, but is not whole")
	}
	w.asked = nil
	d.follow(w)
	if len(w.asked) != 0 {
		t.Errorf("a later round asks for snapshots: %v", w.asked)
	}
}

// TestSnapshotFails: a device without a snapshot gets everything by sync.
func TestSnapshotFails(t *testing.T) {
	s, _ := crowded(t, 30)
	t.Run("refused", func(t *testing.T) {
		d := newDevice(t, s, "ada")
		d.follow(&withSnapshots{transport: d.wire, err: &replica.ServerError{Status: 500, Title: "busy"}})
		if got := d.shownTexts(); len(got) != 30 {
			t.Errorf("%d notes, want 30", len(got))
		}
	})
	t.Run("offline", func(t *testing.T) {
		d := newDevice(t, s, "ada")
		w := &withSnapshots{transport: d.wire, err: fmt.Errorf("get: %w", replica.ErrOffline)}
		if _, err := d.Round(t.Context(), w, []string{slug}); !errors.Is(err, replica.ErrOffline) {
			t.Errorf("Round = %v, want ErrOffline", err)
		}
	})
	t.Run("of another revision", func(t *testing.T) {
		d := newDevice(t, s, "ada")
		if err := d.SaveArticle(t.Context(), article.Article{Slug: slug, Revision: article.Revision{ID: s.revision}}); err != nil {
			t.Fatal(err)
		}
		old := s.feed(slug, 0)
		old.Revision = "sha256-old"
		d.follow(&withSnapshots{transport: d.wire, kept: map[int64]replica.Changes{0: old}})
		if a, err := d.Article(t.Context(), slug); err != nil || a.Revision.ID != s.revision || len(d.shownTexts()) != 30 {
			t.Errorf("the device has revision %s and %d notes", a.Revision.ID, len(d.shownTexts()))
		}
	})
}

// TestSnapshotCutOff: a page that dies in the middle goes on from there.
func TestSnapshotCutOff(t *testing.T) {
	s, _ := crowded(t, 250)
	s.page = 120
	d := newDevice(t, s, "ada")
	ctx, cancel := context.WithCancel(t.Context())
	w := &cutting{withSnapshots: &withSnapshots{transport: d.wire}, cut: cancel}
	if _, err := d.Round(ctx, w, []string{slug}); !errors.Is(err, context.Canceled) {
		t.Fatalf("Round = %v, want cancelled", err)
	}
	if got := len(d.shownTexts()); got == 0 || got == 250 {
		t.Errorf("%d notes are here, want some", got)
	}
	if d.whole() {
		t.Error("part of the feed is taken for all of it")
	}
	d.reopen()
	d.round()
	if got := len(d.shownTexts()); got != 250 || !d.whole() {
		t.Errorf("%d notes are here, whole: %v, want all 250", got, d.whole())
	}
}

// cutting is cancelled when the second page has come.
type cutting struct {
	*withSnapshots
	cut func()
}

func (c *cutting) Notes(ctx context.Context, slug string, since int64) (replica.Changes, error) {
	if since > 0 {
		c.cut()
	}
	return c.withSnapshots.Notes(ctx, slug, since)
}

// TestSeedOfAPart: a page with some of the notes shows them at once; the feed still
// counts as unread, and all come.
func TestSeedOfAPart(t *testing.T) {
	s, _ := crowded(t, 20)
	d := newDevice(t, s, "ada")
	page := s.feed(slug, 0)
	page.Changes, page.More = page.Changes[4:9], true
	if err := d.Seed(t.Context(), article.Article{Slug: slug, Revision: article.Revision{ID: s.revision}}, page); err != nil {
		t.Fatal(err)
	}
	if got := d.shownTexts(); len(got) != 5 || d.whole() {
		t.Errorf("%d notes, whole: %v, want the page's 5", len(got), d.whole())
	}
	d.follow(&withSnapshots{transport: d.wire})
	if got := d.shownTexts(); len(got) != 20 || !d.whole() {
		t.Errorf("%d notes, whole: %v, want 20", len(got), d.whole())
	}
}

func TestHear(t *testing.T) {
	s, author := crowded(t, 3)
	d := newDevice(t, s, "ada")
	if err := d.SaveArticle(t.Context(), article.Article{Slug: slug, Revision: article.Revision{ID: s.revision}}); err != nil {
		t.Fatal(err)
	}
	hear := func(since int64) error {
		t.Helper()
		_, err := d.Hear(t.Context(), slug, since, s.feed(slug, since))
		return err
	}
	if err := hear(0); !errors.Is(err, replica.ErrGap) {
		t.Errorf("Hear before the feed was read = %v, want ErrGap", err)
	}
	d.round()
	n := author.post("live")
	author.round()
	if err := hear(4); !errors.Is(err, replica.ErrGap) {
		t.Errorf("Hear of what does not follow = %v, want ErrGap", err)
	}
	if err := hear(3); err != nil || !slices.Contains(d.shownTexts(), "live") {
		t.Errorf("Hear = %v, the notes are %q", err, d.shownTexts())
	}
	if err := hear(1); err != nil || len(d.shownTexts()) != 4 {
		t.Errorf("Hear of what is known = %v, the notes are %q", err, d.shownTexts())
	}
	author.remove(n.ID)
	author.round()
	if err := hear(4); err != nil || slices.Contains(d.shownTexts(), "live") {
		t.Errorf("Hear of a delete = %v, the notes are %q", err, d.shownTexts())
	}
	s.correct(article.Revision{ID: "sha256-other"})
	if err := hear(5); !errors.Is(err, replica.ErrGap) {
		t.Errorf("Hear of places in a text that is not here = %v, want ErrGap", err)
	}
	d.round()
	if got := d.shownTexts(); len(got) != 3 {
		t.Errorf("the notes are %q, want 3", got)
	}
}

// TestHearOfOwnNote: an own note that is heard of before its outcome came is still
// one note, and goes on its way.
func TestHearOfOwnNote(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	if err := d.SaveArticle(t.Context(), article.Article{Slug: slug, Revision: article.Revision{ID: s.revision}}); err != nil {
		t.Fatal(err)
	}
	d.round()
	n := d.post("one")
	d.wire.during = func() {
		if _, err := d.Hear(t.Context(), slug, 0, s.feed(slug, 0)); err != nil {
			t.Errorf("Hear: %v", err)
		}
	}
	d.round()
	d.wire.during = nil
	d.wantNote(n.ID, "published 'one'")
	d.wantPending(0)
	d.round()
	if got := d.shownTexts(); !slices.Equal(got, []string{"one"}) {
		t.Errorf("the notes are %q", got)
	}
	if got := s.notes[n.ID].taken; len(got) != 1 {
		t.Errorf("the server took %q, want it once", got)
	}
}
