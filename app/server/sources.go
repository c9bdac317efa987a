package server

import (
	"context"
	"errors"
	"sync"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/reach"
	"marginalia/app/source"
	"marginalia/app/store"
)

const (
	// sourceQueueSize bounds the addresses that wait to be opened; what comes
	// while it is full is not opened.
	sourceQueueSize = 1000
	sourceWorkers   = 4
	// sourceRest is how long the answer of an address stands.
	sourceRest = 24 * time.Hour
)

// Reacher opens an address and says what came of it; *reach.Checker is one.
type Reacher interface {
	Check(ctx context.Context, address string) reach.Result
}

// sourceQueue holds the addresses to open. A nil one takes none.
type sourceQueue struct {
	reacher Reacher
	urls    chan string

	mu      sync.Mutex
	waiting map[string]bool // in urls or being opened
}

func newSourceQueue(r Reacher) *sourceQueue {
	return &sourceQueue{reacher: r, urls: make(chan string, sourceQueueSize), waiting: map[string]bool{}}
}

// add takes the sources of a note, and never waits.
func (q *sourceQueue) add(n annotation.Note) {
	if q == nil {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, cited := range n.Sources {
		s, err := source.Parse(cited.URL)
		if err != nil || q.waiting[s.URL] {
			continue
		}
		select {
		case q.urls <- s.URL:
			q.waiting[s.URL] = true
		default:
			return
		}
	}
}

func (q *sourceQueue) done(url string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.waiting, url)
}

// CheckSources opens what published and held notes cite, and stores what came of
// it, until ctx is done. It begins with the notes that wait for a moderator. No
// address is opened more than once a day, and nothing waits for an answer.
// Without a Config.Sources it returns at once.
func (s *Server) CheckSources(ctx context.Context) {
	if s.sources == nil {
		return
	}
	held, err := s.store.Held(ctx)
	if err != nil && ctx.Err() == nil {
		s.log.Error("list the held notes to check their sources", "err", err)
	}
	for _, n := range held {
		s.sources.add(n.Annotation.Note())
	}
	var workers sync.WaitGroup
	for range sourceWorkers {
		workers.Go(func() { s.sources.run(ctx, s) })
	}
	workers.Wait()
}

func (q *sourceQueue) run(ctx context.Context, s *Server) {
	for {
		select {
		case <-ctx.Done():
			return
		case url := <-q.urls:
			// The address is part of a note: it stays out of the log.
			if err := s.checkSource(ctx, url); err != nil && ctx.Err() == nil {
				s.log.Error("store the check of a source", "err", err)
			}
			q.done(url)
		}
	}
}

// checkSource opens an address, unless that was done lately.
func (s *Server) checkSource(ctx context.Context, url string) error {
	last, err := s.store.SourceCheck(ctx, url)
	switch {
	case err == nil && s.now().Sub(last.Checked) < sourceRest:
		return nil
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return err
	}
	found := s.sources.reacher.Check(ctx, url)
	if ctx.Err() != nil {
		return nil // cut short: it says nothing of the address
	}
	return s.store.Update(ctx, func(tx store.Tx) error {
		return tx.PutSourceCheck(store.SourceCheck{
			URL: url, Outcome: string(found.Outcome), Domain: found.Domain, Checked: s.now().UTC(),
		})
	})
}
