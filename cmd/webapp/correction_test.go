//go:build !js

package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Words of the ferry article that corrections in these tests leave, cut or put
// others in front of.
const (
	draftClaim   = "61 percent less energy per passenger"
	lostClaim    = "The crossing of 7.4 kilometres takes 22 minutes."
	insertBefore = "Two boats share the work."
)

// A claim of the Arabic article and a note on it.
const (
	train      = "night-train-ar"
	trainClaim = "وسيسير ثلاث ليال في الأسبوع في كل اتجاه خلال السنة الأولى."
	trainNote  = "يذكر جدول الهيئة أن القطار يسير ثلاث ليال في الأسبوع خلال الصيف فقط."
)

// correct imports the ferry article with some of its words replaced, as a
// newsroom does: old, new, old, new.
func (h *house) correct(pairs ...string) {
	h.t.Helper()
	h.correctIn(ferry, pairs...)
}

func (h *house) correctIn(slug string, pairs ...string) {
	h.t.Helper()
	text, err := os.ReadFile("../../testdata/articles/" + slug + ".txt")
	if err != nil {
		h.t.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(string(text), pairs[i]) {
			h.t.Fatalf("the article does not hold %q", pairs[i])
		}
	}
	file := filepath.Join(h.t.TempDir(), slug+".txt")
	if err := os.WriteFile(file, []byte(strings.NewReplacer(pairs...).Replace(string(text))), 0o600); err != nil {
		h.t.Fatal(err)
	}
	h.run("import", file)
}

// revision is the id of the text on the page.
func (r *reader) revision() string {
	r.t.Helper()
	return value[string](r, `document.querySelector("main article[data-revision]").dataset.revision`)
}

// corrected waits for another text than the one with that id, as it comes to a
// reader who looks at the page again.
func (r *reader) corrected(before string) {
	r.t.Helper()
	r.run(`document.dispatchEvent(new Event("visibilitychange"))`)
	r.wait("the correction", fmt.Sprintf(`document.querySelector("main article[data-revision]").dataset.revision !== %s`, quote(before)))
}

// anchored waits until a note sits in the text in that way.
func (r *reader) anchored(id, status string) {
	r.t.Helper()
	r.wait("note "+status, fmt.Sprintf(`document.querySelector('[data-annotation-id=%q]')?.dataset.anchor === %q`, id, status))
}

// painted waits until the open claim is painted on exactly those words.
func (r *reader) painted(words string) {
	r.t.Helper()
	r.wait("paint on "+words, fmt.Sprintf(`[...(CSS.highlights.get("open") ?? [])].map(s => { const r = new Range(); r.setStart(s.startContainer, s.startOffset); r.setEnd(s.endContainer, s.endOffset); return String(r) }).join("|") === %s`, quote(words)))
}

// on is the words of a note's part.
func (r *reader) on(id, css string) string {
	r.t.Helper()
	return value[string](r, fmt.Sprintf(`[...document.querySelectorAll('[data-annotation-id=%q] %s')].map(e => e.innerText).join(" | ")`, id, css))
}

// publish posts a note on words of the page.
func (r *reader) publish(words string) string {
	r.t.Helper()
	r.annotate(words)
	r.write(civil, source)
	r.decision("publish")
	id := r.post()
	r.state(id, "published")
	return id
}

// TestCorrectionWhileOfflineWithADraft: the newspaper corrects the article while
// a reader sits in a train with a note half written.
func TestCorrectionWhileOfflineWithADraft(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.settled()
	id := r.publish(claim)
	r.offline()
	r.open("/a/" + ferry)
	before := r.revision()
	r.annotate(draftClaim)
	r.write(civil, source)
	r.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	h.correct(claim, "19 sailings in each direction", insertBefore, "The board met for three hours.\n\n"+insertBefore)
	r.kill()
	r.open("/a/" + ferry)
	r.wait("the form", visible(`form[aria-label="New note"]`))
	if got := r.revision(); got != before {
		t.Fatalf("the text changed without a network: %s", got)
	}
	r.online()
	r.corrected(before)
	r.anchored(id, "changed")
	if got := value[string](r, `document.querySelector("form.composer textarea").value`); got != civil {
		t.Errorf("the draft's text is %q, want %q", got, civil)
	}
	r.painted(draftClaim)
	r.wait("the notice", visible(`.news[role=status] .notice`))
	if was, now := r.on(id, ".change dl dd:nth-of-type(1)"), r.on(id, ".change dl dd:nth-of-type(2)"); !strings.Contains(was, "17 sailings") || !strings.Contains(now, "19 sailings") {
		t.Errorf("the card says was %q, now %q", was, now)
	}
	if got := r.on(id, ".change"); !strings.Contains(got, "Addressed by correction") {
		t.Errorf("the card says %q, want the dispute addressed", got)
	}
	draft := r.post()
	r.state(draft, "published")
	r.anchored(draft, "exact")
	r.painted(draftClaim)
}

