//go:build !js

package main

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// back goes back in the history and waits until the page is there. It asks nothing
// meanwhile: a script that runs in a page on its way back has it thrown away.
func (r *reader) back() {
	r.t.Helper()
	there := make(chan struct{}, 1)
	ctx, cancel := context.WithTimeout(r.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Listen(ctx, func(ev any) {
		if ev, ok := ev.(*page.EventFrameNavigated); ok && ev.Frame.ParentID == "" {
			select {
			case there <- struct{}{}:
			default:
			}
		}
	}); err != nil {
		r.t.Fatal(err)
	}
	history := call(r, page.GetNavigationHistory, cdp.Empty{})
	call(r, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: history.Entries[history.CurrentIndex-1].ID})
	select {
	case <-there:
	case <-ctx.Done():
		r.t.Fatal("the page did not come back")
	}
}

// TestBackToAKeptPage leaves a page in the middle of a word, changes things
// elsewhere and goes back: the page is as it was, shows what is new, and goes on
// storing and sending.
func TestBackToAKeptPage(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	var why []string
	if err := chromedp.Listen(r.ctx, func(ev any) {
		if ev, ok := ev.(*page.EventBackForwardCacheNotUsed); ok {
			for _, e := range ev.NotRestoredExplanations {
				why = append(why, string(e.Reason))
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	call(r, page.Enable, page.EnableParams{})
	r.open("/a/" + ferry)
	r.settled()
	r.pending(0)
	r.annotate(claim)
	r.write(civil, source)
	r.run(`window.same = true; addEventListener("pageshow", (e) => { window.kept = e.persisted; })`)
	r.do(chromedp.Navigate(h.url("/me")))
	r.ready()
	r.wait("the draft, stored as the page was left", `document.querySelector("[data-draft]")?.innerText.includes(`+quote(civil)+`)`)

	// Meanwhile another device posts, and the draft is changed here.
	other := openReader(t, h)
	other.open("/a/" + ferry)
	other.annotate("212 were cancelled")
	other.write(civil, source)
	other.decision("publish")
	news := other.post()
	other.state(news, "published")

	r.back()
	r.wait("the kept page", `location.pathname.startsWith("/a/") && document.visibilityState === "visible"`)
	if !value[bool](r, `window.same === true && window.kept === true`) {
		t.Fatalf("the browser did not keep the page: %v", why)
	}
	if got := value[string](r, formText); got != civil {
		t.Errorf("the form says %q", got)
	}
	r.wait("the news", freshIs("1 new note: show it")) // it asks at once
	h.streams(2)
	r.fill("Note", " And more.")
	r.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	r.decision("publish")
	id := r.post()
	r.state(id, "published")
	r.click("aside.notes button", "1 new note: show it")
	r.state(news, "published")
	got := h.published(ferry)
	want := []string{id, news}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the server has %v, want %v", got, want)
	}
}
