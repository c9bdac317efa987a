//go:build !js

package main

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// paintedAs is an expression: the words that a highlight paints, joined by "|".
func paintedAs(name string) string {
	return fmt.Sprintf(`[...(CSS.highlights.get(%q) ?? [])].map(s => { const r = new Range(); r.setStart(s.startContainer, s.startOffset); r.setEnd(s.endContainer, s.endOffset); return String(r) }).join("|")`, name)
}

func TestSearchInTheArticle(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	id := r.publish(claim)
	r.run(`document.querySelector("[data-finder]").focus()`)
	r.keys("/")
	r.wait("the field", `document.activeElement.matches("[role=search] input[type=search]")`)
	if got := value[string](r, `document.activeElement.value`); got != "" {
		t.Errorf("the key stands in the field: %q", got)
	}
	r.keys(strings.Split("SAILINGS", "")...)
	said := `document.querySelector(".finder [role=status]").textContent`
	r.wait("the places", said+`.startsWith("1 of ")`)
	r.wait("all places painted", `(`+paintedAs("found")+`).split("|").every(s => s.toLowerCase() === "sailings")`)
	r.wait("the first place painted", `(`+paintedAs("here")+`).toLowerCase() === "sailings"`)
	r.keys(enter)
	r.wait("the second place", said+`.startsWith("2 of ")`)
	r.click(".finder button", "Previous place")
	r.wait("the first again", said+`.startsWith("1 of ")`)
	r.run(`document.querySelector(".finder input").focus()`)
	r.keys(escape)
	r.wait("the search to close, with the focus where it was", `!document.querySelector(".finder") && document.activeElement.matches("[data-finder]")`)
	r.wait("nothing painted", paintedAs("found")+` === ""`)

	// The words of a note, which are not in the text, offline.
	r.settled()
	r.cut(true)
	r.keys("/")
	r.wait("the field", `document.activeElement.matches("[role=search] input")`)
	r.keys(strings.Split("winter months zzz", "")...)
	r.wait("nothing", said+` === "Not in the text"`)
	r.run(`(() => { const e = document.querySelector(".finder input"); e.value = "winter months"; e.dispatchEvent(new Event("input", {bubbles: true})) })()`)
	r.wait("the note", visible(`.finder button[aria-pressed="false"]`))
	r.click(".finder button", "Only the 1 note with these words")
	r.wait("the note alone", fmt.Sprintf(`[...document.querySelectorAll(".notes .note")].map(e => e.dataset.annotationId).join() === %q`, id))
	r.cut(false)
}

func TestFilterOfNotes(t *testing.T) {
	h := openHouse(t)
	h.crowd(river, 600, 0)
	r := openReader(t, h)
	r.open("/a/" + river)
	r.wait("all notes", `document.querySelector(".notes > header .count").textContent.startsWith("600 on ")`)
	r.click(".sieve button", "Filter")
	r.wait("the controls", visible("#sieve-kind"))
	choose := func(id, value string) {
		t.Helper()
		r.run(fmt.Sprintf(`(() => { const e = document.getElementById(%q); e.value = %q; e.dispatchEvent(new Event("change", {bubbles: true})) })()`, id, value))
	}
	fits := func(want string) {
		t.Helper()
		r.wait(want, fmt.Sprintf(`document.querySelector(".sieve [role=status]").textContent === %q`, want))
	}
	choose("sieve-site", "example.org")
	fits("600 of 600 notes")
	choose("sieve-kind", "mine")
	fits("0 of 600 notes")
	r.wait("no note", `!document.querySelector(".notes .note")`)
	r.click(".sieve button", "Show all notes")
	r.wait("the fields to be back", `document.getElementById("sieve-kind").value === "" && document.getElementById("sieve-site").value === ""`)
	r.wait("the notes", `document.querySelectorAll(".notes .note").length > 50`)
	r.click("#sieve .filter", "Support")
	fits("0 of 600 notes")
	r.click("#sieve .filter", "Dispute")
	fits("600 of 600 notes")

	r.wait("the strip", `document.querySelectorAll(".heat a").length > 5`)
	if got := value[bool](r, `(() => { const a = [...document.querySelectorAll(".heat a")], b = a.map(e => e.getBoundingClientRect());
		return a.length <= 60 && a.filter(e => e.tabIndex === 0).length === 5 && /^[\d,]+ notes? on /.test(a[0].textContent) &&
			b.every((x, i) => i === 0 || x.top >= b[i - 1].top) && b.at(-1).bottom <= innerHeight && b.at(-1).top > innerHeight / 2 })()`); !got {
		t.Errorf("the strip is not in its places%s", r.shot())
	}
	y := value[float64](r, `scrollY`)
	r.run(`[...document.querySelectorAll(".heat a")].at(-1).click()`)
	r.wait("the text there", fmt.Sprintf(`scrollY > %f + 1000`, y))
}

