package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"marginalia/app/store"
)

// maxBatch is the most functions that share one commit. It bounds how long the
// first of them waits, and how long another process does.
const maxBatch = 128

// errAborted stands for a function that panicked or ended its goroutine.
var errAborted = errors.New("transaction aborted")

// job is one call of Update on its way through the writer.
type job struct {
	ctx  context.Context
	turn chan *tx   // the caller may now run its function
	ran  chan error // it has; not nil: undo it
	done chan error // the outcome
}

// Update runs fn in a transaction. Calls that come while another one is busy
// share its commit; each is undone alone if it fails. Fn runs in the caller's
// goroutine, so a panic in it takes its natural way.
func (s *Store) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// Done has room for the answer that nobody waits for when fn has panicked.
	j := &job{ctx: ctx, turn: make(chan *tx), ran: make(chan error), done: make(chan error, 1)}
	select {
	case s.jobs <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-s.quit:
		return errClosed
	}
	select {
	case t := <-j.turn:
		j.run(t, fn)
		return <-j.done
	case err := <-j.done:
		return err
	}
}

// run calls fn and tells the writer how it went, even if fn does not return.
func (j *job) run(t *tx, fn func(store.Tx) error) {
	err := errAborted
	defer func() { j.ran <- err }()
	err = fn(t)
}

// writer owns the one connection that writes.
type writer struct {
	read                    *reads
	write                   *writes
	begin, commit, rollback *sql.Stmt // of a batch
	save, release, undo     *sql.Stmt // of one function in it
}

func newWriter(ctx context.Context, conn preparer, kept *revisions) (w *writer, err error) {
	w = &writer{}
	if w.read, err = prepareReads(ctx, conn, kept, true); err != nil {
		return nil, err
	}
	if w.write, err = prepareWrites(ctx, conn); err != nil {
		return nil, err
	}
	return w, prepareAll(ctx, conn, []statement{
		{&w.begin, "BEGIN IMMEDIATE"},
		{&w.commit, "COMMIT"},
		{&w.rollback, "ROLLBACK"},
		{&w.save, "SAVEPOINT job"},
		{&w.release, "RELEASE job"},
		{&w.undo, "ROLLBACK TO job"},
	})
}

// run serves jobs until quit is closed.
func (w *writer) run(jobs <-chan *job, quit <-chan struct{}) {
	for {
		select {
		case j := <-jobs:
			w.batch(j, jobs)
		case <-quit:
			return
		}
	}
}

// batch runs first, and the jobs that come meanwhile, in one transaction, and
// answers them when it is durable.
func (w *writer) batch(first *job, jobs <-chan *job) {
	if err := step(w.begin); err != nil {
		first.done <- fmt.Errorf("begin: %w", err)
		return
	}
	var all []*job
	var results []error
	var broken error // the transaction itself is gone
	for j := first; j != nil; j = waiting(jobs, len(all), broken) {
		var err error
		err, broken = w.one(j)
		all, results = append(all, j), append(results, err)
	}
	if broken == nil {
		broken = step(w.commit)
	}
	if broken != nil {
		// SQLite has rolled back already after some errors: this is for the others.
		_ = step(w.rollback)
		broken = fmt.Errorf("commit: %w", broken)
	}
	for i, j := range all {
		if broken != nil {
			results[i] = broken
		}
		j.done <- results[i]
	}
}

// waiting is the job that joins a batch of n, nil to commit what there is.
func waiting(jobs <-chan *job, n int, broken error) *job {
	if broken != nil || n == maxBatch {
		return nil
	}
	select {
	case j := <-jobs:
		return j
	default:
		return nil
	}
}

// one lets j's caller run its function. Err is the function's own; broken says
// that the batch cannot go on: after a full disk, say, SQLite rolls the whole
// transaction back, and then there is no savepoint to return to.
func (w *writer) one(j *job) (err, broken error) {
	if err := j.ctx.Err(); err != nil {
		return err, nil
	}
	if err := step(w.save); err != nil {
		return err, err
	}
	j.turn <- &tx{read: w.read, write: w.write}
	if err = <-j.ran; err != nil {
		if undo := step(w.undo); undo != nil {
			return err, errors.Join(err, undo)
		}
	}
	return err, step(w.release)
}

func step(s *sql.Stmt) error {
	_, err := s.ExecContext(context.Background())
	return err
}
