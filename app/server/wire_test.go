package server

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/store"
	"marginalia/app/store/memory"
)

// wire is a device's way to a server, with every byte on the connection counted:
// bodies, headers and all.
type wire struct {
	t      testing.TB
	url    string
	client *http.Client
	in     atomic.Int64
	out    atomic.Int64
}

type countedConn struct {
	net.Conn
	w *wire
}

func (c countedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.w.in.Add(int64(n))
	return n, err
}

func (c countedConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.w.out.Add(int64(n))
	return n, err
}

func newWire(t testing.TB, url string) *wire {
	w := &wire{t: t, url: url}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, addr)
		return countedConn{c, w}, err
	}
	w.client = &http.Client{Jar: jar, Transport: &http.Transport{DialContext: dial, DisableCompression: true}}
	t.Cleanup(w.client.CloseIdleConnections)
	return w
}

// moved is how many bytes went over the wire, both ways, since the last call.
func (w *wire) moved() (in, out int64) { return w.in.Swap(0), w.out.Swap(0) }

func (w *wire) do(ctx context.Context, method, path string, body, into any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	var packed bytes.Buffer // as the app does
	pack := gzip.NewWriter(&packed)
	pack.Write(data)
	pack.Close()
	r, err := http.NewRequestWithContext(ctx, method, w.url+path, &packed)
	if err != nil {
		return err
	}
	r.Header.Set("Content-Encoding", "gzip")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept-Encoding", "br")
	res, err := w.client.Do(r)
	if err != nil {
		return fmt.Errorf("%w: %w", replica.ErrOffline, err)
	}
	defer res.Body.Close()
	from := io.Reader(res.Body)
	if res.Header.Get("Content-Encoding") == "br" {
		from = brotli.NewReader(from)
	}
	got, err := io.ReadAll(from)
	if err != nil || res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s = %s %v %s", method, path, res.Status, err, got)
	}
	return json.Unmarshal(got, into)
}

func (w *wire) Sync(ctx context.Context, r replica.Request) (a replica.Answer, err error) {
	return a, w.do(ctx, "POST", "/api/v1/sync", r, &a)
}

func (w *wire) Article(ctx context.Context, slug, revision string) (a article.Article, err error) {
	return a, w.do(ctx, "GET", "/api/v1/articles/"+slug+"/revisions/"+revision, nil, &a)
}

func (w *wire) Notes(ctx context.Context, slug string, since int64) (c replica.Changes, err error) {
	return c, w.do(ctx, "GET", fmt.Sprintf("/api/v1/articles/%s/notes?since=%d", slug, since), nil, &c)
}

// busy is a server with an article of n notes.
func busy(t testing.TB, n int) (st store.Store, rev article.Revision, url string) {
	t.Helper()
	st = memory.New()
	var blocks []article.Block
	for _, p := range long() {
		blocks = append(blocks, article.Block{Kind: article.Paragraph, Text: p})
	}
	rev, err := article.NewRevision("Night buses", "en", blocks, time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Import(t.Context(), st, slug, rev); err != nil {
		t.Fatal(err)
	}
	crowd(t, st, rev, slug, n, 1)
	s, err := New(Config{Store: st, Policy: moderation.DefaultPolicy(), URL: base})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return st, rev, srv.URL
}

func openDevice() *replica.Replica {
	n := byte(0)
	return replica.Open(replica.NewMemoryStore(), time.Now, func() string {
		n++
		return annotation.NewID(time.Now(), [10]byte{9: n})
	})
}

// TestLaterSyncIsSmall: on an article of 5,000 notes, a sync that brings 10 changes
// moves less than 10 KB, whichever way they go.
func TestLaterSyncIsSmall(t *testing.T) {
	const most = 10_000
	st, rev, url := busy(t, 5000)
	w, d := newWire(t, url), openDevice()
	round := func(want int) (moved int64) {
		t.Helper()
		res, err := d.Round(t.Context(), w, []string{slug})
		if err != nil {
			t.Fatal(err)
		}
		if res.Received != want {
			t.Errorf("%d rows came, want %d", res.Received, want)
		}
		in, out := w.moved()
		return in + out
	}
	round(5001)
	if notes, err := d.Notes(t.Context(), slug); err != nil || len(notes) != 5000 {
		t.Fatalf("after the first sync %d notes are here, %v, want 5,000", len(notes), err)
	}
	if moved := round(0); moved > 2000 {
		t.Errorf("a sync with no news moved %d bytes", moved)
	}
	crowd(t, st, rev, slug, 10, 50_000)
	moved := round(10)
	t.Logf("10 changes of others: %d bytes", moved)
	if moved > most {
		t.Errorf("a sync of 10 changes of others moved %d bytes, want at most %d", moved, most)
	}
	random := rand.New(rand.NewPCG(5, 6))
	for range 10 {
		id := annotation.NewID(time.Now(), [10]byte{byte(random.IntN(255)), byte(random.IntN(255))})
		draft := replica.DraftNote{
			ID: id, Kind: replica.NewNote, Article: slug, Revision: rev.ID, Stance: annotation.Dispute, Text: prose(random, 35),
			Sources: []annotation.Source{{URL: "https://example.org/report", Passage: prose(random, 12)}},
		}
		target := annotation.Target{Source: slug, State: &annotation.State{Type: "TimeState", Cached: rev.ID}}
		if _, err := d.Post(t.Context(), draft, target, moderation.Verdict{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Round(t.Context(), w, []string{slug}); err != nil {
		t.Fatal(err)
	}
	in, out := w.moved()
	t.Logf("10 own notes: %d bytes up, %d down", out, in)
	if in+out > most {
		t.Errorf("a sync of 10 own notes moved %d bytes, want at most %d", in+out, most)
	}
}

// BenchmarkFirstSync is a device's first sync of an article with 5,000 notes: what
// goes over the wire and how long it takes, on a server that has sent the same
// before, as for every reader but the first.
func BenchmarkFirstSync(b *testing.B) {
	_, _, url := busy(b, 5000)
	first := func() (in, out int64) {
		w := newWire(b, url)
		if _, err := openDevice().Round(b.Context(), w, []string{slug}); err != nil {
			b.Fatal(err)
		}
		return w.moved()
	}
	first()
	var in, out int64
	for b.Loop() {
		in, out = first()
	}
	b.ReportMetric(float64(in), "B-down")
	b.ReportMetric(float64(out), "B-up")
}

// BenchmarkLaterSync is a sync that brings 10 changes on such an article.
func BenchmarkLaterSync(b *testing.B) {
	st, rev, url := busy(b, 5000)
	w, d := newWire(b, url), openDevice()
	round := func() {
		if _, err := d.Round(b.Context(), w, []string{slug}); err != nil {
			b.Fatal(err)
		}
	}
	round()
	w.moved()
	n := 0
	for b.Loop() {
		b.StopTimer()
		n++
		crowd(b, st, rev, slug, 10, 50_000+10*n)
		b.StartTimer()
		round()
	}
	in, out := w.moved()
	b.ReportMetric(float64(in)/float64(n), "B-down/op")
	b.ReportMetric(float64(out)/float64(n), "B-up/op")
}
