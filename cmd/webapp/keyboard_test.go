//go:build !js

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Each test here does one job of a reader or an author with keys alone: no pointer and
// no script's help, and the focus is looked at on the way.

// openByKeys opens a page whose app a key starts.
func (r *reader) openByKeys(path string) {
	r.t.Helper()
	r.do(chromedp.Navigate(r.house.url(path)))
	r.keys(tab)
	r.wait("the app", `document.documentElement.dataset.app === "ready"`)
}

// focused waits until an element that matches has the focus.
func (r *reader) focused(what, css string) {
	r.t.Helper()
	r.wait("focus on "+what, fmt.Sprintf(`document.activeElement.matches(%s)`, quote(css)))
}

// tabToNamed presses Tab until the button with that name inside the element has the focus.
func (r *reader) tabToNamed(within, name string) {
	r.t.Helper()
	for range 60 {
		r.keys(tab)
		if value[bool](r, fmt.Sprintf(`(e => e.matches(%s) && %s)(document.activeElement)`, quote(within+" button"), named(name))) {
			return
		}
	}
	r.t.Fatalf("60 times Tab do not reach %q in %s%s", name, within, r.shot())
}

func (r *reader) ctrlEnter() {
	r.t.Helper()
	r.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
}

// take presses Enter where the page itself handles the key. A browser then sends no
// character after it, as the protocol's own Enter does, into the field that has the focus
// by then.
func (r *reader) take() {
	r.t.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		call(r, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13})
	}
}

// hears waits until the form's status says that.
func (r *reader) hears(words string) {
	r.t.Helper()
	r.wait("the status "+words, fmt.Sprintf(`document.querySelector("form.composer .decision[role=status]")?.innerText.includes(%s)`, quote(words)))
}

// chooseByKeys opens the form on the sentence that many below the first.
func (r *reader) chooseByKeys(below int) {
	r.t.Helper()
	r.keys("a")
	r.focused("the sentences", `[role=listbox][aria-label=Sentences]`)
	r.keys(kb.Home) // the picker opens where it was left
	for range below {
		r.keys(down)
	}
	r.wait("the sentence", fmt.Sprintf(`document.activeElement.getAttribute("aria-activedescendant") === "s%d"`, below))
	r.take()
	r.focused("the note", `form[aria-label="New note"] textarea[data-field=text]`)
}

// writeByKeys opens the form on a sentence, writes and posts, and returns the note's id.
func (r *reader) writeByKeys(below int, text string) string {
	r.t.Helper()
	r.chooseByKeys(below)
	r.keys(text)
	r.tabTo(`form.composer input[type=url]`)
	r.keys(source)
	r.hears("Ready")
	r.ctrlEnter()
	r.focused("the new note", `article.note[data-annotation-id]`)
	id := value[string](r, `document.activeElement.dataset.annotationId`)
	r.state(id, "published")
	return id
}

func noteCSS(id string) string { return `[data-annotation-id="` + id + `"]` }

