//go:build !js

package main

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// atFirst has each further page note how it looks when it is first drawn, and what
// shifts after that.
func (r *reader) atFirst() {
	r.t.Helper()
	call(r, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		window.shift = 0;
		new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.shift += e.value }).observe({type: "layout-shift", buffered: true});
		const look = () => {
			if (!document.querySelector("article.story > p")) return requestAnimationFrame(look);
			window.first = [document.documentElement.dataset.theme, getComputedStyle(document.body).backgroundColor,
				getComputedStyle(document.querySelector("article.story > p")).fontSize].join(" ");
		};
		requestAnimationFrame(look);`})
}

// looks is how the page looks now, in the words of atFirst.
const looks = `[document.documentElement.dataset.theme, getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector("article.story > p")).fontSize].join(" ")`

// TestDisplay chooses colours and a size with the keyboard. They are there when the
// next page is first drawn, in another tab, without a network, and when only the app's
// own store has them.
func TestDisplay(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.openByKeys("/a/" + ferry)
	r.settled()
	r.tabTo(`.story-bar [popovertarget]`)
	r.keys(enter)
	r.wait("the panel", visible("#display"))
	r.tabTo(`#display input[name=size]`)
	for _, size := range []string{"1", "2"} {
		r.keys(kb.ArrowRight)
		r.wait("size "+size, `document.documentElement.dataset.size === `+quote(size))
	}
	r.tabTo(`#display input[name=theme]`)
	for _, theme := range []string{"light", "dark"} {
		r.keys(kb.ArrowRight)
		r.wait("theme "+theme, `document.documentElement.dataset.theme === `+quote(theme))
	}
	r.wait("the choices", `document.documentElement.dataset.theme === "dark" && document.documentElement.dataset.size === "2"`)
	r.keys(escape)
	r.wait("the panel to close", `!document.querySelector("#display").matches(":popover-open")`)
	r.focused("the button", `.story-bar [popovertarget]`)
	want := value[string](r, looks)
	if !strings.HasPrefix(want, "dark rgb(19, 22, 24)") {
		t.Errorf("the page looks %q, want dark", want)
	}

	other := r.tab()
	other.atFirst()
	first := func(r *reader, when string) {
		t.Helper()
		r.open("/a/" + ferry)
		if got := value[string](r, `first`); got != want {
			t.Errorf("%s the page is first drawn as %q, want %q", when, got, want)
		}
		if got := value[float64](r, `shift`); got != 0 {
			t.Errorf("%s the layout shifts by %v", when, got)
		}
	}
	first(other, "in another tab")
	r.front()
	r.run(`document.querySelector("#display [name=theme][value=light]").click()`)
	r.wait("light", `document.documentElement.dataset.theme === "light"`)
	other.front()
	other.wait("light in the other tab", `document.documentElement.dataset.theme === "light" && document.querySelector("#display [name=theme][value=light]").checked`)
	other.run(`document.querySelector("#display [name=theme][value=dark]").click()`)
	other.wait("dark", `document.documentElement.dataset.theme === "dark"`)

	// The copy is gone, as when a browser was told to clear it: the store has it.
	other.waitStored("prefs", `v.display?.theme === "dark"`)
	other.run(`localStorage.clear()`)
	other.open("/a/" + ferry)
	other.wait("the choice of the store", looks+" === "+quote(want))

	other.silence()
	r.silence()
	other.offline()
	first(other, "offline")
	other.online()
}

// stored is an expression: what the device's store has under that key of its table
// "meta" is such that the condition on v holds.
func stored(key, condition string) string {
	return fmt.Sprintf(`await (async () => {
		const [{name}] = await indexedDB.databases();
		const db = await new Promise((ok, no) => { const q = indexedDB.open(name); q.onsuccess = () => ok(q.result); q.onerror = no });
		const v = await new Promise((ok, no) => { const q = db.transaction("meta").objectStore("meta").get(%s); q.onsuccess = () => ok(q.result); q.onerror = no });
		db.close();
		return v ? ((v) => %s)(typeof v === "string" ? JSON.parse(v) : v) : false;
	})()`, quote(key), condition)
}

// top is the first paragraph in sight and where it stands.
const top = `(() => { const b = [...document.querySelectorAll("article.story > p[id^=b]")].find(b => b.getBoundingClientRect().bottom > 60); return [b.innerText.slice(0, 40), String(Math.round(b.getBoundingClientRect().top))] })()`

