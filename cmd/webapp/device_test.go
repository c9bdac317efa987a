//go:build !js

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// sameReader gives r the session of another browser: one reader on two devices.
func (r *reader) sameReader(as *reader) {
	r.t.Helper()
	cookies := call(as, network.GetCookies, network.GetCookiesParams{URLs: []string{as.house.url("/")}}).Cookies
	if len(cookies) != 1 {
		r.t.Fatalf("%d cookies, want the session's", len(cookies))
	}
	yes := true
	call(r, network.SetCookie, network.SetCookieParams{
		Name: cookies[0].Name, Value: cookies[0].Value, URL: r.house.url("/"), HTTPOnly: &yes, SameSite: network.CookieSameSiteLax,
	})
}

// settle presses a button of a note in conflict, on whatever page it is.
func (r *reader) settle(id, name string) {
	r.t.Helper()
	r.state(id, "conflict")
	r.click(`[data-annotation-id="`+id+`"] .versions button`, name)
}

// TestConflictIsResolvedByTheReader edits one note on two devices of its author,
// one of them offline.
func TestConflictIsResolvedByTheReader(t *testing.T) {
	const first, here, there = civil, " Counted here.", " Counted there."
	h := openHouse(t)
	a := openReader(t, h)
	a.open("/a/" + ferry)
	a.settled()
	a.annotate(claim)
	a.write(first, source)
	id := a.post()
	a.state(id, "published")
	b := openReader(t, h)
	b.sameReader(a)
	b.open("/a/" + ferry)
	text := func(r *reader) string {
		t.Helper()
		return value[string](r, fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] .text').innerText`, id))
	}
	sync := func(r *reader) { t.Helper(); r.run(`document.dispatchEvent(new Event("visibilitychange"))`) }

	a.cut(true)
	a.amend(id, here)
	b.amend(id, there)
	b.state(id, "published")
	a.cut(false)
	a.state(id, "conflict")
	a.open("/me")
	a.wait("the three texts", fmt.Sprintf(`(() => {
		const dd = [...document.querySelectorAll('[data-annotation-id=%q] .versions dd')].map(e => e.innerText);
		return dd[0] === %s && dd[1] === %s && dd[2] === %s;
	})()`, id, quote(first), quote(first+here), quote(first+there)))
	a.settle(id, "Keep mine")
	a.state(id, "published")
	if got := text(a); got != first+here {
		t.Errorf("the note reads %q, want mine", got)
	}
	sync(b)
	b.wait("mine on the other device", fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] .text')?.innerText === %s`, id, quote(first+here)))

	a.open("/a/" + ferry + "#n-" + id)
	a.cut(true)
	a.amend(id, " Once more.")
	b.amend(id, " Twice more.")
	b.state(id, "published")
	a.cut(false)
	a.settle(id, "Take theirs") // on the article
	a.state(id, "published")
	if got := text(a); got != first+here+" Twice more." {
		t.Errorf("the note reads %q, want theirs", got)
	}
	a.open("/me")
	a.wait("mine, which was not taken", fmt.Sprintf(`document.querySelector('[data-annotation-id=%q] .aside').textContent.includes("Once more.")`, id))
	if got := h.published(ferry); !slices.Equal(got, []string{id}) {
		t.Errorf("the server has %v, want one note", got)
	}
}

// TestUnsentWorkTravelsInAFile exports on one profile, offline, and imports on
// another one. What had arrived meanwhile is not posted twice.
func TestUnsentWorkTravelsInAFile(t *testing.T) {
	h := openHouse(t)
	a := openReader(t, h)
	a.open("/a/" + ferry)
	a.settled()
	a.cut(true)
	a.annotate(claim)
	a.write(civil, source)
	a.decision("publish")
	id := a.post()
	a.annotate("212 were cancelled")
	a.write("Half a thought", "")
	a.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	a.open("/me")
	dir := t.TempDir()
	call(a, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir})
	a.click("main button", "Save a copy of unsent notes")
	file := filepath.Join(dir, "unsent-notes.json")
	until(t, "the file", 10*time.Second, func() bool { data, err := os.ReadFile(file); return err == nil && strings.HasSuffix(string(data), "}") })

	b := openReader(t, h)
	b.open("/me")
	bad := filepath.Join(dir, "bad.json")
	if err := os.WriteFile(bad, []byte(`{"notes": 3}`), 0o644); err != nil {
		t.Fatal(err)
	}
	takeIn := func(file string) {
		t.Helper()
		b.do(chromedp.SetUploadFiles(chromedp.CSS("#take-in"), []string{file}))
	}
	takeIn(bad)
	b.wait("the refusal", `document.querySelector("#taken-in").innerText.includes("no file of unsent notes")`)
	takeIn(file)
	b.wait("what was taken in", `document.querySelector("#taken-in").innerText.startsWith("Taken in: 1 note goes out by itself, 1 is a draft")`)
	b.state(id, "published")
	b.wait("the draft", `document.querySelector("[data-draft] .text").innerText === "Half a thought"`)
	takeIn(file)
	b.wait("nothing new", `document.querySelector("#taken-in").innerText === "Taken in: 2 were here already."`)

	a.cut(false)
	a.state(id, "rejected") // it is the other browser's, which is another reader's
	a.wait("the reason", `document.querySelector("main").innerText.includes("posted from another device")`)
	if got := h.published(ferry); !slices.Equal(got, []string{id}) {
		t.Errorf("the server has %v, want one note", got)
	}
}

