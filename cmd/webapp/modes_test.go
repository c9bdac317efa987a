//go:build !js

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestPrint: on paper stand the article and, after it, its notes with what they are
// about and where their sources are; nothing that is there to be pressed.
func TestPrint(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	for _, words := range []string{claim, draftClaim, lostClaim} {
		r.publish(words)
	}
	r.keys(escape)
	r.annotate("22 minutes") // a form that is open is not for paper
	r.run(`dispatchEvent(new Event("beforeprint"))`)
	r.media("print", "prefers-color-scheme", "dark")
	r.do(chromedp.EmulateViewport(800, 1100))
	r.drawn()
	if got, want := value[string](r, `getComputedStyle(document.body).backgroundColor + " " + getComputedStyle(document.querySelector("article.story > p")).fontSize`), "rgb(255, 255, 255) 14px"; got != want {
		t.Errorf("the text is printed as %s, want %s", got, want)
	}
	if got := value[[]string](r, `[...document.querySelectorAll("button, input, select, textarea, .toolbar, .pins a")].filter(e => e.getClientRects().length).map(e => e.outerHTML.slice(0, 80))`); len(got) > 0 {
		t.Errorf("printed for nobody to press: %q", got)
	}
	if n := value[int](r, `[...document.querySelectorAll("aside.notes .note")].filter(e => e.getClientRects().length).length`); n != 3 {
		t.Errorf("%d notes are printed, want 3", n)
	}
	if below := value[bool](r, `document.querySelector("aside.notes").getBoundingClientRect().top >= Math.max(...[...document.querySelectorAll("article.story [id^=b]")].map(e => e.getBoundingClientRect().bottom))`); !below {
		t.Error("the notes do not come after the text")
	}
	for i, got := range value[[]string](r, `[...document.querySelectorAll("aside.notes .note")].map(e => e.innerText + getComputedStyle(e.querySelector(".source a"), "::after").content)`) {
		if !strings.Contains(got, civil) || !strings.Contains(got, source) {
			t.Errorf("note %d is printed as %q, want its text and its source's address", i+1, got)
		}
	}
	if got := value[int](r, `[...document.querySelectorAll("aside.notes .note > .claim")].filter(e => e.getBoundingClientRect().height > 8).length`); got != 3 {
		t.Errorf("%d notes say what they are about, want 3", got)
	}
	if over := value[[]string](r, `(() => {
		const all = [...document.querySelectorAll("aside.notes .note")].map(e => e.getBoundingClientRect());
		return all.flatMap((a, i) => all.slice(i + 1).filter(b => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1).map(b => a.top + "/" + b.top));
	})()`); len(over) > 0 {
		t.Errorf("notes are printed over one another: %q", over)
	}
	r.fits("paper")
}

// TestForcedColors: where the system sets the colours, what is open, what is focused
// and what can be pressed are still told by a line.
func TestForcedColors(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.media("", "forced-colors", "active")
	r.open("/a/" + ferry)
	id := r.publish(claim)
	r.publish(draftClaim)
	edge := func(css string) string {
		return value[string](r, fmt.Sprintf(`(() => { const s = getComputedStyle(document.querySelector(%s)); return [s.borderInlineStartStyle, s.borderInlineStartWidth, s.outlineStyle].join(" ") })()`, quote(css)))
	}
	open, rests := edge(`.note[aria-current=true]`), edge(`[data-annotation-id="`+id+`"]`)
	if open == rests {
		t.Errorf("an open note looks like one that rests: %s", open)
	}
	r.keys(tab)
	if got := value[string](r, `(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + " " + s.outlineWidth })()`); strings.HasPrefix(got, "none") || strings.HasSuffix(got, " 0px") {
		t.Errorf("the focus is drawn as %q", got)
	}
	if got := value[[]string](r, `[...document.querySelectorAll(".btn")].filter(e => e.getClientRects().length && !e.classList.contains("quiet") && getComputedStyle(e).borderStyle === "none").map(e => e.textContent)`); len(got) > 0 {
		t.Errorf("buttons without an edge: %q", got)
	}
	if got := value[[]string](r, `[...document.querySelectorAll("svg")].filter(e => e.getClientRects().length && ["rgba(0, 0, 0, 0)", "transparent"].includes(getComputedStyle(e).color)).map(e => e.outerHTML)`); len(got) > 0 {
		t.Errorf("icons without a colour: %q", got)
	}
}

// TestReducedMotion: nothing is animated where the reader asked for that.
func TestReducedMotion(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.media("", "prefers-reduced-motion", "reduce")
	r.open("/a/" + ferry)
	r.run(`window.moved = []; for (const type of ["transitionrun", "animationstart"]) document.addEventListener(type, e => { if (e.elapsedTime > 0.001 || parseFloat(getComputedStyle(e.target).transitionDuration) > 0.001 || parseFloat(getComputedStyle(e.target).animationDuration) > 0.001) moved.push(type + " " + e.target.className) }, true)`)
	id := r.publish(claim)
	r.publish(draftClaim)
	r.run(fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] .text').click()`, id))
	r.wait("the note to open", fmt.Sprintf(`document.querySelector('[data-annotation-id=%q]').ariaCurrent === "true"`, id))
	r.drawn()
	if got := value[[]string](r, `moved`); len(got) > 0 {
		t.Errorf("moves although less motion is asked for: %q", got)
	}
	if got := value[[]string](r, `[...document.querySelectorAll("*")].filter(e => e.getAnimations().some(a => a.playState === "running" && a.effect.getComputedTiming().duration > 1)).map(e => e.outerHTML.slice(0, 80))`); len(got) > 0 {
		t.Errorf("still runs: %q", got)
	}
	if got := value[string](r, `getComputedStyle(document.documentElement).scrollBehavior`); got != "auto" {
		t.Errorf("the page scrolls %s", got)
	}
}

// TestGraphicsSaySomething: each graphic has a name, or stands beside words and is
// passed over.
func TestGraphicsSaySomething(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.publish(claim)
	for _, path := range []string{"", "/", "/me", "/faq"} {
		if path != "" {
			r.open(path)
		}
		got := value[[]string](r, `[...document.querySelectorAll("svg, img, canvas, [role=img]")].filter(e => e.getClientRects().length).filter(e => {
			if (e.matches("img")) return !e.hasAttribute("alt");
			const named = n => (n.ariaLabel ?? "").trim() || n.getAttribute("aria-labelledby");
			if (named(e) || e.querySelector("title")) return false;
			if (!e.closest("[aria-hidden=true]")) return true;
			const control = e.closest("a, button, label, summary");
			return control && !control.textContent.trim() && !named(control);
		}).map(e => e.parentElement.outerHTML.slice(0, 160))`)
		if len(got) > 0 {
			t.Errorf("%s: graphics without words: %q", path, got)
		}
	}
}
