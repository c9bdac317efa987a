//go:build !js

package main

import (
	"fmt"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// missing opens a page that is not there, and takes the error that the browser writes
// of it for what it is.
func (r *reader) missing(path string) {
	r.t.Helper()
	r.mu.Lock()
	r.absent = path
	r.mu.Unlock()
	r.do(chromedp.Navigate(r.house.url(path)))
}

// onEachPage has a script run before those of each page that is opened from now on.
func (r *reader) onEachPage(script string) {
	r.t.Helper()
	call(r, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}

// cancelForm closes the form.
func (r *reader) cancelForm() {
	r.t.Helper()
	r.click("form.composer button", "Cancel")
	r.wait("the form to close", `!document.querySelector("form.composer")`)
}

// amend edits a published note.
func (r *reader) amend(id, more string) {
	r.t.Helper()
	r.click(`[data-annotation-id="`+id+`"] button`, "Edit")
	r.wait("the form", visible(`form[aria-label="Edit note"]`))
	r.fill("Note", more)
	r.decision("publish")
	r.post()
}

// walkConflict: a note that was changed on two devices.
func (r *reader) walkConflict(show func(name string)) {
	r.open("/a/" + ferry)
	r.settled()
	id := r.publish(claim)
	other := openReader(r.t, r.house)
	other.sameReader(r)
	other.open("/a/" + ferry)
	r.click(`[data-annotation-id="`+id+`"] button`, "Edit")
	r.wait("the form", visible(`form[aria-label="Edit note"]`))
	show("edit")
	r.cancelForm()
	r.cut(true)
	r.amend(id, " Counted on weekdays.")
	other.amend(id, " Counted in winter.")
	other.state(id, "published")
	r.cut(false)
	r.state(id, "conflict")
	show("conflict")
	r.open("/me")
	r.wait("the versions", visible(".versions"))
	show("my-notes-conflict")
	r.click("main button", "Erase everything here")
	r.wait("the question", visible("#g7 ~ p strong"))
	show("my-notes-erase")
}

// walkStorage: a browser that keeps nothing, a full one, and one with a new version.
func (r *reader) walkStorage(show func(name string)) {
	r.onEachPage(`const put = IDBObjectStore.prototype.put, open = IDBFactory.prototype.open;
		IDBObjectStore.prototype.put = function (...all) {
			if (window.diskIsFull) throw new DOMException("full", "QuotaExceededError");
			return put.apply(this, all);
		};
		IDBFactory.prototype.open = function (...all) {
			if (location.search === "?blocked") throw new DOMException("blocked", "SecurityError");
			return open.apply(this, all);
		};`)
	r.open("/a/" + ferry)
	r.settled()
	r.run(`window.dispatchEvent(new CustomEvent("marginalia:update"))`)
	r.wait("the news of a version", visible(".notices .notice"))
	show("update")
	r.click(".notices button", "Later")
	r.run(`window.diskIsFull = true`)
	r.annotate(claim)
	r.write(civil, source)
	r.wait("the warning", `document.querySelector("form.composer").innerText.includes("Not kept on this device")`)
	show("full")
	r.cancelForm()
	r.open("/a/" + ferry + "?blocked")
	r.wait("the notice", `document.body.innerText.includes("keeps nothing")`)
	show("blocked")
}

// walkNetwork: no network, an article that is not here, one that is being opened, and
// what was written before the browser was killed.
func (r *reader) walkNetwork(show func(name string)) {
	r.open("/a/" + ferry)
	r.settled()
	r.cut(true)
	r.annotate(claim)
	r.write(civil, source)
	r.decision("publish")
	id := r.post()
	r.state(id, "queued")
	show("note-queued")
	r.open("/me")
	r.state(id, "queued")
	show("my-notes-offline")
	r.cut(false)
	r.state(id, "published")
	r.offline()
	r.open("/a/elsewhere")
	r.wait("the notice", `document.querySelector("main").innerText.includes("not on this device")`)
	show("offline")
	r.onEachPage(`if (location.search === "?slow") IDBFactory.prototype.open = () => ({ addEventListener() {}, removeEventListener() {} })`)
	r.do(chromedp.Navigate(r.house.url("/a/elsewhere?slow")))
	r.wait("the page that is opened", `document.querySelector("main h1")?.getClientRects().length`)
	show("loading")
	r.open("/a/" + ferry)
	r.run(fmt.Sprintf(`(b => { b.hidden = false; b.querySelector("q").textContent = %s })(document.getElementById("restored"))`, quote(claim)))
	show("restored")
	r.online()
}
