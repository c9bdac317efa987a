//go:build js && wasm

package main

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"marginalia/app/replica"
	"marginalia/app/state"
)

// drafts are what was typed in this window. They are stored beside everything
// else that the keeper does: what is typed waits for nothing.
type drafts struct {
	mu      sync.Mutex
	landed  *sync.Cond // a draft that was on its way to the disk has an answer
	number  int
	armed   bool
	since   time.Time             // when it was armed
	waiting map[string]typedDraft // not stored yet
	latest  map[string]replica.DraftNote
	flying  map[string]int  // on their way to the disk
	leaving map[string]bool // to be posted or erased: not to be stored now
	shut    bool            // the device is erased: nothing is to be stored
}

// typedDraft is a draft with the number of its keystroke: a clock may stand still
// between two of them.
type typedDraft struct {
	replica.DraftNote

	number  int
	started bool // it is on its way to the disk
}

func newDrafts() *drafts {
	d := &drafts{
		waiting: map[string]typedDraft{}, latest: map[string]replica.DraftNote{},
		flying: map[string]int{}, leaving: map[string]bool{},
	}
	d.landed = sync.NewCond(&d.mu)
	return d
}

// typed keeps a draft to be stored soon; it does not wait. A page that is busy
// with keys may not come to its timers, so the keys look at the time themselves.
func (k *keeper) typed(ctx context.Context, note replica.DraftNote) {
	d, now := k.drafts, time.Now()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shut {
		return
	}
	d.number++
	d.waiting[note.ID], d.latest[note.ID] = typedDraft{DraftNote: note, number: d.number}, note
	if d.armed && now.Sub(d.since) >= draftDelay {
		k.begin(ctx)
	}
	if !d.armed {
		d.armed, d.since = true, now
		time.AfterFunc(draftDelay, func() { k.write(ctx) })
	}
}

// write starts to store the drafts that wait. It does not wait for the storage's
// answer: what is handed over is safe from a kill, and the next words must not
// queue behind the news of that.
func (k *keeper) write(ctx context.Context) {
	k.drafts.mu.Lock()
	defer k.drafts.mu.Unlock()
	k.begin(ctx)
}

// begin is write with the mutex held.
func (k *keeper) begin(ctx context.Context) {
	d := k.drafts
	d.armed = false
	for id, note := range d.waiting {
		if note.started || d.leaving[id] {
			continue
		}
		note.started = true
		d.waiting[id] = note
		d.flying[id]++
		go k.save(ctx, note)
	}
}

// save stores one draft and tells what became of it.
func (k *keeper) save(ctx context.Context, note typedDraft) {
	err := replica.ErrHeld
	if k.windows.try(ctx, note.ID) {
		err = k.device.SaveDraft(ctx, note.DraftNote)
		if errors.Is(err, replica.ErrFull) && k.tidy(ctx) > 0 {
			err = k.device.SaveDraft(ctx, note.DraftNote)
		}
	}
	k.drafts.land(note, err, func() { k.write(ctx) })
	k.send(state.DraftSaved{ID: note.ID, At: note.Saved, Err: err})
	if err == nil && !note.Open {
		k.windows.release(note.ID)
	}
}

// land takes a draft that was stored, or that is another window's, off the list
// unless more was typed meanwhile. One that found no room is tried again.
func (d *drafts) land(note typedDraft, err error, again func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.flying[note.ID]--
	d.landed.Broadcast()
	waits, ok := d.waiting[note.ID]
	if !ok || waits.number != note.number {
		return
	}
	if err == nil || errors.Is(err, replica.ErrPosted) || errors.Is(err, replica.ErrHeld) {
		delete(d.waiting, note.ID)
		return
	}
	waits.started = false
	d.waiting[note.ID] = waits
	time.AfterFunc(retryDelay, again)
}

