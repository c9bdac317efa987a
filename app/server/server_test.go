package server

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/store"
	"marginalia/app/store/memory"
)

const (
	slug  = "night-buses"
	other = "school-meals"
	base  = "https://notes.example"
	claim = "carried 4,100 people"
)

// house is a server with two articles in a store of its own.
type house struct {
	t   *testing.T
	srv *Server
	st  store.Store
	log *lockedBuffer
	rev article.Revision

	mu  sync.Mutex
	now time.Time
	ids byte
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func openHouse(t *testing.T, change ...func(*Config)) *house {
	t.Helper()
	h := &house{t: t, st: memory.New(), log: new(lockedBuffer), now: time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)}
	c := Config{
		Store: h.st, Policy: moderation.DefaultPolicy(), URL: base, Now: h.clock,
		Logger: slog.New(slog.NewTextHandler(h.log, nil)), Assets: testAssets(),
	}
	for _, f := range change {
		f(&c)
	}
	srv, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	h.srv = srv
	h.rev = h.publish(slug, "The night buses "+claim+" in October.", "Drivers ask for a longer break at the harbour.")
	h.publish(other, "Every school serves a warm meal.")
	return h
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// publish makes paragraphs the newest revision of an article.
func (h *house) publish(slug string, paragraphs ...string) article.Revision {
	h.t.Helper()
	blocks := []article.Block{{Kind: article.Heading, Level: 1, Text: "Night buses"}}
	for _, p := range paragraphs {
		blocks = append(blocks, article.Block{Kind: article.Paragraph, Text: p})
	}
	rev, err := article.NewRevision("Night buses", "en", blocks, h.clock())
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := Import(h.t.Context(), h.st, slug, rev); err != nil {
		h.t.Fatal(err)
	}
	return rev
}

func testAssets() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"tokens.css": file(":root{}"), "marginalia.css": file(strings.Repeat("a{color:red}", 200)),
		"loader.js": file("// loader"), "dom.js": file("// dom"), "sw.js": file("// worker"),
		"icons.svg": file(`<svg xmlns="http://www.w3.org/2000/svg"><symbol id="i-x"/></svg>`),
		"icon.svg":  file("<svg/>"), "icon-192.png": file("png"), "manifest.webmanifest": file("{}"),
		"dist/app.wasm": file("\x00asm" + strings.Repeat("w", 500)), "dist/wasm_exec.js": file("// exec"),
		"dist/.placeholder": file(""),
	}
}

// id makes a new UUIDv7.
func (h *house) id() string {
	h.ids++
	return annotation.NewID(h.now, [10]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, h.ids})
}

// device is a browser with its own cookie.
type device struct {
	*house
	cookie string
}

func (h *house) device() *device { return &device{house: h} }

// request sends one request and keeps the cookie that comes back.
func (d *device) request(method, path, body string, header ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(method, base+path, strings.NewReader(body))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	if d.cookie != "" {
		r.Header.Set("Cookie", d.cookie)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	d.srv.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		d.cookie = c.Name + "=" + c.Value
	}
	return w
}

// send syncs changes, which are marshalled, and wants an answer.
func (d *device) send(changes ...any) replica.Answer {
	d.t.Helper()
	list := make([]json.RawMessage, len(changes))
	for i, c := range changes {
		if raw, ok := c.(json.RawMessage); ok {
			list[i] = raw
			continue
		}
		list[i] = d.json(c)
	}
	w := d.request("POST", "/api/v1/sync", string(d.json(map[string]any{
		"cursors": map[string]int64{slug: 0, "not-here": 3}, "mine": 0, "changes": list,
	})))
	if w.Code != http.StatusOK {
		d.t.Fatalf("sync = %d %s", w.Code, w.Body)
	}
	var a replica.Answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		d.t.Fatal(err)
	}
	return a
}

// one syncs one change and returns its outcome.
func (d *device) one(change any) replica.Outcome {
	d.t.Helper()
	a := d.send(change)
	if len(a.Outcomes) != 1 {
		d.t.Fatalf("%d outcomes, want 1", len(a.Outcomes))
	}
	return a.Outcomes[0]
}

func (h *house) json(v any) json.RawMessage {
	h.t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		h.t.Fatal(err)
	}
	return data
}

// put is a change that posts or edits the note id with a question on the claim:
// a question needs no source, so it is published.
func (h *house) put(id, text, ifMatch string) replica.Change {
	h.t.Helper()
	return h.putNote(id, annotation.Note{Text: text, Stance: annotation.Question}, ifMatch)
}

func (h *house) putNote(id string, n annotation.Note, ifMatch string) replica.Change {
	h.t.Helper()
	start := strings.Index(h.rev.Text(), claim) // ASCII: bytes are code points
	end := start + len(claim)
	a := annotation.New(id, n, annotation.Target{
		Source: slug, State: &annotation.State{Type: "TimeState", Cached: h.rev.ID},
		Selector: []annotation.Selector{
			{Type: "TextQuoteSelector", Exact: claim},
			{Type: "TextPositionSelector", Start: &start, End: &end},
		},
	}, h.now)
	return replica.Change{ID: h.id(), Op: replica.OpPut, Article: slug, Annotation: &a, IfMatch: ifMatch}
}

// feed reads the public feed of the article.
func (h *house) feed(since int64) replica.Changes {
	h.t.Helper()
	page, err := h.st.Feed(h.t.Context(), slug, since, 1000)
	if err != nil {
		h.t.Fatal(err)
	}
	return page
}

// shown is the texts of the public notes.
func (h *house) shown() (texts []string) {
	h.t.Helper()
	for _, r := range h.feed(0).Changes {
		if r.Op == replica.RowPut {
			texts = append(texts, r.Annotation.Text())
		}
	}
	return texts
}
