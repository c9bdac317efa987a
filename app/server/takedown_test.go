package server

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"marginalia/app/replica"
	"marginalia/app/store"
)

func TestTakeDown(t *testing.T) {
	h := openHouse(t)
	rev := h.publish(slug, long()...)
	h.rev = rev
	crowd(t, h.st, rev, slug, 250, 1)
	d := h.device()
	id := h.id()
	made := d.one(h.put(id, question, ""))
	at := boot(t, d.request("GET", "/a/"+slug, "").Body.String()).Rest.Snapshot
	snapshot := fmt.Sprintf("/api/v1/articles/%s/notes?since=0&at=%d", slug, at)
	if body := d.request("GET", snapshot, "").Body.String(); !strings.Contains(body, question) {
		t.Fatal("the snapshot lacks the note")
	}
	n, err := TakeDown(t.Context(), h.st, id, "A court says so.", h.now)
	if err != nil || n.State != replica.Rejected || n.Public != nil || n.Reason != "A court says so." {
		t.Fatalf("TakeDown = %+v, %v", n, err)
	}
	wantProblem(t, d.request("GET", snapshot, ""), http.StatusGone)
	if body := d.request("GET", "/a/"+slug, "").Body.String(); strings.Contains(body, question) {
		t.Error("the page still shows the note")
	}
	after := d.send()
	rows := h.feed(0).Changes
	if last := rows[len(rows)-1]; last.Op != replica.RowDelete || last.ID != id {
		t.Errorf("the feed ends with %+v, want that the note is gone", last)
	}
	mine := after.Mine.Changes
	if last := mine[len(mine)-1]; last.State != replica.Rejected || last.Reason != "A court says so." || last.Annotation == nil {
		t.Errorf("its author hears %+v, want the reason and the words", last)
	}
	if _, err := TakeDown(t.Context(), h.st, id, "Again.", h.now); !errors.Is(err, ErrNotPublic) {
		t.Errorf("a second time: %v", err)
	}
	if _, err := TakeDown(t.Context(), h.st, h.id(), "No such.", h.now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an unknown note: %v", err)
	}
	if o := d.one(h.put(id, "A civil text, says the timetable of the ferries today?", made.ETag)); o.State != replica.Held {
		t.Errorf("an edit of what was taken down is %s, want held", o.State)
	}
}
