package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// pages reads the feed as a device does, page by page.
func (d *device) pages() (all []replica.Row, sizes []int) {
	d.t.Helper()
	since := int64(0)
	for range 100 {
		w := d.request("GET", fmt.Sprintf("/api/v1/articles/%s/notes?since=%d", slug, since), "")
		var page replica.Changes
		if err := json.Unmarshal(w.Body.Bytes(), &page); w.Code != http.StatusOK || err != nil {
			d.t.Fatalf("feed after %d = %d, %v", since, w.Code, err)
		}
		all, sizes = append(all, page.Changes...), append(sizes, w.Body.Len())
		if !page.More {
			return all, sizes
		}
		since = page.Cursor
	}
	d.t.Fatal("the feed does not end")
	return nil, nil
}

func TestFeedPagesAreBounded(t *testing.T) {
	h := openHouse(t)
	rev := h.publish(slug, long()...)
	crowd(t, h.st, rev, slug, 1200, 1)
	rows, sizes := h.device().pages()
	if len(rows) != 1202 { // two revisions
		t.Errorf("%d rows, want 1,202", len(rows))
	}
	for _, size := range sizes {
		if size > pageBytes+1000 {
			t.Errorf("a page has %d bytes, at most %d are meant", size, pageBytes)
		}
	}
	if len(sizes) < 3 {
		t.Errorf("%d pages, want several", len(sizes))
	}
}

// TestSyncIsBounded: however many articles a device follows, one answer stays
// small, and all come in the end.
func TestSyncIsBounded(t *testing.T) {
	h := openHouse(t)
	cursors := map[string]int64{}
	for i := range 6 {
		name := fmt.Sprintf("article-%02d", i)
		crowd(t, h.st, h.publish(name, long()...), name, 300, 1000*(i+1))
		cursors[name] = 0
	}
	d, rows := h.device(), 0
	for n := 0; ; n++ {
		w := d.request("POST", "/api/v1/sync", string(h.json(map[string]any{"cursors": cursors})))
		var a replica.Answer
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || n > 30 {
			t.Fatalf("sync %d: %v", n, err)
		}
		if w.Body.Len() > answerBytes+pageBytes/4 {
			t.Errorf("an answer has %d bytes, about %d are meant", w.Body.Len(), answerBytes)
		}
		more, got := false, 0
		for name, page := range a.Articles {
			cursors[name], more, got = page.Cursor, more || page.More, got+len(page.Changes)
		}
		if rows += got; !more {
			break
		}
		if got == 0 {
			t.Fatal("an answer brings nothing, but there is more")
		}
	}
	if rows != 6*301 {
		t.Errorf("%d rows came, want %d", rows, 6*301)
	}
}

// TestSnapshotsAreNeverOlderThanTheStore: whatever happens to notes, by this
// process or another, the pages that are kept say what the store says.
func TestSnapshotsAreNeverOlderThanTheStore(t *testing.T) {
	h := openHouse(t)
	crowd(t, h.st, h.rev, slug, 510, 1)
	d := h.device()
	random := rand.New(rand.NewPCG(3, 4))
	var ids []string
	etags := map[string]string{}
	check := func(step int) {
		t.Helper()
		rows, _ := d.pages()
		var want []replica.Row
		page := replica.Changes{More: true}
		for page.More {
			var err error
			if page, _, err = readFeed(t.Context(), h.st, slug, page.Cursor, feedPage, pageBytes); err != nil {
				t.Fatal(err)
			}
			want = append(want, page.Changes...)
		}
		if !bytes.Equal(h.json(want), h.json(rows)) {
			t.Fatalf("step %d: the pages are not the feed:\n%s", step, cmp.Diff(want, rows))
		}
	}
	for step := range 16 {
		switch op := random.IntN(12); {
		case step == 8:
			h.rev = h.publish(slug, "The night buses "+claim+" in October.", "A correction.")
		case op < 4 || len(ids) == 0:
			id := h.id()
			ids, etags[id] = append(ids, id), d.one(h.put(id, question, "")).ETag
		case op < 7:
			id := ids[random.IntN(len(ids))]
			if o := d.one(h.put(id, question+strings.Repeat("?", step), etags[id])); o.State == replica.Published {
				etags[id] = o.ETag
			}
		case op < 9:
			d.one(replica.Change{ID: h.id(), Op: replica.OpDelete, Article: slug, Target: ids[random.IntN(len(ids))]})
		default: // another process, past this one
			crowd(t, h.st, h.rev, slug, 1, 100_000+step)
		}
		check(step)
	}
}

