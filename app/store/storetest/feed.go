package storetest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/store"
)

func testFeedNumbers(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	addArticle(t, s, "other", at(0))
	ops := []string{replica.RowPut, replica.RowPut, replica.RowAnchor, replica.RowDelete, replica.RowPut}
	update(t, s, func(tx store.Tx) error {
		for i, op := range ops {
			// One note: all but its newest rows are superseded, the numbers go on.
			if seq, err := tx.AppendFeed(slug, op, "n1"); err != nil || seq != int64(i+2) {
				t.Errorf("AppendFeed = %d, %v, want %d", seq, err, i+2)
			}
		}
		if seq, err := tx.AppendFeed("other", replica.RowPut, "n1"); err != nil || seq != 2 {
			t.Errorf("AppendFeed to another article = %d, %v, want 2", seq, err)
		}
		if _, err := tx.AppendFeed(slug, "rename", "n1"); err == nil {
			t.Error("AppendFeed took an unknown op")
		}
		for want := range int64(3) {
			if seq, err := tx.AppendMine(reader, "n1"); err != nil || seq != want+1 {
				t.Errorf("AppendMine = %d, %v, want %d", seq, err, want+1)
			}
		}
		if seq, err := tx.AppendMine("reader-2", "n2"); err != nil || seq != 1 {
			t.Errorf("AppendMine of another reader = %d, %v, want 1", seq, err)
		}
		return nil
	})
	if page := feed(t, s, 0, all); page.Cursor != 6 || page.More {
		t.Errorf("the feed ends at %d, more %v, want 6", page.Cursor, page.More)
	}
}

func testFeedRows(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	n := public("n1", "one")
	edit := noteText("n1", "a held edit", annotation.Support)
	n.State, n.ETag, n.Annotation = replica.Held, "etag-edit", edit
	whole := public("n2", "on the whole article")
	whole.Anchor = nil
	addNotes(t, s, replica.RowPut, n, whole)
	equal(t, "feed", feed(t, s, 0, all), replica.Changes{
		Cursor: 3, Revision: "sha256-a",
		Changes: []replica.Row{
			{Seq: 1, Op: replica.RowRevision, ID: "sha256-a"},
			{Seq: 2, Op: replica.RowPut, ETag: n.PublicETag, Annotation: n.Public, Anchor: n.Anchor},
			{Seq: 3, Op: replica.RowPut, ETag: whole.PublicETag, Annotation: whole.Public},
		},
	})
}

func testFeedPages(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	for i := range 5 {
		addNotes(t, s, replica.RowPut, public(fmt.Sprint("n", i+2), "text"))
	}
	addNotes(t, s, replica.RowPut, public("n3", "edited")) // row 7; row 3 is left out
	tests := []struct {
		name         string
		since        int64
		limit        int
		first, count int64 // first is the first row's number
		cursor       int64
		more         bool
	}{
		{"all", 0, all, 1, 6, 7, false},
		{"exactly all", 0, 6, 1, 6, 7, false},
		{"one short", 0, 5, 1, 5, 6, true},
		{"first page", 0, 2, 1, 2, 2, true},
		{"over the gap", 2, 2, 4, 2, 5, true},
		{"from inside the gap", 3, 2, 4, 2, 5, true},
		{"last page", 5, 2, 6, 2, 7, false},
		{"at the end", 7, 2, 0, 0, 7, false},
		{"past the end", 99, 2, 0, 0, 7, false},
		{"before the start", -3, 2, 1, 2, 2, true},
		{"none wanted", 2, 0, 0, 0, 2, true},
		{"none wanted, none left", 7, 0, 0, 0, 7, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := feed(t, s, tt.since, tt.limit)
			if page.Cursor != tt.cursor || page.More != tt.more || page.Revision != "sha256-a" || page.Changes == nil {
				t.Errorf("page = %+v, want cursor %d, more %v", page, tt.cursor, tt.more)
			}
			if n := int64(len(page.Changes)); n != tt.count || n > 0 && page.Changes[0].Seq != tt.first {
				t.Errorf("rows = %v, want %d from %d", brief(page.Changes), tt.count, tt.first)
			}
		})
	}
}

