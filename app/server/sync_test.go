package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

const (
	question = "Which month was that?"
	// bad is what the rules reject: a dispute without a source.
	bad = "That is wrong."
)

func TestPutIsPublished(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	a := d.send(h.put(h.id(), question, ""))
	o := a.Outcomes[0]
	if o.State != replica.Published || o.ETag == "" || o.Verdict == nil || o.Verdict.Policy != h.srv.policyHash() {
		t.Fatalf("outcome = %+v, want published with etag and verdict", o)
	}
	rows := a.Articles[slug].Changes
	row := rows[len(rows)-1]
	if row.Op != replica.RowPut || row.ETag != o.ETag || row.Anchor == nil || row.Anchor.Status != anchor.Exact {
		t.Fatalf("feed row = %+v, want the note with an exact anchor", row)
	}
	n := row.Annotation
	if n.Creator == nil || n.Creator.ID != a.Reader.ID || n.Creator.Nickname != "reader-"+a.Reader.ID[:4] {
		t.Errorf("creator = %+v, want the reader %+v", n.Creator, a.Reader)
	}
	if q, _ := n.Quote(); q.Exact != claim || q.Prefix == "" || q.Suffix == "" {
		t.Errorf("quote = %+v, want the claim with its context", q)
	}
	if n.Modified != "2026-11-22T20:00:00Z" {
		t.Errorf("modified = %q, want the server's time", n.Modified)
	}
	if len(a.Mine.Changes) != 1 || a.Mine.Changes[0].State != replica.Published {
		t.Errorf("mine = %+v, want the note", a.Mine)
	}
	if _, ok := a.Articles["not-here"]; ok {
		t.Error("an unknown article is in the answer")
	}
}

func TestReplayChangesNothing(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	batch := []any{h.put(h.id(), question, ""), h.put(h.id(), "", ""), h.putNote(h.id(), annotation.Note{Text: bad, Stance: annotation.Dispute}, "")}
	first := d.send(batch...)
	end := h.feed(0).Cursor
	again := d.send(batch...)
	if diff := cmp.Diff(first.Outcomes, again.Outcomes); diff != "" {
		t.Errorf("the same changes got other outcomes (-first +again):\n%s", diff)
	}
	if got := h.feed(0).Cursor; got != end {
		t.Errorf("the feed went from %d to %d", end, got)
	}
	if first.Mine.Cursor != again.Mine.Cursor {
		t.Errorf("the own feed went from %d to %d", first.Mine.Cursor, again.Mine.Cursor)
	}
}

// The answer to a device's very first sync is lost, its cookie with it.
func TestReplayWithoutCookie(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	note := h.put(h.id(), question, "")
	first := d.send(note)
	lost := h.device()
	again := lost.send(note)
	if again.Outcomes[0].State != replica.Published || again.Reader != first.Reader {
		t.Errorf("again = %s for %v, want published for %v", again.Outcomes[0].State, again.Reader, first.Reader)
	}
	if got := h.shown(); len(got) != 1 {
		t.Errorf("%d public notes, want 1", len(got))
	}
	// Who knows the note's id only, which is public, gets nothing.
	stranger := h.device()
	theft := h.put(note.Annotation.ID, "Mine now.", first.Outcomes[0].ETag)
	if a := stranger.send(theft); a.Outcomes[0].State != replica.Invalid || a.Reader == first.Reader {
		t.Errorf("a stranger's edit = %+v by %v", a.Outcomes[0], a.Reader)
	}
}

func TestDecisions(t *testing.T) {
	offTopic := "My tomatoes grew nicely again during this summer although rain came rather late in the garden."
	for _, tc := range []struct {
		name   string
		note   annotation.Note
		want   replica.NoteState
		public int
	}{
		{"published", annotation.Note{Text: question, Stance: annotation.Question}, replica.Published, 1},
		{"rejected without a source", annotation.Note{Text: bad, Stance: annotation.Dispute}, replica.Rejected, 0},
		{"rejected when the article is its own source", annotation.Note{
			Text: bad, Stance: annotation.Dispute, Sources: []annotation.Source{{URL: base + "/a/" + slug}},
		}, replica.Rejected, 0},
		{"held when off topic", annotation.Note{Text: offTopic, Stance: annotation.Question}, replica.Held, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := openHouse(t)
			o := h.device().one(h.putNote(h.id(), tc.note, ""))
			if o.State != tc.want || len(o.Reasons) != 0 {
				t.Errorf("outcome = %s %v %+v, want %s", o.State, o.Reasons, o.Verdict, tc.want)
			}
			if got := h.shown(); len(got) != tc.public {
				t.Errorf("public = %q, want %d", got, tc.public)
			}
		})
	}
}

