package server

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/reach"
	"marginalia/app/replica"
	"marginalia/app/store"
)

// fakeWeb answers for all addresses: those with "slow" in them when the check is
// cut short only.
type fakeWeb struct {
	mu    sync.Mutex
	asked []string
}

func (w *fakeWeb) Check(ctx context.Context, address string) reach.Result {
	w.mu.Lock()
	w.asked = append(w.asked, address)
	w.mu.Unlock()
	switch {
	case strings.Contains(address, "slow"):
		<-ctx.Done()
		return reach.Result{Outcome: reach.Unreachable}
	case strings.Contains(address, "away"):
		return reach.Result{Outcome: reach.Redirected, Domain: "example.net"}
	}
	return reach.Result{Outcome: reach.Reachable}
}

func (w *fakeWeb) requests() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Sorted(slices.Values(w.asked))
}

// checking runs CheckSources until stop is called.
func checking(t *testing.T, h *house) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.srv.CheckSources(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}

func citing(text string, urls ...string) annotation.Note {
	n := annotation.Note{Text: text, Stance: annotation.Dispute}
	for _, url := range urls {
		n.Sources = append(n.Sources, annotation.Source{URL: url})
	}
	return n
}

func TestCheckSources(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		web := &fakeWeb{}
		h := openHouse(t, func(c *Config) { c.Sources = web })
		d := h.device()
		// It waits since before the server started to look.
		if out := d.one(h.putNote(h.id(), citing("The night buses carried more.", "https://bit.ly/held"), "")); out.State != replica.Held {
			t.Fatalf("outcome = %+v, want it held", out)
		}
		stop := checking(t, h)
		d.one(h.putNote(h.id(), citing("The night buses carried fewer.", "https://www.example.org/a?utm_source=x#p", "https://example.org/away", "no address"), ""))
		if out := d.one(h.putNote(h.id(), citing("You moron, kill yourself.", "https://example.org/rejected"), "")); out.State != replica.Rejected {
			t.Fatalf("outcome = %+v, want it rejected", out)
		}
		synctest.Wait()
		if got := web.requests(); len(got) != 1 {
			t.Errorf("asked for %v: a note with no address is rejected, and nothing of it is opened", got)
		}
		d.one(h.putNote(h.id(), citing("The night buses carried fewer.", "https://www.example.org/a?utm_source=x#p", "https://example.org/away"), ""))
		synctest.Wait()
		want := []string{"https://bit.ly/held", "https://example.org/away", "https://www.example.org/a"}
		if got := web.requests(); !slices.Equal(got, want) {
			t.Errorf("asked for %v, want %v", got, want)
		}
		c, err := h.st.SourceCheck(t.Context(), "https://example.org/away")
		if wantCheck := (store.SourceCheck{URL: "https://example.org/away", Outcome: "redirected", Domain: "example.net", Checked: h.clock()}); err != nil || c != wantCheck {
			t.Errorf("SourceCheck = %+v, %v, want %+v", c, err, wantCheck)
		}

		// Cited again: not before a day has passed.
		again := citing("The night buses were late.", "https://www.example.org/a")
		for _, pass := range []time.Duration{23 * time.Hour, time.Hour} {
			h.mu.Lock()
			h.now = h.now.Add(pass)
			h.mu.Unlock()
			d.one(h.putNote(h.id(), again, ""))
			synctest.Wait()
			if got, want := len(web.requests()), 3+int(1/pass.Hours()); got != want {
				t.Errorf("%v later: asked %d times, want %d", pass, got, want)
			}
		}
		stop()
		for _, secret := range []string{"example.org", "bit.ly", "night buses"} {
			if strings.Contains(h.log.String(), secret) {
				t.Errorf("the log holds %q:\n%s", secret, h.log)
			}
		}
	})
}

func TestCheckSourcesEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		web := &fakeWeb{}
		h := openHouse(t, func(c *Config) { c.Sources = web })
		stop := checking(t, h)
		h.device().one(h.putNote(h.id(), citing("The night buses carried fewer.", "https://example.org/slow"), ""))
		synctest.Wait()
		stop()
		if _, err := h.st.SourceCheck(t.Context(), "https://example.org/slow"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a check cut short is stored: %v", err)
		}
	})
}

// TestSourceQueueIsBounded wants notes taken in whatever nobody opens.
func TestSourceQueueIsBounded(t *testing.T) {
	q := newSourceQueue(&fakeWeb{})
	for i := range sourceQueueSize + 10 {
		q.add(citing("A note.", fmt.Sprintf("https://example.org/%d", i), "https://example.org/same"))
	}
	if len(q.urls) != sourceQueueSize || len(q.waiting) != sourceQueueSize {
		t.Errorf("%d addresses wait, %d known, want %d", len(q.urls), len(q.waiting), sourceQueueSize)
	}
	(*sourceQueue)(nil).add(citing("A note.", "https://example.org/a"))
	openHouse(t).srv.CheckSources(t.Context()) // returns: nothing is to be opened
}

func TestServerHasItsModels(t *testing.T) {
	h := openHouse(t)
	out := h.device().one(h.putNote(h.id(), citing("The night buses carried fewer.", "https://example.org/a"), ""))
	if out.Verdict == nil || out.Verdict.Without != nil || out.State != replica.Published {
		t.Errorf("outcome = %+v, want it published with all models", out)
	}
	stale := strings.Replace(string(moderation.DefaultPolicy()), moderation.Default().Models()["suffixes"], "sha256-"+strings.Repeat("0", 64), 1)
	h = openHouse(t, func(c *Config) { c.Policy = []byte(stale) })
	out = h.device().one(h.putNote(h.id(), citing("The night buses carried fewer.", "https://example.org/a"), ""))
	if out.Verdict == nil || !slices.Equal(out.Verdict.Without, []string{"suffixes"}) || out.State != replica.Published {
		t.Errorf("outcome = %+v, want it published without suffixes", out)
	}
	if !strings.Contains(h.log.String(), "the rules run without a model") {
		t.Errorf("the log does not say so:\n%s", h.log)
	}
}