func TestCopyLinkToAClaim(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	stub := `window.copied = []; window.passed = [];
		Object.defineProperty(navigator, "clipboard", { value: { writeText: async (s) => { window.copied.push(s) } } });
		navigator.share = async (s) => { window.passed.push(s) };`
	call(r, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: stub})
	r.open("/a/" + ferry)
	r.selectWords(claim)
	r.click(".toolbar button", "Copy link")
	r.wait("the link", `window.copied.length === 1`)
	link := value[string](r, `window.copied[0]`)
	if want := h.url("/a/"+ferry) + "#:~:text=17%20sailings%20in%20each%20direction"; link != want {
		t.Errorf("copied %q, want %q", link, want)
	}
	r.click(".toolbar button", "Share")
	r.wait("the link passed on", `window.passed.length === 1`)
	if got := value[string](r, `window.passed[0].url`); got != link {
		t.Errorf("shared %q, want %q", got, link)
	}
	id := r.publish(claim)
	r.state(id, "published")
	r.click(`[data-annotation-id="`+id+`"] > .acts button`, "Copy link")
	r.wait("the note's link", `window.copied.length === 2`)
	if got, want := value[string](r, `window.copied[1]`), strings.Replace(link, "#", "#n-"+id, 1); got != want {
		t.Errorf("copied %q, want %q", got, want)
	}

	for _, address := range []string{link, strings.Replace(link, "#", "#n-"+id, 1)} {
		b := openReader(t, h)
		b.do(chromedp.Navigate(address))
		b.ready()
		if address == link {
			b.wait("the words painted", paintedAs("here")+` === `+quote(claim))
			b.wait("the words in sight", `(() => { const s = [...CSS.highlights.get("here")][0], r = new Range(); r.setStart(s.startContainer, s.startOffset); r.setEnd(s.endContainer, s.endOffset); const y = r.getBoundingClientRect().top; return y > 0 && y < innerHeight })()`)
		} else {
			b.wait("the note open", visible(`[data-annotation-id="`+id+`"][aria-current="true"]`))
		}
		b.cancel()
	}
}

func TestShareTarget(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/")
	r.settled()
	r.open("/a/" + ferry) // saved
	r.settled()
	r.cut(true) // nothing that is sent needs a network
	sent := func(query url.Values) { t.Helper(); r.do(chromedp.Navigate(h.url("/share?" + query.Encode()))) }

	sent(url.Values{"title": {"The harbour board"}, "text": {"fewer than in winter"}, "url": {source}})
	r.wait("the choice", visible("main .choose button"))
	r.run(`[...document.querySelectorAll(".choose li")].find(e => e.textContent.includes("Saved on this device")).querySelector("button").click()`)
	r.wait("the form", `location.pathname.startsWith("/a/") && document.querySelector("form.composer [data-field='sources/0/url']")?.value === `+quote(source))
	if got := value[string](r, `document.querySelector("form.composer [data-field='sources/0/passage']").value`); got != "fewer than in winter" {
		t.Errorf("passage = %q", got)
	}

	sent(url.Values{"text": {`"` + claim + `"` + "\n " + h.url("/a/"+ferry) + "#:~:text=17%20sailings"}})
	r.wait("the form on the words", `location.pathname === "/a/`+ferry+`" && document.querySelector("form.composer .claim")?.innerText === `+quote(claim))

	r.do(chromedp.Navigate(h.url("/me")))
	r.wait("the draft", `document.querySelector("main").innerText.includes("Resume")`)
	r.cut(false)
}

func TestBadgeCountsUnsentNotes(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	call(r, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		window.badges = [];
		navigator.setAppBadge = async (n) => { window.badges.push(n) };
		navigator.clearAppBadge = async () => { window.badges.push(0) };`})
	r.open("/a/" + ferry)
	r.wait("no number at the start", `window.badges.at(-1) === 0`)
	r.settled()
	r.cut(true)
	r.annotate(claim)
	r.write(civil, source)
	r.decision("publish")
	id := r.post()
	r.wait("one", `window.badges.at(-1) === 1`)
	r.cut(false)
	r.state(id, "published")
	r.wait("none", `window.badges.at(-1) === 0`)
}

func TestSearchInOwnNotes(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	id := r.publish(claim)
	r.annotate("212 were cancelled")
	r.write("Half a thought", "")
	r.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	r.open("/me")
	r.wait("the title of who has not seen the list", `document.querySelector(".entry").innerText.includes("Harbour ferry to sail")`)
	r.keys("/")
	r.wait("the field", `document.activeElement.id === "find-own"`)
	r.keys(strings.Split("THOUGHT", "")...)
	r.wait("the draft alone", fmt.Sprintf(`document.querySelector(".sieve [role=status]").textContent === "1 of 2 notes and drafts" && !document.querySelector('main [data-annotation-id=%q]')`, id))
	r.keys(escape)
	r.wait("both again", fmt.Sprintf(`document.getElementById("find-own").value === "" && document.querySelector('main [data-annotation-id=%q]') !== null`, id))
}
