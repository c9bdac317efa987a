package state_test

import (
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
)

const fresh = "0190b6e0-0000-7000-8000-000000000001" // what after mints

// clash is an own note with two versions.
func clash(theirs replica.NoteState) replica.Note {
	n := note("a", 4, 11, true)
	was := n.Annotation
	n.State, n.ETag, n.Was = replica.Conflict, "theirs", &was
	n.Verdict = &moderation.Verdict{Decision: moderation.Publish}
	n.Events = []replica.Event{{State: replica.Queued, What: "edit"}, {State: replica.Conflict, What: "edit"}}
	n.Theirs = &replica.Current{ETag: "theirs", State: theirs}
	if theirs != replica.Deleted {
		other := annotation.New("a", annotation.Note{Text: "Theirs.", Stance: annotation.Support}, n.Annotation.Target, now)
		n.Theirs.Annotation = &other
	}
	return n
}

func TestKeepMine(t *testing.T) {
	with := func(n replica.Note, drafts ...replica.DraftNote) state.State {
		s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{n}, Drafts: drafts})
		return s
	}
	removed := clash(replica.Published)
	removed.Events = []replica.Event{{State: replica.Queued, What: "delete"}, {State: replica.Conflict, What: "delete"}}
	rejected := clash(replica.Published)
	rejected.Verdict = &moderation.Verdict{Decision: moderation.Reject}

	t.Run("as it is, on top of theirs", func(t *testing.T) {
		_, effects := after(with(clash(replica.Published)), state.KeepMine{ID: "a"})
		e, ok := effect[state.Enqueue](effects)
		if !ok || e.Draft.ID != "a" || e.Draft.IfMatch != "theirs" || e.Draft.Text != good || e.Draft.Instead != "" {
			t.Errorf("effects = %+v, want the note posted on top of theirs", effects)
		}
	})
	t.Run("deleted there: as another note", func(t *testing.T) {
		_, effects := after(with(clash(replica.Deleted)), state.KeepMine{ID: "a"})
		e, ok := effect[state.Enqueue](effects)
		if !ok || e.Draft.ID != fresh || e.Draft.Instead != "a" || e.Draft.IfMatch != "" || e.Draft.Kind != replica.NewNote {
			t.Errorf("effects = %+v, want another note in place of it", effects)
		}
	})
	t.Run("deleted here: deleted", func(t *testing.T) {
		_, effects := after(with(removed), state.KeepMine{ID: "a"})
		if e, ok := effect[state.EnqueueDelete](effects); !ok || e.ID != "a" {
			t.Errorf("effects = %+v, want the note deleted", effects)
		}
	})
	t.Run("words of it wait in a draft", func(t *testing.T) {
		d := replica.DraftNote{ID: "a", Kind: replica.EditNote, Article: "ferry", Text: "half a thought", IfMatch: "e"}
		s, effects := after(with(clash(replica.Published), d), state.KeepMine{ID: "a"})
		if _, sent := effect[state.Enqueue](effects); sent || s.Composer == nil || s.Composer.Draft.Text != "half a thought" || s.Composer.Draft.IfMatch != "theirs" {
			t.Errorf("composer %+v, want the draft open on top of theirs", s.Composer)
		}
	})
	t.Run("the rules stand against it", func(t *testing.T) {
		s, effects := after(with(rejected), state.KeepMine{ID: "a"})
		if _, sent := effect[state.Enqueue](effects); sent || s.Composer == nil {
			t.Errorf("effects = %+v, want the form", effects)
		}
	})
	t.Run("no conflict", func(t *testing.T) {
		for _, a := range []state.Action{state.KeepMine{ID: "a"}, state.TakeTheirs{ID: "a"}, state.PostAnew{ID: "a"}, state.KeepMine{ID: "none"}} {
			if s, effects := after(with(note("a", 4, 11, true)), a); len(effects) != 0 || s.Composer != nil {
				t.Errorf("%T of a note with one version gives %v", a, effects)
			}
		}
	})
	t.Run("on the page of own notes", func(t *testing.T) {
		s, _ := after(mine(), state.Loaded{Mine: []replica.Note{clash(replica.Published)}})
		if _, effects := after(s, state.KeepMine{ID: "a"}); len(effects) != 1 {
			t.Errorf("Keep mine gives %v", effects)
		}
		if _, effects := after(s, state.TakeTheirs{ID: "a"}); len(effects) != 1 || effects[0] != (state.EnqueueTheirs{ID: "a"}) {
			t.Errorf("Take theirs gives %v", effects)
		}
		if _, effects := after(s, state.Edit{ID: "a"}); len(effects) != 1 || effects[0] != (state.Go{Path: "/a/ferry#edit-a"}) {
			t.Errorf("Edit gives %v", effects)
		}
	})
}

