//go:build !js

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// chooseLanguage presses a language in the page's foot and waits for the app.
func (r *reader) chooseLanguage(tag string) {
	r.t.Helper()
	// Not by its place: the foot moves while the page above it fills.
	r.run(fmt.Sprintf(`document.querySelector('.languages button[value=%q]').click()`, tag))
	r.wait("the page in "+tag, fmt.Sprintf(`document.documentElement.lang === %q && document.documentElement.dataset.app === "ready"`, tag))
}

// heading is what the page's first heading says.
func (r *reader) heading() string { return value[string](r, `document.querySelector("h1").innerText`) }

func TestLanguageIsChosenAndStays(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/me")
	r.settled()
	if got := r.heading(); got != "My notes" {
		t.Errorf("at first the page is headed %q", got)
	}
	r.chooseLanguage("de")
	if got := r.heading(); got != "Meine Notizen" {
		t.Errorf("in German the page is headed %q", got)
	}
	r.wait("the sync state in German", `document.querySelector(".sync").innerText.includes("Alle Notizen gesendet")`)
	r.open("/a/" + ferry)
	r.settled()
	r.wait("German controls on an English text", `document.querySelector("[data-picker]").innerText.trim() === "Aussage wählen" && document.querySelector("main article").lang === "en"`)
	r.offline()
	for path, want := range map[string]string{"/me": "Meine Notizen", "/": "Artikel", "/a/elsewhere": "Dieser Artikel ist nicht auf diesem Gerät"} {
		r.open(path)
		if got := r.heading(); got != want {
			t.Errorf("offline %s is headed %q, want %q", path, got, want)
		}
	}
}

// What the rules find is said in the page's language: while a note is written, and on
// the note that a moderator reads first.
func TestFindingsInThePagesLanguage(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.chooseLanguage("es")
	r.selectWords(claim)
	r.click(`[role=toolbar] button`, "Anotar")
	r.wait("the form", visible(`form[aria-label="Nota nueva"]`))
	r.fill("Nota", "Only an idiot reads the ferry timetable of the harbour board that way.")
	r.fill("Dirección de la fuente", source)
	r.decision("hold")
	insult := `[data-rule="abuse.insult"]`
	r.wait("the finding in Spanish", fmt.Sprintf(`document.querySelector('form %s .why')?.innerText === "insulta a una persona."`, insult))
	if got := value[string](r, fmt.Sprintf(`document.querySelector('form %s .fix').innerText`, insult)); !strings.HasPrefix(got, "Di mejor qué está mal en la afirmación.") {
		t.Errorf("the form says %q", got)
	}
	r.click("form.composer button", "Publicar")
	r.wait("the held note with its finding in Spanish", fmt.Sprintf(`document.querySelector('.note[data-state=held] %s .why')?.innerText === "insulta a una persona."`, insult))
	if got := value[int](r, `document.querySelectorAll(".checks [lang]").length`); got != 0 {
		t.Errorf("%d parts of the findings are marked as in another language", got)
	}
	r.open("/me")
	r.wait("the finding on the page of own notes", fmt.Sprintf(`document.querySelector('.entry %s .why')?.innerText === "insulta a una persona."`, insult))
	r.open("/faq")
	if got := value[string](r, `document.querySelector("#abuse h2").innerText`); got != "Sin insultos" {
		t.Errorf("the FAQ speaks of %q", got)
	}
	if got := value[string](r, `document.querySelector("#abuse dd").lang`); got != "en" {
		t.Errorf("the FAQ's example is in %q", got)
	}
}

// A choice without a network changes nothing, and loses nothing.
func TestLanguageOffline(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.settled()
	r.open("/a/" + ferry)
	r.annotate(claim)
	r.write(civil, source)
	r.wait("the draft to be kept", `document.querySelector("#c-ask").innerText === "Draft saved on this device"`)
	r.offline()
	r.do(chromedp.Click(chromedp.CSS(`.languages button[value="fr"]`)))
	r.wait("the page again, with the draft", `document.documentElement.lang === "en" && document.querySelector("form.composer textarea")?.value.length > 0`)
}

// In Arabic the page runs from right to left: by its boxes, not by an attribute.
func TestRightToLeft(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.annotate(claim)
	r.write(civil, source)
	r.state(r.post(), "published")
	r.chooseLanguage("ar")
	r.wait("the note", visible(`article.note`))
	box := func(selector string) []float64 {
		return value[[]float64](r, fmt.Sprintf(`(() => { const b = document.querySelector(%q).getBoundingClientRect(); return [b.left, b.right] })()`, selector))
	}
	story, notes := box("main article.story"), box("aside.notes")
	if notes[1] > story[0] {
		t.Errorf("the notes are at %v and the text at %v, want them left of it", notes, story)
	}
	brand, status := box(".brand"), box(".masthead .ends")
	if brand[0] < status[1] {
		t.Errorf("the name is at %v and the state at %v, want it right of that", brand, status)
	}
	if got := value[string](r, `getComputedStyle(document.querySelector("#b1")).direction`); got != "ltr" {
		t.Errorf("the English text runs %s", got)
	}
	if wide := value[bool](r, `document.documentElement.scrollWidth > innerWidth`); wide {
		t.Error("the page scrolls sideways")
	}
}
