//go:build !js

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
)

// openPhone starts a Chromium of a phone, narrow and for fingers, and opens the ferry
// article with n notes.
func openPhone(t *testing.T, n int) (*house, *reader) {
	t.Helper()
	h := openHouse(t)
	if n > 0 {
		h.crowd(ferry, n, 0)
	}
	r := openReader(t, h)
	r.screen(390, 844)
	call(r, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 5})
	r.open("/a/" + ferry)
	return h, r
}

func (r *reader) screen(width, height int64) {
	r.t.Helper()
	call(r, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 2, Mobile: true})
}

// tap puts a finger on the middle of an element, and lifts it.
func (r *reader) tap(expr string) {
	r.t.Helper()
	at := value[[]float64](r, fmt.Sprintf(`(() => { const b = (%s).getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2] })()`, expr))
	call(r, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchStart", TouchPoints: []*input.TouchPoint{{X: at[0], Y: at[1]}}})
	call(r, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchEnd", TouchPoints: []*input.TouchPoint{}})
}

// small lists what a finger could miss: everything pressed that is less than 44 pixels
// wide or high. Links in a sentence and what is shown only with the focus are exempt, as
// in WCAG 2.5.8; a radio button is as large as its label.
const small = `(() => {
	const out = [];
	for (const e of document.querySelectorAll("a[href], button, input, textarea, select, summary, [role=option]")) {
		if (e.disabled || !e.checkVisibility({ visibilityProperty: true }) || e.matches(".skip")) continue;
		const target = e.matches("[type=radio], [type=checkbox]") ? e.closest("label") ?? e : e;
		const inText = getComputedStyle(e).display === "inline" && [...e.parentNode.childNodes].some(n => n.nodeType === 3 && n.data.trim().length > 3);
		const { width, height } = target.getBoundingClientRect();
		if (!inText && (width < 43.5 || height < 43.5)) out.push(e.tagName + "." + e.className + " “" + e.textContent.trim().slice(0, 30) + "” " + Math.round(width) + "x" + Math.round(height));
	}
	return out.join("\n");
})()`

func TestTargetsForFingers(t *testing.T) {
	_, r := openPhone(t, 20)
	check := func(where string) {
		t.Helper()
		if got := value[string](r, small); got != "" {
			t.Errorf("%s: too small for a finger:\n%s", where, got)
		}
		if got := value[int](r, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); got > 0 {
			t.Errorf("%s: scrolls sideways by %d", where, got)
		}
	}
	r.wait("the claims", visible(".worth summary"))
	r.run(`document.querySelector(".worth summary").click()`)
	check("article")
	r.selectWords(claim)
	r.wait("the toolbar", visible("[role=toolbar]"))
	check("selection")
	r.click("[role=toolbar] button", "Annotate")
	r.wait("the composer", visible(`form[aria-label="New note"]`))
	r.write("An idiot wrote this, call +44 7700 900123 for the timetable of the harbour ferry.", "https://bit.ly/abc")
	r.decision("reject")
	r.click("form.composer button", "Add another source")
	check("composer")
	r.click("form.composer button", "Cancel")
	r.click(".dock button", "Choose a claim")
	r.wait("the picker", visible(".picker [role=option]"))
	check("picker")
	r.keys(escape)
	r.run(`document.querySelector(".dock button").click()`)
	r.wait("the sheet", visible(".notes.sheet .note"))
	check("sheet")
	for _, path := range []string{"/", "/me", "/faq"} {
		r.open(path)
		check(path)
	}
}

// TestSelectByFinger: the toolbar is at the lower edge, where the system's own menu is
// not, covers nothing of what is selected, and works where a press clears the selection.
func TestSelectByFinger(t *testing.T) {
	_, r := openPhone(t, 0)
	r.selectWords("17 sailings")
	r.wait("the toolbar", visible("[role=toolbar]"))
	r.selectWords(claim) // the handle is moved
	r.wait("the words", fmt.Sprintf(`document.querySelector("[role=toolbar] .said").textContent.includes(%q)`, claim))
	if got := value[float64](r, `innerHeight - document.querySelector("[role=toolbar]").getBoundingClientRect().bottom`); got != 0 {
		t.Errorf("the toolbar ends %v above the lower edge", got)
	}
	// Words at the lower edge are not left under it.
	r.run(`getSelection().removeAllRanges(); document.getElementById("b3").scrollIntoView({block: "end", behavior: "instant"}); scrollBy(0, -document.querySelector(".dock").offsetHeight - 90)`)
	r.run(`const n = [...document.querySelectorAll("article.story > p")].find(p => p.getBoundingClientRect().bottom > innerHeight - 40).firstChild, p = document.createRange();
		let i = 0; do { p.setStart(n, i); p.setEnd(n, ++i) } while (i < n.length - 30 && p.getBoundingClientRect().bottom < innerHeight - 40);
		getSelection().setBaseAndExtent(n, i, n, i + 20)`)
	r.wait("the words over the toolbar", `!document.querySelector("[role=toolbar]").hidden && getSelection().getRangeAt(0).getBoundingClientRect().bottom <= document.querySelector("[role=toolbar]").getBoundingClientRect().top`)

	want := value[string](r, `getSelection().toString()`)
	r.run(`document.addEventListener("pointerdown", () => getSelection().removeAllRanges())`)
	r.tap(`document.querySelector("[role=toolbar] button")`)
	r.wait("the composer", visible(`form[aria-label="New note"]`))
	if got := value[string](r, `document.querySelector("form.composer .claim").textContent`); got != want {
		t.Errorf("the form is on %q, want %q", got, want)
	}
	r.wait("the toolbar to go", `document.querySelector("[role=toolbar]").hidden`)
}

func TestSheet(t *testing.T) {
	_, r := openPhone(t, 20)
	call(r, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `{ const Real = CloseWatcher; window.CloseWatcher = class extends Real { constructor() { super(); window.lastWatcher = this } } }`,
	})
	r.open("/a/" + ferry)
	r.wait("the claims", visible(".worth summary"))
	r.run(`document.querySelector(".worth summary").click()`)
	const dock = `document.querySelector(".dock .btn")`
	top := `(innerHeight - document.querySelector(".notes.sheet").offsetHeight)`

	r.run(dock + ".focus()")
	r.keys(enter)
	r.wait("the focus in the sheet", `document.activeElement.closest(".notes.sheet > header")`)
	if got := value[float64](r, top+" / innerHeight"); got < 0.37 {
		t.Errorf("the sheet leaves %.2f of the screen, want 0.38", got)
	}
	// What gets the focus behind the sheet is not left under it, nor is the end of the page.
	for _, css := range []string{".worth li:last-child button", ".worth summary", ".comments > .btn", ".foot a"} {
		r.run(fmt.Sprintf(`document.querySelector(%q)?.focus()`, css))
		r.wait(css+" above the sheet", fmt.Sprintf(`!document.querySelector(%q) || document.querySelector(%q).getBoundingClientRect().bottom <= %s`, css, css, top))
	}
	r.keys(escape)
	r.wait("the focus where it came from", `!document.querySelector(".notes.sheet") && document.activeElement === `+dock)

	// The device's way back closes it too, and stays on the page.
	r.tap(dock)
	r.wait("the sheet", visible(".notes.sheet"))
	r.run(`lastWatcher.requestClose()`)
	r.wait("the focus where it came from", `!document.querySelector(".notes.sheet") && document.activeElement === `+dock)

	// A claim that is tapped stays in sight above its note.
	r.run(`document.getElementById("b3").scrollIntoView({block: "end", behavior: "instant"})`)
	r.run(`const range = [...CSS.highlights.get("dispute")].find(r => r.startContainer.parentNode.id === "b3"); window.words = new Range(); words.setStart(range.startContainer, range.startOffset); words.setEnd(range.endContainer, range.endOffset)`)
	r.tap(`({getBoundingClientRect: () => words.getClientRects()[0]})`)
	r.wait("the open note in the sheet", visible(`.notes.sheet .note[aria-current=true]`))
	r.wait("its claim above the sheet", `words.getBoundingClientRect().top >= 0 && words.getBoundingClientRect().bottom <= `+top)
	r.wait("the note in sight", `document.querySelector(".note[aria-current=true]").getBoundingClientRect().top < innerHeight - 60`)
	r.click(".notes .close", "Close")
	r.wait("the sheet to close", `!document.querySelector(".notes.sheet")`)
}

// TestDockFits: what the dock says stands on one line.
func TestDockFits(t *testing.T) {
	h, r := openPhone(t, 20)
	h.crowd(ferry, 1, 20)
	r.run(`document.dispatchEvent(new Event("visibilitychange"))`)
	r.wait("the new note", `document.querySelector(".dock .btn").textContent.includes("1 new note")`)
	if got := value[string](r, `document.querySelector(".dock .btn").innerText.replace(/\s+/g, " ")`); !strings.Contains(got, "Notes, 20") || !strings.Contains(got, "+1") {
		t.Errorf("the dock says %q", got)
	}
	if got := value[float64](r, `Math.max(...[...document.querySelectorAll(".dock .btn")].map(b => b.getBoundingClientRect().height))`); got > 46 {
		t.Errorf("the dock's buttons are %v high: their text wraps", got)
	}
}

// TestKeyboardLeavesTheForm: a keyboard takes half of the screen; the field that is
// written in and the decision have the other.
func TestKeyboardLeavesTheForm(t *testing.T) {
	_, r := openPhone(t, 0)
	if got := value[string](r, `document.querySelector("meta[name=viewport]").content`); !strings.Contains(got, "interactive-widget=resizes-content") ||
		strings.Contains(got, "user-scalable") || strings.Contains(got, "maximum-scale") {
		t.Errorf("the viewport is %q, want one that a keyboard makes smaller and a reader can zoom", got)
	}
	r.annotate(claim)
	const inSight = `(() => {
		const field = document.activeElement.getBoundingClientRect(), row = document.querySelector(".composer .decide").getBoundingClientRect(), low = window.keyboard ?? innerHeight;
		return document.activeElement.matches(".composer textarea, .composer input") && field.top >= 0 && Math.min(field.bottom, field.top + 70) <= row.top && row.bottom <= low + 0.5;
	})()`
	r.wait("field and decision", inSight)
	r.screen(390, 430)
	r.wait("field and decision above a keyboard", inSight)
	r.keys(civil + " A passenger wrote to the paper that the evening boat is full on Fridays, and that the timetable says nothing of it.")
	r.decision("reject")
	r.wait("field and decision while writing", inSight)
	r.fill("Source URL", source)
	r.decision("publish")
	r.wait("the source and the decision", inSight)

	// A keyboard that lies over the page, of which only the visual viewport tells.
	r.screen(390, 844)
	r.run(`window.keyboard = 460; Object.defineProperty(visualViewport, "height", { get: () => keyboard }); visualViewport.dispatchEvent(new Event("resize"))`)
	r.wait("field and decision over it", inSight)
	r.run(`window.keyboard = 844; visualViewport.dispatchEvent(new Event("resize"))`)
	r.wait("the sheet at the lower edge", `document.querySelector(".notes.sheet").getBoundingClientRect().bottom === innerHeight`)
}
