//go:build !js

package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
)

// freshIs is an expression: the line about new notes says that.
func freshIs(text string) string {
	return fmt.Sprintf(`document.querySelector("aside.notes .fresh")?.textContent === %s`, quote(text))
}

// streams waits until the server has so many live streams.
func (h *house) streams(n int) {
	h.t.Helper()
	until(h.t, fmt.Sprintf("%d streams", n), 30*time.Second, func() bool {
		res, err := http.Get(h.url("/metrics"))
		if err != nil {
			return false
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		return err == nil && strings.Contains(string(body), fmt.Sprintf("\nmarginalia_streams %d\n", n))
	})
}

// TestNewNotesWait has a second reader post while the first one reads: the first
// hears of it at once, nothing moves, and a press shows the note. A delete goes
// without a press.
func TestNewNotesWait(t *testing.T) {
	h := openHouse(t)
	a, b := openReader(t, h), openReader(t, h)
	a.open("/a/" + ferry)
	h.streams(1)
	a.run(`window.scrollTo(0, 300); globalThis.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) shift += e.value }).observe({ type: "layout-shift" })`)
	top := value[float64](a, `scrollY`)

	b.open("/a/" + ferry)
	b.annotate(claim)
	b.write(civil, source)
	b.decision("publish")
	id := b.post()
	b.state(id, "published")
	b.wait("no line about the own note", `!document.querySelector("aside.notes .fresh")`)

	a.wait("the line", freshIs("1 new note: show it"))
	a.wait("it said", `[...document.querySelectorAll("[role=status]")].some(e => e.textContent === "There are new notes on this article.")`)
	if n := value[int](a, `document.querySelectorAll("[data-annotation-id]").length`); n != 0 {
		t.Errorf("%d notes are shown before the reader asked", n)
	}
	if now, shift := value[float64](a, `scrollY`), value[float64](a, `shift`); now != top || shift != 0 {
		t.Errorf("the page moved: scrolled to %v from %v, layout shift %v", now, top, shift)
	}
	a.click("aside.notes button", "1 new note: show it")
	a.wait("the note", visible(`[data-annotation-id="`+id+`"]`))
	a.wait("the focus on it", fmt.Sprintf(`document.activeElement.dataset.annotationId === %q`, id))
	a.wait("no line any more", `!document.querySelector("aside.notes .fresh")`)

	b.click(`[data-annotation-id="`+id+`"] > .acts button`, "Delete")
	b.click(`[data-annotation-id="`+id+`"] > .acts button`, "Delete")
	a.wait("the note to go", `!document.querySelector("[data-annotation-id]")`)

	// A page out of sight has no stream.
	a.run(`Object.defineProperty(document, "hidden", { value: true, configurable: true }); document.dispatchEvent(new Event("visibilitychange"))`)
	h.streams(1)
	a.run(`delete document.hidden; document.dispatchEvent(new Event("visibilitychange"))`)
	h.streams(2)
}

// TestPollingWithoutStreams has every stream fail: what others write comes all the
// same, with the next round.
func TestPollingWithoutStreams(t *testing.T) {
	h := openHouse(t)
	a, b := openReader(t, h), openReader(t, h)
	a.mu.Lock()
	a.quiet = true
	a.mu.Unlock()
	blocked := "*://*:*/api/v1/articles/*/events*"
	call(a, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: blocked, Block: true}}})
	a.open("/a/" + ferry)

	b.open("/a/" + ferry)
	b.annotate(claim)
	b.write(civil, source)
	b.decision("publish")
	id := b.post()
	b.state(id, "published")

	a.wait("the line", freshIs("1 new note: show it"))
	a.click("aside.notes button", "1 new note: show it")
	a.wait("the note", visible(`[data-annotation-id="`+id+`"]`))
}