// TestKeepItHere: an author whose words were edited says that the note still holds.
func TestKeepItHere(t *testing.T) {
	h := openHouse(t)
	a, b := openReader(t, h), openReader(t, h)
	a.open("/a/" + ferry)
	before := a.revision()
	id := a.publish(claim)
	b.open("/a/" + ferry)
	h.correct(claim, "19 sailings in each direction")
	for _, r := range []*reader{a, b} {
		r.corrected(before)
		r.anchored(id, "changed")
	}
	if n := value[int](b, `[...document.querySelectorAll(".change button")].length`); n != 0 {
		t.Error("another reader may settle the note")
	}
	a.click(`[data-annotation-id="`+id+`"] .change button`, "Keep it here")
	a.anchored(id, "exact")
	a.pending(0)
	a.state(id, "published")
	b.run(`document.dispatchEvent(new Event("visibilitychange"))`)
	b.anchored(id, "exact")
}

// TestLostNoteAttached: a sentence is cut; its note says so, and its author gives
// it another place.
func TestLostNoteAttached(t *testing.T) {
	h := openHouse(t)
	a, b := openReader(t, h), openReader(t, h)
	a.open("/a/" + ferry)
	before := a.revision()
	id := a.publish(lostClaim)
	b.open("/a/" + ferry)
	h.correct(lostClaim, "")
	for _, r := range []*reader{a, b} {
		r.corrected(before)
		r.anchored(id, "orphan")
		r.wait("the region", visible(`section[aria-labelledby=lost] [data-annotation-id="`+id+`"]`))
	}
	if got := value[string](a, `document.getElementById("lost").innerText`); got != "Notes that lost their place" {
		t.Errorf("the region is called %q", got)
	}
	attach := `[data-annotation-id="` + id + `"] .guesses li button`
	n := value[int](a, fmt.Sprintf(`document.querySelectorAll(%s).length`, quote(attach)))
	if n < 1 || n > 3 {
		t.Errorf("%d guesses, want 1 to 3", n)
	}
	if n := value[int](b, fmt.Sprintf(`document.querySelectorAll(%s).length`, quote(attach))); n != 0 {
		t.Error("another reader may attach the note")
	}
	want := value[string](a, fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] .guesses .claim').innerText`, id))
	a.run(fmt.Sprintf(`document.querySelector(%s).click()`, quote(attach)))
	a.anchored(id, "exact")
	a.pending(0)
	a.state(id, "published")
	a.run(fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] .text').click()`, id))
	a.painted(want)
	b.run(`document.dispatchEvent(new Event("visibilitychange"))`)
	b.anchored(id, "exact")
}

// TestChooseANewPlace finds a lost note a place with the keyboard.
func TestChooseANewPlace(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	before := r.revision()
	id := r.publish(lostClaim)
	h.correct(lostClaim, "")
	r.corrected(before)
	r.anchored(id, "orphan")
	r.click(`[data-annotation-id="`+id+`"] button`, "Choose a new place")
	r.wait("the picker", `document.activeElement.getAttribute("role") === "listbox"`)
	r.keys(escape)
	r.wait("the way back to the note", fmt.Sprintf(`document.activeElement.dataset.annotationId === %q`, id))
	r.click(`[data-annotation-id="`+id+`"] button`, "Choose a new place")
	r.wait("the picker", `document.activeElement.getAttribute("role") === "listbox"`)
	r.keys(down)
	r.keys(enter)
	r.anchored(id, "exact")
	r.pending(0)
	r.state(id, "published")
}

