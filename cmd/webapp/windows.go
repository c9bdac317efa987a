//go:build js && wasm

package main

import (
	"context"
	"strings"
	"sync/atomic"

	"marginalia/app/browser"
	"marginalia/app/state"
)

// What windows of one browser tell each other: that the device holds something
// else than before, or nothing any more, and that one of them wants a draft that
// another has open.
const (
	changedNews = "changed"
	erasedNews  = "erased"
	wantNews    = "want "
)

// windows is this window's part in what several of one browser agree on: what
// one changes the others show, and a draft is open in one of them at a time. With
// blocked storage a window shares nothing, so there is nothing to agree on.
type windows struct {
	alone  bool
	send   func(state.Action)
	news   func()
	wiped  func()
	wanted chan string // drafts that another window wants from this one
	holds  *browser.Holds
	tabs   *browser.Tabs
	// had are, while the page is left, the drafts that it held till then: what was
	// typed in it last is stored still, but it asks for nothing.
	had   atomic.Pointer[map[string]bool]
	stale atomic.Bool // there was news while the page was out of sight
}

func newWindows(alone bool, send func(state.Action)) *windows {
	w := &windows{alone: alone, send: send, wanted: make(chan string, 16)}
	w.holds = browser.NewHolds(func(id string) { send(state.DraftElsewhere{ID: id}) })
	return w
}

// open starts to listen, at the start and after leave.
func (w *windows) open() {
	w.had.Store(nil)
	switch {
	case w.alone:
	case w.tabs == nil:
		w.tabs = browser.OpenTabs(w.hear)
	default:
		w.tabs.Open()
	}
}

// leave lets go of everything that another window may want, and that would keep
// the browser from keeping this page for going back.
func (w *windows) leave() {
	if !w.alone {
		had := w.holds.ReleaseAll()
		w.had.Store(&had)
		w.changed()
		w.tabs.Close()
	}
}

// hear runs on the event loop: it must not wait.
func (w *windows) hear(message string) {
	id, want := strings.CutPrefix(message, wantNews)
	switch {
	case want && w.holds.Has(id):
		select {
		case w.wanted <- id:
		default: // the other window does not wait for ever
		}
	case message == erasedNews:
		go w.wiped()
	case message != changedNews:
	case browser.Visible():
		w.news()
	default:
		w.stale.Store(true)
	}
}

// inSight catches up with the news that came while the page was out of sight.
func (w *windows) inSight() {
	if w.stale.Swap(false) {
		w.news()
	}
}

// changed tells the other windows that the device holds something else.
func (w *windows) changed() {
	if !w.alone {
		w.tabs.Say(changedNews)
	}
}

// erased tells the other windows that the device holds nothing any more.
func (w *windows) erased() {
	if !w.alone {
		w.tabs.Say(erasedNews)
	}
}

// try holds a draft unless another window does.
func (w *windows) try(ctx context.Context, id string) bool {
	if w.alone || w.holds.Has(id) {
		return true
	}
	if had := w.had.Load(); had != nil {
		return (*had)[id]
	}
	ok := w.holds.Try(ctx, id)
	if ok {
		w.changed()
	}
	return ok
}

// take holds a draft that another window may have open, which is asked for it.
func (w *windows) take(ctx context.Context, id string) bool {
	if w.alone {
		return true
	}
	w.tabs.Say(wantNews + id)
	ok := w.holds.Take(ctx, id)
	w.changed()
	return ok
}

// release lets a draft go.
func (w *windows) release(id string) {
	if w.alone || !w.holds.Has(id) {
		return
	}
	w.holds.Release(id)
	w.changed()
}

// elsewhere lists the drafts that are open in other windows; nil if that cannot
// be known.
func (w *windows) elsewhere(ctx context.Context) map[string]bool {
	if w.alone {
		return nil
	}
	held, err := w.holds.Elsewhere(ctx)
	if err != nil {
		return nil
	}
	return held
}
