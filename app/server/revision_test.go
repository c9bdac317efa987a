package server

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/store"
	"marginalia/app/textpos"
)

// spanOf is where words stand in rev; the texts here are ASCII.
func spanOf(t *testing.T, rev article.Revision, words string) textpos.Span {
	t.Helper()
	at := strings.Index(rev.Text(), words)
	if at < 0 {
		t.Fatalf("%q does not stand in the text", words)
	}
	return textpos.Span{Start: textpos.Rune(at), End: textpos.Rune(at + len(words))}
}

// only is the one put row of the feed.
func (h *house) only() replica.Row {
	h.t.Helper()
	rows := slices.DeleteFunc(h.feed(0).Changes, func(r replica.Row) bool { return r.Op != replica.RowPut })
	if len(rows) != 1 {
		h.t.Fatalf("%d notes in the feed, want 1", len(rows))
	}
	return rows[0]
}

func TestRevisionAPI(t *testing.T) {
	h := openHouse(t)
	newest := h.publish(slug, "The night buses carried 4,200 people in October.")
	d := h.device()
	read := func(path string, want int) article.Article {
		t.Helper()
		w := d.request("GET", path, "")
		var a article.Article
		if w.Code != want {
			t.Fatalf("GET %s = %d %s, want %d", path, w.Code, w.Body, want)
		}
		if want == 200 {
			if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
			if again := d.request("GET", path, "", "If-None-Match", w.Header().Get("ETag")); again.Code != 304 {
				t.Errorf("GET %s with its ETag = %d, want 304", path, again.Code)
			}
		}
		return a
	}
	api := "/api/v1/articles/" + slug
	a := read(api, 200)
	if a.Revision.ID != newest.ID || len(a.Versions) != 2 || a.Versions[0].ID != h.rev.ID || a.Newest() != newest.ID {
		t.Errorf("article = %s, versions %v, want two, the newest last", a.Revision.ID, a.Versions)
	}
	old := read(api+"/revisions/"+h.rev.ID, 200)
	if old.Revision.Text() != h.rev.Text() || len(old.Versions) != 2 || old.URL != base+"/a/"+slug {
		t.Errorf("older revision = %+v, want its text, the versions and the address", old)
	}
	read(api+"/revisions/sha256-"+strings.Repeat("0", 64), 404)
	read("/api/v1/articles/nowhere/revisions/"+h.rev.ID, 404)
}

func TestRevisionPage(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	d.one(h.put(h.id(), question, ""))
	path := "/a/" + slug + "/r/" + h.rev.ID
	if w := d.request("GET", path, ""); w.Code != 307 || w.Header().Get("Location") != "/a/"+slug || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("the newest revision = %d to %q, %q, want a redirect that is not kept", w.Code, w.Header().Get("Location"), w.Header().Get("Cache-Control"))
	}
	newest := h.publish(slug, "The night buses carried 4,200 people in October.", "Drivers ask for a longer break at the harbour.")
	w := d.request("GET", path, "")
	body := w.Body.String()
	for _, want := range []string{
		claim, `data-revision="` + h.rev.ID + `"`, `data-anchor="exact"`, "This is revision 1 of 2", `href="/a/` + slug + `"`,
		`<link rel="canonical" href="` + base + "/a/" + slug + `">`, "noindex", "<title>Revision 1 ",
	} {
		if w.Code != 200 || !strings.Contains(body, want) {
			t.Errorf("the page of an older revision (%d) lacks %q", w.Code, want)
		}
	}
	if again := h.device().request("GET", path, "").Body.String(); again != body {
		t.Error("two readers got different bytes")
	}
	if w := d.request("GET", "/a/"+slug, ""); !strings.Contains(w.Body.String(), `data-anchor="changed"`) || !strings.Contains(w.Body.String(), `aria-current="page"`) {
		t.Error("the article's page shows neither the changed note nor the list of revisions")
	}
	etag := w.Header().Get("ETag")
	d.one(h.put(h.id(), "Which week was that?", ""))
	if w := d.request("GET", path, "", "If-None-Match", etag); w.Code != 200 || !strings.Contains(w.Body.String(), "Which week was that?") {
		t.Errorf("after another note on the older text: %d", w.Code)
	}
	for _, path := range []string{
		"/a/" + slug + "/r/sha256-" + strings.Repeat("0", 64), "/a/" + slug + "/r/x", "/a/nowhere/r/" + newest.ID,
	} {
		if w := d.request("GET", path, ""); w.Code != 404 {
			t.Errorf("GET %s = %d, want 404", path, w.Code)
		}
	}
}

// TestImportReanchors: all that waits is placed anew, too, and only what moved
// makes a row in the feed.
func TestImportReanchors(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	public, held := h.put(h.id(), question, ""), h.putNote(h.id(), annotation.Note{Text: "You idiot.", Stance: annotation.Question}, "")
	d.one(public)
	if out := d.one(held); out.State != replica.Held {
		t.Fatalf("the insult is %s, want held", out.State)
	}
	whole := annotation.New(h.id(), annotation.Note{Text: question, Stance: annotation.Question}, annotation.Target{Source: slug}, h.now)
	d.one(replica.Change{ID: h.id(), Op: replica.OpPut, Article: slug, Annotation: &whole})
	before := h.feed(0).Cursor
	h.publish(slug, "The night buses carried 4,200 people in October.", "Drivers ask for a longer break at the harbour.")
	news := h.feed(before)
	if len(news.Changes) != 2 || news.Changes[0].Op != replica.RowRevision || news.Changes[1].Op != replica.RowAnchor || news.Changes[1].ID != public.Annotation.ID {
		t.Fatalf("the feed grew by %+v, want the revision and one anchor", news.Changes)
	}
	if a := news.Changes[1].Anchor; a.Status != anchor.Changed || a.Confidence <= 0 || a.Confidence >= 1 {
		t.Errorf("anchor = %+v, want changed", a)
	}
	for _, id := range []string{public.Annotation.ID, held.Annotation.ID} {
		n, err := h.st.Note(t.Context(), id)
		if err != nil || n.Anchor.Status != anchor.Changed || n.Annotation.Revision() != h.rev.ID {
			t.Errorf("note = %+v, %v, want it changed and still on the revision it was written on", n.Anchor, err)
		}
	}
}

