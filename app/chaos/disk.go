package chaos

import (
	"context"
	"errors"
	"sync/atomic"

	"marginalia/app/replica"
)

// errKilled is what a page gets from its store when it is no more.
var errKilled = errors.New("the page was killed")

// disk is a device's store. A page on it can be killed at any call, before what
// that call does or after it.
type disk struct {
	*replica.MemoryStore
	left atomic.Int64 // calls until the kill; 0: none is to come
	late bool         // the last call still does its work
	dead atomic.Bool
}

func newDisk() *disk {
	return &disk{MemoryStore: replica.NewMemoryStore()}
}

// killAt kills the page at the n-th call from now, 1 for the next: before what it
// does, or, late, after it.
func (d *disk) killAt(n int, late bool) {
	d.late = late
	d.left.Store(int64(n))
}

// call runs fn, unless the page is dead by then.
func (d *disk) call(fn func() error) error {
	if d.dead.Load() {
		return errKilled
	}
	if d.left.Load() > 0 && d.left.Add(-1) == 0 {
		d.dead.Store(true)
		if d.late {
			_ = fn()
		}
		return errKilled
	}
	return fn()
}

func (d *disk) Get(ctx context.Context, table replica.Table, key string) (value []byte, err error) {
	err = d.call(func() (err error) {
		value, err = d.MemoryStore.Get(ctx, table, key)
		return err
	})
	return value, err
}

func (d *disk) List(ctx context.Context, table replica.Table) (entries []replica.Entry, err error) {
	err = d.call(func() (err error) {
		entries, err = d.MemoryStore.List(ctx, table)
		return err
	})
	return entries, err
}

func (d *disk) Write(ctx context.Context, writes ...replica.Write) error {
	return d.call(func() error { return d.MemoryStore.Write(ctx, writes...) })
}

// reload kills whatever runs on d and returns what is stored, as a page that is
// opened then finds it.
func (d *disk) reload(ctx context.Context) (*disk, error) {
	d.dead.Store(true)
	next := newDisk()
	for _, table := range []replica.Table{replica.Notes, replica.Outbox, replica.Drafts, replica.Articles, replica.Meta} {
		entries, err := d.MemoryStore.List(ctx, table)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if err := next.MemoryStore.Write(ctx, replica.Write{Table: table, Key: e.Key, Value: e.Value}); err != nil {
				return nil, err
			}
		}
	}
	return next, nil
}