func testFeedSuperseded(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	addNotes(t, s, replica.RowPut, public("n1", "one"), public("n2", "two"), public("n1", "one again"))
	page := feed(t, s, 0, all)
	equal(t, "feed", brief(page.Changes), []string{"1 revision sha256-a", "3 put n2", "4 put n1"})
	equal(t, "newest state", page.Changes[2].Annotation, public("n1", "one again").Public)
}

func testFeedDeleted(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	gone := store.Note{ID: "n1", Article: slug, Reader: reader, State: replica.Deleted}
	addNotes(t, s, replica.RowPut, public("n1", "one"), public("n2", "two"))
	addNotes(t, s, replica.RowAnchor, public("n1", "one"))
	addNotes(t, s, replica.RowDelete, gone)
	for _, since := range []int64{1, 2, 4} {
		page := feed(t, s, since, all)
		equal(t, "delete row", page.Changes[len(page.Changes)-1], replica.Row{Seq: 5, Op: replica.RowDelete, ID: "n1"})
	}
	equal(t, "feed", brief(feed(t, s, 1, all).Changes), []string{"3 put n2", "5 delete n1"})

	// An anchor row must not hide the delete from devices that still show the note.
	addNotes(t, s, replica.RowAnchor, gone)
	page := feed(t, s, 2, all)
	equal(t, "feed", brief(page.Changes), []string{"3 put n2", "5 delete n1"})
	equal(t, "cursor", page.Cursor, 6)

	addNotes(t, s, replica.RowPut, public("n1", "restored"))
	equal(t, "feed", brief(feed(t, s, 1, all).Changes), []string{"3 put n2", "7 put n1"})
}

func testFeedAnchor(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	addNotes(t, s, replica.RowPut, public("n1", "one"))
	n := public("n1", "one")
	for i := range 2 {
		n.Anchor = &anchor.Anchor{Start: 20, End: 27, Status: anchor.Moved, Confidence: 0.5 + float64(i)/4}
		addNotes(t, s, replica.RowAnchor, n)
	}
	page := feed(t, s, 1, all)
	equal(t, "who has not read the note gets it with its newest anchor", page.Changes,
		[]replica.Row{{Seq: 2, Op: replica.RowPut, ETag: n.PublicETag, Annotation: n.Public, Anchor: n.Anchor}})
	equal(t, "cursor", page.Cursor, 4)
	for _, since := range []int64{2, 3} {
		equal(t, "who has read it gets the newest anchor", feed(t, s, since, all).Changes,
			[]replica.Row{{Seq: 4, Op: replica.RowAnchor, ID: "n1", Anchor: n.Anchor}})
	}
	n.Anchor = nil
	addNotes(t, s, replica.RowAnchor, n)
	equal(t, "no place", feed(t, s, 4, all).Changes, []replica.Row{{Seq: 5, Op: replica.RowAnchor, ID: "n1"}})
}

// A device that stops between the put row and the anchor row gets both: it cannot
// be told from one that read the put row before the anchor changed.
func testFeedAnchorAcrossPages(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	addNotes(t, s, replica.RowPut, public("n1", "one"), public("n2", "two"), public("n3", "three"))
	addNotes(t, s, replica.RowAnchor, public("n1", "one"), public("n3", "three"))
	var got []string
	since := int64(0)
	for more := true; more; {
		page := feed(t, s, since, 2)
		got, since, more = append(got, brief(page.Changes)...), page.Cursor, page.More
	}
	equal(t, "rows in pages of two", got, []string{
		"1 revision sha256-a", "2 put n1", "3 put n2", "4 put n3", "5 anchor n1", "6 anchor n3",
	})
	equal(t, "cursor", since, 6)
}