func TestKeyboardWriteHearAndWalk(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.openByKeys("/a/" + ferry)
	r.keys("a")
	r.focused("the sentences", `[role=listbox]`)
	r.keys(escape)
	r.wait("the picker to close, with the focus where it was", `!document.querySelector("[role=listbox]") && document.activeElement !== document.body`)

	r.chooseByKeys(3)
	words := value[string](r, `document.querySelector("form.composer .claim").innerText`)
	r.keys(civil)
	r.hears("Not yet")
	r.tabTo(`form.composer input[type=url]`)
	r.keys(source)
	r.hears("Ready")
	r.keys(escape)
	r.focused("the paragraph of the claim", `article.story > [id^=b]`)
	if got := value[string](r, `document.activeElement.innerText`); !strings.Contains(got, words) {
		t.Errorf("the focus is on %q, want the paragraph of %q", got, words)
	}
	r.chooseByKeys(3) // the draft is there
	if got := value[string](r, formText); got != civil {
		t.Errorf("the form holds %q, want the draft", got)
	}
	r.hears("Ready")
	r.ctrlEnter()
	r.focused("the new note", `article.note[data-annotation-id]`)
	id := value[string](r, `document.activeElement.dataset.annotationId`)
	r.state(id, "published")
	if got := h.published(ferry); !slices.Equal(got, []string{id}) {
		t.Errorf("the server has %v, want %s", got, id)
	}

	r.keys("t")
	r.focused("the words of the note", `article.story > [id^=b]`)
	if got := value[string](r, paintedAs("open")); got != words {
		t.Errorf("painted is %q, want the claim %q", got, words)
	}
	r.keys("t")
	r.focused("the note", noteCSS(id))
	r.tabToNamed(noteCSS(id), "Back to the text")
	r.keys(enter)
	r.focused("the words of the note", `article.story > [id^=b]`)
	r.keys("n")
	r.focused("the note", noteCSS(id))
	r.keys(escape)
	r.focused("the words of the note", `article.story > [id^=b]`)
	r.wait("the note to close", `!document.querySelector(".note[aria-current]")`)
	r.keys("p")
	r.focused("the note", noteCSS(id))
}

func TestKeyboardEditAndDelete(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.openByKeys("/a/" + ferry)
	id := r.writeByKeys(2, civil)
	r.tabToNamed(noteCSS(id), "Edit")
	r.keys(enter)
	r.focused("the note's text", `form[aria-label="Edit note"] textarea[data-field=text]`)
	r.keys(escape)
	r.focused("the note, which is not edited", noteCSS(id))
	r.tabToNamed(noteCSS(id), "Edit")
	r.keys(enter)
	r.focused("the note's text", `form[aria-label="Edit note"] textarea[data-field=text]`)
	r.keys(" Twice.")
	r.hears("Ready")
	r.ctrlEnter()
	r.focused("the note", noteCSS(id))
	r.wait("the new text", fmt.Sprintf(`document.querySelector('%s .text').innerText.includes("Twice.")`, noteCSS(id)))
	r.pending(0)
	r.state(id, "published")

	r.tabToNamed(noteCSS(id), "Delete")
	r.keys(enter)
	r.wait("the question", fmt.Sprintf(`document.querySelector('%s .confirm').innerText.includes("Keep")`, noteCSS(id)))
	r.tabToNamed(noteCSS(id), "Keep")
	r.keys(enter)
	r.focused("the note, which is kept", noteCSS(id))
	r.tabToNamed(noteCSS(id), "Delete")
	r.keys(enter)
	r.focused("Delete, which asks", noteCSS(id)+" .confirm button")
	r.keys(enter)
	r.focused("the words where the note was", `article.story > [id^=b]`)
	r.wait("the note to go", fmt.Sprintf(`!document.querySelector('%s')`, noteCSS(id)))
	r.pending(0)
	if got := h.published(ferry); len(got) != 0 {
		t.Errorf("the server has %v, want nothing", got)
	}
}

func TestKeyboardReply(t *testing.T) {
	h := openHouse(t)
	a := openReader(t, h)
	a.openByKeys("/a/" + ferry)
	id := a.writeByKeys(2, civil)
	a.cancel() // never two browsers at a time

	b := openReader(t, h)
	b.openByKeys("/a/" + ferry)
	b.keys("n")
	b.focused("the note", noteCSS(id))
	b.tabToNamed(noteCSS(id), "Reply")
	b.keys(enter)
	b.focused("the reply's text", `form[aria-label=Reply] textarea[data-field=text]`)
	b.keys("Thank you, the timetable agrees with that.")
	b.hears("Ready")
	b.ctrlEnter()
	b.focused("the reply", noteCSS(id)+" .replies [data-annotation-id]")
	reply := value[string](b, `document.activeElement.dataset.annotationId`)
	b.state(reply, "published")
	b.keys("t")
	b.focused("the words of the note that is answered", `article.story > [id^=b]`)
	b.keys("t")
	b.focused("the reply", noteCSS(reply))
	b.tabToNamed(noteCSS(reply), "Delete")
	b.keys(enter, enter)
	b.wait("the reply to go", fmt.Sprintf(`!document.querySelector('%s')`, noteCSS(reply)))
	b.focused("the note that was answered", noteCSS(id))
}

