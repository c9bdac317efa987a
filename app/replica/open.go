package replica

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/article"
)

// The names that this package locks in a store. syncLock is held over a whole
// round, network included, so that two tabs do not send the same change at
// once; writeLock only from reading to writing.
const (
	syncLock  = "sync"
	writeLock = "write"
)

// Replica is one device's copy. Whatever it keeps is checked against the store, so
// any number of them, one for each tab, can stand on one store. Its methods may be
// called concurrently; those that only read wait for nothing but the store. The
// notes that it returns share what pointers and slices in them refer to: none of
// that is to be changed.
type Replica struct {
	store Store
	now   func() time.Time
	newID func() string
	kept  kept
	mu    sync.Mutex // a store's locks may not reach further than other tabs
}

// Open returns the replica on store, which may have been left at any point by a
// page that was killed: there is nothing to repair. newID mints a UUIDv7.
func Open(store Store, now func() time.Time, newID func() string) *Replica {
	return &Replica{store: store, now: now, newID: newID}
}

// update runs fn and stores what it did in one write, with no other writer in
// between.
func (r *Replica) update(ctx context.Context, fn func(*batch) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	unlock, err := r.store.Lock(ctx, writeLock)
	if err != nil {
		return fmt.Errorf("lock this device: %w", err)
	}
	defer unlock()
	waiting, err := r.outbox(ctx)
	if err != nil {
		return err
	}
	b := &batch{
		store: r.store, now: r.now().UTC(), outbox: waiting,
		notes: map[string]*Note{}, changed: map[string]bool{}, slugs: map[string]bool{},
		articles: map[string]article.Article{}, texts: map[string]*anchor.Text{},
		kept: &r.kept, newID: r.newID,
	}
	if err := fn(b); err != nil {
		return err
	}
	return b.commit(ctx)
}

// outbox lists the changes that no server has acknowledged.
func (r *Replica) outbox(ctx context.Context) (outbox, error) {
	stored, err := r.store.List(ctx, Outbox)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", Outbox, err)
	}
	all := make(outbox, len(stored))
	for i, s := range stored {
		all[i] = new(entry)
		if err := decode(Outbox, s, all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// read decodes the value under a key into v; ErrNotFound when there is none.
func read(ctx context.Context, store Store, table Table, key string, v any) error {
	value, err := store.Get(ctx, table, key)
	if err != nil {
		return fmt.Errorf("read %s/%s: %w", table, key, err)
	}
	return decode(table, Entry{Key: key, Value: value}, v)
}

// readOr is read for a value that may be missing; v then stays as it is.
func readOr(ctx context.Context, store Store, table Table, key string, v any) error {
	err := read(ctx, store, table, key, v)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

func decode(table Table, e Entry, v any) error {
	if err := json.Unmarshal(e.Value, v); err != nil {
		return fmt.Errorf("read %s/%s: %w", table, e.Key, err)
	}
	return nil
}

// put makes the write that stores v as JSON.
func put(table Table, key string, v any) (Write, error) {
	value, err := json.Marshal(v)
	if err != nil {
		return Write{}, fmt.Errorf("write %s/%s: %w", table, key, err)
	}
	return Write{Table: table, Key: key, Value: value}, nil
}

// save stores one value that nothing else depends on.
func (r *Replica) save(ctx context.Context, table Table, key string, v any) error {
	w, err := put(table, key, v)
	if err != nil {
		return err
	}
	if err := r.store.Write(ctx, w); err != nil {
		return fmt.Errorf("write %s/%s: %w", table, key, err)
	}
	return nil
}
