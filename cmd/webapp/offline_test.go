//go:build !js

package main

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/page"
)

func TestAbusiveNoteIsRefusedOnTheDeviceOffline(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.settled()
	r.offline()
	r.open("/a/" + ferry)
	r.annotate(claim)
	r.write("The harbour master should be shot, says every ferry passenger here.", source)
	r.decision("reject")
	r.wait("the finding", visible(`[data-rule="abuse.threat"]`))
	r.wait("the exact words marked", `[...document.querySelectorAll("form.composer .mirror mark")].some(m => m.textContent.includes("should be shot"))`)
	r.click("form.composer button", "Post")
	r.wait("the form to stay", visible("form.composer"))
	r.pending(0)
}

func TestTwentyNotesOfflineSurviveAKill(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.settled()
	r.offline()
	r.open("/a/" + ferry)
	var ids []string
	for i := range 20 {
		r.annotate(claim)
		r.write(fmt.Sprintf("%s Count number %d.", civil, i+1), source)
		r.decision("publish")
		ids = append(ids, r.post())
	}
	r.pending(20)
	r.kill()
	r.open("/a/" + ferry)
	r.pending(20)
	r.online()
	r.pending(0)
	got := h.published(ferry)
	slices.Sort(ids)
	slices.Sort(got)
	if !slices.Equal(got, ids) {
		t.Errorf("the server has %d notes %v, want the device's 20 %v", len(got), got, ids)
	}
}

func TestDeepLinksOffline(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.settled()
	r.annotate(claim)
	r.write(civil, source)
	id := r.post()
	r.state(id, "published")
	r.offline()
	for path, sign := range map[string]string{
		"/":                          `document.querySelector("main a[href='/a/` + ferry + `']") !== null`,
		"/faq":                       `document.querySelectorAll(".rules section").length > 4`,
		"/me":                        visible(`[data-annotation-id="` + id + `"]`),
		"/a/" + ferry + "#n-" + id:   `document.querySelector('[data-annotation-id="` + id + `"]').ariaCurrent === "true"`,
		"/a/" + ferry:                visible(`main article[data-revision] #b1`),
		"/a/an-article-never-opened": `document.querySelector("main").innerText.includes("not on this device")`,
	} {
		r.open(path)
		r.wait(path+" offline", sign)
		r.wait("the status", `document.querySelector('[aria-label=Sync]').dataset.state === "offline"`)
	}
}

func TestDraftSurvivesAKill(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.settled()
	r.annotate(claim)
	r.write(civil, source)
	r.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	r.kill()
	r.open("/a/" + ferry)
	r.wait("the form", visible(`form[aria-label="New note"]`))
	if got := value[string](r, `document.querySelector("form.composer textarea").value`); got != civil {
		t.Errorf("the draft's text is %q, want %q", got, civil)
	}
	if got := value[string](r, `document.querySelector("form.composer input[type=url]").value`); got != source {
		t.Errorf("the draft's source is %q, want %q", got, source)
	}
	if got := value[string](r, `document.querySelector("form.composer .claim").innerText`); got != claim {
		t.Errorf("the draft's claim is %q, want %q", got, claim)
	}
	r.decision("publish")
	r.state(r.post(), "published")
}

func TestBlockedStorage(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	call(r, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		const blocked = () => { throw new DOMException("blocked", "SecurityError") };
		for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {configurable: true, get: blocked});
		IDBFactory.prototype.open = blocked;`})
	r.open("/a/" + ferry)
	r.wait("the notice", `document.body.innerText.includes("keeps nothing")`)
	r.annotate(claim)
	r.write(civil, source)
	r.decision("publish")
	r.wait("the form to say so", `document.querySelector("form.composer").innerText.includes("keeps nothing: post before you leave")`)
	r.offline()
	r.wait("the form to say so offline", `document.querySelector("form.composer").innerText.includes("Not kept on this device")`)
	id := r.post()
	r.state(id, "queued")
	r.wait("that nothing is promised", `[...document.querySelectorAll("[role=status]")].some(e => e.innerText.includes("Leave this page open"))`)
	r.online()
	r.state(id, "published")
}