// walkTo goes to the only note from the text, wherever the focus is.
func walkTo(r *reader, id string) {
	r.t.Helper()
	r.keys(escape)
	r.wait("no open note", `!document.querySelector(".note[aria-current]")`)
	r.keys("n")
	r.wait("the note", fmt.Sprintf(`document.querySelector('%s').ariaCurrent === "true"`, noteCSS(id)))
	r.focused("the note", noteCSS(id))
}

// TestKeyboardConflict settles a note that was changed on two devices.
func TestKeyboardConflict(t *testing.T) {
	h := openHouse(t)
	a := openReader(t, h)
	a.openByKeys("/a/" + ferry)
	id := a.writeByKeys(2, civil)
	edit := func(r *reader, text string) {
		t.Helper()
		walkTo(r, id)
		r.tabToNamed(noteCSS(id), "Edit")
		r.keys(enter)
		r.focused("the note's text", `form[aria-label="Edit note"] textarea[data-field=text]`)
		r.keys(text)
		r.hears("Ready")
		r.ctrlEnter()
		r.focused("the note", noteCSS(id))
	}
	b := openReader(t, h)
	b.sameReader(a)
	b.openByKeys("/a/" + ferry)
	a.cut(true)
	edit(a, " Counted here.")
	edit(b, " Counted there.")
	b.state(id, "published")
	b.cancel()
	a.cut(false)
	a.state(id, "conflict")
	walkTo(a, id)
	a.tabToNamed(noteCSS(id), "Keep mine")
	a.keys(enter)
	a.state(id, "published")
	a.pending(0)
	a.wait("the focus on the note, whose buttons are others now", fmt.Sprintf(`!!document.activeElement.closest('%s')`, noteCSS(id)))
	if got := value[string](a, fmt.Sprintf(`document.querySelector('%s .text').textContent`, noteCSS(id))); got != civil+" Counted here." {
		t.Errorf("the note reads %q, want mine", got)
	}
}

// TestKeyboardOwnNotes drops a draft and deletes a note on the page of own notes.
func TestKeyboardOwnNotes(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.openByKeys("/a/" + ferry)
	id := r.writeByKeys(2, civil)
	r.chooseByKeys(4)
	r.keys("Not finished")
	r.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	r.keys(escape)
	r.focused("the words of the draft", `article.story > [id^=b]`)

	r.openByKeys("/me")
	// By its title, though the list of articles was never seen.
	r.wait("the article's title", `[...document.querySelectorAll(".entry")].every(e => e.innerText.includes("Harbour ferry to sail every hour"))`)
	r.tabToNamed("[data-draft]", "Delete draft")
	r.keys(enter)
	r.wait("the draft to go", `!document.querySelector("[data-draft]")`)
	r.focused("the page", "#main")
	r.tabToNamed(noteCSS(id), "Delete")
	r.keys(enter, enter)
	until(t, "the note to go", 10*time.Second, func() bool { return len(h.published(ferry)) == 0 })
	r.wait("a focus that is somewhere", `document.activeElement.closest("#main") !== null`)
}

