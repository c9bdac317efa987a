//go:build !js

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// spacing is what WCAG 2.2, 1.4.12 lets a reader set.
const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`

// media has the page believe that it is shown that way: "" or "print", then
// features and their values.
func (r *reader) media(kind string, features ...string) {
	r.t.Helper()
	params := emulation.SetEmulatedMediaParams{Media: kind}
	for i := 0; i < len(features); i += 2 {
		params.Features = append(params.Features, &emulation.MediaFeature{Name: features[i], Value: features[i+1]})
	}
	call(r, emulation.SetEmulatedMedia, params)
}

// drawn waits until what was changed has been laid out and painted.
func (r *reader) drawn() {
	r.t.Helper()
	r.run(`await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))`)
}

// sheet adds rules to the page as a reader's own extension does.
func (r *reader) sheet(css string) {
	r.t.Helper()
	r.run(fmt.Sprintf(`const s = new CSSStyleSheet(); s.replaceSync(%s); document.adoptedStyleSheets = [s]`, quote(css)))
}

// fits reports what sticks out of the page at the sides.
func (r *reader) fits(where string) {
	r.t.Helper()
	r.drawn()
	out := value[[]string](r, `(() => {
		const page = document.documentElement, wide = page.clientWidth;
		if (page.scrollWidth <= wide) return [];
		const out = [...document.body.querySelectorAll("*")].filter(e => {
			const b = e.getBoundingClientRect();
			return b.width > 1 && (b.right > wide + 1 || b.left < -1);
		}).map(e => e.tagName + "." + e.getAttribute("class") + " " + e.textContent.trim().slice(0, 40));
		return [page.scrollWidth + " px of " + wide, ...out.slice(0, 6)];
	})()`)
	if len(out) > 0 {
		r.t.Errorf("%s scrolls sideways: %q", where, out)
	}
	cut := value[[]string](r, `[...document.querySelectorAll("button, .btn, .badge")].filter(e => e.getClientRects().length && getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.trim())`)
	if len(cut) > 0 {
		r.t.Errorf("%s cuts words: %q", where, cut)
	}
}

// narrow looks at the page 320 px wide, then at 1280 px with a zoom of 200 % and the
// text doubled beside, then with WCAG's spacing at both ends.
func (r *reader) narrow(name string) {
	r.t.Helper()
	for _, c := range []struct {
		what  string
		width int64
		css   string
	}{
		{"320 px", 320, ""},
		{"200 %", 640, ""},
		{"200 % with doubled text", 640, "html { font-size: 200% }"},
		{"spaced text at 320 px", 320, spacing},
		{"spaced text at 1280 px", 1280, spacing},
	} {
		r.do(chromedp.EmulateViewport(c.width, 900))
		r.sheet(c.css)
		r.fits(name + ", " + c.what)
	}
	r.sheet("")
	r.do(chromedp.EmulateViewport(1280, 900))
}

// TestNothingSticksOut: nobody has to scroll sideways to read or to write.
func TestNothingSticksOut(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	before := r.revision()
	r.publish(claim)
	lost := r.publish(lostClaim)
	r.narrow("an article with an open note")
	r.annotate(draftClaim)
	r.write("The harbour master should be shot, call +44 7700 900123, says the ferry report.", "https://example.org/"+fmt.Sprintf("%0120d", 7))
	r.decision("reject")
	r.narrow("a form that is refused")
	r.click("form.composer button", "Cancel")
	h.correct(claim, "19 sailings in each direction", lostClaim, "")
	r.corrected(before)
	r.anchored(lost, "orphan")
	r.narrow("a correction")
	r.click("[data-picker]", "Choose a claim")
	r.wait("the picker", visible(`[role=listbox]`))
	r.narrow("the claim picker")
	for _, path := range []string{"/", "/me", "/faq", "/share?text=A+word", "/a/" + train, "/a/the-river-and-its-keepers", "/a/" + ferry + "/r/" + before} {
		r.open(path)
		r.narrow(path)
	}
}