func TestSnapshot(t *testing.T) {
	h := openHouse(t)
	rev := h.publish(slug, long()...)
	h.rev = rev
	crowd(t, h.st, rev, slug, 250, 1)
	d := h.device()
	ours := h.id()
	made := d.one(h.put(ours, question, ""))
	at := boot(t, d.request("GET", "/a/"+slug, "").Body.String()).Rest.Snapshot
	get := func(at int64) (int, string, string) {
		w := d.request("GET", fmt.Sprintf("/api/v1/articles/%s/notes?since=0&at=%d", slug, at), "")
		return w.Code, w.Header().Get("Cache-Control"), w.Body.String()
	}
	if code, caching, body := get(at); code != 200 || caching != "public, max-age=300" || !strings.Contains(body, ours) {
		t.Fatalf("snapshot = %d, %q, %d bytes, want one that caches may keep", code, caching, len(body))
	}
	crowd(t, h.st, rev, slug, 1, 9000)
	if again := boot(t, d.request("GET", "/a/"+slug, "").Body.String()).Rest.Snapshot; again != at {
		t.Errorf("one more note makes the snapshot another one: %d after %d", again, at)
	}
	if code, _, _ := get(at); code != 200 {
		t.Errorf("snapshot after one more note = %d, want 200", code)
	}
	if code, _, _ := get(at + 1000); code != 410 {
		t.Errorf("snapshot of the future = %d, want 410", code)
	}
	d.one(replica.Change{ID: h.id(), Op: replica.OpDelete, Article: slug, Target: ours, IfMatch: made.ETag})
	w := d.request("GET", fmt.Sprintf("/api/v1/articles/%s/notes?since=0&at=%d", slug, at), "")
	wantProblem(t, w, http.StatusGone)
	if body := d.request("GET", "/api/v1/articles/"+slug+"/notes?since=0", "").Body.String(); strings.Contains(body, question) {
		t.Error("the feed still shows a note that was removed")
	}
	next := boot(t, d.request("GET", "/a/"+slug, "").Body.String()).Rest.Snapshot
	if code, _, body := get(next); code != 200 || strings.Contains(body, question) {
		t.Errorf("the next snapshot = %d, want one without the note", code)
	}
}

func TestSnapshotsPack(t *testing.T) {
	h := openHouse(t)
	crowd(t, h.st, h.publish(slug, long()...), slug, 400, 1)
	d := h.device()
	for _, coding := range []string{"br", "gzip"} {
		w := d.request("GET", "/api/v1/articles/"+slug+"/notes?since=0", "", "Accept-Encoding", coding)
		plain := d.request("GET", "/api/v1/articles/"+slug+"/notes?since=0", "")
		if w.Header().Get("Content-Encoding") != coding || w.Body.Len() > plain.Body.Len()/4 {
			t.Errorf("%s: %d of %d bytes as %q", coding, w.Body.Len(), plain.Body.Len(), w.Header().Get("Content-Encoding"))
		}
	}
}

// boot is the data block of a page.
func boot(t *testing.T, page string) state.Boot {
	t.Helper()
	_, rest, ok := strings.Cut(page, `id="boot">`)
	data, _, end := strings.Cut(rest, "</script>")
	var b state.Boot
	if err := json.Unmarshal([]byte(data), &b); !ok || !end || err != nil {
		t.Fatalf("the page has no boot data: %v", err)
	}
	return b
}

