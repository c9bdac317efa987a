package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/store"
)

const slug, reader = "harbour", "reader-1"

// addNote is a transaction that publishes one note.
func addNote(id string) func(store.Tx) error {
	return func(tx store.Tx) error {
		_, err := publish(tx, id)
		return err
	}
}

// publish does what the server does for one new note and returns its row's
// number. The article is imported with the first one.
func publish(tx store.Tx, id string) (seq int64, err error) {
	change := "c-" + id
	if _, err := tx.Outcome(reader, change); !errors.Is(err, store.ErrNotFound) {
		return 0, fmt.Errorf("change %s was stored before: %w", change, err)
	}
	if _, err := tx.PutRevision(slug, article.Revision{ID: "sha256-a"}); err != nil {
		return 0, err
	}
	a := annotation.Annotation{ID: id, Motivation: "assessing", Body: []annotation.Body{
		{Type: "TextualBody", Purpose: "commenting", Value: strings.Repeat("The ferry office gives another number for May. ", 6)},
		{Type: "TextualBody", Purpose: "tagging", Value: "dispute"},
		{Type: "SpecificResource", Purpose: "linking", Source: "https://example.org/ferries"},
	}}
	verdict := &moderation.Verdict{Decision: moderation.Publish, Findings: []moderation.Finding{}}
	err = tx.PutNote(store.Note{
		ID: id, Article: slug, Reader: reader, State: replica.Published, ETag: id,
		Annotation: a, Public: &a, PublicETag: id, Verdict: verdict, Created: time.UnixMilli(1),
	})
	if err != nil {
		return 0, err
	}
	if _, err := tx.AppendMine(reader, id); err != nil {
		return 0, err
	}
	o := replica.Outcome{ID: change, State: replica.Published, ETag: id, Verdict: verdict, Reasons: []string{}}
	if err := tx.SetOutcome(reader, change, o); err != nil {
		return 0, err
	}
	return tx.AppendFeed(slug, replica.RowPut, id)
}

// feedEnd is the number of the last row, when no row is missing.
func feedEnd(t *testing.T, s *Store) int64 {
	t.Helper()
	page, err := s.Feed(t.Context(), slug, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range page.Changes {
		if row.Seq != int64(i+1) {
			t.Fatalf("row %d has number %d", i+1, row.Seq)
		}
	}
	if page.Cursor != int64(len(page.Changes)) {
		t.Fatalf("%d rows and cursor %d", len(page.Changes), page.Cursor)
	}
	return page.Cursor
}

// Two stores on one file stand for two processes: nothing may be cached.
func TestTwoWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "marginalia.db")
	stores := []*Store{openAt(t, path), openAt(t, path)}
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			for n := range 25 {
				if err := stores[i%2].Update(t.Context(), addNote(fmt.Sprintf("n%d-%d", i, n))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for _, s := range stores {
		if got := feedEnd(t, s); got != 6*25+1 {
			t.Errorf("the feed ends at %d, want %d", got, 6*25+1)
		}
	}
}

// Updates that wait for a busy writer share its next commit, and one of them
// that fails is undone alone.
func TestBatch(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "marginalia.db"))
	no := errors.New("no")
	entered, release := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		err := s.Update(t.Context(), func(tx store.Tx) error {
			close(entered)
			<-release
			return addNote("first")(tx)
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-entered
	// Read-only connections see a batch only when it is committed as a whole.
	if _, err := s.Article(t.Context(), slug); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Article while the batch runs: %v, want ErrNotFound", err)
	}
	for i := range 10 {
		wg.Go(func() {
			err := s.Update(t.Context(), func(tx store.Tx) error {
				if err := addNote(fmt.Sprint("n", i))(tx); err != nil || i%2 == 0 {
					return err
				}
				return no
			})
			if i%2 == 1 && !errors.Is(err, no) || i%2 == 0 && err != nil {
				t.Errorf("Update %d = %v", i, err)
			}
		})
	}
	close(release)
	wg.Wait()
	if got := feedEnd(t, s); got != 7 {
		t.Errorf("the feed ends at %d, want 7", got)
	}
}

func TestCanceledWhileWaiting(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "marginalia.db"))
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Update(t.Context(), func(store.Tx) error {
		waiting := make(chan error)
		go func() {
			waiting <- s.Update(ctx, func(store.Tx) error {
				t.Error("the function ran")
				return nil
			})
		}()
		cancel()
		if err := <-waiting; !errors.Is(err, context.Canceled) {
			t.Errorf("Update = %v, want context.Canceled", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// A function that ends its goroutine (t.FailNow does) is undone like any other.
func TestGoexit(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "marginalia.db"))
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = s.Update(t.Context(), func(tx store.Tx) error {
			if err := addNote("n1")(tx); err != nil {
				t.Error(err)
			}
			runtime.Goexit()
			return nil
		})
	})
	wg.Wait()
	if err := s.Update(t.Context(), addNote("n2")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Note(t.Context(), "n1"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the unfinished note: %v, want ErrNotFound", err)
	}
}

// When SQLite gives up the whole transaction, nobody is told that it worked.
func TestTransactionLost(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "marginalia.db"))
	err := s.Update(t.Context(), func(tx store.Tx) error {
		if err := addNote("n1")(tx); err != nil {
			return err
		}
		return execute(s.conn.conn, "ROLLBACK") // as after a full disk
	})
	if err == nil {
		t.Error("Update = nil for a transaction that is gone")
	}
	if err := s.Update(t.Context(), addNote("n2")); err != nil {
		t.Errorf("the next Update: %v", err)
	}
	if got := feedEnd(t, s); got != 2 {
		t.Errorf("the feed ends at %d, want 2", got)
	}
}

// BenchmarkUpdate is durable single-note transactions of 8 writers at once.
func BenchmarkUpdate(b *testing.B) {
	s := openAt(b, filepath.Join(b.TempDir(), "marginalia.db"))
	ids := make(chan string)
	go func() {
		defer close(ids)
		for i := range b.N {
			ids <- fmt.Sprintf("019a0000-0000-7000-8000-%012x", i)
		}
	}()
	b.ResetTimer()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for id := range ids {
				if err := s.Update(b.Context(), addNote(id)); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "notes/s")
}
