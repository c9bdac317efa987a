// Package sqlite is a store.Store in one SQLite file, the server's default.
//
// A change is acknowledged after it is on the disk: the file is in WAL mode with
// synchronous=FULL. Writers that come at the same time share one commit, so they
// also share its fsync. Other processes may read and write the same file while
// it is open here: nothing that can change is kept between transactions.
//
//	s, err := sqlite.Open(ctx, "data/marginalia.db")
//	…
//	defer s.Close()
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	driver "modernc.org/sqlite"

	"marginalia/app/store"
)

// readers is how many connections read side by side.
const readers = 4

// pragmas are set on every connection. The busy timeout is what another
// process, which holds the file for one transaction at a time, has to finish.
var pragmas = []string{
	"busy_timeout(15000)", "foreign_keys(1)", "synchronous(FULL)", "journal_size_limit(16777216)", "wal_autocheckpoint(4000)", "temp_store(MEMORY)",
}

var errClosed = errors.New("store is closed")

// Store is a store.Store in an SQLite file. Make it with [Open].
type Store struct {
	writing, reading *sql.DB
	conn             *tracked // of writing; used by the writer only
	read             *reads
	jobs             chan *job
	closeOnce        sync.Once
	quit, idle       chan struct{} // the writer is to stop, has stopped
}

var _ store.Store = (*Store)(nil)

// Open opens the store in the file at path, which is created (for its owner
// only) if there is none, and brings its schema up to date. A file of another
// kind, or of a newer version of this program, is an error and left as it is.
func Open(ctx context.Context, path string) (*Store, error) {
	s, err := open(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	return s, nil
}

func open(ctx context.Context, path string) (_ *Store, err error) {
	if err := create(path); err != nil {
		return nil, err
	}
	s := &Store{jobs: make(chan *job), quit: make(chan struct{}), idle: make(chan struct{})}
	defer func() {
		if err != nil {
			s.closeFiles()
		}
	}()
	if s.writing, err = connect(path); err != nil {
		return nil, err
	}
	s.writing.SetMaxOpenConns(1)
	conn, err := s.writing.Conn(ctx)
	if err != nil {
		return nil, err
	}
	s.conn = &tracked{conn: conn}
	if err := migrate(ctx, conn); err != nil {
		return nil, err
	}
	if s.reading, err = connect(path, "query_only(1)"); err != nil {
		return nil, err
	}
	s.reading.SetMaxOpenConns(readers)
	s.reading.SetMaxIdleConns(readers)
	kept := newRevisions()
	if s.read, err = prepareReads(ctx, s.reading, kept, false); err != nil {
		return nil, err
	}
	w, err := newWriter(ctx, s.conn, kept)
	if err != nil {
		return nil, err
	}
	go func() {
		defer close(s.idle)
		w.run(s.jobs, s.quit)
	}()
	return s, nil
}

// create makes an empty file that only its owner may read. SQLite gives the
// files beside it (-wal, -shm) the same mode. An existing file is not touched:
// closing it would drop the locks that this process may have on it.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func connect(path string, more ...string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	query := url.Values{"_pragma": append(append([]string{}, pragmas...), more...)}
	file := (&url.URL{Path: filepath.ToSlash(abs)}).EscapedPath()
	c, err := driver.NewConnector("file:" + file + "?" + query.Encode())
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(c), nil
}

// Ping reads from the file.
func (s *Store) Ping(ctx context.Context) error { return s.read.pingStore(ctx) }

// Close waits for the transactions that have started and closes the file. Every
// later call fails.
func (s *Store) Close() error {
	var err error
	s.closeOnce.Do(func() {
		close(s.quit)
		<-s.idle
		err = s.closeFiles()
	})
	return err
}

// closeFiles closes what open has opened so far. The writing connection goes
// last: SQLite then moves the log into the file and removes it.
func (s *Store) closeFiles() error {
	var errs []error
	if s.reading != nil {
		errs = append(errs, s.reading.Close())
	}
	if s.conn != nil {
		errs = append(errs, s.conn.Close())
	}
	if s.writing != nil {
		errs = append(errs, s.writing.Close())
	}
	return errors.Join(errs...)
}
