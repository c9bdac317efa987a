package server

import (
	"slices"
	"testing"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

func TestEdit(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	id := h.id()
	made := d.one(h.put(id, question, ""))

	same := d.one(h.put(id, question, ""))
	if same.State != replica.Published || same.ETag != made.ETag || h.feed(0).Cursor != 2 {
		t.Errorf("the same note again = %s, feed at %d, want published and nothing new", same.State, h.feed(0).Cursor)
	}
	clash := d.one(h.put(id, "Which year was that?", ""))
	if clash.State != replica.Conflict || clash.Current == nil || clash.Current.ETag != made.ETag || clash.Current.Annotation.Text() != question {
		t.Errorf("another create = %+v, want a conflict with what is here", clash)
	}
	stale := d.one(h.put(id, "Which year was that?", "stale"))
	if stale.State != replica.Conflict {
		t.Errorf("edit of another version = %s, want conflict", stale.State)
	}
	edited := d.one(h.put(id, "Which week was that?", made.ETag))
	if edited.State != replica.Published || edited.ETag == made.ETag {
		t.Errorf("edit = %+v, want published with another etag", edited)
	}
	if got := h.shown(); !slices.Equal(got, []string{"Which week was that?"}) {
		t.Errorf("public = %q", got)
	}
}

func TestHeldEditLeavesPublicText(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	id := h.id()
	made := d.one(h.put(id, question, ""))
	rejected := d.one(h.putNote(id, annotation.Note{Text: bad, Stance: annotation.Dispute}, made.ETag))
	if rejected.State != replica.Rejected || rejected.ETag == made.ETag {
		t.Fatalf("edit = %s, want rejected", rejected.State)
	}
	if got := h.shown(); !slices.Equal(got, []string{question}) {
		t.Errorf("public = %q, want the earlier text", got)
	}
	held := d.one(replica.Change{ID: h.id(), Op: replica.OpAppeal, Target: id, IfMatch: rejected.ETag, Reason: "The timetable says so."})
	if held.State != replica.Held || !slices.Equal(held.Reasons, []string{"appeal"}) || held.Verdict == nil || held.Verdict.Decision != moderation.Reject {
		t.Fatalf("appeal = %+v, want held, with its verdict", held)
	}
	if got := h.shown(); !slices.Equal(got, []string{question}) {
		t.Errorf("public = %q, want the earlier text", got)
	}
	d.one(replica.Change{ID: h.id(), Op: replica.OpAppeal, Target: id})
	if n, err := h.st.Note(t.Context(), id); err != nil || n.Reason != "The timetable says so." {
		t.Errorf("after a second appeal without a word the reason is %q, %v, want the first one's", n.Reason, err)
	}
	n, err := Decide(t.Context(), h.st, id, moderation.Publish, "Fair.", h.now)
	if err != nil || n.State != replica.Published || n.Reason != "Fair." || n.Appeal {
		t.Fatalf("Decide = %+v, %v", n, err)
	}
	if got := h.shown(); !slices.Equal(got, []string{bad}) {
		t.Errorf("public = %q, want the edit", got)
	}
	if _, err := Decide(t.Context(), h.st, id, moderation.Reject, "", h.now); err == nil {
		t.Error("a second decision was taken")
	}
}

func TestDeleteIsFinal(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	id := h.id()
	made := d.one(h.put(id, question, ""))
	if o := d.one(replica.Change{ID: h.id(), Op: replica.OpDelete, Article: slug, Target: id, IfMatch: "stale"}); o.State != replica.Conflict {
		t.Errorf("delete of another version = %s, want conflict", o.State)
	}
	a := d.send(replica.Change{ID: h.id(), Op: replica.OpDelete, Article: slug, Target: id, IfMatch: made.ETag})
	if a.Outcomes[0].State != replica.Deleted {
		t.Fatalf("delete = %+v", a.Outcomes[0])
	}
	rows := a.Articles[slug].Changes
	if last := rows[len(rows)-1]; last.Op != replica.RowDelete || last.ID != id {
		t.Errorf("last feed row = %+v, want the delete", last)
	}
	if last := a.Mine.Changes[len(a.Mine.Changes)-1]; last.State != replica.Deleted || last.Annotation != nil {
		t.Errorf("own row = %+v, want deleted without its text", last)
	}
	n, err := h.st.Note(t.Context(), id)
	if err != nil || n.Annotation.ID != "" || n.Public != nil || n.Verdict != nil {
		t.Errorf("stored note = %+v, %v, want no text", n, err)
	}
	if o := d.one(h.put(id, question, "")); o.State != replica.Conflict || o.Current == nil || o.Current.State != replica.Deleted {
		t.Errorf("put on a deleted note = %+v, want a conflict with deleted", o)
	}
	if o := d.one(replica.Change{ID: h.id(), Op: replica.OpDelete, Target: id}); o.State != replica.Deleted {
		t.Errorf("second delete = %s, want deleted", o.State)
	}
}

func TestOnlyTheAuthor(t *testing.T) {
	h := openHouse(t)
	id := h.id()
	made := h.device().one(h.put(id, question, ""))
	stranger := h.device()
	for name, c := range map[string]replica.Change{
		"put":    h.put(id, "Mine now.", made.ETag),
		"delete": {ID: h.id(), Op: replica.OpDelete, Target: id, IfMatch: made.ETag},
		"appeal": {ID: h.id(), Op: replica.OpAppeal, Target: id, IfMatch: made.ETag},
	} {
		if o := stranger.one(c); o.State != replica.Invalid {
			t.Errorf("%s on another reader's note = %s, want invalid", name, o.State)
		}
	}
	if got := h.shown(); !slices.Equal(got, []string{question}) {
		t.Errorf("public = %q, want it untouched", got)
	}
}

func TestReply(t *testing.T) {
	h := openHouse(t)
	author, reader := h.device(), h.device()
	public, held := h.id(), h.id()
	author.send(h.put(public, question, ""), h.putNote(held, annotation.Note{Text: bad, Stance: annotation.Dispute}, ""))
	reply := func(to, article string) replica.Change {
		a := annotation.New(h.id(), annotation.Note{Text: "October it was.", ReplyTo: to}, annotation.Target{}, h.now)
		return replica.Change{ID: h.id(), Op: replica.OpPut, Article: article, Annotation: &a}
	}
	for _, tc := range []struct {
		name   string
		by     *device
		change replica.Change
		want   replica.NoteState
	}{
		{"to a public note", reader, reply(public, slug), replica.Published},
		{"to a note that others cannot see", reader, reply(held, slug), replica.Invalid},
		{"to an own note that others cannot see", author, reply(held, slug), replica.Held},
		{"to nothing", reader, reply(h.id(), slug), replica.Invalid},
		{"under another article", reader, reply(public, other), replica.Invalid},
	} {
		if o := tc.by.one(tc.change); o.State != tc.want {
			t.Errorf("%s: %s %v %+v, want %s", tc.name, o.State, o.Reasons, o.Problem, tc.want)
		}
	}
}

func TestNoteOnOlderRevision(t *testing.T) {
	h := openHouse(t)
	old := h.put(h.id(), question, "")
	lost := h.put(h.id(), "Which buses?", "")
	h.device().one(lost)
	h.publish(slug, "A new first paragraph.", "The night buses "+claim+" in October.")
	d := h.device()
	d.one(old)
	for _, r := range h.feed(0).Changes {
		if r.Op != replica.RowPut {
			continue
		}
		if r.Annotation.Revision() != h.rev.ID || r.Anchor.Status != anchor.Exact || r.Anchor.Start <= 30 {
			t.Errorf("note on %s at %+v, want it on the old revision and placed in the new one", r.Annotation.Revision(), r.Anchor)
		}
	}
	h.publish(slug, "Nothing of it is left.")
	for _, r := range h.feed(0).Changes {
		if r.Op == replica.RowPut && r.Anchor.Status != anchor.Orphan {
			t.Errorf("anchor = %+v, want an orphan", r.Anchor)
		}
	}
}

func TestTargetForms(t *testing.T) {
	for name, change := range map[string]func(a *annotation.Annotation){
		"address": func(a *annotation.Annotation) {
			a.Target.Source = base + "/a/" + slug
			a.Target.State.Cached = base + "/a/" + slug + "/r/" + a.Target.State.Cached
			a.ID = base + "/a/" + slug + "/annotations/" + a.ID
		},
		"no revision":   func(a *annotation.Annotation) { a.Target.State = nil },
		"quote only":    func(a *annotation.Annotation) { a.Target.Selector = a.Target.Selector[:1] },
		"position only": func(a *annotation.Annotation) { a.Target.Selector = a.Target.Selector[1:] },
		"whole article": func(a *annotation.Annotation) { a.Target.Selector = nil },
	} {
		t.Run(name, func(t *testing.T) {
			h := openHouse(t)
			c := h.put(h.id(), question, "")
			change(c.Annotation)
			if o := h.device().one(c); o.State != replica.Published {
				t.Fatalf("outcome = %s %+v %+v %v", o.State, o.Problem, o.Verdict, o.Reasons)
			}
			n := h.feed(0).Changes[1].Annotation
			q, _ := n.Quote()
			if !annotation.ValidID(n.ID) || n.Target.Source != slug || n.Revision() != h.rev.ID || name != "whole article" && q.Exact != claim {
				t.Errorf("stored = %+v", n.Target)
			}
		})
	}
}

func TestSpanNeverCutsACharacter(t *testing.T) {
	h := openHouse(t)
	rev := h.publish(slug, "The cafe\u0301 👩‍🚀 stays open all night.") // composed on the way in, but the astronaut is three code points
	start, end := 24, 25
	c := h.put(h.id(), question, "")
	c.Annotation.Target.State.Cached = rev.ID
	text := []rune(rev.Text())
	for i, r := range text {
		if r == '🚀' {
			start, end = i, i+1
		}
	}
	c.Annotation.Target.Selector = []annotation.Selector{{Type: "TextPositionSelector", Start: &start, End: &end}}
	h.device().one(c)
	for _, r := range h.feed(0).Changes {
		if r.Op == replica.RowPut {
			if q, _ := r.Annotation.Quote(); q.Exact != "👩‍🚀" {
				t.Errorf("quote = %q, want the whole astronaut", q.Exact)
			}
			return
		}
	}
	t.Error("the note was not published")
}

func TestRename(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	id := h.id()
	a := d.send(h.put(id, question, ""), replica.Change{ID: h.id(), Op: replica.OpRename, Value: " Harbour Pilot "}, h.put(h.id(), "Which week was that?", ""))
	if a.Outcomes[1].State != replica.Published || a.Reader.Nickname != "Harbour Pilot" {
		t.Fatalf("rename = %+v, reader %+v", a.Outcomes[1], a.Reader)
	}
	var names []string
	for _, r := range h.feed(0).Changes {
		if r.Op == replica.RowPut {
			names = append(names, r.Annotation.Creator.Nickname)
		}
	}
	if want := []string{"reader-" + a.Reader.ID[:4], "Harbour Pilot"}; !slices.Equal(names, want) {
		t.Errorf("names = %q, want %q", names, want)
	}
	for _, value := range []string{"", "  ", "a\u202eb", "a\x00b", "a\nb", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "call +44 20 7946 0958"} {
		if o := d.one(replica.Change{ID: h.id(), Op: replica.OpRename, Value: value}); o.State != replica.Invalid {
			t.Errorf("rename to %q = %s, want invalid", value, o.State)
		}
	}
}

func TestDecideOnUnknown(t *testing.T) {
	h := openHouse(t)
	if _, err := Decide(t.Context(), h.st, h.id(), moderation.Publish, "", h.now); err == nil || !isNotFound(err) {
		t.Errorf("Decide = %v, want store.ErrNotFound", err)
	}
}
