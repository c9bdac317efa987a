// Package memory is a store.Store that keeps everything in memory.
//
// It is for tests, and the plainest statement of what a store does: one lock,
// maps, and a list of undo steps for the running transaction. Nothing survives
// the process. What goes in and comes out is copied, so callers may change
// their values afterwards.
package memory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/store"
)

var errClosed = errors.New("store is closed")

// Store is a store.Store in memory. Make it with [New].
type Store struct {
	mu       sync.RWMutex // held for writing while a transaction runs
	closed   bool
	articles map[string]*item
	notes    map[string]store.Note
	came     map[string]int  // the place of each note in the order in which they came
	mine     map[string]*log // by reader
	outcomes map[[2]string]replica.Outcome
	readers  map[string]store.Reader
	sessions map[string]string // token hash to reader
	checks   map[string]store.SourceCheck
}

var _ store.Store = (*Store)(nil)

// item is an article with all that belongs to it.
type item struct {
	created, updated time.Time
	newest           string
	revisions        map[string]article.Revision
	feed             log
}

// log is a feed. The row with number n is rows[n-1]: rows are only appended,
// and what a later row supersedes is skipped when the log is read.
type log struct {
	rows []row
	// content is the number of a note's newest put or delete row. Anchor is that
	// of its newest anchor row, if content is an earlier put.
	content, anchor map[string]int64
}

type row struct{ op, ref string }

// New makes an empty store.
func New() *Store {
	return &Store{
		articles: map[string]*item{},
		notes:    map[string]store.Note{},
		came:     map[string]int{},
		mine:     map[string]*log{},
		outcomes: map[[2]string]replica.Outcome{},
		readers:  map[string]store.Reader{},
		sessions: map[string]string{},
		checks:   map[string]store.SourceCheck{},
	}
}

// Update runs fn while nobody else reads or writes.
func (s *Store) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errClosed
	}
	t := &tx{s: s}
	done := false
	defer func() { // also when fn panics or ends its goroutine
		if !done {
			t.rollback()
		}
	}()
	err := fn(t)
	done = err == nil
	return err
}

// Ping reports whether the store is open.
func (s *Store) Ping(ctx context.Context) error {
	return s.view(ctx, func() error { return nil })
}

// Close makes every later call fail.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}

// view runs fn while nobody writes.
func (s *Store) view(ctx context.Context, fn func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return errClosed
	}
	return fn()
}

// clone copies v with all it points to, the way a database would: through JSON.
func clone[T any](v T) (T, error) {
	var c T
	data, err := json.Marshal(v)
	if err != nil {
		return c, fmt.Errorf("copy %T: %w", v, err)
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return c, fmt.Errorf("copy %T: %w", v, err)
	}
	return c, nil
}

// stamp is t as a store keeps it: UTC, in microseconds.
func stamp(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