// TestKeyboardHelp lists the shortcuts and switches those of a single key off, which
// lasts.
func TestKeyboardHelp(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.openByKeys("/a/" + ferry)
	r.tabTo(`.story-bar [data-finder]`)
	r.keys("?")
	r.wait("the list", `document.querySelector("dialog#keys").open && document.activeElement.closest("dialog") !== null`)
	r.keys("n") // acts on nothing behind it
	r.keys(escape)
	r.wait("the list to close", `!document.querySelector("dialog#keys").open`)
	r.focused("where it was", `.story-bar [data-finder]`)

	r.tabToNamed(".tools", "Keyboard shortcuts")
	r.keys(enter)
	r.focused("the switch", `dialog[open] input[name=keys]`)
	r.keys(" ")
	r.wait("the switch to be off", `document.documentElement.dataset.keys === "off"`)
	r.wait("no control to name a key that does nothing", `document.querySelectorAll("[aria-keyshortcuts]").length === 0`)
	r.keys(escape)
	r.focused("the button", `.tools [data-opens]`)
	r.keys("a", "?", "/")
	if value[bool](r, `!!document.querySelector("[role=listbox], .finder, dialog[open]")`) {
		t.Error("a single key did something although they are switched off")
	}

	r.openByKeys("/a/" + ferry)
	r.keys("a")
	r.tabTo(`.story-bar [data-picker]`) // by the time Tab has arrived, a would have opened it
	if value[bool](r, `!!document.querySelector("[role=listbox]")`) {
		t.Error("the keys are on again after a reload")
	}
	r.tabToNamed(".tools", "Keyboard shortcuts")
	r.keys(enter)
	r.focused("the switch", `dialog[open] input[name=keys]`)
	r.keys(" ", escape)
	r.focused("the button", `.tools [data-opens]`)
	r.wait("the keys to be on", `document.querySelectorAll("[aria-keyshortcuts]").length > 0`)
	r.keys("a")
	r.focused("the sentences", `[role=listbox]`)
}

// TestTypingIsQuiet: the status in the form changes when the decision does, and what a
// screen reader hears at each key is nothing.
func TestTypingIsQuiet(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.openByKeys("/a/" + ferry)
	r.chooseByKeys(3)
	r.run(`window.heard = [];
		for (const live of document.querySelectorAll("[role=status], [role=alert], [aria-live]")) {
			new MutationObserver(() => heard.push(live.innerText.trim())).observe(live, {childList: true, subtree: true, characterData: true});
		}`)
	r.keys(civil)
	r.hears("Not yet")
	r.tabTo(`form.composer input[type=url]`)
	r.keys(source)
	r.hears("Ready")
	r.tabTo(`form.composer textarea[data-field="sources/0/passage"]`)
	r.keys("Seventeen sailings are planned for each weekday.")
	r.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	heard := slices.DeleteFunc(value[[]string](r, `heard`), func(s string) bool { return s == "" })
	for i := 1; i < len(heard); i++ {
		if heard[i] == heard[i-1] {
			t.Errorf("%q is said twice: %q", heard[i], heard)
			break
		}
	}
	if len(heard) > 4 {
		t.Errorf("%d characters made the page say %q", len(civil)+len(source), heard)
	}
}

// TestWhatIsPostedIsInSight: a note that takes its place, and moves there before the
// reader's eyes, is where the page is when its form has closed.
func TestWhatIsPostedIsInSight(t *testing.T) {
	h := openHouse(t)
	h.crowd(river, 12, 0)
	r := openReader(t, h)
	r.media("", "prefers-reduced-motion", "no-preference")
	r.openByKeys("/a/" + river)
	inPlace := func(when string) {
		t.Helper()
		r.wait("the note to have the focus, "+when, `document.activeElement.matches(".note[aria-current=true]")`)
		r.run(`await Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {})))`)
		at := value[[]float64](r, `(({top, bottom}) => [top, bottom, innerHeight])(document.activeElement.getBoundingClientRect())`)
		if at[0] < 0 || at[1] > at[2] {
			t.Errorf("%s the note stands from %.0f to %.0f in a window of %.0f", when, at[0], at[1], at[2])
		}
	}
	r.chooseByKeys(3)
	r.do(chromedp.KeyEvent("The river figures of the ministry for the winter months say otherwise."))
	r.fill("Source URL", "https://example.org/report/winter-figures?year=2019")
	r.decision("publish")
	r.ctrlEnter()
	r.wait("the form to close", `!document.querySelector("form.composer")`)
	inPlace("after Post")
	r.pending(0)
	r.click(".note[aria-current=true] button", "Edit")
	r.wait("the form", visible(`form[aria-label="Edit note"]`))
	r.keys(escape)
	r.wait("the form to close", `!document.querySelector("form.composer")`)
	inPlace("after Escape")
}