// TestReadingPlace leaves an article in the middle and comes back to it.
func TestReadingPlace(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + river)
	r.settled()
	r.run(`const p = document.querySelectorAll("article.story > p")[20]; scrollTo(0, scrollY + p.getBoundingClientRect().top - 40)`)
	r.waitStored("place/"+river, `v.at > 1000`)
	was := value[[]string](r, top)
	same := func(when string) {
		t.Helper()
		r.wait("the place "+when, `scrollY > 500`)
		got := value[[]string](r, top)
		if got[0] != was[0] || math.Abs(number(t, got[1])-number(t, was[1])) > 60 {
			t.Errorf("%s %q stands at the top, want %q", when, got, was)
		}
	}
	r.open("/")
	r.open("/a/" + river)
	same("after another page")
	r.open("/faq")
	r.open("/a/" + river)
	same("for the second time")

	r.open("/faq")
	r.open("/a/" + river + "#b2")
	if y := value[float64](r, `scrollY`); y > 3000 {
		t.Errorf("a page that is opened at its beginning goes to %v", y)
	}

	r.run(`scrollTo(0, 0)`)
	r.waitStored("place/"+river, `!v.revision`)
	r.open("/faq")
	r.open("/a/" + river)
	if y := value[float64](r, `scrollY`); y != 0 {
		t.Errorf("a reader who had gone back to the beginning comes back to %v", y)
	}
}

// waitStored waits until the store has that.
func (r *reader) waitStored(key, condition string) {
	r.t.Helper()
	r.run(fmt.Sprintf(`for (let i = 0; i < 300; i++) { if (%s) return true; await new Promise(requestAnimationFrame) } throw new Error("not stored")`, stored(key, condition)))
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	var f float64
	if _, err := fmt.Sscan(s, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestReadingPlaceAfterACorrection finds the words again that the reader was at.
func TestReadingPlaceAfterACorrection(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	call(r, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 1280, Height: 500, DeviceScaleFactor: 1})
	r.open("/a/" + ferry)
	r.settled()
	r.run(`const p = [...document.querySelectorAll("article.story > p")].find(p => p.innerText.startsWith("Two boats share")); scrollTo(0, scrollY + p.getBoundingClientRect().top - 40)`)
	r.waitStored("place/"+ferry, `v.at > 100`)
	r.open("/faq")
	h.correct("Not everyone was pleased.", "One paragraph.\n\nAnother paragraph.\n\nA third paragraph.\n\nNot everyone was pleased.")
	r.open("/a/" + ferry)
	r.wait("the place", `scrollY > 300`)
	if got := value[[]string](r, top)[0]; !strings.HasPrefix(got, "Two boats share") {
		t.Errorf("after a correction %q stands at the top", got)
	}
}

// TestOfferToInstall makes the offer after the first note, and not again once it was
// answered.
func TestOfferToInstall(t *testing.T) {
	const offered = `window.asked = 0; const e = new Event("beforeinstallprompt", {cancelable: true}); e.prompt = () => { asked++; return Promise.resolve() }; window.dispatchEvent(e)`
	h := openHouse(t)
	r := openReader(t, h)
	r.openByKeys("/a/" + ferry)
	r.settled()
	r.run(offered)
	r.chooseByKeys(2)
	if value[bool](r, visible("#offer")) {
		t.Error("a new reader is asked to install")
	}
	r.keys(escape)
	r.focused("the words", `article.story > [id^=b]`)
	r.writeByKeys(3, civil)
	r.wait("the offer", visible("#offer"))
	r.tabToNamed("#offer", "Install")
	r.keys(enter)
	r.wait("the browser's own question", `asked === 1`)
	r.wait("the offer to go", `!`+visible("#offer"))
	r.waitStored("prefs", `v.noInstall`)
	r.openByKeys("/a/" + ferry)
	r.run(offered)
	r.keys("?")
	r.wait("the list, which is opened after the offer was heard", `document.querySelector("dialog#keys").open`)
	if value[bool](r, visible("#offer")) {
		t.Error("the offer is made again")
	}
}

// TestRestoredDraftIsSeen kills the browser while a note is written. The draft is back,
// and a line says so until the reader goes on.
func TestRestoredDraftIsSeen(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.openByKeys("/a/" + ferry)
	r.settled()
	r.chooseByKeys(3)
	words := value[string](r, `document.querySelector("form.composer .claim").innerText`)
	r.keys(civil)
	r.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	r.kill()
	r.open("/a/" + ferry)
	r.wait("the line", visible("#restored"))
	if got := value[string](r, `document.querySelector("#restored p").textContent`); !strings.Contains(got, words) {
		t.Errorf("the line says %q, want the words %q", got, words)
	}
	r.run(`document.activeElement.blur(); scrollTo(0, document.body.scrollHeight)`)
	r.tabToNamed("#restored", "Go on writing")
	r.keys(enter)
	r.focused("the note", `form.composer textarea[data-field=text]`)
	r.wait("the line to go", `!`+visible("#restored"))
	r.wait("the form in sight", `(b => b.top >= 0 && b.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())`)
	if got := value[string](r, formText); got != civil {
		t.Errorf("the form holds %q, want what was typed", got)
	}
	r.do(chromedp.KeyEvent(" More."))
	if value[bool](r, visible("#restored")) {
		t.Error("the line is back")
	}
}
