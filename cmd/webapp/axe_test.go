//go:build !js

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

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

// schemes are the colours that a page can be in: a name, and the media features that ask
// for them. Forced ones come last: Chromium keeps some of them when dark ones follow.
var schemes = [][]string{
	{"light", "prefers-color-scheme", "light"},
	{"dark", "prefers-color-scheme", "dark"},
	{"forced colors", "prefers-color-scheme", "light", "forced-colors", "active"},
}

// audit looks at what is on the page: in all colours, wide and on a phone.
func (a *auditor) audit(name string) {
	a.t.Helper()
	at := value[float64](a.reader, "scrollY")
	for _, s := range schemes {
		scheme := s[0]
		a.media("", slices.Concat(s[1:], []string{"prefers-reduced-motion", "reduce"})...)
		// The size changes after the colours, in both steps: Chromium says of some elements
		// in a container that they have the colours of before until it lays them out again.
		for _, size := range [][2]int64{{390, 844}, {1280, 900}} {
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
	a.media("", "prefers-reduced-motion", "reduce")
	a.settleFrames()
	a.run(fmt.Sprintf("scrollTo(0, %v)", at)) // a phone's layout scrolls the page
}

// settleFrames waits until the page has been laid out and painted, and nothing of
// it changes its colour any more.
func (a *auditor) settleFrames() {
	a.run(`const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
		await frame(); await Promise.allSettled(document.getAnimations().map(x => x.finished)); await frame()`)
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

// TestAxePages: no page keeps anybody out before the app has come, nor in a language
// that is read from right to left.
func TestAxePages(t *testing.T) {
	h := openHouse(t)
	a := openAuditor(t, h)
	for _, path := range []string{"/", "/faq", "/me", "/share?text=A+word", "/a/" + train} {
		a.do(chromedp.Navigate(h.url(path)))
		a.audit(path + " before the app")
		a.ready()
	}
	a.chooseLanguage("ar")
	a.audit("in Arabic")
}

// TestAxe: nothing that a page can show keeps anybody out.
func TestAxe(t *testing.T) {
	walkAll(t, func(t *testing.T, h *house, through func(r *reader, show func(name string))) {
		a := openAuditor(t, h)
		through(a.reader, a.audit)
	})
}