// TestFullDisk: reading goes on, and what is written says that it is not kept,
// until it is.
func TestFullDisk(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	// Chromium's own way to make a quota small changes nothing here.
	call(r, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		const put = IDBObjectStore.prototype.put;
		IDBObjectStore.prototype.put = function (...all) {
			if (window.diskIsFull) throw new DOMException("full", "QuotaExceededError");
			return put.apply(this, all);
		};`})
	r.open("/a/" + ferry)
	r.settled()
	r.run(`window.diskIsFull = true`)
	r.annotate(claim)
	r.wait("the warning before a word is written", `document.querySelector("form.composer").innerText.includes("What you write might not be kept")`)
	r.write(civil, source)
	r.wait("the warning", `document.querySelector("form.composer").innerText.includes("Not kept on this device")`)
	if got := value[string](r, `document.querySelector("form.composer textarea").value`); got != civil {
		t.Errorf("the form holds %q, want what was typed", got)
	}
	dir := t.TempDir()
	call(r, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir})
	r.click("form.composer button", "Save a copy")
	until(t, "the file with what was typed", 10*time.Second, func() bool {
		data, err := os.ReadFile(filepath.Join(dir, "unsent-notes.json"))
		return err == nil && strings.Contains(string(data), civil)
	})
	r.click("form.composer button", "Post")
	r.wait("the form to stay", `[...document.querySelectorAll("[role=status]")].some(e => e.innerText.includes("The note is still in the form: this device has no room left."))`)
	if !value[bool](r, `document.querySelector("form.composer textarea").value.length > 0 && document.querySelector("main article[data-revision]").innerText.length > 100`) {
		t.Error("the form or the article is gone")
	}
	r.run(`window.diskIsFull = false`)
	r.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	r.state(r.post(), "published")
}

// TestClockADayWrong: the device's clock is a day ahead, or behind.
func TestClockADayWrong(t *testing.T) {
	h := openHouse(t)
	other := openReader(t, h)
	var ids []string
	for _, hours := range []int{24, -24} {
		r := openReader(t, h)
		call(r, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf(`
			const real = Date, off = %d * 3600e3;
			Date = class extends real { constructor(...all) { all.length ? super(...all) : super(real.now() + off) } static now() { return real.now() + off } };`, hours)})
		r.open("/a/" + ferry)
		r.annotate(claim)
		r.write(civil+fmt.Sprintf(" Clock %d.", hours), source)
		r.decision("publish")
		id := r.post()
		if !uuid.MatchString(id) {
			t.Errorf("note id %q is no UUIDv7", id)
		}
		r.state(id, "published")
		r.pending(0)
		ids = append(ids, id)
		r.open("/me")
		r.state(id, "published")
		if offset := value[float64](r, `Math.abs(new Date(document.querySelector(".ledger time").dateTime) - Date.now()) / 3600e3`); offset > 1 {
			t.Errorf("clock %+d h: the ledger is %v hours off the device's own clock", hours, offset)
		}
	}
	other.open("/a/" + ferry)
	for _, id := range ids {
		other.state(id, "published")
	}
	if ahead := value[float64](other, fmt.Sprintf(`(new Date(document.querySelector('[data-annotation-id=%q] time').dateTime) - Date.now()) / 60e3`, ids[0])); ahead > 1 {
		t.Errorf("a note is dated %v minutes from now", ahead)
	}
}

// TestEraseThisDevice leaves nothing on a computer that others use, nor in a tab
// that is open in the middle of a word.
func TestEraseThisDevice(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.annotate(claim)
	r.write(civil, source)
	id := r.post()
	r.state(id, "published")
	other := r.tab()
	other.open("/a/" + ferry)
	other.annotate("212 were cancelled")
	other.write("Half a thought", "")
	other.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	r.front()
	r.open("/me")
	r.state(id, "published")
	r.click("main button", "Erase everything here")
	r.click("main button", "Erase everything here")
	r.wait("the list of articles", `location.pathname === "/"`)
	other.wait("the list of articles in the other tab", `location.pathname === "/"`)
	r.open("/me")
	r.wait("nothing", `document.querySelector("main").innerText.includes("Nothing here yet")`)
	r.open("/a/" + ferry)
	r.state(id, "published")
	if mine := value[bool](r, fmt.Sprintf(`[...document.querySelectorAll('[data-annotation-id=%q] button')].some(b => b.textContent === "Edit")`, id)); mine {
		t.Error("the note is still the reader's to edit")
	}
}
