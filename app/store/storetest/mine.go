package storetest

import (
	"errors"
	"fmt"
	"testing"

	"marginalia/app/replica"
	"marginalia/app/store"
)

// addMine stores notes and appends them to their authors' feeds.
func addMine(t *testing.T, s store.Store, notes ...store.Note) {
	t.Helper()
	update(t, s, func(tx store.Tx) error {
		for _, n := range notes {
			if err := tx.PutNote(n); err != nil {
				return err
			}
			if _, err := tx.AppendMine(n.Reader, n.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

func mine(t *testing.T, s store.Store, reader string, since int64, limit int) replica.MinePage {
	t.Helper()
	page, err := s.Mine(t.Context(), reader, since, limit)
	if err != nil {
		t.Fatalf("Mine(%s, %d, %d): %v", reader, since, limit, err)
	}
	return page
}

func testMine(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	n := held("n1", "one")
	n.State, n.Reason, n.Reasons = replica.Rejected, "off the subject", []string{"rate"}
	theirs := held("n2", "theirs")
	theirs.Reader = "reader-2"
	quiet := public("n3", "no reasons")
	quiet.Reasons = nil
	addMine(t, s, public("n1", "first version"), theirs, quiet, n)
	equal(t, "mine", mine(t, s, reader, 0, all), replica.MinePage{
		Cursor: 3,
		Changes: []replica.MineRow{
			{
				Seq: 2, ID: "n3", Article: slug, State: replica.Published, ETag: quiet.ETag,
				Annotation: &quiet.Annotation, Verdict: quiet.Verdict, Reasons: []string{},
			},
			{
				Seq: 3, ID: "n1", Article: slug, State: replica.Rejected, ETag: n.ETag,
				Annotation: &n.Annotation, Verdict: n.Verdict, Reasons: []string{"rate"}, Reason: "off the subject",
			},
		},
	})
	if page := mine(t, s, "reader-2", 0, all); len(page.Changes) != 1 || page.Changes[0].ID != "n2" {
		t.Errorf("another reader's feed = %+v, want n2", page)
	}
	update(t, s, func(tx store.Tx) error { // a slip must not show a note to another reader
		_, err := tx.AppendMine("reader-2", "n1")
		return err
	})
	if page := mine(t, s, "reader-2", 1, all); len(page.Changes) != 0 || page.Cursor != 2 {
		t.Errorf("another reader's feed = %+v, want nothing more", page)
	}
}

func testMinePages(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	for i := range 4 {
		addMine(t, s, held(fmt.Sprint("n", i+1), "text"))
	}
	addMine(t, s, held("n2", "edited")) // row 5; row 2 is left out
	tests := []struct {
		name   string
		since  int64
		limit  int
		want   []int64
		cursor int64
		more   bool
	}{
		{"all", 0, all, []int64{1, 3, 4, 5}, 5, false},
		{"first page", 0, 2, []int64{1, 3}, 3, true},
		{"last page", 3, 2, []int64{4, 5}, 5, false},
		{"at the end", 5, 2, nil, 5, false},
		{"past the end", 9, 2, nil, 5, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := mine(t, s, reader, tt.since, tt.limit)
			var got []int64
			for _, row := range page.Changes {
				got = append(got, row.Seq)
			}
			equal(t, "rows", got, tt.want)
			if page.Cursor != tt.cursor || page.More != tt.more || page.Changes == nil {
				t.Errorf("page = %+v, want cursor %d, more %v", page, tt.cursor, tt.more)
			}
		})
	}
}

func testMineDeleted(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	gone := store.Note{ID: "n1", Article: slug, Reader: reader, State: replica.Deleted, ETag: "gone"}
	addMine(t, s, public("n1", "one"), gone)
	equal(t, "mine", mine(t, s, reader, 0, all).Changes, []replica.MineRow{
		{Seq: 2, ID: "n1", Article: slug, State: replica.Deleted, ETag: "gone", Reasons: []string{}},
	})
}

func testOutcome(t *testing.T, s store.Store) {
	current := noteText("n1", "theirs", "")
	want := replica.Outcome{
		ID: "c1", State: replica.Conflict, ETag: "e", Verdict: public("n1", "one").Verdict, Reasons: []string{"rate"},
		Problem: &replica.Problem{Title: "no such words", Detail: "…", Field: "/annotation/target"},
		Current: &replica.Current{ETag: "e2", State: replica.Published, Annotation: &current},
	}
	bare := replica.Outcome{ID: "c2", State: replica.Published, Reasons: []string{}}
	get := func(reader, change string) (o replica.Outcome, err error) {
		err = s.Update(t.Context(), func(tx store.Tx) error {
			o, err = tx.Outcome(reader, change)
			return err
		})
		return o, err
	}
	set := func(reader string, o replica.Outcome) {
		update(t, s, func(tx store.Tx) error { return tx.SetOutcome(reader, o.ID, o) })
	}
	set(reader, want)
	set(reader, bare)
	set(reader, replica.Outcome{ID: "c1", State: replica.Rejected}) // too late
	for _, want := range []replica.Outcome{want, bare} {
		if got, err := get(reader, want.ID); err != nil {
			t.Errorf("Outcome(%s): %v", want.ID, err)
		} else {
			equal(t, "outcome", got, want)
		}
	}
	if _, err := get("reader-2", "c1"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another reader's change: %v, want ErrNotFound", err)
	}
}

func testSessions(t *testing.T, s store.Store) {
	hash := []byte{0, 1, 0xff, 0}
	first := store.Reader{ID: reader, Nickname: "Ada 🚢", Created: at(0)}
	update(t, s, func(tx store.Tx) error {
		if err := tx.PutReader(first); err != nil {
			return err
		}
		if err := tx.PutReader(store.Reader{ID: "reader-2", Created: at(1)}); err != nil {
			return err
		}
		if err := tx.PutSession([]byte("second device"), reader, at(2)); err != nil {
			return err
		}
		return tx.PutSession(hash, reader, at(2))
	})
	check := func(hash []byte, want store.Reader) {
		t.Helper()
		got, err := s.ReaderBySession(t.Context(), hash)
		if err != nil {
			t.Fatalf("ReaderBySession: %v", err)
		}
		equal(t, "reader", got, want)
	}
	check(hash, first)
	check([]byte("second device"), first)

	renamed := store.Reader{ID: reader, Nickname: "Grace", Created: at(0)}
	update(t, s, func(tx store.Tx) error { return tx.PutReader(renamed) })
	check(hash, renamed)
	update(t, s, func(tx store.Tx) error { return tx.PutSession(hash, "reader-2", at(3)) })
	check(hash, store.Reader{ID: "reader-2", Created: at(1)})
	if _, err := s.ReaderBySession(t.Context(), hash[:3]); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a part of a hash: %v, want ErrNotFound", err)
	}
}