func TestNoPolicyHolds(t *testing.T) {
	for name, policy := range map[string][]byte{"none": nil, "not valid": []byte("{}")} {
		t.Run(name, func(t *testing.T) {
			h := openHouse(t, func(c *Config) { c.Policy = policy })
			o := h.device().one(h.put(h.id(), question, ""))
			if o.State != replica.Held || !slices.Equal(o.Reasons, []string{"policy"}) {
				t.Errorf("outcome = %s %v, want held for the policy", o.State, o.Reasons)
			}
			if !strings.Contains(h.log.String(), "every note is held") {
				t.Error("the log does not say so")
			}
		})
	}
}

func TestBadChangesStopNoOthers(t *testing.T) {
	h := openHouse(t)
	good := h.json(h.put(h.id(), question, ""))
	edit := func(change string, pairs ...string) json.RawMessage {
		return json.RawMessage(strings.NewReplacer(pairs...).Replace(change))
	}
	put := func() string { return string(h.json(h.put(h.id(), question, ""))) }
	long := string(h.json(h.put(h.id(), strings.Repeat("a", annotation.MaxText+1), "")))
	for _, tc := range []struct {
		name   string
		change json.RawMessage
		field  string
	}{
		{"not an object", json.RawMessage(`7`), ""},
		{"null", json.RawMessage(`null`), ""},
		{"unknown field", edit(put(), `"op":`, `"colour":"red","op":`), "/colour"},
		{"field in capitals", edit(put(), `"op":`, `"OP":`), "/OP"},
		{"field twice", edit(put(), `"op":"put"`, `"op":"put","op":"delete"`), ""},
		{"unknown field of the note", edit(put(), `"motivation":`, `"rights":"x","motivation":`), "/annotation/rights"},
		{"id is no UUID", edit(put(), `{"id":"0`, `{"id":"x`), "/id"},
		{"note id of version 4", edit(put(), `-7`, `-4`), "/id"},
		{"text too long", json.RawMessage(long), "/annotation/body/0/value"},
		{"text empty", edit(put(), question, ""), "/annotation/body/0/value"},
		{"not UTF-8", edit(put(), question, "a\xffb"), ""},
		{"unknown article", edit(put(), slug, "nowhere"), "/article"},
		{"two articles", edit(put(), `"article":"`+slug, `"article":"`+other), "/annotation/target/source"},
		{"other words than quoted", edit(put(), claim, "carried 9,900 people"), "/annotation/target/selector"},
		{"span beyond the text", edit(put(), `"end":`, `"end":99`), "/annotation/target/selector"},
		{"unknown revision", edit(put(), h.rev.ID, "sha256-"+strings.Repeat("0", 64)), "/annotation/target/state/cached"},
		{"edit of nothing", edit(put(), `"ifMatch":""`, `"ifMatch":"x"`), "/ifMatch"},
		{"unknown op", edit(put(), `"op":"put"`, `"op":"like"`), "/op"},
		{"rate", h.json(replica.Change{ID: h.id(), Op: replica.OpRate, Target: h.id(), Value: "1"}), "/op"},
		{"report", h.json(replica.Change{ID: h.id(), Op: replica.OpReport, Target: h.id()}), "/op"},
		{"put of nothing", h.json(replica.Change{ID: h.id(), Op: replica.OpPut, Article: slug}), "/annotation"},
		{"delete of nothing", h.json(replica.Change{ID: h.id(), Op: replica.OpDelete, Target: h.id()}), "/target"},
		{"reason too long", h.json(replica.Change{ID: h.id(), Op: replica.OpAppeal, Reason: strings.Repeat("é", 501)}), "/reason"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			body := fmt.Sprintf(`{"changes":[%s,%s]}`, tc.change, good)
			w := h.device().request("POST", "/api/v1/sync", body)
			var a replica.Answer
			if err := json.Unmarshal(w.Body.Bytes(), &a); w.Code != http.StatusOK || err != nil {
				t.Fatalf("sync = %d %s", w.Code, w.Body)
			}
			if o := a.Outcomes[0]; o.State != replica.Invalid || o.Problem == nil || o.Problem.Field != tc.field || o.Problem.Title == "" {
				t.Errorf("outcome = %s %+v, want invalid at %q", o.State, o.Problem, tc.field)
			}
			if o := a.Outcomes[1]; o.State != replica.Published {
				t.Errorf("the change after it = %s %+v, want published", o.State, o.Problem)
			}
		})
	}
}

