package server

import (
	"net/http"
	"slices"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/replica"
)

// TestGone: what is about something that is gone, or never was, stays with its
// author, who is told which part is wrong; the changes beside it are taken.
func TestGone(t *testing.T) {
	h := openHouse(t)
	author, other := h.device(), h.device()
	parent, early, late := h.id(), h.id(), h.id()
	made := author.one(h.put(parent, question, ""))
	reply := func(id string) replica.Change {
		return h.putNote(id, annotation.Note{Text: question, ReplyTo: parent}, "")
	}
	if o := other.one(reply(early)); o.State != replica.Published {
		t.Fatalf("reply = %+v, want published", o)
	}
	author.one(replica.Change{ID: h.id(), Op: replica.OpDelete, Target: parent, IfMatch: made.ETag})

	withdrawn, fine := h.put(h.id(), question, ""), h.put(h.id(), question, "")
	withdrawn.Article = "withdrawn"
	withdrawn.Annotation.Target.Source = "withdrawn"
	a := other.send(reply(late), withdrawn, fine)
	for i, want := range []string{"/annotation/target/source", "/article"} {
		if o := a.Outcomes[i]; o.State != replica.Invalid || o.Problem.Field != want {
			t.Errorf("outcome %d = %+v, want invalid at %s", i, o, want)
		}
	}
	if o := a.Outcomes[2]; o.State != replica.Published {
		t.Errorf("the note beside them = %+v, want published", o)
	}
	// The earlier reply stands by itself, and its author can still change it.
	if got := h.shown(); !slices.Equal(got, []string{question, question}) {
		t.Errorf("public = %q, want the earlier reply and the note", got)
	}
}

func TestSignOut(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	first := d.send().Reader
	w := d.request("POST", "/api/v1/signout", "{}")
	c := w.Result().Cookies()
	if w.Code != http.StatusNoContent || len(c) != 1 || c[0].Name != cookieName || c[0].MaxAge >= 0 || c[0].Path != "/" {
		t.Fatalf("sign-out = %d, cookies %+v, want the session's taken back", w.Code, c)
	}
	d.cookie = "" // as the browser does
	if got := d.send().Reader; got.ID == first.ID {
		t.Errorf("the browser is still %v", got)
	}
	if w := d.request("POST", "/api/v1/signout", "{}", "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("sign-out by another site = %d, want it refused", w.Code)
	}
}
