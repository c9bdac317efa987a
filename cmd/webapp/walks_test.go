//go:build !js

package main

import (
	"fmt"
	"testing"
)

// walks go through all states of the pages and have show look at each. `make screens`
// takes a picture there, and axe looks for what keeps people out. Each walk has a server
// and a browser of its own.
var walks = map[string]func(r *reader, show func(name string)){
	"pages":      (*reader).walkPages,
	"reading":    (*reader).walkReading,
	"writing":    (*reader).walkWriting,
	"discussion": (*reader).walkDiscussion,
	"corrected":  (*reader).walkCorrected,
	"conflict":   (*reader).walkConflict,
	"storage":    (*reader).walkStorage,
	"network":    (*reader).walkNetwork,
}

// walkAll runs every walk in a test of its own.
func walkAll(t *testing.T, walk func(t *testing.T, h *house, through func(r *reader, show func(name string)))) {
	for name, through := range walks {
		t.Run(name, func(t *testing.T) { walk(t, openHouse(t), through) })
	}
}

// walkPages: the pages of somebody who is here for the first time.
func (r *reader) walkPages(show func(name string)) {
	for _, p := range []struct{ name, path string }{
		{"list", "/"}, {"faq", "/faq"}, {"my-notes-empty", "/me"}, {"arabic", "/a/" + train},
	} {
		r.open(p.path)
		show(p.name)
	}
	r.open("/a/" + ferry) // saved: a share can be put to it
	r.settled()
	r.open("/share?text=fewer+than+in+winter&url=" + source)
	r.wait("the choice", visible("main .choose button"))
	show("share")
	r.missing("/a/nowhere")
	show("error")
}

// walkReading: an article that nobody has written on, and what lies over it.
func (r *reader) walkReading(show func(name string)) {
	r.open("/a/" + ferry)
	r.wait("the claims", visible(".worth summary"))
	show("article-empty")
	r.run(`document.querySelector(".worth summary").click()`)
	show("claims")
	r.selectWords(claim)
	r.wait("the toolbar", visible(`[role=toolbar][aria-label=Selection]`))
	show("selection")
	r.run(`getSelection().removeAllRanges()`)
	r.click("[data-picker]", "Choose a claim")
	r.wait("the picker", visible(`[role=listbox]`))
	show("picker")
	r.click(".picker button", "Cancel")
	r.keys("/")
	r.wait("the search", visible("[role=search] input"))
	r.keys("s", "a", "i", "l")
	r.wait("the places", `document.querySelector(".finder [role=status]").textContent.startsWith("1 of ")`)
	show("search")
	r.click(".finder button", "Close the search")
	r.wait("the search to close", `!document.querySelector(".finder")`)
	r.click(".tools button", "Display")
	r.wait("the panel", visible("#display"))
	show("display")
	r.keys(escape)
	r.keys("?")
	r.wait("the list", visible("dialog#keys"))
	show("keys")
}

// walkWriting: from an empty form to a note that is decided.
func (r *reader) walkWriting(show func(name string)) {
	r.open("/a/" + ferry)
	r.settled()
	r.run(`const e = new Event("beforeinstallprompt", {cancelable: true}); e.prompt = () => Promise.resolve(); window.dispatchEvent(e)`)
	r.annotate(claim)
	show("composer")
	r.write(civil, source)
	r.decision("publish")
	show("composer-publish")
	id := r.post()
	r.state(id, "published")
	show("note-open")
	r.wait("the offer", visible("#offer"))
	r.keys(escape)
	show("offer")
	r.run(fmt.Sprintf(`document.querySelector("[name=install][value='']").click(); document.querySelector('[data-annotation-id=%q] .text').click()`, id))
	r.click(`[data-annotation-id="`+id+`"] > .acts button`, "Delete")
	r.wait("the question", visible(".confirm"))
	show("delete")
	r.click(`[data-annotation-id="`+id+`"] > .acts button`, "Keep")
	r.click(`[data-annotation-id="`+id+`"] > .acts button`, "Reply")
	r.wait("the reply's form", visible(`form[aria-label="Reply"]`))
	show("reply")
	r.cancelForm()
	r.annotate("22 minutes")
	r.write("Only an idiot believes the harbour authority's number of ferry sailings for the winter months.", source)
	r.decision("hold")
	show("composer-hold")
	held := r.post()
	r.state(held, "held")
	show("note-held")
	r.annotate(draftClaim)
	r.write("The harbour master should be shot, call +44 7700 900123, says the ferry report.", "")
	r.decision("reject")
	show("composer-reject")
	r.click("form.composer button", "Ask a moderator")
	r.wait("the reason", visible("#c-why"))
	show("appeal")
}