// TestBusyPage: a page of an article holds part of its notes, links lead to the
// others, and together the parts hold each note once.
func TestBusyPage(t *testing.T) {
	h := openHouse(t)
	crowd(t, h.st, h.publish(slug, long()...), slug, 250, 1)
	d := h.device()
	seen := map[string]int{}
	for part, want := range []string{"", "?notes=2", "?notes=3"} {
		w := d.request("GET", "/a/"+slug+want, "")
		b := boot(t, w.Body.String())
		if w.Code != 200 || b.Rest == nil || b.Rest.Page != part+1 || b.Rest.Pages != 3 || b.Rest.Total != 250 || !b.Feed.More {
			t.Fatalf("part %q = %d, %+v", want, w.Code, b.Rest)
		}
		if len(b.Feed.Changes) > notesAPage {
			t.Errorf("part %q has %d notes, at most %d are meant", want, len(b.Feed.Changes), notesAPage)
		}
		for _, r := range b.Feed.Changes {
			seen[r.Annotation.ID]++
			if !strings.Contains(w.Body.String(), `data-annotation-id="`+r.Annotation.ID+`"`) {
				t.Errorf("part %q does not draw its note %s", want, r.Annotation.ID)
			}
		}
	}
	if len(seen) != 250 {
		t.Errorf("the parts have %d notes, want 250", len(seen))
	}
	if page := d.request("GET", "/a/"+slug, "").Body.String(); !strings.Contains(page, `href="/a/`+slug+`?notes=2"`) || !strings.Contains(page, "of 250") {
		t.Error("the first part does not lead to the second")
	}
	for _, none := range []string{"0", "4", "x", "-1"} {
		if w := d.request("GET", "/a/"+slug+"?notes="+none, ""); w.Code != 404 {
			t.Errorf("part %q = %d, want 404", none, w.Code)
		}
	}
}

// TestTwoDevicesOfOneReader: what only the author may see reaches each of the
// author's devices.
func TestTwoDevicesOfOneReader(t *testing.T) {
	h := openHouse(t)
	phone := h.device()
	phone.send()
	laptop := &device{house: h, cookie: phone.cookie}
	held, rejected := h.id(), h.id()
	offTopic := "My tomatoes grew nicely again during this summer although rain came rather late in the garden."
	phone.one(h.putNote(held, annotation.Note{Text: offTopic, Stance: annotation.Question}, ""))
	phone.one(h.putNote(rejected, annotation.Note{Text: bad, Stance: annotation.Dispute}, ""))
	mine := func(d *device) map[string]replica.MineRow {
		rows := map[string]replica.MineRow{}
		for _, r := range d.send().Mine.Changes {
			rows[r.ID] = r
		}
		return rows
	}
	for name, d := range map[string]*device{"phone": phone, "laptop": laptop} {
		got := mine(d)
		if got[held].State != replica.Held || got[held].Annotation == nil || got[rejected].State != replica.Rejected || got[rejected].Verdict == nil {
			t.Errorf("%s: mine = %+v, want both notes with their text and verdict", name, got)
		}
	}
	if _, err := Decide(t.Context(), h.st, held, moderation.Reject, "Off topic.", h.now); err != nil {
		t.Fatal(err)
	}
	laptop.one(replica.Change{ID: h.id(), Op: replica.OpDelete, Article: slug, Target: rejected})
	for name, d := range map[string]*device{"phone": phone, "laptop": laptop} {
		got := mine(d)
		if got[held].State != replica.Rejected || got[held].Reason != "Off topic." || got[rejected].State != replica.Deleted || got[rejected].Annotation != nil {
			t.Errorf("%s: mine = %+v, want the decision and the delete", name, got)
		}
	}
	if got := h.device().send().Mine.Changes; len(got) != 0 {
		t.Errorf("a stranger sees %+v", got)
	}
}
