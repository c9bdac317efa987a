//go:build js && wasm

package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"marginalia/app/article"
	"marginalia/app/browser"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// Articles that were not opened for mostAge, or beyond mostArticles, make room.
const (
	mostAge      = 90 * 24 * time.Hour
	mostArticles = 200
	// tidyDelay keeps that out of the way of a page that opens.
	tidyDelay = 30 * time.Second
)

// opened notes that the page's article is read now, once the page stands.
func (k *keeper) opened(ctx context.Context) {
	if k.route.Slug != "" {
		_ = k.device.Opened(ctx, k.route.Slug) // without it the article only counts as older
	}
}

// place is where the reader was in the page's article, if they have just come back to it.
func (k *keeper) place(ctx context.Context) (at replica.Place) {
	if k.route.Slug != "" && browser.Untouched() {
		at, _ = k.device.Place(ctx, k.route.Slug) // zero without it
	}
	return at
}

// titled adds to a list the saved articles that it does not have: own notes are listed
// under the title of what they are about, also for who has never opened the list.
func (k *keeper) titled(ctx context.Context, list []article.Summary, saved map[string]bool) []article.Summary {
	for slug := range saved {
		if slices.ContainsFunc(list, func(a article.Summary) bool { return a.Slug == slug }) {
			continue
		}
		if a, err := k.device.Article(ctx, slug); err == nil {
			list = append(list, article.Summary{Slug: slug, Title: a.Revision.Title})
		}
	}
	return list
}

// tidy removes old articles and returns how many.
func (k *keeper) tidy(ctx context.Context) int {
	gone, err := k.device.Evict(ctx, replica.Keep{Since: browser.Now().Add(-mostAge), Most: mostArticles, Open: k.route.Slug})
	if err != nil {
		return 0 // it is tried again with the next page
	}
	return len(gone)
}

// makeRoom removes every article that nothing unsent is about, since the reader
// asked for it, and stores what waited for room.
func (k *keeper) makeRoom(ctx context.Context) {
	gone, err := k.device.Evict(ctx, replica.Keep{Open: k.route.Slug})
	if err != nil {
		k.send(state.Queued{Err: err})
		return
	}
	k.store(ctx)
	k.send(state.RoomMade{Articles: len(gone)})
}

// room tells how much room there is, after asking the browser to keep the store
// if ask says so.
func (k *keeper) room(ctx context.Context, ask bool) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if ask {
		_ = browser.Persist(ctx) // the browser may say no, or nothing
	}
	used, quota, kept, _ := browser.Estimate(ctx) // zero where the browser does not say
	full := errors.Is(k.device.Probe(ctx), replica.ErrFull)
	k.send(state.RoomKnown{Room: state.Room{Used: used, Quota: quota, Kept: kept, Full: full}})
}

// exportUnsent offers what only this device has as a file, what was typed and not
// stored too.
func (k *keeper) exportUnsent(ctx context.Context) {
	data, count, err := k.device.Export(ctx, k.drafts.unsaved()...)
	if err == nil && count > 0 {
		err = browser.Download("unsent-notes.json", "application/json", data)
	}
	k.send(state.Exported{Count: count, Err: err})
}

// takeIn takes in the file that was chosen.
func (k *keeper) takeIn(ctx context.Context) {
	var got replica.Imported
	// One byte more than the limit is refused as too large.
	data, err := browser.ChosenFile(ctx, "take-in", replica.MaxFileBytes+1)
	if err == nil {
		got, err = k.device.Import(ctx, data)
	}
	k.send(state.Taken{Got: got, Err: err})
}

// erase removes everything from this device, and starts the app anew as nobody's.
// Without a network the session is given up with the next connection.
func (k *keeper) erase(ctx context.Context) {
	k.drafts.close()
	if err := k.device.Erase(ctx); err != nil {
		k.drafts.open()
		k.send(state.Erased{Err: err})
		return
	}
	browser.SetLooks("")
	k.windows.erased()
	_ = leave(ctx, k.device)
	browser.Go("/")
}

// wiped follows another window that has erased the device: what was typed in this
// one, and perhaps stored after that, goes too.
func (k *keeper) wiped(ctx context.Context) {
	for _, id := range k.drafts.close() {
		_ = k.device.EraseDraft(ctx, id) // a device that takes no writes has none
	}
	k.send(state.Wiped{})
}

// leave gives up the session of a device that was erased.
func leave(ctx context.Context, device *replica.Replica) error {
	if err := (browser.Transport{}).SignOut(ctx); err != nil {
		return err
	}
	return device.Left(ctx)
}
