//go:build js && wasm

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"marginalia/app/browser"
	"marginalia/app/replica"
)

// live follows the feed of the page's article while the page is in sight. What it
// hears it takes in; where something is missing it has a round bring it. While
// there is no stream the syncer's rounds are all there is.
type live struct {
	device *replica.Replica
	slug   string
	reload func()
	kick   func()
	turns  chan struct{} // the page was hidden or came into sight
	on     atomic.Bool

	mu   sync.Mutex
	left bool   // the page was left, perhaps to be kept for going back
	stop func() // ends the stream; nil when there is none
}

func newLive(device *replica.Replica, slug string, reload, kick func()) *live {
	return &live{device: device, slug: slug, reload: reload, kick: kick, turns: make(chan struct{}, 1)}
}

// turn says that the page was hidden or came into sight.
func (l *live) turn() { ask(l.turns) }

// leave ends the stream at once: a page that holds one may not be kept for going
// back. It runs on the event loop.
func (l *live) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left = true
	l.end()
}

// back says that the reader has gone back to the page.
func (l *live) back() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left = false
	l.turn()
}

// end ends the stream, with the mutex held.
func (l *live) end() {
	if l.stop != nil {
		l.stop()
		l.stop = nil
	}
}

// wanted reports whether there is somebody to tell news.
func (l *live) wanted() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.left && browser.Visible()
}

// up reports whether news come by themselves at this moment.
func (l *live) up() bool { return l.on.Load() }

func (l *live) run(ctx context.Context) {
	if l.slug == "" {
		return
	}
	var backoff replica.Backoff
	for ctx.Err() == nil {
		if !l.wanted() {
			<-l.turns
			continue
		}
		opened := l.follow(ctx)
		if !l.wanted() {
			continue
		}
		if opened {
			backoff = replica.Backoff{}
			l.kick() // what came while the stream broke; from here on rounds are denser
		}
		l.rest(backoff.Next(random32()))
		backoff.Attempt++
	}
}

// rest waits before the next attempt, less when the page comes into sight.
func (l *live) rest(wait time.Duration) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-l.turns:
	}
}

// follow hears the stream until it breaks or the page is hidden, and reports
// whether there was one.
func (l *live) follow(ctx context.Context) (opened bool) {
	if whole, err := l.device.Whole(ctx, l.slug); err != nil || !whole {
		return false // the first round is still reading
	}
	since, err := l.device.Cursor(ctx, l.slug)
	if err != nil {
		return false
	}
	open, ended := make(chan struct{}, 1), make(chan struct{}, 1)
	events := make(chan []byte, 64)
	path := fmt.Sprintf("/api/v1/articles/%s/events?since=%d", l.slug, since)
	hear := func(data []byte) {
		select {
		case events <- data:
		default:
			ask(ended) // too much at once: come back with what was taken in
		}
	}
	if !l.begin(path, func() { ask(open) }, hear, func() { ask(ended) }) {
		return false
	}
	defer l.close()
	for {
		select {
		case <-open:
			opened = true
			l.on.Store(true)
		case data := <-events:
			l.hear(ctx, data)
		case <-ended:
			return opened
		case <-l.turns:
			if !l.wanted() {
				return opened
			}
		}
	}
}

// begin opens the stream, unless the page was left meanwhile.
func (l *live) begin(path string, opened func(), heard func([]byte), ended func()) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left {
		return false
	}
	stop, err := browser.Stream(path, opened, heard, ended)
	if err != nil {
		return false
	}
	l.stop = func() {
		stop()
		ended()
	}
	return true
}

func (l *live) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.on.Store(false)
	l.end()
}

// hear takes in one event.
func (l *live) hear(ctx context.Context, data []byte) {
	var e struct {
		Since int64 `json:"since"`
		replica.Changes
	}
	if err := json.Unmarshal(data, &e); err != nil {
		l.kick()
		return
	}
	res, err := l.device.Hear(ctx, l.slug, e.Since, e.Changes)
	switch {
	case err != nil:
		l.kick()
	case res.Received > 0:
		l.reload()
	}
}