// TestAuthorAttaches: an edit of the place alone is an edit.
func TestAuthorAttaches(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	made := h.put(h.id(), question, "")
	out := d.one(made)
	rev := h.publish(slug, "Nothing of it is left.", "Drivers ask for a longer break at the harbour.")
	if a := h.only().Anchor; a.Status != anchor.Orphan {
		t.Fatalf("anchor = %+v, want an orphan", a)
	}
	a := *made.Annotation
	a.Target = annotation.Target{
		Source: slug, State: &annotation.State{Type: "TimeState", Cached: rev.ID},
		Selector: anchor.Describe(rev.Text(), spanOf(t, rev, "a longer break")),
	}
	moved := d.one(replica.Change{ID: h.id(), Op: replica.OpPut, Article: slug, Annotation: &a, IfMatch: out.ETag})
	if moved.State != replica.Published || moved.ETag == out.ETag {
		t.Fatalf("outcome = %+v, want it published under another etag", moved)
	}
	row := h.only()
	if row.Anchor.Status != anchor.Exact || row.Anchor.Span() != spanOf(t, rev, "a longer break") || row.Annotation.Text() != question {
		t.Errorf("row = %+v, want the same text at the new place", row)
	}
}

func TestModeratorAttaches(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	id := h.id()
	out := d.one(h.put(id, question, ""))
	edit := d.one(h.putNote(id, annotation.Note{Text: "You idiot.", Stance: annotation.Question}, out.ETag))
	if edit.State != replica.Held {
		t.Fatalf("the edit is %s, want held", edit.State)
	}
	rev := h.publish(slug, "Nothing of it is left.", "Drivers ask for a longer break at the harbour.")
	lost, err := Orphans(t.Context(), h.st, "")
	if err != nil || len(lost) != 1 || lost[0].Note.ID != id || len(lost[0].Guesses) > 3 {
		t.Fatalf("Orphans = %+v, %v, want the one note", lost, err)
	}
	span := spanOf(t, rev, "a longer break")
	n, err := Reattach(t.Context(), h.st, id, span, h.clock())
	if err != nil {
		t.Fatal(err)
	}
	position, _ := n.Public.Position()
	waiting, _ := n.Annotation.Position()
	if position != span || waiting != span || n.State != replica.Held || n.Annotation.Text() != "You idiot." || n.Public.Text() != question {
		t.Errorf("note = %+v, want both versions at the new place, their words as they were", n)
	}
	if row := h.only(); row.Anchor.Span() != span || row.ETag != n.PublicETag || row.ETag != annotation.ETag(*row.Annotation) {
		t.Errorf("row = %+v, want the new place under its etag", row)
	}
	mine := d.send().Mine.Changes
	if got := mine[len(mine)-1]; got.ETag != n.ETag || got.State != replica.Held {
		t.Errorf("the author hears %+v, want the new etag", got)
	}
	end := h.feed(0).Cursor
	if _, err := Reattach(t.Context(), h.st, id, span, h.clock()); err != nil || h.feed(0).Cursor != end {
		t.Errorf("the same place again: %v, feed at %d, want nothing new after %d", err, h.feed(0).Cursor, end)
	}
	if lost, err := Orphans(t.Context(), h.st, slug); err != nil || len(lost) != 0 {
		t.Errorf("Orphans = %v, %v, want none", lost, err)
	}
}

func TestReattachRefuses(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	id, whole := h.id(), h.id()
	d.one(h.put(id, question, ""))
	a := annotation.New(whole, annotation.Note{Text: question, Stance: annotation.Question}, annotation.Target{Source: slug}, h.now)
	d.one(replica.Change{ID: h.id(), Op: replica.OpPut, Article: slug, Annotation: &a})
	gone := h.id()
	out := d.one(h.put(gone, question+" Again.", ""))
	d.one(replica.Change{ID: h.id(), Op: replica.OpDelete, Article: slug, Target: gone, IfMatch: out.ETag})
	tests := []struct {
		name, id string
		span     textpos.Span
		want     error
	}{
		{"unknown", "no", textpos.Span{End: 3}, store.ErrNotFound},
		{"deleted", gone, textpos.Span{End: 3}, store.ErrNotFound},
		{"a note on the whole article", whole, textpos.Span{End: 3}, ErrNoWords},
		{"no words", id, textpos.Span{Start: 3, End: 3}, ErrNoWords},
		{"beyond the text", id, textpos.Span{Start: 3, End: 100_000}, ErrNoWords},
		{"before the text", id, textpos.Span{Start: -4, End: 5}, ErrNoWords},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Reattach(t.Context(), h.st, tt.id, tt.span, h.clock()); !errors.Is(err, tt.want) {
				t.Errorf("Reattach = %v, want %v", err, tt.want)
			}
		})
	}
	if _, err := Orphans(t.Context(), h.st, "nowhere"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Orphans of an unknown article = %v, want ErrNotFound", err)
	}
}
