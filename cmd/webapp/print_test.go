//go:build !js

package main

import (
	"os"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/page"
)

// onPaper remembers which notes are in the page at the moment when it is printed.
const onPaper = `addEventListener("beforeprint", () => {
	window.paper = [...document.querySelectorAll("aside.notes .note")].map((e) => e.textContent.match(/Note (\d+):/)?.[1] ?? "");
})`

// TestPrintsAllNotes: of many notes a screen draws some, and paper holds all, in the
// order of the text. Afterwards the screen draws some again.
func TestPrintsAllNotes(t *testing.T) {
	const many = 600
	h := openHouse(t)
	slug := h.long()
	h.crowd(slug, many, 0)
	r := openReader(t, h)
	r.open("/a/" + slug)
	r.wait("all notes to be here", `document.querySelector("aside.notes h2").textContent.includes("600 on")`)
	const some = `document.querySelectorAll("aside.notes .note").length <= 250`
	r.wait("some of them to be drawn", some)
	r.run(onPaper)
	pdf := call(r, page.PrintToPDF, page.PrintToPDFParams{})
	if path := os.Getenv("MARGINALIA_PDF"); path != "" { // to look at
		if err := os.WriteFile(path, pdf.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	paper := value[[]string](r, `window.paper ?? []`)
	if len(paper) != many {
		t.Fatalf("%d notes are printed, want %d", len(paper), many)
	}
	for i, number := range paper {
		if number != strconv.Itoa(i+1) {
			t.Fatalf("note %q is printed in place %d", number, i+1)
		}
	}
	r.wait("the screen to draw some again", some)
}
