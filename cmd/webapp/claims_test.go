//go:build !js

package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const worthList = `.worth ol[aria-label="Claims worth checking"]`

// TestClaimsWorthChecking: the list comes below the text without moving anything,
// opens with the keyboard, and leads to the form on the chosen sentence.
func TestClaimsWorthChecking(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.do(chromedp.Navigate(h.url("/a/" + ferry)))
	r.run(`window.shift = 0; new PerformanceObserver(l => { for (const e of l.getEntries()) window.shift += e.value }).observe({type: "layout-shift", buffered: true})`)
	r.run(`document.querySelector("#comments").scrollIntoView({block: "center"})`)
	top := value[float64](r, `document.querySelector("#comments").getBoundingClientRect().top`)
	r.ready()
	r.wait("the line of the list", visible(".worth summary"))
	if got := value[float64](r, `document.querySelector("#comments").getBoundingClientRect().top`); got != top {
		t.Errorf("what the reader sees stands at %v, want %v as before", got, top)
	}
	if got := value[float64](r, `shift`); got != 0 {
		t.Errorf("layout shift is %v, want 0", got)
	}
	r.tabTo(".worth summary")
	r.keys(enter)
	r.wait("the list of at most five", visible(worthList)+` && document.querySelectorAll(`+quote(worthList+" > li")+`).length === 5`)
	r.tabTo(".worth button")
	words := value[string](r, `document.activeElement.innerText`)
	if !strings.Contains(value[string](r, `document.querySelector("main article").innerText`), words) {
		t.Errorf("the list has %q, which is not in the article", words)
	}
	r.keys(enter)
	r.wait("the form with the focus in the note", `document.activeElement.matches("form[aria-label='New note'] textarea")`)
	if got := value[string](r, `document.querySelector("form.composer .claim").innerText`); got != words {
		t.Errorf("the form is on %q, want the chosen sentence %q", got, words)
	}
	r.wait("the sentence in sight", `(() => { const s = [...CSS.highlights.values()].flatMap(h => [...h]).find(s => s.startContainer.data?.slice(s.startOffset, s.endOffset) === `+quote(words)+`); if (!s) return false; const x = new Range(); x.setStart(s.startContainer, s.startOffset); x.setEnd(s.endContainer, s.endOffset); const b = x.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight })()`)
}

func TestClaimsComeOffline(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.wait("the list", `document.querySelector(".worth summary")`)
	r.settled()
	r.offline()
	r.open("/a/" + ferry)
	r.wait("the list without a network", visible(".worth summary"))
}
