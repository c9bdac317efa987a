package server

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"marginalia/app/replica"
)

// event is one event of a stream, or a comment.
type event struct {
	id   string
	page livePage
	beat bool
}

// pipe is a response that passes on what is written to it, event by event.
type pipe struct {
	header http.Header
	lines  chan string
	mu     sync.Mutex
	status int
}

func newPipe() *pipe { return &pipe{header: http.Header{}, lines: make(chan string, 1000)} }

func (p *pipe) Header() http.Header { return p.header }

func (p *pipe) WriteHeader(status int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status = status
}

func (p *pipe) Write(b []byte) (int, error) {
	p.lines <- string(b)
	return len(b), nil
}

// follow starts a stream. It is to be called in a synctest bubble.
func (h *house) follow(lastID, address string) (p *pipe, leave func()) {
	ctx, cancel := context.WithCancel(h.t.Context())
	r := httptest.NewRequest("GET", base+"/api/v1/articles/"+slug+"/events", nil).WithContext(ctx)
	r.RemoteAddr = address
	if lastID != "" {
		r.Header.Set("Last-Event-ID", lastID)
	}
	p = newPipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.srv.ServeHTTP(p, r)
		close(p.lines)
	}()
	return p, func() { cancel(); <-done }
}

// next is the next event or beat of a stream.
func (p *pipe) next(t *testing.T) event {
	t.Helper()
	select {
	case text, ok := <-p.lines:
		if !ok {
			t.Fatal("the stream has ended")
		}
		return parse(t, text)
	case <-time.After(time.Minute):
		t.Fatal("nothing comes within a minute")
	}
	return event{}
}

func parse(t *testing.T, text string) (e event) {
	t.Helper()
	for line := range strings.Lines(text) {
		field, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch field {
		case "id":
			e.id = value
		case "data":
			if err := json.Unmarshal([]byte(value), &e.page); err != nil {
				t.Fatal(err)
			}
		case ":":
			e.beat = true
		}
	}
	return e
}

const reader = "203.0.113.7:4000"

func TestEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openHouse(t)
		start := h.feed(0).Cursor
		stream, leave := h.follow("", reader)
		defer leave()
		if e := stream.next(t); e.id != strconv.FormatInt(start, 10) || stream.header.Get("Content-Type") != "text/event-stream; charset=utf-8" || stream.header.Get("Cache-Control") != "no-store" {
			t.Errorf("the stream begins with %+v, %v, want the cursor %d", e, stream.header, start)
		}
		d := h.device()
		before := time.Now()
		id := h.id()
		d.one(h.put(id, question, ""))
		e := stream.next(t)
		if took := time.Since(before); took > 0 {
			t.Errorf("a note of this process comes after %v, want at once", took)
		}
		if e.page.Since != start || e.page.Cursor != start+1 || e.id != strconv.FormatInt(start+1, 10) || len(e.page.Changes.Changes) != 1 || e.page.Changes.Changes[0].Annotation.ID != id || e.page.Revision != h.rev.ID {
			t.Errorf("event = %+v, want the note", e)
		}
		before = time.Now()
		h.publish(slug, "Another process corrects the article.")
		if e = stream.next(t); e.page.Cursor <= start+1 || time.Since(before) > 2*time.Second {
			t.Errorf("what another process wrote comes after %v: %+v", time.Since(before), e)
		}
		if e = stream.next(t); !e.beat {
			t.Errorf("a stream with nothing to say says %+v", e)
		}
		// Who comes back with a cursor gets what was missed, in one piece.
		back, leaveToo := h.follow(strconv.FormatInt(start, 10), reader)
		defer leaveToo()
		back.next(t)
		if e := back.next(t); e.page.Since != start || e.page.Cursor != h.feed(0).Cursor || e.page.Changes.Changes[0].Annotation.ID != id {
			t.Errorf("after coming back = %+v, want all since %d", e, start)
		}
	})
}

