//go:build !js

package main

import (
	"encoding/binary"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/store"
	"marginalia/app/store/sqlite"
	"marginalia/app/textpos"
)

const river = "the-river-and-its-keepers"

// crowd publishes n notes on an article, numbered from first, as if n readers had
// written them, evenly over its text, and returns their ids in its order.
func (h *house) crowd(slug string, n, first int) []string {
	h.t.Helper()
	var a article.Article
	h.get("/api/v1/articles/"+slug, &a)
	if first == 0 {
		h.stop()
		defer h.start()
	}
	st, err := sqlite.Open(h.t.Context(), filepath.Join(h.data, "marginalia.db"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer st.Close()
	text := anchor.NewText(a.Revision.Text())
	var ids []string
	err = st.Update(h.t.Context(), func(tx store.Tx) error {
		for i := range n {
			var tail [10]byte
			binary.BigEndian.PutUint64(tail[2:], uint64(first+i))
			id := annotation.NewID(time.Unix(1_700_000_000, 0), tail)
			at := textpos.Rune(i * (int(text.Map().Len()) - 60) / n)
			note := annotation.New(id, annotation.Note{
				Text: fmt.Sprintf("Note %d: the ministry's statement says otherwise for the winter months.", i+1), Stance: annotation.Dispute,
				Sources: []annotation.Source{{URL: "https://example.org/report", Passage: "fewer than in winter"}},
			}, annotation.Target{
				Source: slug, State: &annotation.State{Type: "TimeState", Cached: a.Revision.ID},
				Selector: text.Describe(textpos.Span{Start: at, End: at + 40}),
			}, time.Unix(1_700_000_000, 0))
			note.Creator = &annotation.Agent{ID: "r", Type: "Person", Nickname: "reader-7f3a"}
			tag := annotation.ETag(note)
			if err := tx.PutNote(store.Note{
				ID: id, Article: slug, Reader: "r", State: replica.Published, ETag: tag, Annotation: note, Public: &note, PublicETag: tag,
				Anchor: &anchor.Anchor{Start: at, End: at + 40, Status: anchor.Exact, Confidence: 1},
			}); err != nil {
				return err
			}
			if _, err := tx.AppendFeed(slug, replica.RowPut, id); err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return ids
}

// TestCrowdedMargin reads an article with more notes than are drawn at a time.
func TestCrowdedMargin(t *testing.T) {
	const n = 1200
	h := openHouse(t)
	ids := h.crowd(river, n, 0)
	r := openReader(t, h)
	r.open("/a/" + river)
	r.wait("all notes here", `document.querySelector("aside.notes .more")?.textContent.includes("Showing notes 1 to 200 of 1,200")`)
	bounded := func(when string) {
		t.Helper()
		for what, css := range map[string]string{"notes": "aside.notes [data-annotation-id]", "marks": ".pins .pin"} {
			if got := value[int](r, fmt.Sprintf(`document.querySelectorAll(%s).length`, quote(css))); got == 0 || got > 201 {
				t.Errorf("%s: %d %s are drawn, want some, about 200 at most", when, got, what)
			}
		}
	}
	bounded("at the start")
	// A few claims reach over the border of two blocks.
	if got := value[int](r, `CSS.highlights.get("dispute").size`); got < n-20 {
		t.Errorf("%d claims are highlighted, want all %d", got, n)
	}

	// By the keyboard: the first of the notes that were not there gets the focus.
	r.run(`document.querySelector("aside.notes .last button").focus()`)
	r.keys(enter)
	r.wait("more notes", fmt.Sprintf(`document.activeElement.dataset.annotationId === %q`, ids[200]))
	bounded("after more")

	// The focus stays on its note however far the reader scrolls, and what is in sight stays in its place.
	r.run(`document.querySelectorAll("article.story > p")[60].scrollIntoView({block: "center", behavior: "instant"})`)
	r.wait("notes in sight there", inSight)
	if got := value[string](r, `document.activeElement.dataset.annotationId ?? ""`); got != ids[200] {
		t.Errorf("the focus is on note %q, want it where it was", got)
	}
	bounded("after scrolling")

	r.run(fmt.Sprintf(`location.hash = "n-%s"`, ids[n-1]))
	r.wait("the last note", visible(fmt.Sprintf(`[data-annotation-id=%q][aria-current=true]`, ids[n-1])))
	bounded("at the last")
	r.run(`document.activeElement.blur()`)
	r.keys("p")
	r.wait("the one before", fmt.Sprintf(`document.activeElement.dataset.annotationId === %q`, ids[n-2]))
	r.keys("n")
	r.keys("n")
	r.wait("the first after the last", fmt.Sprintf(`document.activeElement.dataset.annotationId === %q`, ids[0]))
	r.keys(kb.Escape)

	late := h.crowd(river, 1, n)[0]
	r.run(`document.dispatchEvent(new Event("visibilitychange"))`)
	r.wait("the line", freshIs("1 new note: show it"))
	r.click("aside.notes button", "1 new note: show it")
	r.wait("the new note", fmt.Sprintf(`document.activeElement.dataset.annotationId === %q`, late))
	bounded("with a new note")
}

// inSight is a note that the window draws and that is on the screen.
const inSight = `[...document.querySelectorAll("aside.notes [data-annotation-id]:not(.kept > *)")].some(e => { const b = e.getBoundingClientRect(); return b.bottom > 60 && b.top < innerHeight })`
