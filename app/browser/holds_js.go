//go:build js && wasm

package browser

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"syscall/js"
	"time"
)

// handOver is how long a window that was asked for a draft may take to store
// what was typed last. One that sleeps does not answer.
const handOver = 1500 * time.Millisecond

const holdPrefix = "marginalia/draft/"

// Holds are the drafts that this window has to itself, against every other
// window of the origin, by Web Locks: they end with the page, however it ends.
// Where the browser has no locks every draft is free. See
// https://developer.mozilla.org/docs/Web/API/Web_Locks_API
type Holds struct {
	lost   func(id string)
	asking names // a window is not to be refused because of itself

	mu   sync.Mutex
	held map[string]js.Value // what resolves the promise that holds the lock
}

// NewHolds calls lost, on a goroutine of its own, when another window has taken
// a draft without waiting for this one.
func NewHolds(lost func(id string)) *Holds {
	return &Holds{lost: lost, asking: names{held: map[string]chan struct{}{}}, held: map[string]js.Value{}}
}

// Has reports whether this window holds a draft.
func (h *Holds) Has(id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, ok := h.held[id]
	return ok
}

// Try holds a draft if no other window does, and reports whether it is held.
func (h *Holds) Try(ctx context.Context, id string) bool {
	unlock, err := h.asking.lock(ctx, id)
	if err != nil {
		return false
	}
	defer unlock()
	return h.Has(id) || h.request(ctx, id, map[string]any{"ifAvailable": true})
}

// Take holds a draft that another window may have: it waits for that window to
// let it go, but not for long. It reports whether the draft is held.
func (h *Holds) Take(ctx context.Context, id string) bool {
	unlock, err := h.asking.lock(ctx, id)
	if err != nil {
		return false
	}
	defer unlock()
	if h.Has(id) {
		return true
	}
	abort := js.Global().Get("AbortController").New()
	timer := time.AfterFunc(handOver, func() { abort.Call("abort") })
	defer timer.Stop()
	return h.request(ctx, id, map[string]any{"signal": abort.Get("signal")}) ||
		h.request(ctx, id, map[string]any{"steal": true})
}

// request reports whether the lock was granted.
func (h *Holds) request(ctx context.Context, id string, options map[string]any) bool {
	locks := navigator().Get("locks")
	if !locks.Truthy() {
		return true
	}
	answered := make(chan bool, 2) // the callback's answer and, never granted, the promise's
	granted := js.FuncOf(func(_ js.Value, args []js.Value) any {
		if !args[0].Truthy() {
			answered <- false
			return nil
		}
		promise, resolve := unresolved()
		h.mu.Lock()
		h.held[id] = resolve
		h.mu.Unlock()
		answered <- true
		return promise
	})
	go func() {
		_, err := tryAwait(context.WithoutCancel(ctx), "hold", locks, "request", holdPrefix+id, options, granted)
		granted.Release()
		// A browser that refuses locks altogether keeps nobody from writing.
		answered <- err != nil && nameOf(err) != "AbortError"
		if err != nil && h.drop(id) {
			h.lost(id)
		}
	}()
	return <-answered
}

// drop forgets a draft, and reports whether it was held.
func (h *Holds) drop(id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, ok := h.held[id]
	delete(h.held, id)
	return ok
}

// Release lets a draft go; one that is not held is no error.
func (h *Holds) Release(id string) {
	h.mu.Lock()
	resolve, ok := h.held[id]
	delete(h.held, id)
	h.mu.Unlock()
	if ok {
		resolve.Invoke()
	}
}

// ReleaseAll lets every draft go, and returns which those were.
func (h *Holds) ReleaseAll() (ids map[string]bool) {
	h.mu.Lock()
	all := h.held
	h.held = map[string]js.Value{}
	h.mu.Unlock()
	ids = map[string]bool{}
	for id, resolve := range all {
		ids[id] = true
		resolve.Invoke()
	}
	return ids
}

// Elsewhere lists the drafts that other windows hold.
func (h *Holds) Elsewhere(ctx context.Context) (map[string]bool, error) {
	elsewhere := map[string]bool{}
	locks := navigator().Get("locks")
	if !locks.Truthy() {
		return elsewhere, nil
	}
	all, err := tryAwait(ctx, "query locks", locks, "query")
	if err != nil {
		return nil, fmt.Errorf("drafts elsewhere: %w", err)
	}
	held := all.Get("held")
	for i := range held.Length() {
		id, ok := strings.CutPrefix(held.Index(i).Get("name").String(), holdPrefix)
		if ok && !h.Has(id) {
			elsewhere[id] = true
		}
	}
	return elsewhere, nil
}