// TestOlderRevision reads the article as it was when a note was written, also
// without a network, and sees what changed since.
func TestOlderRevision(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.settled()
	before := r.revision()
	id := r.publish(claim)
	h.correct(claim, "19 sailings in each direction", insertBefore, "The board met for three hours.\n\n"+insertBefore)
	r.corrected(before)
	r.click(`label`, "Show what changed")
	r.wait("what changed", `document.querySelector("article.story del") !== null`)
	if got := value[string](r, `[...document.querySelectorAll("article.story del, article.story ins")].map(e => e.tagName + " " + e.textContent).join("|")`); got != "INS The board met for three hours.|DEL 17|INS 19" && got != "DEL 17|INS 19|INS The board met for three hours." {
		t.Errorf("the changes are %q", got)
	}
	r.run(fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] .text').click()`, id))
	r.wait("the claim painted", `[...(CSS.highlights.get("open") ?? [])].length === 1`)
	r.click(`label`, "Show what changed")
	r.wait("the plain text", `document.querySelector("article.story del") === null`)

	older := "/a/" + ferry + "/r/" + before
	r.wait("the list", fmt.Sprintf(`document.querySelector('nav[aria-label=Revisions] a[href=%s]') !== null`, quote(older)))
	r.do(chromedp.Navigate(h.url(older + "#n-" + id)))
	r.ready()
	check := func() {
		t.Helper()
		if got := r.revision(); got != before {
			t.Errorf("the page shows %s, want %s", got, before)
		}
		r.anchored(id, "exact")
		r.painted(claim)
		if n := value[int](r, `document.querySelectorAll('main button[data-picker], [data-annotation-id] button').length`); n != 0 {
			t.Errorf("%d buttons to write with on an older revision", n)
		}
	}
	check()
	r.offline()
	r.do(chromedp.Navigate(h.url(older + "#n-" + id)))
	r.ready()
	check()
	r.click("a", "Read the newest revision")
	r.wait("the newest", fmt.Sprintf(`location.pathname === "/a/%s" && document.documentElement.dataset.app === "ready"`, ferry))
	r.anchored(id, "changed")
	r.click(`label`, "Show what changed")
	r.wait("what changed, offline", `document.querySelector("article.story del") !== null`)
}

// TestModeratorAttachesALostNote on the command line; the author's device learns it.
func TestModeratorAttachesALostNote(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	before := r.revision()
	id := r.publish(lostClaim)
	h.correct(lostClaim, "")
	r.corrected(before)
	r.anchored(id, "orphan")
	if list := h.run("orphans"); !strings.Contains(list, id) {
		t.Fatalf("orphans lists\n%s", list)
	}
	h.run("orphans", "attach", id, "1")
	until(t, "the note to be sent out", 5*time.Second, func() bool { return len(h.published(ferry)) == 1 })
	r.run(`document.dispatchEvent(new Event("visibilitychange"))`)
	r.anchored(id, "exact")
	r.state(id, "published")
}

// TestCorrectionAboveWhatIsRead: the line that is being read stays where it is.
func TestCorrectionAboveWhatIsRead(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
	r.open("/a/" + ferry)
	r.settled()
	before := r.revision()
	top := func() float64 {
		return value[float64](r, fmt.Sprintf(`[...document.querySelectorAll("article.story p")].find(p => p.textContent.startsWith(%s)).getBoundingClientRect().top`, quote(insertBefore)))
	}
	r.run(fmt.Sprintf(`[...document.querySelectorAll("article.story p")].find(p => p.textContent.startsWith(%s)).scrollIntoView({block: "start", behavior: "instant"})`, quote(insertBefore)))
	r.wait("the paragraph at the top", `scrollY > 500`)
	was := top()
	h.correct("The boats will leave each side", strings.Repeat("The board met again and again that day. ", 12)+"\n\nThe boats will leave each side")
	r.corrected(before)
	r.wait("the notice", visible(`.news[role=status] .notice`))
	if now := top(); math.Abs(now-was) > 2 {
		t.Errorf("what is read moved from %.0f to %.0f", was, now)
	}
}

// TestChooseANewPlaceOnAPhone, right to left, with a finger.
func TestChooseANewPlaceOnAPhone(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
	r.open("/a/" + train)
	before := r.revision()
	r.annotate(trainClaim)
	r.write(trainNote, source)
	r.decision("publish")
	id := r.post()
	r.state(id, "published")
	h.correctIn(train, trainClaim, "")
	r.corrected(before)
	r.anchored(id, "orphan")
	r.click(`[data-annotation-id="`+id+`"] button`, "Choose a new place")
	r.wait("the picker", `document.activeElement.getAttribute("role") === "listbox"`)
	if !value[bool](r, `(() => {
		const box = document.querySelector("[role=option][aria-selected=true]").getBoundingClientRect();
		return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2).closest("[role=option]") !== null;
	})()`) {
		t.Error("something covers the chosen sentence")
	}
	if wide := value[bool](r, `document.documentElement.scrollWidth > innerWidth`); wide {
		t.Error("the page scrolls sideways")
	}
	r.keys(enter)
	r.anchored(id, "exact")
	r.state(id, "published")
}