// TestJoin edits both versions into one: the form shows them, and what is posted
// is on top of theirs, even if nothing of mine was changed.
func TestJoin(t *testing.T) {
	s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{clash(replica.Published)}}, state.Edit{ID: "a"})
	if v := s.Versions(); v == nil || v.ID != "a" {
		t.Fatalf("Versions = %v, want the note", v)
	}
	_, effects := after(s, state.Post{})
	if e, ok := effect[state.Enqueue](effects); !ok || e.Draft.IfMatch != "theirs" {
		t.Errorf("Post gives %v, want the note on top of theirs", effects)
	}
	s, effects = after(s, state.TypedText{Text: good + " And theirs."}, state.Cancel{}, state.Edit{ID: "a"})
	if s.Composer.Draft.Text != good+" And theirs." {
		t.Errorf("the form holds %q after it was closed, %v", s.Composer.Draft.Text, effects)
	}
	// Deleted there: what was typed becomes another note's.
	gone, _ := after(s, state.Cancel{}, state.Loaded{Notes: []replica.Note{clash(replica.Deleted)}}, state.Edit{ID: "a"})
	if d := gone.Composer.Draft; d.Instead != "a" || d.ID != fresh || d.Text != good+" And theirs." || gone.Versions() == nil {
		t.Errorf("draft %+v, want the words as another note", d)
	}
}

// TestJoinsChanges: what both changed in different words is in the form, for the
// reader to read; where they changed the same words it is the reader's own.
func TestJoinsChanges(t *testing.T) {
	version := func(text string, sources ...string) annotation.Annotation {
		said := annotation.Note{Text: text, Stance: annotation.Dispute}
		for _, s := range sources {
			said.Sources = append(said.Sources, annotation.Source{URL: s})
		}
		return annotation.New("a", said, note("a", 4, 11, true).Annotation.Target, now)
	}
	const base = "The count is of one year. It leaves some out."
	for name, c := range map[string]struct {
		mine, theirs annotation.Annotation
		text         string
		sources      int
	}{
		"apart":          {version("The count is of two years. It leaves some out.", link), version("The count is of one year. It leaves many out.", link), "The count is of two years. It leaves many out.", 1},
		"the same words": {version("The count is of two years. It leaves some out.", link), version("The count is of six years. It leaves some out.", link), "The count is of two years. It leaves some out.", 1},
		"sources alone":  {version(base, link), version(base, link, link+"/2"), base, 2},
	} {
		t.Run(name, func(t *testing.T) {
			n, was := clash(replica.Published), version(base, link)
			n.Was, n.Annotation, n.Theirs.Annotation = &was, c.mine, &c.theirs
			s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{n}})
			joining, _ := after(s, state.Edit{ID: "a"})
			if d := joining.Composer.Draft; d.Text != c.text || len(d.Sources) != c.sources || d.IfMatch != "theirs" {
				t.Errorf("the form holds %q with %d sources, want %q with %d", d.Text, len(d.Sources), c.text, c.sources)
			}
			_, effects := after(s, state.KeepMine{ID: "a"})
			if e, ok := effect[state.Enqueue](effects); !ok || e.Draft.Text != c.mine.Text() {
				t.Errorf("Keep mine posts %q, want mine", e.Draft.Text)
			}
		})
	}
}

// TestReplyToAGoneNote: what was typed can stand as a note of its own.
func TestReplyToAGoneNote(t *testing.T) {
	parent := note("p", 4, 11, false)
	s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{parent}}, state.Reply{ID: "p"}, state.TypedText{Text: good})
	if s.Unanswerable() {
		t.Error("a note that is here cannot be answered")
	}
	s, _ = after(s, state.Loaded{Notes: []replica.Note{}})
	if !s.Unanswerable() {
		t.Fatal("a note that is gone can be answered")
	}
	s, effects := after(s, state.StandAlone{})
	d := s.Composer.Draft
	if _, saved := effect[state.SaveDraft](effects); !saved || d.Kind != replica.NewNote || d.ReplyTo != "" || d.Text != good || d.Target.Source != "ferry" || d.Stance == "" {
		t.Errorf("draft %+v, want a note on the article", d)
	}

	late := answer("r", "p")
	late.Mine, late.State, late.Article = true, replica.Rejected, "ferry"
	late.Problem = &replica.Problem{Title: "no", Field: "/annotation/target/source"}
	s, _ = after(reading(t), state.Loaded{Notes: []replica.Note{late}}, state.PostAnew{ID: "r"})
	if d := s.Composer.Draft; d.Kind != replica.NewNote || d.Instead != "r" || d.Text != "Yes." || d.Target.Source != "ferry" {
		t.Errorf("draft %+v, want a note on the article in place of the reply", d)
	}
	me, _ := after(mine(), state.Loaded{Mine: []replica.Note{late}})
	if _, effects := after(me, state.PostAnew{ID: "r"}); len(effects) != 1 || effects[0] != (state.Go{Path: "/a/ferry#anew-r"}) {
		t.Errorf("on the page of own notes it gives %v", effects)
	}
	if s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{late}}, state.HashChanged{Hash: "anew-r"}); s.Composer == nil {
		t.Error("the address does not open the form")
	}
}

// mine is the page of own notes.
func mine() state.State {
	s := state.FromBoot(state.Boot{Route: state.Route{Page: state.Me}})
	s.Ready = true
	return s
}
