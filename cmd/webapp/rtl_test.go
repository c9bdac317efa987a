//go:build !js

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// box is where an element is drawn.
type box struct{ Left, Right, Top, Bottom float64 }

func (r *reader) box(css string) box {
	r.t.Helper()
	return value[box](r, fmt.Sprintf(`(() => { const b = document.querySelector(%s).getBoundingClientRect(); return {Left: b.left, Right: b.right, Top: b.top, Bottom: b.bottom} })()`, quote(css)))
}

// TestArabicArticle: where an Arabic article is read in Arabic, its notes and marks are on
// its left, by where their boxes are, and what is written begins on the right.
func TestArabicArticle(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.media("", "prefers-reduced-motion", "reduce")
	r.open("/a/" + train)
	r.beginsRight("an Arabic paragraph on an English page")
	r.annotate(trainClaim)
	r.write(trainNote, source)
	r.decision("publish")
	r.state(r.post(), "published")
	r.chooseLanguage("ar")
	r.wait("the note", visible("aside.notes .note"))
	r.beginsRight("an Arabic paragraph")
	story, notes, mark, note := r.box("article.story"), r.box("aside.notes"), r.box(".pins .pin"), r.box("aside.notes .note")
	if notes.Right > mark.Left+1 || mark.Right > story.Left+1 {
		t.Errorf("from the left: notes %v, mark %v, text %v, want them in that order", notes, mark, story)
	}
	if note.Left < notes.Left-1 || note.Right > notes.Right+1 {
		t.Errorf("the note is at %v, out of its column at %v", note, notes)
	}
	r.keys(escape)
	r.selectWords(trainClaim)
	r.wait("the toolbar", visible("[role=toolbar]"))
	r.keys("a")
	r.wait("the caret in the form", `document.activeElement.matches("form.composer textarea")`)
	form, field := r.box("form.composer"), r.box("form.composer textarea")
	if form.Right > story.Left || field.Left < form.Left || field.Right > form.Right {
		t.Errorf("the form is at %v, its field at %v, the text at %v", form, field, story)
	}
	r.keys(trainNote)
	for css, want := range map[string]string{"textarea": "rtl", "input[type=url]": "ltr"} {
		if got := value[string](r, `getComputedStyle(document.querySelector("form.composer `+css+`")).direction`); got != want {
			t.Errorf("in the form's %s words run %s, want %s", css, got, want)
		}
	}
	r.do(chromedp.EmulateViewport(390, 844))
	r.drawn()
	if sheet := r.box("aside.notes"); sheet.Left != 0 || sheet.Right != 390 || sheet.Bottom > 845 {
		t.Errorf("the sheet is at %v, want the foot of a 390 px page", sheet)
	}
	if end, title := r.box("aside.notes .close"), r.box("aside.notes header .n, aside.notes header h2"); end.Left > title.Left+1 {
		t.Errorf("Close is at %v and the title at %v, want it on the left", end, title)
	}
	r.fits("an Arabic article on a phone")
}

// beginsRight: the last line of the first long paragraph, a short one, begins at its right edge.
func (r *reader) beginsRight(what string) {
	r.t.Helper()
	gap := value[float64](r, `(() => {
		const p = [...document.querySelectorAll("article.story p[id^=b]")].find(p => p.textContent.length > 150), range = new Range();
		range.selectNodeContents(p);
		const lines = [...range.getClientRects()], last = lines.filter(l => l.top > lines.at(-1).top - 2);
		return p.getBoundingClientRect().right - Math.max(...last.map(l => l.right));
	})()`)
	if gap > 2 {
		r.t.Errorf("%s: its last line begins %.0f px from the right", what, gap)
	}
}
