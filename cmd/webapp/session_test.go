//go:build !js

package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
)

// TestSessionEndsOffline loses the reader's session while notes wait. They go out
// once, under the next session. The older note stays the reader's on this device
// and as it was for others: an edit of it is refused with its text kept.
func TestSessionEndsOffline(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.settled()
	r.annotate(claim)
	r.write(civil, source)
	r.decision("publish")
	before := r.post()
	r.state(before, "published")

	r.offline()
	var waiting []string
	for range 2 {
		r.annotate("212 were cancelled")
		r.write(civil, source)
		r.decision("publish")
		waiting = append(waiting, r.post())
	}
	r.pending(2)
	r.click(`[data-annotation-id="`+before+`"] button`, "Edit")
	r.wait("the form", visible(`form[aria-label="Edit note"]`))
	r.fill("Note", " Edited on the train.")
	r.decision("publish")
	r.click("form.composer button", "Post")
	r.pending(3)
	call(r, network.ClearBrowserCookies, cdp.Empty{})
	r.online()
	r.pending(0)

	for _, id := range waiting {
		r.state(id, "published")
	}
	r.state(before, "rejected")
	if got := value[string](r, `document.querySelector('[data-annotation-id="`+before+`"]').innerText`); !strings.Contains(got, "Edited on the train.") {
		t.Errorf("the refused edit is gone: %q", got)
	}
	r.wait("the reason", `document.querySelector('[data-annotation-id="`+before+`"]').innerText.includes("in a session that has ended")`)
	got, want := h.published(ferry), append(waiting, before)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the server has %v, want %v once each", got, want)
	}
	r.open("/me")
	for _, id := range want {
		r.wait("own note "+id, visible(`[data-annotation-id="`+id+`"]`))
	}
}
