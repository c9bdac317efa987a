package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"marginalia/app/replica"
	"marginalia/app/store"
)

// everything writes to each part of the store.
func everything(tx store.Tx) error {
	if _, err := tx.PutRevision(slug, revision("sha256-b", at(5))); err != nil {
		return err
	}
	if _, err := tx.PutRevision("new", revision("sha256-a", at(5))); err != nil {
		return err
	}
	_, feedErr := tx.AppendFeed(slug, replica.RowPut, "n1")
	_, mineErr := tx.AppendMine(reader, "n1")
	return errors.Join(
		tx.PutNote(public("n1", "two")), tx.PutNote(held("n2", "new")), feedErr, mineErr,
		tx.SetOutcome(reader, "c1", replica.Outcome{ID: "c1", State: replica.Published}),
		tx.PutSourceCheck(store.SourceCheck{URL: "https://example.org/a", Outcome: "gone", Checked: at(5)}),
		tx.PutReader(store.Reader{ID: reader, Nickname: "two"}),
		tx.PutReader(store.Reader{ID: "reader-2"}),
		tx.PutSession([]byte("hash"), "reader-2", at(5)),
	)
}

// prepare gives the store a state that everything changes.
func prepare(t *testing.T, s store.Store) {
	t.Helper()
	addArticle(t, s, slug, at(0))
	addNotes(t, s, replica.RowPut, public("n1", "one"))
	update(t, s, func(tx store.Tx) error { return tx.PutReader(store.Reader{ID: reader, Nickname: "one"}) })
	update(t, s, func(tx store.Tx) error { return tx.PutSession([]byte("own"), reader, at(0)) })
}

// untouched checks that prepare's state is all there is.
func untouched(t *testing.T, s store.Store) {
	t.Helper()
	ctx := t.Context()
	equal(t, "note", getNote(t, s, "n1"), public("n1", "one"))
	equal(t, "feed", brief(feed(t, s, 0, all).Changes), []string{"1 revision sha256-a", "2 put n1"})
	equal(t, "own notes", mine(t, s, reader, 0, all), replica.MinePage{Changes: []replica.MineRow{}})
	if list, err := s.Articles(ctx); err != nil || len(list) != 1 || list[0].Revision != "sha256-a" || list[0].Notes["dispute"] != 1 {
		t.Errorf("Articles = %+v, %v, want one as it was", list, err)
	}
	if r, err := s.ReaderBySession(ctx, []byte("own")); err != nil || r.Nickname != "one" {
		t.Errorf("reader = %+v, %v, want one as before", r, err)
	}
	_, revErr := s.Revision(ctx, slug, "sha256-b")
	_, noteErr := s.Note(ctx, "n2")
	_, sessionErr := s.ReaderBySession(ctx, []byte("hash"))
	outcomeErr := s.Update(ctx, func(tx store.Tx) error { _, err := tx.Outcome(reader, "c1"); return err })
	_, checkErr := s.SourceCheck(ctx, "https://example.org/a")
	for _, err := range []error{revErr, noteErr, sessionErr, outcomeErr, checkErr} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("after a rollback: %v, want ErrNotFound", err)
		}
	}
	update(t, s, func(tx store.Tx) error { // the numbers that were taken are free again
		seq, err := tx.AppendFeed(slug, replica.RowPut, "n1")
		equal(t, "next row", seq, 3)
		return err
	})
}

func testUpdateSeesItself(t *testing.T, s store.Store) {
	prepare(t, s)
	update(t, s, func(tx store.Tx) error {
		if err := everything(tx); err != nil {
			return err
		}
		a, err1 := tx.Article(slug)
		equal(t, "newest", a.Revision, revision("sha256-b", at(5)))
		rev, err2 := tx.Revision("new", "sha256-a")
		equal(t, "revision", rev.ID, "sha256-a")
		n, err3 := tx.Note("n2")
		equal(t, "note", n, held("n2", "new"))
		list, err4 := tx.Notes(slug)
		equal(t, "notes", len(list), 2)
		o, err5 := tx.Outcome(reader, "c1")
		equal(t, "outcome", o.State, replica.Published)
		return errors.Join(err1, err2, err3, err4, err5)
	})
	equal(t, "note", getNote(t, s, "n1"), public("n1", "two"))
}

func testUpdateRollsBack(t *testing.T, s store.Store) {
	prepare(t, s)
	want := errors.New("changed my mind")
	err := s.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(everything(tx), want)
	})
	if !errors.Is(err, want) {
		t.Errorf("Update = %v, want the function's own error", err)
	}
	untouched(t, s)
}

