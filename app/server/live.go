package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"marginalia/app/replica"
	"marginalia/app/store"
)

const (
	// lookEvery is how often a followed feed is looked at: another process may have
	// written to it.
	lookEvery = time.Second
	// eventRows and eventBytes bound one event.
	eventRows  = 100
	eventBytes = 64 << 10
)

// live knows who follows which article, and looks whether its feed has grown: one
// look for all who follow it.
type live struct {
	store store.Store
	ended chan struct{}

	mu      sync.Mutex
	over    bool                // ended is closed
	by      map[string]*watched // by slug
	open    int                 // streams
	clients map[string]int      // streams by client
	most    int
	each    int
}

// watched is the feed of one article that somebody follows.
type watched struct {
	slug    string
	streams int // guarded by live.mu
	wake    chan struct{}
	stop    context.CancelFunc

	mu    sync.Mutex
	head  int64
	grown chan struct{} // closed when head moves, and replaced
	last  liveEvent     // the newest, which most are waiting for
}

// liveEvent is a page of a feed as it goes out.
type liveEvent struct {
	since, cursor int64
	data          []byte // JSON of livePage
}

// livePage is a page of the feed with the cursor that it follows.
type livePage struct {
	Since int64 `json:"since"`
	replica.Changes
}

func newLive(st store.Store) *live {
	return &live{store: st, ended: make(chan struct{}), by: map[string]*watched{}, clients: map[string]int{}}
}

// EndStreams ends all live streams and refuses new ones, for a server that is to
// stop: it would wait for them otherwise.
func (s *Server) EndStreams() {
	s.live.mu.Lock()
	defer s.live.mu.Unlock()
	if !s.live.over {
		s.live.over = true
		close(s.live.ended)
	}
}

// enter lets a client have another stream, or refuses it. What it returns gives
// the place back.
func (l *live) enter(client string) (leave func(), err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.over:
		return nil, tooMany(http.StatusServiceUnavailable, "The server is about to stop.", 5)
	case l.open >= l.most:
		return nil, tooMany(http.StatusServiceUnavailable, "Too many readers follow articles at this moment. Ask for the feed instead.", 60)
	case client != "" && l.clients[client] >= l.each:
		return nil, tooMany(http.StatusTooManyRequests, "Too many live streams from this address. Ask for the feed instead.", 60)
	}
	l.open++
	if client != "" {
		l.clients[client]++
	}
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.open--
		if l.clients[client]--; l.clients[client] <= 0 {
			delete(l.clients, client)
		}
	}, nil
}

func tooMany(status int, detail string, retry int) error {
	return &httpError{status: status, title: http.StatusText(status), detail: detail, retry: retry}
}

// count is the number of open streams.
func (l *live) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.open
}

// watch begins to look at the feed of an article, which is at head, or joins those
// who do. What it returns ends that.
func (l *live) watch(slug string, head int64) (w *watched, leave func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w = l.by[slug]
	if w == nil {
		ctx, stop := context.WithCancel(context.Background())
		w = &watched{slug: slug, wake: make(chan struct{}, 1), stop: stop, head: head, grown: make(chan struct{})}
		l.by[slug] = w
		go w.run(ctx, l.store)
	}
	w.streams++
	return w, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if w.streams--; w.streams == 0 {
			w.stop()
			delete(l.by, slug)
		}
	}
}

// kick has the feed of an article looked at now: this process wrote to it.
func (l *live) kick(slug string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w := l.by[slug]; w != nil {
		select {
		case w.wake <- struct{}{}:
		default:
		}
	}
}

// run looks at the feed until ctx ends. A look that fails is followed by another.
func (w *watched) run(ctx context.Context, st store.Store) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-w.wake:
		}
		page, err := headOf(ctx, st, w.slug)
		if err != nil {
			continue
		}
		w.mu.Lock()
		if page.Cursor != w.head {
			w.head = page.Cursor
			close(w.grown)
			w.grown = make(chan struct{})
		}
		w.mu.Unlock()
	}
}

// next is what the feed says after since. If that is nothing, ok is false and more
// is closed when there is something.
func (w *watched) next(ctx context.Context, st store.Store, since int64) (e liveEvent, ok bool, more <-chan struct{}, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if since >= w.head {
		return e, false, w.grown, nil
	}
	if w.last.since == since && w.last.cursor == w.head && w.last.data != nil {
		return w.last, true, nil, nil
	}
	page, _, err := readFeed(ctx, st, w.slug, since, eventRows, eventBytes)
	if err != nil {
		return e, false, nil, err
	}
	e = liveEvent{since: since, cursor: page.Cursor}
	if e.data, err = json.Marshal(livePage{Since: since, Changes: page}); err != nil {
		return e, false, nil, fmt.Errorf("feed of %s: %w", w.slug, err)
	}
	w.last = e
	return e, true, nil, nil
}

// text is the event as text/event-stream.
func (e liveEvent) text() []byte {
	b := append([]byte("id: "), strconv.FormatInt(e.cursor, 10)...)
	b = append(append(b, "\ndata: "...), e.data...)
	return append(b, "\n\n"...)
}
