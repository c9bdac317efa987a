//go:build !js

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// TestReadableWithoutScript opens every page in a browser that runs none.
func TestReadableWithoutScript(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	call(r, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	for path, want := range map[string]string{
		"/":           "ferry",
		"/a/" + ferry: claim,
		"/faq":        "Comments FAQ",
		"/me":         "My notes",
	} {
		r.do(chromedp.Navigate(h.url(path)))
		text, err := chromedp.Run(r.ctx, chromedp.Text(chromedp.CSS("main")))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if !strings.Contains(text, want) {
			t.Errorf("%s reads %.200q, want it to hold %q", path, text, want)
		}
	}
}

// TestSelectByMouse drags over words as a hand does.
func TestSelectByMouse(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	box := value[[]float64](r, fmt.Sprintf(`(() => {
		for (const b of document.querySelectorAll('[id^="b"]')) {
			const at = b.firstChild?.data?.indexOf(%[1]s) ?? -1;
			if (at < 0) continue;
			b.scrollIntoView({block: "center"});
			const range = new Range();
			range.setStart(b.firstChild, at);
			range.setEnd(b.firstChild, at + %[1]s.length);
			const rects = range.getClientRects(), first = rects[0], last = rects[rects.length - 1];
			return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
		}
	})()`, quote(claim)))
	r.do(
		chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, box[0], box[1], chromedp.Button("left"), chromedp.ClickCount(1)),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, box[2], box[3], chromedp.Button("left")),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, box[2], box[3], chromedp.Button("left"), chromedp.ClickCount(1)),
	)
	r.wait("the toolbar", visible(`[role=toolbar][aria-label=Selection]`))
	r.keys("a")
	r.wait("the composer", visible(`form[aria-label="New note"]`))
	if got := value[string](r, `document.querySelector("form.composer .claim").innerText`); got != claim {
		t.Errorf("the composer is on %q, want %q", got, claim)
	}
}

// TestOverlappingNotes paints two notes on words that overlap, and a click opens
// the one on fewer words.
func TestOverlappingNotes(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	words := strings.Fields(claim)
	short := strings.Join(words[1:3], " ")
	r.annotate(claim)
	r.write(civil, source)
	r.state(r.post(), "published")
	r.annotate(short)
	r.write(civil+" So it says.", source)
	id := r.post()
	r.state(id, "published")
	r.keys(escape)
	if n := value[int](r, `CSS.highlights.get("dispute").size`); n != 2 {
		t.Errorf("%d claims are painted, want 2", n)
	}
	at := value[[]float64](r, `(() => {
		const range = [...CSS.highlights.get("dispute")].map(s => { const r = new Range(); r.setStart(s.startContainer, s.startOffset); r.setEnd(s.endContainer, s.endOffset); return r })
			.sort((a, b) => String(a).length - String(b).length)[0];
		range.startContainer.parentElement.scrollIntoView({block: "center"});
		const box = range.getClientRects()[0];
		return [box.left + box.width / 2, box.top + box.height / 2];
	})()`)
	r.do(chromedp.MouseClickXY(at[0], at[1]))
	r.wait("the shorter claim's note", fmt.Sprintf(`document.querySelector('[data-annotation-id=%q]').ariaCurrent === "true"`, id))
}

// TestPhone reads and writes on a narrow screen with a finger.
func TestPhone(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
	r.open("/a/" + ferry)
	if wide := value[bool](r, `document.documentElement.scrollWidth > innerWidth`); wide {
		t.Error("the page scrolls sideways at 390 px")
	}
	r.annotate(claim)
	if small := value[[]string](r, `[...document.querySelectorAll("form.composer button, form.composer input:not([type=radio]), form.composer label:has(input)")].filter(e => { const b = e.getBoundingClientRect(); return b.height && b.height < 44 }).map(e => e.textContent)`); len(small) > 0 {
		t.Errorf("targets below 44 px: %q", small)
	}
	r.write(civil, source)
	r.decision("publish")
	r.state(r.post(), "published")
}