func testFeedKeepsSecrets(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	rejected := held("n2", "rejected")
	rejected.State = replica.Rejected
	addNotes(t, s, replica.RowPut, held("n1", "held"), rejected, public("n3", "shown"))
	addNotes(t, s, replica.RowAnchor, held("n1", "held"))
	update(t, s, func(tx store.Tx) error { // a row without a note
		_, err := tx.AppendFeed(slug, replica.RowPut, "n9")
		return err
	})
	for _, since := range []int64{0, 1, 2} {
		page := feed(t, s, since, all)
		for _, row := range page.Changes {
			if row.Op != replica.RowRevision && (row.Annotation == nil || row.Annotation.ID != "n3") {
				t.Errorf("since %d: the feed shows %+v", since, row)
			}
		}
		if page.Cursor != 6 || page.More {
			t.Errorf("since %d: cursor %d, more %v, want the end, 6", since, page.Cursor, page.More)
		}
	}
}

// device is a reader's copy of what is public, kept by feed rows alone.
type device struct {
	cursor int64
	notes  map[string]replica.Row
}

// read applies one page. No page holds two rows for one note.
func (d *device) read(t *testing.T, s store.Store, limit int) (more bool) {
	page := feed(t, s, d.cursor, limit)
	seen := map[string]bool{}
	last := d.cursor
	for _, row := range page.Changes {
		id := row.ID
		if row.Op == replica.RowPut {
			id = row.Annotation.ID
		}
		if seen[id] || row.Seq <= last {
			t.Fatalf("page since %d: %v has a note twice or is out of order", d.cursor, brief(page.Changes))
		}
		seen[id], last = true, row.Seq
		switch row.Op {
		case replica.RowPut:
			d.notes[id] = replica.Row{ETag: row.ETag, Annotation: row.Annotation, Anchor: row.Anchor}
		case replica.RowDelete:
			delete(d.notes, id)
		case replica.RowAnchor:
			known, ok := d.notes[id]
			if !ok {
				t.Fatalf("anchor row %+v for a note that was never put", row)
			}
			known.Anchor = row.Anchor
			d.notes[id] = known
		}
	}
	if page.More && page.Cursor <= d.cursor {
		t.Fatalf("the cursor stays at %d with more to come", d.cursor)
	}
	d.cursor = page.Cursor
	return page.More
}

// Devices that read at any time in pages of any size end with what is public.
func testFeedConverges(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	rng := rand.New(rand.NewPCG(1, 2))
	want := map[string]replica.Row{}
	devices := make([]device, 6)
	for i := range devices {
		devices[i].notes = map[string]replica.Row{}
	}
	for step := range 250 {
		id := fmt.Sprint("n", rng.IntN(8))
		n := public(id, fmt.Sprint("text ", step))
		op := replica.RowPut
		if known, ok := want[id]; ok && rng.IntN(2) == 0 {
			op = replica.RowAnchor
			n.Public, n.PublicETag = known.Annotation, known.ETag
		}
		n.Anchor.Start += 1 // differs from what a first put shows
		n.Anchor.Confidence = float64(step) / 256
		want[id] = replica.Row{ETag: n.PublicETag, Annotation: n.Public, Anchor: n.Anchor}
		if rng.IntN(5) == 0 {
			op = replica.RowDelete
			n = store.Note{ID: id, Article: slug, Reader: reader, State: replica.Deleted}
			delete(want, id)
		}
		addNotes(t, s, op, n)
		devices[rng.IntN(len(devices))].read(t, s, 1+rng.IntN(5))
	}
	for i := range devices {
		for devices[i].read(t, s, 1+i) {
		}
		if !maps.EqualFunc(devices[i].notes, want, sameRow) {
			t.Errorf("device %d has %v, want %v", i, devices[i].notes, want)
		}
	}
}

func sameRow(a, b replica.Row) bool {
	return a.ETag == b.ETag && *a.Anchor == *b.Anchor && a.Annotation.Body[0].Value == b.Annotation.Body[0].Value
}
