//go:build !js

package main

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// screens are where `make screens` keeps its pictures.
const screens = "../../testdata/screens"

// subjects are what a picture is of where that is not at the top of the page.
var subjects = map[string]string{
	"appeal": "#c-why", "claims": ".worth", "delete": ".note[aria-current=true]", "lost": ".orphans .note", "my-notes-erase": "#g7", "offer": "#offer",
}

// inSight scrolls to what matches, if anything is to.
func (r *reader) inSight(css string) {
	r.t.Helper()
	if css != "" {
		r.drawn()
		r.run(fmt.Sprintf(`document.querySelector(%q).scrollIntoView({block: "center"})`, css))
	}
}

// TestScreens takes a picture of each screen, wide and on a phone, light and dark.
// Who, when and which revision differ each time, so they are the same words in all.
func TestScreens(t *testing.T) {
	if os.Getenv("MARGINALIA_SCREENS") == "" {
		t.Skip("skipped: `make screens` takes the pictures")
	}
	walkAll(t, func(t *testing.T, h *house, through func(r *reader, show func(name string))) {
		r := openReader(t, h)
		through(r, func(name string) {
			at := value[float64](r, "scrollY") // a phone's layout scrolls the page
			for _, scheme := range []string{"light", "dark"} {
				r.media("", "prefers-color-scheme", scheme, "prefers-reduced-motion", "reduce")
				r.do(chromedp.EmulateViewport(1280, 900))
				r.drawn()
				r.run(fmt.Sprintf("scrollTo(0, %v)", at))
				r.inSight(subjects[name])
				r.picture(name + "-1280-" + scheme + ".png")
				r.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
				r.inSight(subjects[name])
				r.picture(name + "-390-" + scheme + ".png")
			}
			r.do(chromedp.EmulateViewport(1280, 900))
			r.drawn()
			r.run(fmt.Sprintf("scrollTo(0, %v)", at))
		})
	})
	t.Run("paper", func(t *testing.T) {
		r := openReader(t, openHouse(t))
		r.open("/a/" + ferry)
		for _, d := range discussed {
			r.discuss(d.words, d.stance, d.text)
		}
		r.keys(escape)
		r.media("print")
		r.do(chromedp.EmulateViewport(794, 1123)) // A4
		r.drawn()
		r.do(chromedp.EmulateViewport(794, value[int64](r, `document.documentElement.scrollHeight`)))
		r.picture("paper.png")
	})
}

// picture keeps what is in sight, in at most 256 colours.
func (r *reader) picture(name string) {
	r.t.Helper()
	r.run(`for (const e of document.querySelectorAll("time")) e.textContent = e.textContent.replace(/\d+:\d\d/, "9:41").replace(/^\d+ \w+(?=,)/, "20 Jan").replace(/^\w+day \d+ \w+ \d+/, "Tuesday 20 January 2026")`)
	r.run(`for (const e of document.querySelectorAll("bdi, .composer h2")) if (e.textContent.includes("reader-")) e.textContent = e.textContent.replace(/reader-\w+/, "reader-7f3a")`)
	r.run(`for (const e of document.querySelectorAll("[placeholder^=reader-]")) e.placeholder = "reader-7f3a"`)
	r.run(`document.activeElement?.matches("input, textarea") && document.activeElement.blur()`)
	r.do(chromedp.MouseEvent("mouseMoved", 1, 500))
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

// fewColors is a picture in 256 colours: the most frequent ones that are well apart, so
// that a small word keeps its own among the many greys that the edges of letters have.
func fewColors(full image.Image) *image.Paletted {
	b := full.Bounds()
	count := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(full.At(x, y)).(color.RGBA) }
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	number := func(c color.RGBA) int { return int(c.R)<<16 | int(c.G)<<8 | int(c.B) }
	all := slices.SortedFunc(maps.Keys(count), func(p, q color.RGBA) int {
		return cmp.Or(count[q]-count[p], number(p)-number(q))
	})
	var palette color.Palette
	for _, c := range all {
		if len(palette) < 256 && !slices.ContainsFunc(palette, func(p color.Color) bool { return near(p.(color.RGBA), c) }) {
			palette = append(palette, c)
		}
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

// near reports whether nobody tells two colours apart at the edge of a letter. The grounds
// of the pages differ by more.
func near(p, q color.RGBA) bool {
	far := func(a, b uint8) bool { return max(a, b)-min(a, b) > 2 }
	return !far(p.R, q.R) && !far(p.G, q.G) && !far(p.B, q.B)
}