// discussed are notes that a discussion of the ferry article begins with.
var discussed = []struct{ words, stance, text string }{
	{claim, "dispute", "Seventeen is right for weekdays. On Sundays the winter timetable of the ferry has eleven sailings."},
	{"17 sailings", "support", "The county's own timetable says the same for weekdays, and names the hours for each side of the harbour."},
	{"each direction. Before the trial began on 1 March 2024", "question", "Is the timetable of the boats the same on both sides of the harbour on the hour?"},
	{"212 were cancelled", "context", "In January the wind cancelled more sailings than the board's report counts for the whole year before."},
	{draftClaim, "dispute", "The operator's figure is for eight weeks; the batteries need more energy per passenger when the sea is cold."},
}

// discuss posts a note with a stance and a passage.
func (r *reader) discuss(words, stance, text string) string {
	r.t.Helper()
	r.annotate(words)
	r.run(fmt.Sprintf(`document.querySelector("form.composer [name=stance][value=%s]").click()`, stance))
	r.write(text, source)
	r.fill("Passage from the source", "Monday to Friday, every hour from 6.00 to 22.00.")
	r.decision("publish")
	id := r.post()
	r.state(id, "published")
	return id
}

// walkDiscussion: notes beside the text, several on the same words, and those that fit.
func (r *reader) walkDiscussion(show func(name string)) {
	r.open("/a/" + ferry)
	var first string
	for i, d := range discussed {
		if id := r.discuss(d.words, d.stance, d.text); i == 0 {
			first = id
		}
	}
	r.keys(escape)
	r.run(`scrollTo(0, 0)`)
	show("article")
	r.run(fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] .text').click()`, first))
	r.wait("the note to open", fmt.Sprintf(`document.querySelector('[data-annotation-id=%q]').ariaCurrent === "true"`, first))
	r.run(`scrollTo(0, 300)`)
	show("overlapping")
	r.keys(escape)
	r.run(`scrollTo(0, 0)`)
	r.run(`document.querySelector(".dock button").click()`) // seen on a phone only
	r.click(".sieve button", "Filter")
	r.wait("the controls", visible("#sieve-kind"))
	r.click("#sieve .filter", "Dispute")
	show("filter")
	r.open("/me")
	r.wait("the notes", visible(".entry"))
	show("my-notes")
	r.open("/")
	r.wait("the tally", visible(".tally"))
	show("list-used")
}

// walkCorrected: an article that was changed, with a note on changed words and one that
// lost its place.
func (r *reader) walkCorrected(show func(name string)) {
	r.open("/a/" + ferry)
	before := r.revision()
	changed, lost := r.publish(claim), r.publish(lostClaim)
	r.keys(escape)
	r.run(`scrollTo(0, 0)`)
	r.settled()
	r.house.correct(claim, "19 sailings in each direction", lostClaim, "")
	r.corrected(before)
	r.anchored(changed, "changed")
	r.anchored(lost, "orphan")
	show("corrected")
	show("lost")
	r.click("label", "Show what changed")
	r.wait("what changed", visible("article.story ins, article.story del"))
	show("what-changed")
	r.open("/a/" + ferry + "/r/" + before)
	show("revision")
}
