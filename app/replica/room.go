package replica

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

const (
	metaOpened = "opened" // map of slug to time.Time
	metaProbe  = "probe"  // there only while Probe looks
)

// probeBytes is the room that Probe wants: many times what a note takes.
const probeBytes = 256 << 10

// Probe returns ErrFull when there is no room for what a reader may write next. It
// writes as much and removes it, since browsers do not say how much room a disk
// really has.
func (r *Replica) Probe(ctx context.Context) error {
	filler := slices.Concat([]byte(`"`), bytes.Repeat([]byte("x"), probeBytes), []byte(`"`))
	err := r.store.Write(ctx, Write{Table: Meta, Key: metaProbe, Value: filler})
	if err == nil {
		err = r.store.Write(ctx, Write{Table: Meta, Key: metaProbe})
	}
	if err != nil {
		return fmt.Errorf("probe for room: %w", err)
	}
	return nil
}

// Keep is which articles stay when a device makes room.
type Keep struct {
	Since time.Time // those opened since then,
	Most  int       // but no more than so many, the last opened first,
	Open  string    // and always the one that is on the screen.
}

// Opened notes that the reader opens an article now: [Replica.Evict] goes by that.
func (r *Replica) Opened(ctx context.Context, slug string) error {
	return r.update(ctx, func(b *batch) error {
		opened := map[string]time.Time{}
		if err := readOr(ctx, b.store, Meta, metaOpened, &opened); err != nil {
			return err
		}
		opened[slug] = b.now
		return b.put(Meta, metaOpened, opened)
	})
}

// Evict removes the articles that keep does not name, with what other readers
// wrote on them, and returns their slugs. They can be fetched again. It never
// removes anything of the reader's own, nor an article that a draft or an unsent
// note is about. An article of which it is not known when it was opened counts as
// opened now.
func (r *Replica) Evict(ctx context.Context, keep Keep) (gone []string, err error) {
	err = r.update(ctx, func(b *batch) error {
		saved, err := b.store.List(ctx, Articles)
		if err != nil {
			return fmt.Errorf("list %s: %w", Articles, err)
		}
		opened := map[string]time.Time{}
		if err := readOr(ctx, b.store, Meta, metaOpened, &opened); err != nil {
			return err
		}
		known, slugs := maps.Clone(opened), make([]string, 0, len(saved))
		for _, a := range saved {
			slugs = append(slugs, a.Key)
			if _, ok := opened[a.Key]; !ok {
				opened[a.Key] = b.now
			}
		}
		if gone = keep.leaves(slugs, opened); len(gone) > 0 {
			if gone, err = b.unneeded(ctx, gone); err != nil {
				return err
			}
		}
		for _, slug := range gone {
			delete(opened, slug)
		}
		if !maps.Equal(known, opened) {
			if err := b.put(Meta, metaOpened, opened); err != nil {
				return err
			}
		}
		return b.evict(ctx, gone)
	})
	if err != nil {
		return nil, fmt.Errorf("make room: %w", err)
	}
	return gone, nil
}

// leaves lists the slugs that k does not keep.
func (k Keep) leaves(slugs []string, opened map[string]time.Time) []string {
	slices.SortFunc(slugs, func(a, b string) int {
		return cmp.Or(opened[b].Compare(opened[a]), cmp.Compare(a, b))
	})
	var gone []string
	for i, slug := range slugs {
		if slug != k.Open && (i >= k.Most || opened[slug].Before(k.Since)) {
			gone = append(gone, slug)
		}
	}
	return gone
}

// unneeded is slugs without those that the reader's unsent work is about.
func (b *batch) unneeded(ctx context.Context, slugs []string) ([]string, error) {
	needed := map[string]bool{}
	for _, e := range b.outbox {
		needed[e.Change.Article] = true
	}
	drafts, err := listAll[DraftNote](ctx, b.store, Drafts)
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		needed[d.Article] = true
	}
	if err := b.eachNote(ctx, func(n *Note) { needed[n.Article] = needed[n.Article] || n.Unsent() }); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slugs, func(slug string) bool { return needed[slug] }), nil
}

// evict removes articles and what others wrote on them. Their feeds are read from
// the start when they are opened again.
func (b *batch) evict(ctx context.Context, slugs []string) error {
	if len(slugs) == 0 {
		return nil
	}
	cursors := map[string]int64{}
	if err := readOr(ctx, b.store, Meta, metaCursors, &cursors); err != nil {
		return err
	}
	leaves := map[string]bool{}
	for _, slug := range slugs {
		leaves[slug] = true
		delete(cursors, slug)
		b.erase(Articles, slug)
		b.erase(Meta, metaBefore+slug)
		b.erase(Meta, metaPlace+slug)
		if err := b.mark(ctx, slug, false); err != nil {
			return err
		}
	}
	if err := b.put(Meta, metaCursors, cursors); err != nil {
		return err
	}
	return b.eachNote(ctx, func(n *Note) {
		if leaves[n.Article] && !n.Mine {
			b.drop(n)
		}
	})
}

// eachNote calls f with every stored note, each once.
func (b *batch) eachNote(ctx context.Context, f func(*Note)) error {
	stored, err := listAll[Note](ctx, b.store, Notes)
	if err != nil {
		return err
	}
	for i := range stored {
		f(&stored[i])
	}
	return nil
}

// listAll decodes a table.
func listAll[T any](ctx context.Context, store Store, table Table) ([]T, error) {
	stored, err := store.List(ctx, table)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", table, err)
	}
	all := make([]T, len(stored))
	for i, s := range stored {
		if err := decode(table, s, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// metaLeave, while it is there, says that the session is to be given up.
const metaLeave = "leave"

// ErrLeaving is returned by Round between Erase and Left: the session is to be
// given up first, or the server would bring everything back.
var ErrLeaving = errors.New("the session of an erased device is still to be given up")

// Erase removes everything from this device, the reader's unsent work too, once a
// round that is under way has ended. It is for a computer that others use.
func (r *Replica) Erase(ctx context.Context) error {
	unlock, err := r.store.Lock(ctx, syncLock)
	if err != nil {
		return fmt.Errorf("erase this device: %w", err)
	}
	defer unlock()
	err = r.update(ctx, func(b *batch) error {
		for _, table := range []Table{Notes, Outbox, Drafts, Articles, Meta} {
			stored, err := b.store.List(ctx, table)
			if err != nil {
				return fmt.Errorf("list %s: %w", table, err)
			}
			for _, s := range stored {
				b.erase(table, s.Key)
			}
		}
		return b.put(Meta, metaLeave, true)
	})
	if err != nil {
		return fmt.Errorf("erase this device: %w", err)
	}
	return nil
}

// Left notes that the session of an erased device was given up.
func (r *Replica) Left(ctx context.Context) error {
	if err := r.store.Write(ctx, Write{Table: Meta, Key: metaLeave}); err != nil {
		return fmt.Errorf("leave: %w", err)
	}
	return nil
}

func (r *Replica) leaving(ctx context.Context) (leaving bool, err error) {
	err = readOr(ctx, r.store, Meta, metaLeave, &leaving)
	return leaving, err
}
