//go:build !js

package main

import (
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestDataForSearchEngines reads what a page tells of its article and its notes. It
// is no script, so the policy does not refuse it, and no note can end it. The
// service worker leaves the feeds alone.
func TestDataForSearchEngines(t *testing.T) {
	h := openHouse(t, "--claim-review")
	r := openReader(t, h)
	call(r, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `window.refused = []; document.addEventListener("securitypolicyviolation", (e) => refused.push(e.violatedDirective + " " + e.blockedURI))`,
	})
	r.open("/a/" + ferry)
	r.annotate(claim)
	r.write(civil+` "</script><b id='out'>"`, source)
	r.state(r.post(), "published")

	r.open("/a/" + ferry) // drawn with the note
	const types = `[...document.querySelectorAll('script[type="application/ld+json"]')]
		.map((e) => JSON.parse(e.textContent)["@graph"].map((x) => x["@type"]).join()).join(" / ")`
	if got := value[string](r, types); got != "NewsArticle,ClaimReview" {
		t.Errorf("the page tells of %q", got)
	}
	if got := value[string](r, `refused.join()`); got != "" {
		t.Errorf("the policy refused %q", got)
	}
	if value[bool](r, `document.getElementById("out") !== null`) {
		t.Error("the note's text became markup")
	}
	for _, feed := range []string{"/notes.atom", "/a/" + ferry + "/notes.atom"} {
		r.do(chromedp.Navigate(h.url(feed)))
		// Chromium shows a feed as text.
		const title = `new DOMParser().parseFromString(document.body.innerText, "application/xml").querySelector("feed > entry > title")?.textContent.split(":")[0] ?? ""`
		if got := value[string](r, title); got != "Dispute" {
			t.Errorf("%s begins with %q, want the dispute", feed, got)
		}
	}
}
