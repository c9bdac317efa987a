//go:build !js

package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// screens are where `make screens` keeps its pictures.
const screens = "../../testdata/screens"

// TestScreens takes a picture of each screen, wide and on a phone, light and dark.
// Who, when and which revision differ each time, so they are the same words in all.
func TestScreens(t *testing.T) {
	if os.Getenv("MARGINALIA_SCREENS") == "" {
		t.Skip("skipped: `make screens` takes the pictures")
	}
	h := openHouse(t)
	r := openReader(t, h)
	r.walk(func(name string) {
		at := value[float64](r, "scrollY") // a phone's layout scrolls the page
		for _, scheme := range []string{"light", "dark"} {
			r.media("", "prefers-color-scheme", scheme, "prefers-reduced-motion", "reduce")
			r.do(chromedp.EmulateViewport(1280, 900))
			r.drawn()
			r.run(fmt.Sprintf("scrollTo(0, %v)", at))
			r.picture(name + "-1280-" + scheme + ".png")
			r.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
			r.picture(name + "-390-" + scheme + ".png")
		}
		r.do(chromedp.EmulateViewport(1280, 900))
	})
}

// walk goes through the states of the pages and has show look at each.
func (r *reader) walk(show func(name string)) {
	r.t.Helper()
	h := r.house
	r.open("/")
	show("list")
	r.open("/a/" + ferry)
	show("article-empty")
	before := r.revision()
	r.click("[data-picker]", "Choose a claim")
	r.wait("the picker", visible(`[role=listbox]`))
	show("picker")
	r.keys(escape)
	r.selectWords(claim)
	r.wait("the toolbar", visible(`[role=toolbar][aria-label=Selection]`))
	show("selection")
	r.annotate(claim)
	r.write(civil, source)
	r.decision("publish")
	show("composer-publish")
	id := r.post()
	r.state(id, "published")
	show("note-open")
	r.annotate("22 minutes")
	r.write("Only an idiot believes the harbour authority's number of ferry sailings for the winter months.", source)
	r.decision("hold")
	show("composer-hold")
	r.state(r.post(), "held")
	r.annotate(draftClaim)
	r.write("The harbour master should be shot, call +44 7700 900123, says the ferry report.", "")
	r.decision("reject")
	show("composer-reject")
	r.click("form.composer button", "Cancel")
	lost := r.publish(lostClaim)
	r.keys(escape)
	r.run(`scrollTo(0, 0)`)
	show("article")
	r.open("/me")
	r.wait("the notes", visible(".entry"))
	show("my-notes")
	r.open("/a/" + ferry)
	r.settled()
	h.correct(claim, "19 sailings in each direction", lostClaim, "")
	r.corrected(before)
	r.anchored(id, "changed")
	r.anchored(lost, "orphan")
	show("corrected")
	r.run(fmt.Sprintf(`document.querySelector('[data-annotation-id=%q]').scrollIntoView({block: "center"})`, lost))
	show("lost")
	r.run(`scrollTo(0, 0)`)
	r.click("label", "Show what changed")
	r.wait("what changed", visible("article.story ins, article.story del"))
	show("what-changed")
	for name, path := range map[string]string{"revision": "/a/" + ferry + "/r/" + before, "share": "/share?text=A+word", "arabic": "/a/" + train} {
		r.open(path)
		show(name)
	}
	r.open("/a/" + ferry)
	r.offline()
	r.open("/a/elsewhere")
	show("offline")
}

// picture keeps what is in sight, in at most 256 colours.
func (r *reader) picture(name string) {
	r.t.Helper()
	r.run(`for (const e of document.querySelectorAll("time")) if (/\d:\d\d/.test(e.textContent)) e.textContent = e.textContent.replace(/\d+:\d\d/, "9:41")`)
	r.run(`for (const e of document.querySelectorAll("bdi")) if (/^reader-/.test(e.textContent)) e.textContent = "reader-7f3a"`)
	r.run(`document.activeElement?.matches("input, textarea") && document.activeElement.blur()`)
	r.sheet("*, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent !important }")
	r.drawn()
	shot, err := chromedp.Run(r.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		r.t.Fatal(err)
	}
	full, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		r.t.Fatal(err)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, fewColors(full)); err != nil {
		r.t.Fatal(err)
	}
	if err := os.MkdirAll(screens, 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(screens, name), out.Bytes(), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// fewColors is a picture in its 256 most frequent colours; a page has few but for the
// edges of its letters.
func fewColors(full image.Image) *image.Paletted {
	b := full.Bounds()
	count := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(full.At(x, y)).(color.RGBA) }
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	all := make([]color.RGBA, 0, len(count))
	for c := range count {
		all = append(all, c)
	}
	number := func(c color.RGBA) int { return int(c.R)<<16 | int(c.G)<<8 | int(c.B) }
	slices.SortFunc(all, func(p, q color.RGBA) int {
		if count[p] != count[q] {
			return count[q] - count[p]
		}
		return number(p) - number(q)
	})
	var palette color.Palette
	for _, c := range all[:min(len(all), 256)] {
		palette = append(palette, c)
	}
	index := map[color.RGBA]uint8{}
	for _, c := range all {
		index[c] = uint8(palette.Index(c))
	}
	small := image.NewPaletted(b, palette)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			small.SetColorIndex(x, y, index[at(x, y)])
		}
	}
	return small
}
