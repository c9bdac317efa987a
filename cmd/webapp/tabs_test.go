//go:build !js

package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// tab opens another tab of the reader's browser, in front of the others.
func (r *reader) tab() *reader {
	r.t.Helper()
	ctx, stop := chromedp.NewContext(r.ctx)
	other := &reader{t: r.t, house: r.house, profile: r.profile, ctx: ctx, cancel: stop}
	other.quiet = r.quiet
	other.watch()
	r.t.Cleanup(other.settleUp)
	return other
}

// front brings the tab before the reader's eyes.
func (r *reader) front() {
	r.t.Helper()
	call(r, page.BringToFront, cdp.Empty{})
	r.wait("the tab in front", `document.visibilityState === "visible"`)
}

// formText is what stands in the open form's note.
const formText = `document.querySelector("form.composer textarea")?.value`

const openElsewhere = `!!document.querySelector("form.composer [data-draft=elsewhere]")`

// TestDraftIsOpenInOneTabAtATime writes one draft in two tabs: every word is in
// it, whichever tab it was typed in, and it is posted once.
func TestDraftIsOpenInOneTabAtATime(t *testing.T) {
	h := openHouse(t)
	a := openReader(t, h)
	a.open("/a/" + ferry)
	a.settled()
	a.annotate(claim)
	a.write(civil, source)
	a.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)

	b := a.tab()
	b.open("/a/" + ferry)
	if value[bool](b, `!!document.querySelector("form.composer")`) {
		t.Error("the second tab opened the draft that the first has open")
	}
	b.open("/me")
	b.click("a", "Resume")
	b.wait("the news that it is open", openElsewhere)
	if got := value[bool](b, `document.querySelector("form.composer").innerText.includes(`+quote(civil)+`)`); !got {
		t.Error("the second tab does not show what is written")
	}

	a.front()
	a.fill("Note", " And more.")
	b.front() // nothing has been waited for: the first tab is asked for it
	b.click("button", "Take over")
	b.wait("the words of both", formText+` === `+quote(civil+" And more."))
	a.wait("the first tab to let go", openElsewhere)
	b.fill("Note", " And an end.")
	b.decision("publish")
	id := b.post()
	b.state(id, "published")
	a.front()
	a.wait("the form of the first tab to close", `!document.querySelector("form.composer")`)
	a.state(id, "published")
	if got := h.published(ferry); !slices.Equal(got, []string{id}) {
		t.Errorf("the server has %v, want %s once", got, id)
	}
	if got := value[string](a, `document.querySelector('[data-annotation-id="`+id+`"]').innerText`); !strings.Contains(got, civil+" And more. And an end.") {
		t.Errorf("the note says %q", got)
	}
}

// TestTwoTabsOfflineThenOnline writes in two tabs without a network. One of them
// is closed before it comes back: the other sends everything.
func TestTwoTabsOfflineThenOnline(t *testing.T) {
	h := openHouse(t)
	a := openReader(t, h)
	a.open("/a/" + ferry)
	a.settled()
	b := a.tab()
	b.open("/a/" + ferry)
	b.silence()
	a.offline()
	b.run(`window.dispatchEvent(new Event("offline"))`)
	var ids []string
	for _, r := range []*reader{a, b, a, b} {
		r.front()
		r.annotate(claim)
		r.write(civil, source)
		r.decision("publish")
		ids = append(ids, r.post())
		r.pending(len(ids)) // those of the other tab too
	}
	a.front()
	a.annotate("212 were cancelled")
	a.write("Left in the form.", "")
	a.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	call(a, page.Close, cdp.Empty{})
	b.front()
	b.online()
	b.pending(0)
	for _, id := range ids {
		b.state(id, "published")
	}
	got := h.published(ferry)
	slices.Sort(ids)
	slices.Sort(got)
	if !slices.Equal(got, ids) {
		t.Errorf("the server has %v, want %v", got, ids)
	}
	b.open("/a/" + ferry) // the closed tab's draft is free
	b.wait("its draft", formText+` === "Left in the form."`)
}