// TestEventsShowWhatIsPublic: what waits for a moderator is nobody's news.
func TestEventsShowWhatIsPublic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openHouse(t)
		stream, leave := h.follow("", reader)
		defer leave()
		stream.next(t)
		d := h.device()
		offTopic := "My tomatoes grew nicely again during this summer although rain came rather late in the garden."
		held := h.put(h.id(), offTopic, "")
		if o := d.one(held); o.State != replica.Held {
			t.Fatalf("outcome = %s, want held", o.State)
		}
		if e := stream.next(t); !e.beat {
			t.Errorf("a held note makes the event %+v", e)
		}
	})
}

func TestEventsInPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openHouse(t)
		crowd(t, h.st, h.publish(slug, long()...), slug, 250, 1)
		stream, leave := h.follow("0", reader)
		defer leave()
		stream.next(t)
		cursor, rows := int64(0), 0
		for cursor < h.feed(0).Cursor {
			e := stream.next(t)
			if e.page.Since != cursor || len(e.page.Changes.Changes) > eventRows {
				t.Fatalf("event after %d = since %d with %d rows", cursor, e.page.Since, len(e.page.Changes.Changes))
			}
			cursor, rows = e.page.Cursor, rows+len(e.page.Changes.Changes)
		}
		if rows != 252 {
			t.Errorf("%d rows came, want 252", rows)
		}
	})
}

func TestStreamLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openHouse(t, func(c *Config) { c.Limits = Limits{Streams: 4, StreamsPerClient: 2} })
		var leaves []func()
		open := func(address string, want int) {
			t.Helper()
			p, leave := h.follow("", address)
			leaves = append(leaves, leave)
			synctest.Wait()
			p.mu.Lock()
			defer p.mu.Unlock()
			if got := max(p.status, 200); got != want {
				t.Errorf("a stream for %s = %d, want %d", address, got, want)
			}
			if want != 200 && p.header.Get("Retry-After") == "" {
				t.Errorf("a refusal of %s has no Retry-After", address)
			}
		}
		open("203.0.113.1:1", 200)
		open("203.0.113.1:2", 200)
		open("203.0.113.1:3", 429)
		open("203.0.113.2:1", 200)
		open("127.0.0.1:1", 200)
		open("203.0.113.3:1", 503)
		leaves[0]()
		open("203.0.113.1:4", 200)
		h.srv.EndStreams()
		synctest.Wait()
		if n := h.srv.live.count(); n != 0 {
			t.Errorf("%d streams go on after EndStreams", n)
		}
		open("203.0.113.4:1", 503)
		for _, leave := range leaves {
			leave()
		}
	})
}

func TestEventsRefuse(t *testing.T) {
	h := openHouse(t)
	for path, want := range map[string]int{"/api/v1/articles/nowhere/events": 404, "/api/v1/articles/" + slug + "/events?since=x": 400} {
		wantProblem(t, h.device().request("GET", path, ""), want)
	}
}

// TestEventsOverHTTP has a real connection outlive the time for requests.
func TestEventsOverHTTP(t *testing.T) {
	h := openHouse(t)
	srv := httptest.NewUnstartedServer(h.srv)
	srv.Config.ReadTimeout = 50 * time.Millisecond
	srv.Config.WriteTimeout = 50 * time.Millisecond
	srv.Config.RegisterOnShutdown(h.srv.EndStreams)
	srv.Start()
	defer srv.Close()
	res, err := http.Get(srv.URL + "/api/v1/articles/" + slug + "/events?since=0")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	in := bufio.NewScanner(res.Body)
	in.Buffer(nil, 1<<20)
	until := func(prefix string) string {
		t.Helper()
		for in.Scan() {
			if strings.HasPrefix(in.Text(), prefix) {
				return in.Text()
			}
		}
		t.Fatalf("the stream ends before %q: %v", prefix, in.Err())
		return ""
	}
	until("data: ") // what was there; the look for more comes after the time for requests
	crowd(t, h.st, h.rev, slug, 1, 1)
	if got := until("data: "); !strings.Contains(got, fmt.Sprintf(`"cursor":%d`, h.feed(0).Cursor)) {
		t.Errorf("event = %s", got)
	}
	if err := srv.Config.Shutdown(t.Context()); err != nil {
		t.Errorf("Shutdown with an open stream: %v", err)
	}
}