func TestEnvelope(t *testing.T) {
	h := openHouse(t)
	many := strings.TrimSuffix(strings.Repeat(`{},`, replica.MaxChanges+1), ",")
	for _, tc := range []struct {
		name, contentType, body string
		want                    int
	}{
		{"empty object", "application/json", `{}`, 200},
		{"charset", "application/json; charset=UTF-8", `{"changes":null,"cursors":null}`, 200},
		{"100 changes", "application/json", `{"changes":[` + strings.TrimSuffix(strings.Repeat(`{},`, 100), ",") + `]}`, 200},
		{"101 changes", "application/json", `{"changes":[` + many + `]}`, 400},
		{"unknown field", "application/json", `{"more":1}`, 400},
		{"field twice", "application/json", `{"mine":1,"mine":2}`, 400},
		{"cursor is no number", "application/json", `{"cursors":{"a":"x"}}`, 400},
		{"cursor below 0", "application/json", `{"mine":-1}`, 400},
		{"not JSON", "application/json", `{"changes":[`, 400},
		{"more after it", "application/json", `{} {}`, 400},
		{"a list", "application/json", `[]`, 400},
		{"a form", "application/x-www-form-urlencoded", `changes=1`, 415},
		{"no type", "", `{}`, 415},
		{"2 MiB", "application/json", `{"changes":["` + strings.Repeat("x", 2<<20) + `"]}`, 413},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := h.device().request("POST", "/api/v1/sync", tc.body, "Content-Type", tc.contentType)
			if w.Code != tc.want {
				t.Fatalf("status = %d %s, want %d", w.Code, w.Body, tc.want)
			}
			if tc.want != 200 {
				wantProblem(t, w, tc.want)
			}
		})
	}
}

func TestServerReasons(t *testing.T) {
	t.Run("rate", func(t *testing.T) {
		h := openHouse(t, func(c *Config) { c.Limits.NotesPerHour = 2 })
		d := h.device()
		for i, want := range []replica.NoteState{replica.Published, replica.Published, replica.Held} {
			if o := d.one(h.put(h.id(), fmt.Sprint("Which day, number ", i, "?"), "")); o.State != want {
				t.Errorf("note %d = %s %v, want %s", i, o.State, o.Reasons, want)
			}
		}
	})
	t.Run("history", func(t *testing.T) {
		h := openHouse(t)
		d := h.device()
		id := h.id()
		o := d.one(replica.Change{ID: h.id(), Op: replica.OpAppeal, Article: slug, Annotation: h.put(id, question, "").Annotation, Reason: "Ask."})
		if _, err := Decide(t.Context(), h.st, id, moderation.Reject, "No.", h.now); err != nil {
			t.Fatal(err)
		}
		if o := d.one(h.put(id, "Which week was that?", o.ETag)); o.State != replica.Held || !slices.Equal(o.Reasons, []string{"history"}) {
			t.Errorf("edit of what a moderator rejected = %s %v, want held for its history", o.State, o.Reasons)
		}
	})
}

func TestHonestBatchIsPublished(t *testing.T) {
	h := openHouse(t)
	var batch []any
	for i := range replica.MaxChanges {
		batch = append(batch, h.put(h.id(), fmt.Sprint("Which day, number ", i, "?"), ""))
	}
	for i, o := range h.device().send(batch...).Outcomes {
		if o.State != replica.Published {
			t.Fatalf("note %d = %s %v %+v", i, o.State, o.Reasons, o.Problem)
		}
	}
}
