//go:build !js

package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

const (
	ferry  = "harbour-ferry-hourly-sailings"
	source = "https://example.org/harbour/timetable-2026"
)

// A claim of the ferry article, and a note on it that no rule objects to.
const (
	claim = "17 sailings in each direction"
	civil = "The harbour board counts ferry sailings in another way in its report on the winter months."
)

func TestMarkNotePublishSeenByASecondBrowser(t *testing.T) {
	h := openHouse(t)
	a := openReader(t, h)
	a.open("/a/" + ferry)
	a.annotate(claim)
	a.write(civil, source)
	a.decision("publish")
	id := a.post()
	if !uuid.MatchString(id) {
		t.Errorf("note id %q is no UUIDv7", id)
	}
	a.state(id, "published")
	a.pending(0)

	b := openReader(t, h)
	b.open("/a/" + ferry)
	b.wait("the note", visible(`[data-annotation-id="`+id+`"]`))
	b.run(fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] .text').click()`, id))
	b.wait("the open note's highlight", `[...(CSS.highlights.get("open") ?? [])].length === 1`)
	if got := value[string](b, `(() => { const s = [...CSS.highlights.get("open")][0], r = new Range(); r.setStart(s.startContainer, s.startOffset); r.setEnd(s.endContainer, s.endOffset); return String(r) })()`); got != claim {
		t.Errorf("the second browser paints %q, want %q", got, claim)
	}
	if got := value[string](b, fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] .text').innerText`, id)); got != civil {
		t.Errorf("the second browser reads %q, want %q", got, civil)
	}
	if got := value[string](b, `location.hash`); got != "#n-"+id {
		t.Errorf("the address names %q, want %q", got, "#n-"+id)
	}
	b.open("/a/" + ferry + "#n-" + id)
	b.wait("the deep link's note to open", fmt.Sprintf(`document.querySelector('[data-annotation-id=%q]').ariaCurrent === "true"`, id))
}

func TestUnsourcedNoteIsNotPublished(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.annotate(claim)
	r.write(civil, "")
	r.decision("reject")
	r.wait("the finding", visible(`ul[aria-label="Rule check"] [data-rule="source.missing"][data-severity="reject"]`))
	if got := value[string](r, `[...document.querySelectorAll("form.composer button")].find(b => b.textContent.trim() === "Post").ariaDisabled`); got != "true" {
		t.Errorf("Post has aria-disabled %q, want true", got)
	}
	r.click("form.composer button", "Post")
	r.wait("the form to stay", visible("form.composer"))
	r.pending(0)
	if ids := h.published(ferry); len(ids) != 0 {
		t.Errorf("the server published %v", ids)
	}
}

// TestDeletedNoteStaysAway: a page shows what stands, not what went. A reader who
// comes back must not keep a note that its author has deleted.
func TestDeletedNoteStaysAway(t *testing.T) {
	h := openHouse(t)
	a, b := openReader(t, h), openReader(t, h)
	a.open("/a/" + ferry)
	a.annotate(claim)
	a.write(civil, source)
	id := a.post()
	a.state(id, "published")
	b.open("/a/" + ferry)
	b.wait("the note", visible(`[data-annotation-id="`+id+`"]`))
	b.do(chromedp.Navigate(h.url("/faq")))
	a.click(`[data-annotation-id="`+id+`"] > .acts button`, "Delete")
	a.click(`[data-annotation-id="`+id+`"] > .acts button`, "Delete")
	until(t, "the note to go", 10*time.Second, func() bool { return len(h.published(ferry)) == 0 })
	b.open("/a/" + ferry)
	b.wait("the note to go", fmt.Sprintf(`!document.querySelector('[data-annotation-id=%q]')`, id))
}

// TestBlockedStorage: where a browser keeps nothing for the page it can still be
// read and says so.
// TestKeyboardOnly goes from the list of articles to a published note without a
// pointer and without a script's help.
func TestKeyboardOnly(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.do(chromedp.Navigate(h.url("/")))
	r.tabTo(`a[href="/a/` + ferry + `"]`)
	r.keys(enter)
	r.wait("the article", `location.pathname.endsWith("`+ferry+`")`)
	r.keys(tab)
	r.wait("the app", `document.documentElement.dataset.app === "ready"`)
	r.keys("a") // nothing is selected: the picker opens
	r.wait("the picker", `document.activeElement.getAttribute("role") === "listbox" && document.activeElement.ariaLabel === "Sentences"`)
	r.keys(down, down, down)
	r.wait("the fourth sentence", `document.activeElement.getAttribute("aria-activedescendant")?.endsWith("3")`)
	want := value[string](r, `document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).firstChild.textContent`)
	r.keys(enter)
	r.wait("the composer with focus in the note", `document.activeElement.matches("form[aria-label='New note'] textarea")`)
	if got := value[string](r, `document.querySelector("form.composer .claim").innerText`); got != want {
		t.Errorf("the composer is on %q, want the chosen sentence %q", got, want)
	}
	r.keys(civil)
	r.tabTo(`form.composer input[type=url]`)
	r.keys(source)
	r.decision("publish")
	r.tabTo(`form.composer button[type=submit]`)
	r.keys(enter)
	r.wait("focus on the new note", `document.activeElement.closest("[data-annotation-id]") !== null`)
	id := value[string](r, `document.activeElement.closest("[data-annotation-id]").dataset.annotationId`)
	r.state(id, "published")
	r.keys(escape)
	r.wait("the way back to the text", `document.activeElement.closest("article.story, main") !== null`)
	if got := h.published(ferry); !slices.Equal(got, []string{id}) {
		t.Errorf("the server has %v, want %s", got, id)
	}
}

