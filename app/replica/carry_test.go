package replica_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"marginalia/app/replica"
)

func (d *device) export() []byte {
	d.t.Helper()
	data, _, err := d.Export(d.t.Context())
	if err != nil {
		d.t.Fatalf("Export: %v", err)
	}
	return data
}

func (d *device) save(draft replica.DraftNote) {
	d.t.Helper()
	if err := d.SaveDraft(d.t.Context(), draft); err != nil {
		d.t.Fatalf("SaveDraft: %v", err)
	}
}

// holds is what a device has that was not sent: "queued 'two'; draft 'one'".
func (d *device) holds() string {
	d.t.Helper()
	mine, err := d.Mine(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	drafts, err := d.Drafts(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	var all []string
	for _, n := range mine {
		all = append(all, sight(n))
	}
	for _, draft := range drafts {
		all = append(all, fmt.Sprintf("draft %s '%s'", draft.Kind, draft.Text))
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

// TestCarry takes unsent work from one device to another by a file.
func TestCarry(t *testing.T) {
	cases := []struct {
		name   string
		reader string // of the other device
		before func(d *device)
		after  func(a, b *device) // on both, between export and import
		got    replica.Imported
		holds  string // the other device after import and a round
		count  int    // notes at the server in the end
	}{
		{
			"a note that waits and a draft", "bob",
			func(d *device) { d.post("one"); d.save(d.draft("half")) }, nil,
			replica.Imported{Posted: 1, Drafts: 1},
			"draft new 'half'; published 'one'", 1,
		},
		{
			"a note that arrived meanwhile, of the same reader", "ada",
			func(d *device) { d.post("one") }, func(a, _ *device) { a.round() },
			replica.Imported{Posted: 1},
			"published 'one'", 1,
		},
		{
			"a note that arrived meanwhile, of another reader", "bob",
			func(d *device) { d.post("one") }, func(a, _ *device) { a.round() },
			replica.Imported{Posted: 1},
			"rejected 'one' public 'one' !/annotation/id", 1,
		},
		{
			"an edit that waits", "ada",
			func(d *device) { n := d.post("one"); d.round(); d.edit(n.ID, "two") }, nil,
			replica.Imported{Posted: 1},
			"published 'two'", 1,
		},
		{
			"an edit that waits, where the note is", "ada",
			func(d *device) { n := d.post("one"); d.round(); d.edit(n.ID, "two") }, func(_, b *device) { b.round() },
			replica.Imported{Drafts: 1},
			"draft edit 'two'; published 'one'", 1,
		},
		{
			"what a rule of form refused", "bob",
			func(d *device) { d.post("bad one"); d.round() }, nil,
			replica.Imported{Drafts: 1},
			"draft new 'bad one'", 0,
		},
		{
			"a conflict", "ada",
			func(d *device) {
				n := d.post("one")
				d.round()
				elsewhere("three")(d.wire.server, n.ID)
				edits("two")(d, n.ID)
			}, func(_, b *device) { b.round() },
			replica.Imported{Drafts: 1},
			"draft edit 'two'; published 'three'", 1,
		},
		{
			"a deletion that waits is not carried", "ada",
			func(d *device) { n := d.post("one"); d.round(); d.remove(n.ID) }, nil,
			replica.Imported{},
			"published 'one'", 1,
		},
		{
			"what is published is not carried", "bob",
			func(d *device) { d.post("one"); d.round() }, nil,
			replica.Imported{},
			"", 1,
		},
		{
			"deleted meanwhile", "ada",
			func(d *device) { n := d.post("one"); d.round(); d.edit(n.ID, "two") },
			func(_, b *device) {
				b.round()
				mine, _ := b.Mine(b.t.Context())
				b.remove(mine[0].ID)
				b.round()
			},
			replica.Imported{Left: 1},
			"deleted 'one'", 1,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			a, b := newDevice(t, s, "ada"), newDevice(t, s, c.reader)
			c.before(a)
			data := a.export()
			if c.after != nil {
				c.after(a, b)
			}
			got, err := b.Import(t.Context(), data)
			if err != nil || got != c.got {
				t.Errorf("Import = %+v, %v, want %+v", got, err, c.got)
			}
			b.round()
			if got := b.holds(); got != c.holds {
				t.Errorf("the other device holds %q, want %q", got, c.holds)
			}
			if len(s.notes) != c.count {
				t.Errorf("the server has %d notes, want %d", len(s.notes), c.count)
			}
			before := b.holds()
			if again, err := b.Import(t.Context(), data); err != nil || again.Posted+again.Drafts != 0 {
				t.Errorf("the second Import = %+v, %v, want nothing new", again, err)
			}
			if got := b.holds(); got != before {
				t.Errorf("the second Import makes %q of %q", got, before)
			}
		})
	}
}

// TestCarryKeepsTime: a note keeps the time at which it was made.
func TestCarryKeepsTime(t *testing.T) {
	s := newServer(t)
	a, b := newDevice(t, s, "ada"), newDevice(t, s, "bob")
	n := a.post("one")
	if _, err := b.Import(t.Context(), a.export()); err != nil {
		t.Fatal(err)
	}
	if got := b.note(n.ID); got.Annotation.Created != n.Annotation.Created {
		t.Errorf("created %s, want %s", got.Annotation.Created, n.Annotation.Created)
	}
}

// TestImportKeepsWhatIsHere: a draft that goes on here in other words stays, and
// the file's is put beside it.
func TestImportKeepsWhatIsHere(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	draft := d.draft("one")
	d.save(draft)
	n := d.post("note")
	d.round()
	form := editOf(d.note(n.ID), "note two")
	d.save(form)
	data := d.export()
	draft.Text, form.Text = "one more", "note three"
	d.save(draft)
	d.save(form)
	got, err := d.Import(t.Context(), data)
	if want := (replica.Imported{Drafts: 1, Left: 1}); err != nil || got != want {
		t.Errorf("Import = %+v, %v, want %+v", got, err, want)
	}
	if got, want := d.holds(), "draft edit 'note three'; draft new 'one more'; draft new 'one'; published 'note'"; got != want {
		t.Errorf("the device holds %q, want %q", got, want)
	}
}

// TestBadFile: each is refused with words, and changes nothing.
func TestBadFile(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	d.post("one")
	d.save(d.draft("half"))
	good := string(d.export())
	b := newDevice(t, s, "bob")
	b.save(b.draft("here"))
	edit := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the file holds no %s", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	id := good[strings.Index(good, `"id": "`)+7:][:36]
	for name, data := range map[string]string{
		"nothing":          "",
		"not JSON":         "my notes",
		"cut off":          good[:len(good)/2],
		"another format":   `[{"@context": "http://www.w3.org/ns/anno.jsonld"}]`,
		"another kind":     edit("marginalia-unsent", "elsewhere"),
		"a newer version":  edit(`"version": 1`, `"version": 2`),
		"a bad id":         edit(id, "../../etc"),
		"the same twice":   strings.ReplaceAll(good, good[strings.LastIndex(good, `"id": "`)+7:][:36], id),
		"a bad article":    edit(`"article": "harbour"`, `"article": "../x"`),
		"a bad kind":       edit(`"kind": "new"`, `"kind": "all"`),
		"a reply to none":  edit(`"kind": "new"`, `"kind": "reply"`),
		"a span backwards": edit(`"start": 4`, `"start": 40`),
		"a span before":    edit(`"start": 4`, `"start": -4`),
		"a text too long":  edit("half", strings.Repeat("x", 50_000)),
		"too large":        edit("half", strings.Repeat("x", replica.MaxFileBytes)),
	} {
		_, err := b.Import(t.Context(), []byte(data))
		var bad *replica.FileError
		if !errors.As(err, &bad) || bad.Fault == "" {
			t.Errorf("%s: Import = %v, want a FileError", name, err)
		}
		if got := b.holds(); got != "draft new 'here'" {
			t.Fatalf("%s: the device holds %q", name, got)
		}
	}
	// One that cannot go out as it is becomes a draft, which its author can mend.
	got, err := b.Import(t.Context(), []byte(edit("one", strings.Repeat("x", 3000))))
	if want := (replica.Imported{Drafts: 2}); err != nil || got != want {
		t.Errorf("Import of a note that is too long = %+v, %v, want %+v", got, err, want)
	}
}

// TestImportIsOneWrite: on a device without room nothing of a file stays.
func TestImportIsOneWrite(t *testing.T) {
	s := newServer(t)
	a, b := newDevice(t, s, "ada"), newDevice(t, s, "bob")
	a.post("one")
	a.save(a.draft("half"))
	b.store.(*replica.MemoryStore).Limit = 1000
	if _, err := b.Import(t.Context(), a.export()); !errors.Is(err, replica.ErrFull) {
		t.Errorf("Import = %v, want ErrFull", err)
	}
	if got := b.holds(); got != "" {
		t.Errorf("the device holds %q, want nothing", got)
	}
}

// TestExportTyped: what found no room on the disk is in the file all the same.
func TestExportTyped(t *testing.T) {
	s := newServer(t)
	a, b := newDevice(t, s, "ada"), newDevice(t, s, "bob")
	draft, other := a.draft("first words"), a.draft("never stored")
	a.save(draft)
	draft.Text = "last words"
	data, count, err := a.Export(t.Context(), draft, other)
	if err != nil || count != 2 {
		t.Fatalf("Export = %d, %v, want 2 items", count, err)
	}
	if _, err := b.Import(t.Context(), data); err != nil {
		t.Fatal(err)
	}
	if got, want := b.holds(), "draft new 'last words'; draft new 'never stored'"; got != want {
		t.Errorf("the other device holds %q, want %q", got, want)
	}
}
