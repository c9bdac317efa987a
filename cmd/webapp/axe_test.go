//go:build !js

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axeFile is axe-core (https://github.com/dequelabs/axe-core), as `make test` gets it.
const axeFile = "../../build/axe/node_modules/axe-core/axe.min.js"

// an auditor looks at a page with axe in every scheme and size.
type auditor struct {
	*reader

	axe string
}

func openAuditor(t *testing.T, h *house) *auditor {
	t.Helper()
	source, err := os.ReadFile(axeFile)
	if err != nil {
		t.Skipf("skipped: axe-core is not here, `make test` gets it: %v", err)
	}
	return &auditor{openReader(t, h), string(source)}
}

// violation is what axe has found wrong, with the elements.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		Target  []any  `json:"target"`
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// audit looks at what is on the page: light and dark, wide and on a phone.
func (a *auditor) audit(name string) {
	a.t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		call(a.reader, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}})
		for _, size := range [][2]int64{{1280, 900}, {390, 844}} {
			a.do(chromedp.EmulateViewport(size[0], size[1]))
			a.settleFrames()
			for _, v := range a.violations() {
				for _, n := range v.Nodes {
					html := n.HTML[:min(len(n.HTML), 200)]
					a.t.Errorf("%s, %s, %d px: %s (%s)\n\t%v %s\n\t%s", name, scheme, size[0], v.ID, v.Help, n.Target, html, strings.ReplaceAll(n.Summary, "\n", "\n\t"))
				}
			}
		}
	}
	a.do(chromedp.EmulateViewport(1280, 900))
}

// settleFrames waits until the page has been laid out and painted, and nothing of
// it changes its colour any more.
func (a *auditor) settleFrames() {
	a.run(`const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
		await frame(); await Promise.allSettled(document.getAnimations().map(x => x.finished)); await frame()`)
}

// cancel closes the form.
func (a *auditor) cancel() {
	a.t.Helper()
	a.click("form.composer button", "Cancel")
	a.wait("the form to close", `!document.querySelector("form.composer")`)
}

func (a *auditor) violations() (list []violation) {
	a.t.Helper()
	if !value[bool](a.reader, `typeof axe === "object"`) {
		a.do(chromedp.Evaluate[chromedp.Void](a.axe + "; 0"))
	}
	found := value[string](a.reader, `axe.run(document, { resultTypes: ["violations"] }).then(r => JSON.stringify(r.violations))`)
	if err := json.Unmarshal([]byte(found), &list); err != nil {
		a.t.Fatal(err)
	}
	return list
}

// TestAxePages: no page keeps anybody out.
func TestAxePages(t *testing.T) {
	h := openHouse(t)
	a := openAuditor(t, h)
	for _, path := range []string{"/", "/faq", "/me", "/share?text=A+word", "/a/" + train} {
		a.do(chromedp.Navigate(h.url(path)))
		a.audit(path + " before the app")
		a.ready()
		a.audit(path)
	}
	a.chooseLanguage("ar")
	a.audit("in Arabic")
	a.chooseLanguage("en")
	a.settled()
	a.offline()
	a.open("/a/elsewhere")
	a.audit("an article that is not here, offline")
	a.open("/me")
	a.audit("own notes, offline")
}

// TestAxePanels: how pages look, the list of keys, and the lines that wait for a reason.
func TestAxePanels(t *testing.T) {
	h := openHouse(t)
	a := openAuditor(t, h)
	a.open("/a/" + ferry)
	a.click(".tools button", "Display")
	a.wait("the panel", visible("#display"))
	a.audit("how pages look")
	a.keys(escape)
	a.click(".tools button", "Keyboard shortcuts")
	a.wait("the list", visible("dialog#keys"))
	a.audit("the list of keys")
	a.keys(escape)
	a.run(`for (const id of ["offer", "restored"]) document.getElementById(id).hidden = false; document.querySelector("#restored q").textContent = "17 sailings"`)
	a.audit("the lines")
}

// TestAxeWriting: every state from marking words to a note that is decided.
func TestAxeWriting(t *testing.T) {
	h := openHouse(t)
	a := openAuditor(t, h)
	a.open("/a/" + ferry)
	a.audit("an article without notes")
	a.selectWords(claim)
	a.wait("the toolbar", visible(`[role=toolbar][aria-label=Selection]`))
	a.audit("words selected")
	a.run(`getSelection().removeAllRanges()`)
	a.click("[data-picker]", "Choose a claim")
	a.wait("the picker", visible(`[role=listbox]`))
	a.audit("the claim picker")
	a.keys(escape)
	a.annotate(claim)
	a.audit("an empty form")
	a.write("The harbour master should be shot, call +44 7700 900123, says the ferry report.", "")
	a.decision("reject")
	a.audit("a form that is refused")
	a.click("form.composer button", "Ask a moderator")
	a.wait("the reason", visible(`#c-why`))
	a.audit("an appeal")
	a.click("form.composer button", "Cancel") // back to the note
	a.wait("the appeal to close", `!document.querySelector("#c-why")`)
	a.cancel()
	a.annotate("22 minutes")
	a.write("Only an idiot believes the harbour authority's number of ferry sailings for the winter months.", source)
	a.decision("hold")
	a.audit("a form that is held")
	held := a.post()
	a.state(held, "held")
	a.audit("a held note, open")
	id := a.publish("212 were cancelled")
	a.audit("a published note, open")
	a.click(`[data-annotation-id="`+id+`"] button`, "Reply")
	a.wait("the reply's form", visible(`form[aria-label="Reply"]`))
	a.audit("a reply")
	a.cancel()
	a.click(`[data-annotation-id="`+id+`"] > .acts button`, "Delete")
	a.audit("a note that is about to be deleted")
	a.keys("/")
	a.wait("the search", visible(`[role=search] input`))
	a.keys("ferry")
	a.audit("a search")
	a.open("/me")
	a.wait("the notes", visible(".entry"))
	a.audit("own notes")
}

// TestAxeCorrected: an article that was changed, with a note on changed words and
// one that lost its place.
func TestAxeCorrected(t *testing.T) {
	h := openHouse(t)
	a := openAuditor(t, h)
	a.open("/a/" + ferry)
	changed, lost := a.publish(draftClaim), a.publish(lostClaim)
	before := a.revision()
	h.correct(draftClaim, "58 percent less energy per passenger", lostClaim, "")
	a.corrected(before)
	a.anchored(changed, "changed")
	a.anchored(lost, "orphan")
	a.audit("a correction")
	a.run(`document.querySelector(".story-bar input[type=checkbox]").click()`)
	a.wait("what changed", visible("article.story ins, article.story del"))
	a.audit("what changed")
	a.open("/a/" + ferry + "/r/" + before)
	a.audit("an older revision")
}

// TestAxeSheet: the notes of a narrow screen, over the text.
func TestAxeSheet(t *testing.T) {
	h := openHouse(t)
	a := openAuditor(t, h)
	a.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
	a.open("/a/" + ferry)
	a.publish(claim)
	a.keys(escape)
	a.run(`document.querySelector(".dock button").click()`)
	a.wait("the sheet", visible("aside.notes.sheet .note"))
	for _, v := range a.violations() {
		a.t.Errorf("the sheet: %s %s", v.ID, fmt.Sprint(v.Nodes))
	}
}