// tabTo presses Tab until an element that matches has the focus.
func (r *reader) tabTo(css string) {
	r.t.Helper()
	for range 60 {
		r.keys(tab)
		if value[bool](r, fmt.Sprintf(`document.activeElement.matches(%s)`, quote(css))) {
			return
		}
	}
	r.t.Fatalf("60 times Tab do not reach %s%s", css, r.shot())
}

func TestInstallable(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/")
	r.settled()
	got := call(r, page.GetInstallabilityErrors, cdp.Empty{})
	for _, e := range got.InstallabilityErrors {
		args, _ := json.Marshal(e.ErrorArguments)
		t.Errorf("not installable: %s %s", e.ErrorID, args)
	}
}

func TestHeldNoteReachesAModeratorAndItsAuthor(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.annotate(claim)
	r.write("Only an idiot believes the harbour authority's number of ferry sailings for the winter months.", source)
	r.decision("hold")
	id := r.post()
	r.state(id, "held")
	if got := h.published(ferry); len(got) != 0 {
		t.Errorf("a held note is public: %v", got)
	}
	h.run("queue", "publish", id, "--reason", "It argues with the claim.")
	until(t, "the note to be public", 5*time.Second, func() bool { return slices.Equal(h.published(ferry), []string{id}) })
	r.run(`document.dispatchEvent(new Event("visibilitychange"))`)
	r.state(id, "published")
}

func TestAppealOfARejectedNote(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.annotate(claim)
	r.write("The harbour master should be shot, a passenger shouted, and the ferry report leaves that out.", source)
	r.decision("reject")
	r.click("form.composer button", "Ask a moderator")
	r.wait("the reason", `document.activeElement.labels?.[0]?.textContent.trim() === "Why should it be posted?"`)
	r.keys("I quote a passenger, I threaten no one.")
	r.click("form.composer button", "Ask a moderator")
	r.wait("the form to close", `!document.querySelector("form.composer")`)
	r.pending(0)
	id := value[string](r, `document.querySelector(".note[aria-current=true]").dataset.annotationId`)
	r.state(id, "held")
}

func TestEditReplyAndDelete(t *testing.T) {
	h := openHouse(t)
	a := openReader(t, h)
	a.open("/a/" + ferry)
	a.annotate(claim)
	a.write(civil, source)
	id := a.post()
	a.state(id, "published")

	a.click(`[data-annotation-id="`+id+`"] button`, "Edit")
	a.wait("the form", visible(`form[aria-label="Edit note"]`))
	a.fill("Note", " It was counted twice.")
	a.decision("publish")
	a.post()
	a.wait("the new text", fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] .text').innerText.includes("counted twice")`, id))
	a.pending(0)
	a.state(id, "published")

	b := openReader(t, h)
	b.open("/a/" + ferry + "#n-" + id)
	b.click(`[data-annotation-id="`+id+`"] button`, "Reply")
	b.wait("the form", visible(`form[aria-label="Reply"]`))
	b.fill("Note", "Thank you, the timetable agrees with that.")
	b.decision("publish")
	b.click("form.composer button", "Post")
	b.pending(0)
	b.wait("the reply under its note", fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] [data-annotation-id][data-state=published]') !== null`, id))
	if n := value[int](b, `[...document.querySelectorAll('[data-annotation-id="`+id+`"] button')].filter(b => b.textContent.trim() === "Edit" && !b.closest(".replies")).length`); n != 0 {
		t.Error("a reader may edit somebody else's note")
	}

	a.click("aside.notes button", "1 new note: show it")
	a.wait("the reply", `document.querySelector(".replies [data-annotation-id]") !== null`)
	a.click(`[data-annotation-id="`+id+`"] > .acts button`, "Delete")
	a.click(`[data-annotation-id="`+id+`"] > .acts button`, "Delete")
	a.wait("the note to go", fmt.Sprintf(`!document.querySelector('[data-annotation-id=%q]')`, id))
	a.pending(0)
	if slices.Contains(h.published(ferry), id) {
		t.Error("a deleted note is still public")
	}
}

func TestCommentOnTheWholeArticle(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.click("section.comments button", "Add a note on the whole article")
	r.wait("the form", visible(`form[aria-label="New note"]`))
	r.write(civil, source)
	r.decision("publish")
	r.click("form.composer button", "Post")
	r.wait("the comment", visible(`section.comments [data-annotation-id][data-state=published][data-anchor=""]`))
	r.wait("the way to the FAQ", `document.querySelector("section.comments a[href='/faq']") !== null`)
}
