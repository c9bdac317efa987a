package replica

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
)

// metaStamp is the key of an id that every write to the notes replaces.
const metaStamp = "stamp"

// kept is the notes of this device, decoded. Decoding thousands costs more than all
// else on the way to the screen, so it is done for those that changed only.
//
// Other tabs write to the same store. Every write puts another stamp beside the
// notes, in the same transaction: while that is the one known here, nothing has to
// be read; otherwise what is stored is compared with what was decoded.
type kept struct {
	mu    sync.Mutex
	stamp string // "" while nothing was read
	by    map[string]*keptNote
	ids   []string // sorted
}

// keptNote is a note as it is stored and as it is decoded. Neither is changed.
type keptNote struct {
	raw  []byte
	note Note
}

// read brings the notes up to date and calls see with each, in the order of their
// ids, and with how many there are.
func (k *kept) read(ctx context.Context, store Store, see func(n *Note, all int)) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	// The stamp is read first: if a write comes between the two, the next read
	// finds another one and looks again.
	stamp, err := stampOf(ctx, store)
	if err != nil {
		return err
	}
	if k.stamp == "" || k.stamp != stamp {
		if err := k.refresh(ctx, store); err != nil {
			return err
		}
		k.stamp = stamp
	}
	for _, id := range k.ids {
		see(&k.by[id].note, len(k.ids))
	}
	return nil
}

func (k *kept) refresh(ctx context.Context, store Store) error {
	stored, err := store.List(ctx, Notes)
	if err != nil {
		return fmt.Errorf("list %s: %w", Notes, err)
	}
	by, ids := make(map[string]*keptNote, len(stored)), make([]string, 0, len(stored))
	for _, s := range stored {
		n := k.by[s.Key]
		if n == nil || !bytes.Equal(n.raw, s.Value) {
			n = &keptNote{raw: s.Value}
			if err := decode(Notes, s, &n.note); err != nil {
				return err
			}
		}
		by[s.Key], ids = n, append(ids, s.Key)
	}
	k.by, k.ids = by, ids
	return nil
}

// wrote takes over the notes that this replica has written, with their new stamp:
// nothing if another tab has written since the notes were read.
func (k *kept) wrote(was, now string, writes []Write, notes map[string]*Note) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.stamp == "" || k.stamp != was {
		k.stamp = ""
		return
	}
	gone, anew := false, []string{}
	for _, w := range writes {
		if w.Table != Notes {
			continue
		}
		_, known := k.by[w.Key]
		if w.Value == nil {
			delete(k.by, w.Key)
			gone = gone || known
			continue
		}
		if !known {
			anew = append(anew, w.Key)
		}
		k.by[w.Key] = &keptNote{raw: w.Value, note: *notes[w.Key]}
	}
	if gone {
		k.ids = slices.DeleteFunc(k.ids, func(id string) bool { return k.by[id] == nil })
	}
	if len(anew) > 0 {
		k.ids = append(k.ids, anew...)
		slices.Sort(k.ids) // nearly sorted, which is fast
		k.ids = slices.Compact(k.ids)
	}
	k.stamp = now
}

// raws are the stored notes with these ids, if what is kept is as of stamp.
func (k *kept) raws(stamp string, ids []string) (raws []Entry, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.stamp == "" || k.stamp != stamp {
		return nil, false
	}
	for _, id := range ids {
		if n := k.by[id]; n != nil {
			raws = append(raws, Entry{Key: id, Value: n.raw})
		}
	}
	return raws, true
}

// noStamp is the stamp before the first write.
const noStamp = "none"

// stampOf is the stamp in a store.
func stampOf(ctx context.Context, store Store) (string, error) {
	stamp := noStamp
	err := readOr(ctx, store, Meta, metaStamp, &stamp)
	return stamp, err
}
