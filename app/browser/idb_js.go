//go:build js && wasm

package browser

import (
	"context"
	"errors"
	"fmt"
	"syscall/js"

	"marginalia/app/replica"
)

const databaseName = "marginalia"

// tables are the object stores. One is only ever added: never removed, and what
// its values mean never changes, so that an older version of the app, open in
// another window or come back by a rollback, goes on with what a newer one made.
func tables() []replica.Table {
	return []replica.Table{replica.Notes, replica.Outbox, replica.Drafts, replica.Articles, replica.Meta}
}

var errNoStorage = errors.New("this browser keeps no storage for the site")

// openDatabase waits for the database. A connection that comes after ctx is done
// is closed.
func openDatabase(ctx context.Context) (js.Value, error) {
	type outcome struct {
		db  js.Value
		err error
	}
	opened := make(chan outcome, 1)
	go func() {
		db, err := requestDatabase()
		opened <- outcome{db, err}
	}()
	select {
	case o := <-opened:
		if o.err != nil {
			return js.Undefined(), fmt.Errorf("open storage: %w", o.err)
		}
		return o.db, nil
	case <-ctx.Done():
		go func() {
			if o := <-opened; o.err == nil {
				o.db.Call("close")
			}
		}()
		return js.Undefined(), fmt.Errorf("open storage: %w", ctx.Err())
	}
}

// requestDatabase opens the database in whatever version it has, which is the
// newest that any window ever made, and makes the tables that are not there.
func requestDatabase() (js.Value, error) {
	db, err := requestVersion()
	if err != nil {
		return js.Undefined(), err
	}
	for _, t := range tables() {
		if !hasTable(db, t) {
			version := db.Get("version").Int()
			db.Call("close")
			// Other windows hear of it and close; they open it again by themselves.
			return requestVersion(version + 1)
		}
	}
	return db, nil
}

func hasTable(db js.Value, t replica.Table) bool {
	return db.Get("objectStoreNames").Call("contains", string(t)).Bool()
}

// requestVersion opens the database in a version, or in the one that it has. See
// https://developer.mozilla.org/docs/Web/API/IDBFactory/open
func requestVersion(version ...any) (js.Value, error) {
	factory := js.Global().Get("indexedDB")
	if !factory.Truthy() {
		return js.Undefined(), errNoStorage
	}
	var request js.Value
	if err := try("open", func() { request = factory.Call("open", append([]any{databaseName}, version...)...) }); err != nil {
		return js.Undefined(), err
	}
	upgrade := js.FuncOf(func(js.Value, []js.Value) any {
		db := request.Get("result")
		for _, t := range tables() {
			if !hasTable(db, t) {
				db.Call("createObjectStore", string(t))
			}
		}
		return nil
	})
	defer upgrade.Release()
	request.Set("onupgradeneeded", upgrade)
	done, release := outcomeOf(request, "onsuccess", "onerror")
	defer release()
	if err := <-done; err != nil {
		return js.Undefined(), err
	}
	return request.Get("result"), nil
}

// outcomeOf reports once which of two events came to a request or transaction:
// nil for good, its error for bad. release must be called after that.
func outcomeOf(target js.Value, good, bad string) (done <-chan error, release func()) {
	outcome := make(chan error, 1) // never blocks the event loop
	settle := func(err error) any {
		select {
		case outcome <- err:
		default:
		}
		return nil
	}
	onGood := js.FuncOf(func(js.Value, []js.Value) any { return settle(nil) })
	onBad := js.FuncOf(func(js.Value, []js.Value) any { return settle(thrown(target.Get("error"))) })
	target.Set(good, onGood)
	target.Set(bad, onBad)
	return outcome, func() {
		target.Set(good, js.Null())
		target.Set(bad, js.Null())
		onGood.Release()
		onBad.Release()
	}
}

// do runs f's requests in one transaction and waits for its end, after which
// their results can be read. When ctx is done first the transaction is aborted;
// the answer still says what really became of it.
func (s *Store) do(ctx context.Context, mode string, tables []any, f func(tx js.Value)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := s.begin(ctx, mode, tables)
	if err != nil {
		return storageError(err)
	}
	done, release := outcomeOf(tx, "oncomplete", "onabort")
	defer release()
	abort := func() {
		// It throws when the transaction has ended: then done says how.
		_ = try("abort", func() { tx.Call("abort") })
	}
	if err := try("request", func() { f(tx) }); err != nil {
		abort()
		<-done
		return storageError(err)
	}
	// Without it the browser waits for the last request before it commits.
	_ = try("commit", func() { tx.Call("commit") })
	select {
	case err := <-done:
		return storageError(err)
	case <-ctx.Done():
		abort()
		if err := <-done; err != nil {
			return ctx.Err()
		}
		return nil
	}
}

// begin starts a transaction. A connection that the browser has closed, as when
// a phone slept, is opened again once. See
// https://developer.mozilla.org/docs/Web/API/IDBDatabase/transaction
func (s *Store) begin(ctx context.Context, mode string, tables []any) (tx js.Value, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	start := func() {
		tx = s.db.Call("transaction", tables, mode, map[string]any{"durability": "strict"})
	}
	err = try("begin", start)
	if nameOf(err) != "InvalidStateError" {
		return tx, err
	}
	if err := s.reopen(ctx); err != nil {
		return js.Undefined(), err
	}
	return tx, try("begin", start)
}

// storageError names the one error on which a caller decides.
func storageError(err error) error {
	if nameOf(err) == "QuotaExceededError" {
		return fmt.Errorf("%w: %w", replica.ErrFull, err)
	}
	return err
}
