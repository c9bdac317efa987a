package server

import (
	"cmp"
	"fmt"
	"net/http"
	"time"
)

const (
	// beatEvery is how often a stream with nothing to say says that it lives.
	beatEvery = 20 * time.Second
	// streamWrite is how long a client may take to read an event.
	streamWrite = 30 * time.Second
	// reconnect is how long a plain EventSource waits before it comes back.
	reconnect = 3 * time.Second
)

// handleEvents follows an article's public feed as server-sent events. The id of
// an event is the cursor behind it: who comes back with it as Last-Event-ID, or
// comes with it as since, misses nothing; who names none hears of what is new from
// now on. An event's data is a page of the feed with the cursor before it, "since".
//
// See https://html.spec.whatwg.org/multipage/server-sent-events.html
func (s *Server) handleEvents(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("slug")
	since, given, err := position(cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("since")), "Last-Event-ID")
	if err != nil {
		return err
	}
	head, err := headOf(r.Context(), s.store, slug)
	if err != nil {
		return err
	}
	if !given || since > head.Cursor {
		since = head.Cursor
	}
	client, bounded := addressKey(r)
	if !bounded {
		client = ""
	}
	leave, err := s.live.enter(client)
	if err != nil {
		return err
	}
	defer leave()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy must pass events on at once
	if r.Method == http.MethodHead {
		return nil
	}
	feed, unwatch := s.live.watch(slug, head.Cursor)
	defer unwatch()
	out := &stream{w: w, control: http.NewResponseController(w)}
	// The time to send a request is over; from here on only writing is timed.
	_ = out.control.SetReadDeadline(time.Time{})
	if out.write(fmt.Appendf(nil, "retry: %d\nid: %d\n\n", reconnect.Milliseconds(), since)) {
		s.follow(r, feed, since, out)
	}
	return nil
}

// follow sends what the feed says until the client is gone or the streams end.
func (s *Server) follow(r *http.Request, feed *watched, since int64, out *stream) {
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	for {
		e, ok, more, err := feed.next(r.Context(), s.store, since)
		if err != nil {
			// The client comes back with its cursor.
			s.log.Error("live stream ends", "route", r.Pattern, "err", err)
			return
		}
		if ok {
			if !out.write(e.text()) {
				return
			}
			since = e.cursor
			continue
		}
		select {
		case <-more:
		case <-beat.C:
			if !out.write([]byte(":\n\n")) {
				return
			}
		case <-r.Context().Done():
			return
		case <-s.live.ended:
			return
		}
	}
}

// stream is a response that is written bit by bit.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

// write sends text at once; false means that the client is gone.
func (s *stream) write(text []byte) bool {
	// A writer that has no deadlines or buffers, as in a test, can do without.
	_ = s.control.SetWriteDeadline(time.Now().Add(streamWrite))
	if _, err := s.w.Write(text); err != nil {
		return false
	}
	_ = s.control.Flush()
	return true
}