// leave says that a draft is about to be posted, or erased with what was typed.
func (d *drafts) leave(id string, erased bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.leaving[id] = true
	if erased {
		delete(d.waiting, id)
		delete(d.latest, id)
	}
}

// still waits until nothing of a draft is on its way to the disk.
func (d *drafts) still(id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.flying[id] > 0 {
		d.landed.Wait()
	}
}

// left ends what leave began. A draft that is gone is forgotten, so that a later
// save does not bring it back; what was typed anew since it was erased is kept.
func (k *keeper) left(ctx context.Context, id string, gone bool) {
	d := k.drafts
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.leaving, id)
	if gone {
		delete(d.waiting, id)
		delete(d.latest, id)
	}
	k.begin(ctx)
}

// store writes the drafts that wait, and reports whether none is left: one that
// finds no room goes on waiting.
func (k *keeper) store(ctx context.Context) (all bool) {
	d := k.drafts
	d.mu.Lock()
	defer d.mu.Unlock()
	k.begin(ctx)
	d.landAll()
	return len(d.waiting) == 0
}

// unsaved lists what was typed and is not stored yet.
func (d *drafts) unsaved() []replica.DraftNote {
	d.mu.Lock()
	defer d.mu.Unlock()
	var notes []replica.DraftNote
	for _, note := range d.waiting {
		notes = append(notes, note.DraftNote)
	}
	return notes
}

// close forgets what was typed, waits until nothing is on its way to the disk, and
// returns which drafts may be there. Nothing is stored until open.
func (d *drafts) close() (ids []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shut = true
	ids = slices.Collect(maps.Keys(d.latest))
	clear(d.waiting)
	clear(d.latest)
	d.landAll()
	return ids
}

func (d *drafts) open() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shut = false
}

// landAll waits, with the mutex held, until nothing is on its way to the disk.
func (d *drafts) landAll() {
	for id := range d.flying {
		for d.flying[id] > 0 {
			d.landed.Wait()
		}
	}
}

// withTyped is the stored drafts with what was typed here since they were read.
func (k *keeper) withTyped(stored []replica.DraftNote) []replica.DraftNote {
	k.drafts.mu.Lock()
	defer k.drafts.mu.Unlock()
	drafts, seen := []replica.DraftNote{}, map[string]bool{}
	for _, d := range stored {
		if here, ok := k.drafts.latest[d.ID]; ok && !here.Saved.Before(d.Saved) {
			d = here
		}
		seen[d.ID] = true
		drafts = append(drafts, d)
	}
	for _, d := range k.drafts.waiting {
		if !seen[d.ID] {
			drafts = append(drafts, d.DraftNote)
		}
	}
	slices.SortStableFunc(drafts, func(a, b replica.DraftNote) int { return b.Saved.Compare(a.Saved) })
	return drafts
}

// hold answers the wish to be the one window with a draft.
func (k *keeper) hold(ctx context.Context, e state.HoldDraft) {
	if k.windows.try(ctx, e.ID) || e.Take && k.windows.take(ctx, e.ID) {
		k.tell(ctx, e.ID)
	} else {
		k.send(state.DraftElsewhere{ID: e.ID})
	}
}

// tell says how a draft that is now this window's is stored.
func (k *keeper) tell(ctx context.Context, id string) {
	taken := state.DraftTaken{ID: id}
	if drafts, err := k.device.Drafts(ctx); err == nil {
		taken.Draft = find(drafts, id)
	}
	k.send(taken)
}

func find(drafts []replica.DraftNote, id string) *replica.DraftNote {
	for i := range drafts {
		if drafts[i].ID == id {
			return &drafts[i]
		}
	}
	return nil
}

// give stores what was typed last and lets another window have the draft.
func (k *keeper) give(ctx context.Context, id string) {
	if !k.store(ctx) {
		return // no room: it is better here. The other window takes it by force.
	}
	k.send(state.DraftElsewhere{ID: id})
	k.windows.release(id)
}
