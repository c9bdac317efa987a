//go:build !js

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestTakeover starts the app in the middle of a long article: what was selected
// and where the reader was must stay, and nothing may shift, from the first drawing of
// the page on, with notes beside the text and without.
func TestTakeover(t *testing.T) {
	for _, c := range []struct {
		name          string
		notes         int
		width, height int64
		at            int // the paragraph that is read
	}{
		{"without notes", 0, 1280, 900, 20},
		{"with notes", 60, 1280, 900, 20},
		{"with notes, at the top", 60, 1280, 900, 0},
		{"with notes, on a tablet", 60, 800, 1000, 20},
		{"with notes, on a phone", 60, 390, 844, 20},
		{"with notes, at the top, on a phone", 60, 390, 844, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := openHouse(t)
			if c.notes > 0 {
				h.crowd(river, c.notes, 0)
			}
			r := openReader(t, h)
			r.do(chromedp.EmulateViewport(c.width, c.height))
			call(r, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: shifts})
			r.do(chromedp.Navigate(h.url("/a/" + river)))
			if got := value[string](r, `document.documentElement.dataset.app ?? ""`); got == "ready" {
				t.Fatal("the app is up before the reader did anything")
			}
			if got := value[int](r, `document.querySelectorAll("aside.notes .note").length`); (got > 0) != (c.notes > 0) {
				t.Fatalf("the server has drawn %d notes", got)
			}
			words, top := r.readAt(c.at)
			r.ready()
			r.wait("the toolbar for what was selected", visible(`[role=toolbar][aria-label=Selection]`))
			if c.notes > 0 {
				r.wait("the paint of the notes", `(CSS.highlights.get("dispute")?.size ?? 0) > 0`)
			}
			r.drawn()
			if got := value[string](r, `getSelection().toString()`); got != words {
				t.Errorf("selected is %q, want %q as before", got, words)
			}
			if got := value[float64](r, `scrollY`); got != top {
				t.Errorf("scrolled to %v, want %v as before", got, top)
			}
			if got := value[[]string](r, `shifted`); len(got) > 0 {
				t.Errorf("the layout shifts: %q", got)
			}
		})
	}
}

// shifts is a script that notes what shifts on a page, as its cumulative layout shift
// counts it.
const shifts = `window.shifted = [];
	new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) shifted.push(e.value.toFixed(4) + " " + e.sources.map(s => [s.node?.nodeName, s.node?.className, s.previousRect.y + "→" + s.currentRect.y].join(" ")).join(", ")) })
		.observe({type: "layout-shift", buffered: true})`

// readAt goes to a paragraph and marks words in it; it returns the words and how far
// the page is scrolled.
func (r *reader) readAt(paragraph int) (words string, top float64) {
	r.t.Helper()
	if paragraph > 0 {
		r.run(fmt.Sprintf(`document.querySelectorAll("article.story > p")[%d].scrollIntoView({block: "center"})`, paragraph))
	}
	r.run(fmt.Sprintf(`const p = document.querySelectorAll("article.story > p")[%d]; getSelection().setBaseAndExtent(p.firstChild, 5, p.firstChild, 25)`, paragraph))
	return value[string](r, `getSelection().toString()`), value[float64](r, `scrollY`)
}
