package replica_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
)

// shelf is a device with articles that were opened in that order, each with a
// note of another reader.
func shelf(t *testing.T, slugs ...string) *device {
	t.Helper()
	d := newDevice(t, newServer(t), "ada")
	for _, name := range slugs {
		a := annotation.New(d.mint.id(), annotation.Note{Text: "theirs", Stance: annotation.Support}, annotation.Target{Source: name}, d.mint.now())
		page := replica.Changes{Cursor: 1, Changes: []replica.Row{{Seq: 1, Op: replica.RowPut, ETag: "e", Annotation: &a}}}
		if err := d.Seed(t.Context(), article.Article{Slug: name, Revision: article.Revision{ID: "sha256-r"}}, page); err != nil {
			t.Fatal(err)
		}
		if err := d.Opened(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// saved lists the articles of a device, with "+" if notes of others are there.
func (d *device) saved() string {
	d.t.Helper()
	all, err := d.Saved(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	var names []string
	for name := range all {
		notes, err := d.Notes(d.t.Context(), name)
		if err != nil {
			d.t.Fatal(err)
		}
		if slices.ContainsFunc(notes, func(n replica.Note) bool { return !n.Mine }) {
			name += "+"
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

func TestEvict(t *testing.T) {
	on := func(name string) func(*device) replica.DraftNote {
		return func(d *device) replica.DraftNote {
			draft := d.draft("mine")
			draft.Article = name
			return draft
		}
	}
	cases := []struct {
		name string
		do   func(d *device)
		keep func(d *device) replica.Keep
		want string
	}{
		{"enough room", nil, func(*device) replica.Keep { return replica.Keep{Most: 4} }, "a+ b+ c+ d+"},
		{"too many", nil, func(*device) replica.Keep { return replica.Keep{Most: 2} }, "c+ d+"},
		{"opened again", func(d *device) { _ = d.Opened(t.Context(), "a") }, func(*device) replica.Keep { return replica.Keep{Most: 2} }, "a+ d+"},
		{"on the screen", nil, func(*device) replica.Keep { return replica.Keep{Most: 1, Open: "b"} }, "b+ d+"},
		{"too old", nil, func(d *device) replica.Keep { return replica.Keep{Most: 9, Since: d.mint.now()} }, ""},
		{"none", nil, func(*device) replica.Keep { return replica.Keep{} }, ""},
		{"a draft is about it", func(d *device) { d.save(on("a")(d)) }, func(*device) replica.Keep { return replica.Keep{} }, "a+"},
		{"a note on it waits", func(d *device) { d.write(on("b")(d)) }, func(*device) replica.Keep { return replica.Keep{} }, "b+"},
		{"a note on it was not taken", func(d *device) { d.write(on("b")(d)); d.round() }, func(*device) replica.Keep { return replica.Keep{} }, "b+"},
		{"a deletion on it waits", func(d *device) {
			n := d.post("one")
			d.round()
			if err := d.SaveArticle(t.Context(), article.Article{Slug: slug, Revision: article.Revision{ID: "sha256-r"}}); err != nil {
				t.Fatal(err)
			}
			d.remove(n.ID)
		}, func(*device) replica.Keep { return replica.Keep{} }, "harbour"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := shelf(t, "a", "b", "c", "d")
			if c.do != nil {
				c.do(d)
			}
			held := d.holds()
			gone, err := d.Evict(t.Context(), c.keep(d))
			if err != nil {
				t.Fatal(err)
			}
			if got := d.saved(); got != c.want {
				t.Errorf("saved are %q, want %q; gone are %q", got, c.want, gone)
			}
			if got := d.holds(); got != held {
				t.Errorf("own notes are %q, were %q", got, held)
			}
			for _, name := range gone {
				if notes, err := d.Notes(t.Context(), name); err != nil || len(notes) != 0 {
					t.Errorf("%s is gone, but its notes are %v, %v", name, notes, err)
				}
			}
		})
	}
}

// TestEvictedComesBack: an article that was removed is read from the start when
// it is opened again, with own notes where they were.
func TestEvictedComesBack(t *testing.T) {
	s := newServer(t)
	d, other := newDevice(t, s, "ada"), newDevice(t, s, "bob")
	text := article.Article{Slug: slug, Revision: article.Revision{ID: "sha256-r"}}
	if err := d.SaveArticle(t.Context(), text); err != nil {
		t.Fatal(err)
	}
	mine, theirs := d.post("mine"), other.post("theirs")
	other.round()
	d.round()
	if gone, err := d.Evict(t.Context(), replica.Keep{Since: time.Now().AddDate(9, 0, 0)}); err != nil || len(gone) != 1 {
		t.Fatalf("Evict = %v, %v, want one", gone, err)
	}
	if notes, err := d.Notes(t.Context(), slug); err != nil || len(notes) != 1 || notes[0].ID != mine.ID {
		t.Errorf("notes are %v, %v, want the own one", notes, err)
	}
	if err := d.SaveArticle(t.Context(), text); err != nil {
		t.Fatal(err)
	}
	d.round()
	d.wantNote(mine.ID, "published 'mine'")
	d.wantNote(theirs.ID, "published 'theirs'")
}

// TestEvictOfUnknownAge: articles that an older version saved count from now.
func TestEvictOfUnknownAge(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	if err := d.SaveArticle(t.Context(), article.Article{Slug: slug}); err != nil {
		t.Fatal(err)
	}
	since := d.mint.now()
	for _, want := range []int{0, 1} {
		if gone, err := d.Evict(t.Context(), replica.Keep{Most: 9, Since: since}); err != nil || len(gone) != want {
			t.Errorf("Evict = %v, %v, want %d gone", gone, err, want)
		}
		since = since.Add(time.Hour)
	}
}

func TestErase(t *testing.T) {
	d := shelf(t, "a", "b")
	d.post("one")
	d.save(d.draft("half"))
	if err := d.Erase(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Round(t.Context(), d.wire, nil); !errors.Is(err, replica.ErrLeaving) || len(d.wire.requests) != 0 {
		t.Errorf("Round = %v after %d requests, want ErrLeaving and none", err, len(d.wire.requests))
	}
	if err := d.Left(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, table := range []replica.Table{replica.Notes, replica.Outbox, replica.Drafts, replica.Articles, replica.Meta} {
		if left, err := d.store.List(t.Context(), table); err != nil || len(left) != 0 {
			t.Errorf("%s holds %v, %v, want nothing", table, left, err)
		}
	}
	d.round()
}

func TestProbe(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	store := d.store.(*replica.MemoryStore)
	for limit, full := range map[int]bool{0: false, 200_000: true, 400_000: false} {
		store.Limit = limit
		if err := d.Probe(t.Context()); errors.Is(err, replica.ErrFull) != full || err != nil && !full {
			t.Errorf("Probe with room for %d bytes = %v, want full %v", limit, err, full)
		}
		if left, err := store.List(t.Context(), replica.Meta); err != nil || len(left) != 0 {
			t.Errorf("Probe left %v, %v", left, err)
		}
	}
}