func testUpdatePanics(t *testing.T, s store.Store) {
	prepare(t, s)
	func() {
		defer func() {
			if got := recover(); got != "slip" {
				t.Errorf("recovered %v, want the function's own panic", got)
			}
		}()
		_ = s.Update(t.Context(), func(tx store.Tx) error {
			if err := everything(tx); err != nil {
				t.Error(err)
			}
			panic("slip")
		})
		t.Error("Update returned after a panic")
	}()
	untouched(t, s)
}

func testUpdateCanceled(t *testing.T, s store.Store) {
	prepare(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	// Once the function runs, its caller learns what became of it.
	err := s.Update(ctx, func(tx store.Tx) error {
		cancel()
		return tx.PutNote(public("n3", "three"))
	})
	if err != nil {
		t.Errorf("canceled while running: %v, want it done", err)
	}
	equal(t, "note", getNote(t, s, "n3"), public("n3", "three"))
	err = s.Update(ctx, func(store.Tx) error {
		t.Error("the function ran")
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("canceled before: %v, want context.Canceled", err)
	}
}

const writers, writes = 8, 50

// parallel calls fn writes times in each of writers goroutines.
func parallel(fn func(id string, i int)) {
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range writes {
				fn(fmt.Sprintf("n%d-%02d", w, i), i)
			}
		})
	}
	wg.Wait()
}

// addRow adds one note with its rows and returns their numbers.
func addRow(tx store.Tx, id string) (seq, own int64, err error) {
	if err := tx.PutNote(public(id, "text")); err != nil {
		return 0, 0, err
	}
	if own, err = tx.AppendMine(reader, id); err != nil {
		return 0, 0, err
	}
	seq, err = tx.AppendFeed(slug, replica.RowPut, id)
	return seq, own, err
}

func testConcurrentWriters(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	var mu sync.Mutex
	var got []int64
	parallel(func(id string, _ int) {
		var seq, own int64
		err := s.Update(t.Context(), func(tx store.Tx) (err error) {
			seq, own, err = addRow(tx, id)
			return err
		})
		if err != nil || own != seq-1 {
			t.Errorf("Update: rows %d and %d, %v, want the same place in both feeds", seq, own, err)
		}
		page, err := s.Feed(t.Context(), slug, seq-1, 1) // what is acknowledged can be read
		if err != nil || len(page.Changes) != 1 || page.Changes[0].Annotation.ID != id {
			t.Errorf("row %d is %v, %v, want %s", seq, brief(page.Changes), err, id)
		}
		mu.Lock()
		defer mu.Unlock()
		got = append(got, seq)
	})
	gapFree(t, s, got, 2)
}

// One transaction's failure is not another's.
func testConcurrentFailures(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	no := errors.New("no")
	var mu sync.Mutex
	var got []int64
	attempt := func(id string, i int) (seq int64, err error) {
		defer func() {
			if r := recover(); r != nil {
				err = no
			}
		}()
		err = s.Update(t.Context(), func(tx store.Tx) error {
			var err error
			if seq, _, err = addRow(tx, id); err != nil || i%3 == 0 {
				return err
			}
			if i%3 == 1 {
				panic(no)
			}
			return no
		})
		return seq, err
	}
	parallel(func(id string, i int) {
		seq, err := attempt(id, i)
		if i%3 != 0 {
			if !errors.Is(err, no) {
				t.Errorf("Update = %v, want its own error", err)
			}
			return
		}
		if err != nil {
			t.Errorf("Update: %v", err)
		}
		mu.Lock()
		defer mu.Unlock()
		got = append(got, seq)
	})
	gapFree(t, s, got, 2)
}

// gapFree checks that the rows got are all of slug's feed from first on.
func gapFree(t *testing.T, s store.Store, got []int64, first int64) {
	t.Helper()
	slices.Sort(got)
	rows := feed(t, s, first-1, all).Changes
	if len(rows) != len(got) {
		t.Fatalf("the feed has %d rows, want the %d acknowledged", len(rows), len(got))
	}
	for i, seq := range got {
		if want := first + int64(i); seq != want || rows[i].Seq != want {
			t.Fatalf("row %d is acknowledged as %d, read as %d", want, seq, rows[i].Seq)
		}
	}
}

func testClose(t *testing.T, s store.Store) {
	prepare(t, s)
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	ctx := t.Context()
	err := s.Update(ctx, func(store.Tx) error {
		t.Error("the function ran in a closed store")
		return nil
	})
	_, articlesErr := s.Articles(ctx)
	_, feedErr := s.Feed(ctx, slug, 0, all)
	for _, err := range []error{err, articlesErr, feedErr, s.Ping(ctx)} {
		if err == nil {
			t.Error("a closed store answers")
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
}
