package replica

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/article"
)

// listFrom is the number of notes from which reading the whole table is cheaper
// than reading them one by one: in a browser each read is a transaction.
const listFrom = 24

// batch is one transaction in the making. It reads through to the store, sees
// its own changes, and writes them all at once.
type batch struct {
	store   Store
	now     time.Time
	outbox  outbox
	notes   map[string]*Note // as read or made; nil for one that is not there
	changed map[string]bool  // ids of notes to write
	slugs   map[string]bool  // articles of those notes
	writes  []Write          // all but notes

	kept   *kept
	newID  func() string
	behind map[string]bool // as stored, once it was read

	articles map[string]article.Article // as taken in
	texts    map[string]*anchor.Text    // by revision
}

// load reads the notes with these ids, so that note finds them.
func (b *batch) load(ctx context.Context, ids []string) error {
	if len(ids) < 2 {
		return b.loadEach(ctx, ids)
	}
	stamp, err := stampOf(ctx, b.store)
	if err != nil {
		return err
	}
	stored, ok := b.kept.raws(stamp, ids)
	if !ok && len(ids) < listFrom {
		return b.loadEach(ctx, ids)
	}
	if !ok {
		if err := b.kept.read(ctx, b.store, func(*Note, int) {}); err != nil {
			return err
		}
		stored, ok = b.kept.raws(stamp, ids)
	}
	if !ok {
		return b.loadEach(ctx, ids) // another tab writes at this moment
	}
	for _, id := range ids {
		if _, known := b.notes[id]; !known {
			b.notes[id] = nil
		}
	}
	for _, s := range stored {
		if n, wanted := b.notes[s.Key]; !wanted || n != nil {
			continue
		}
		n := new(Note)
		if err := decode(Notes, s, n); err != nil {
			return err
		}
		b.notes[s.Key] = n
	}
	return nil
}

func (b *batch) loadEach(ctx context.Context, ids []string) error {
	for _, id := range ids {
		if _, err := b.note(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// note returns a note to read or change, nil if the device does not have it.
func (b *batch) note(ctx context.Context, id string) (*Note, error) {
	if n, known := b.notes[id]; known {
		return n, nil
	}
	n := new(Note)
	err := read(ctx, b.store, Notes, id, n)
	if errors.Is(err, ErrNotFound) {
		n, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	b.notes[id] = n
	return n, nil
}

// keep has n written.
func (b *batch) keep(n *Note) {
	b.notes[n.ID] = n
	b.changed[n.ID], b.slugs[n.Article] = true, true
}

// drop has a note removed from the device.
func (b *batch) drop(n *Note) {
	b.notes[n.ID] = nil
	b.changed[n.ID], b.slugs[n.Article] = true, true
}

// put has v written.
func (b *batch) put(table Table, key string, v any) error {
	w, err := put(table, key, v)
	if err != nil {
		return err
	}
	b.writes = append(b.writes, w)
	return nil
}

// erase has a value removed.
func (b *batch) erase(table Table, key string) {
	b.writes = append(b.writes, Write{Table: table, Key: key})
}

// enqueue puts c into the outbox. A change to the same note that was never sent
// gives way to it, and hands on its id, its place in the order and what it was
// based on. One that may have arrived is never touched: c waits behind it.
//
// Stale says that c was begun on another version than the one that is here. It
// then stays based on that, so that the server finds the conflict: the change
// before it may have been made in sight of words that the writer of c never saw.
func (b *batch) enqueue(c Change, stale bool) error {
	e := &entry{Change: c}
	switch old := b.outbox.waiting(e.subject()); {
	case old != nil:
		e.Change.ID = old.Change.ID
		if !stale {
			e.Change.IfMatch, e.AfterFlight = old.Change.IfMatch, old.AfterFlight
		}
		*old, e = *e, old
	case b.outbox.inFlight(e.subject()) != nil:
		if !stale {
			e.Change.IfMatch, e.AfterFlight = "", true
		}
		b.outbox = append(b.outbox, e)
	default:
		b.outbox = append(b.outbox, e)
	}
	return b.put(Outbox, e.Change.ID, e)
}

// unqueue takes e out of the outbox.
func (b *batch) unqueue(e *entry) {
	b.outbox = slices.DeleteFunc(b.outbox, func(other *entry) bool { return other == e })
	b.erase(Outbox, e.Change.ID)
}

// commit writes everything, or nothing if it returns an error.
func (b *batch) commit(ctx context.Context) error {
	for _, id := range slices.Sorted(maps.Keys(b.changed)) {
		n := b.notes[id]
		if n == nil {
			b.erase(Notes, id)
			continue
		}
		if err := b.put(Notes, id, n); err != nil {
			return err
		}
	}
	if len(b.writes) == 0 {
		return nil
	}
	if len(b.changed) == 0 {
		return b.write(ctx)
	}
	was, err := stampOf(ctx, b.store)
	if err != nil {
		return err
	}
	now := b.newID()
	if err := b.put(Meta, metaStamp, now); err != nil {
		return err
	}
	if err := b.write(ctx); err != nil {
		return err
	}
	b.kept.wrote(was, now, b.writes, b.notes)
	return nil
}

func (b *batch) write(ctx context.Context) error {
	if err := b.store.Write(ctx, b.writes...); err != nil {
		return fmt.Errorf("write to this device: %w", err)
	}
	return nil
}
