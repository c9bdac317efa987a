package state_test

import (
	"testing"
	"time"

	"marginalia/app/replica"
	"marginalia/app/state"
)

// stored is the page with a new note that is written and on disk.
func stored(t *testing.T) state.State {
	t.Helper()
	s := written(t)
	s, _ = after(s, state.DraftSaved{ID: s.Composer.Draft.ID, At: s.Composer.Draft.Saved})
	if !s.Composer.Saved {
		t.Fatal("the draft is not saved")
	}
	return s
}

func TestDraftIsOpenInAnotherWindow(t *testing.T) {
	s := stored(t)
	id := s.Composer.Draft.ID
	s, _ = after(s, state.DraftElsewhere{ID: "0190b6e0-0000-7000-8000-00000000000f"})
	if s.Composer.Elsewhere {
		t.Fatal("the news of another draft closed the form")
	}
	s, _ = after(s, state.DraftElsewhere{ID: id})
	if !s.Composer.Elsewhere || s.Say == "" {
		t.Fatalf("composer = %+v, said %q", s.Composer, s.Say)
	}
	for name, a := range map[string]state.Action{
		"typing": state.TypedText{Text: "x"}, "post": state.Post{}, "restart": state.Restart{}, "close": state.Cancel{}, "another": state.NoteOnAll{},
	} {
		next, effects := after(s, a)
		if save, ok := effect[state.SaveDraft](effects); ok {
			t.Errorf("%s stores %+v", name, save)
		}
		if _, ok := effect[state.EraseDraft](effects); ok {
			t.Errorf("%s erases the draft", name)
		}
		if _, ok := effect[state.Enqueue](effects); ok {
			t.Errorf("%s posts the draft", name)
		}
		if next.Composer != nil && next.Composer.Elsewhere && next.Composer.Draft.Text != good {
			t.Errorf("%s changed the text to %q", name, next.Composer.Draft.Text)
		}
	}
}

func TestWordsThatAreNotStoredBecomeADraftOfTheirOwn(t *testing.T) {
	for name, a := range map[string]func(id string) state.Action{
		"given up":  func(id string) state.Action { return state.DraftElsewhere{ID: id} },
		"not saved": func(id string) state.Action { return state.DraftSaved{ID: id, Err: replica.ErrHeld} },
	} {
		t.Run(name, func(t *testing.T) {
			s := written(t)
			was := s.Composer.Draft.ID
			s, effects := state.Update(s, a(was), state.Input{Now: now.Add(time.Second), ID: "0190b6e0-0000-7000-8000-000000000002"})
			save, ok := effect[state.SaveDraft](effects)
			if !ok || save.Draft.ID == was || save.Draft.Text != good || s.Composer.Elsewhere {
				t.Errorf("saved %v %+v", ok, save.Draft)
			}
			if hold, ok := effect[state.HoldDraft](effects); !ok || hold.ID != save.Draft.ID {
				t.Errorf("holds %+v", hold)
			}
		})
	}
}

func TestTakeOver(t *testing.T) {
	s := stored(t)
	d := s.Composer.Draft
	s, _ = after(s, state.DraftElsewhere{ID: d.ID})
	s, effects := after(s, state.TakeOver{})
	if hold, ok := effect[state.HoldDraft](effects); !ok || !hold.Take || hold.ID != d.ID {
		t.Fatalf("effects = %+v", effects)
	}
	theirs := d
	theirs.Text += " And ten at weekends."
	s, effects = after(s, state.DraftTaken{ID: d.ID, Draft: &theirs})
	fill, ok := effect[state.FillForm](effects)
	if s.Composer.Elsewhere || s.Composer.Draft.Text != theirs.Text || !ok || fill.Draft.Text != theirs.Text {
		t.Errorf("form = %+v, filled with %+v", s.Composer, fill.Draft)
	}
	if save, ok := effect[state.SaveDraft](effects); !ok || !save.Draft.Open {
		t.Errorf("saved %+v, want it open", save.Draft)
	}
}

func TestTakenOverEditKeepsBothTexts(t *testing.T) {
	s := stored(t)
	s.Composer.Draft.Kind = replica.EditNote
	s, _ = after(s, state.TypedText{Text: "Mine."}, state.DraftElsewhere{ID: s.Composer.Draft.ID})
	if !s.Composer.Elsewhere {
		t.Fatal("an edit cannot be two drafts")
	}
	theirs := s.Composer.Draft
	theirs.Text = "Theirs."
	s, _ = after(s, state.DraftTaken{ID: theirs.ID, Draft: &theirs})
	if got := s.Composer.Draft.Text; got != "Theirs.\n\nMine." {
		t.Errorf("text = %q, want both", got)
	}
}

// TestDraftOfAnotherWindowIsNoFault: nothing went wrong with the storage, so the
// page can be left without a question.
func TestDraftOfAnotherWindowIsNoFault(t *testing.T) {
	for _, err := range []error{replica.ErrHeld, replica.ErrPosted} {
		s := stored(t)
		for _, a := range []state.Action{
			state.DraftSaved{ID: s.Composer.Draft.ID, Err: err}, state.Queued{ID: s.Composer.Draft.ID, Err: err},
		} {
			if next, _ := after(s, a); next.Composer.Fault != "" || next.AtRisk() {
				t.Errorf("%T %v: fault %q", a, err, next.Composer.Fault)
			}
		}
		posted, _ := after(s, state.Post{}, state.DraftSaved{ID: s.Composer.Draft.ID, Err: err})
		if !posted.Composer.Posted || posted.Composer.Fault != "" {
			t.Errorf("%v while the note is on its way: %+v", err, posted.Composer)
		}
	}
	s := stored(t)
	if next, _ := after(s, state.DraftSaved{ID: s.Composer.Draft.ID, Err: replica.ErrFull}); next.Composer.Fault == "" {
		t.Error("a full disk is no fault")
	}
}

func TestReplyOfAnotherWindowIsNotMadeANoteOfItsOwn(t *testing.T) {
	s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{note("a", 4, 11, false)}}, state.Reply{ID: "a"})
	id := s.Composer.Draft.ID
	next, effects := after(s, state.DraftElsewhere{ID: id}, state.StandAlone{})
	if len(effects) > 0 || next.Composer.Draft.Kind != replica.ReplyTo {
		t.Errorf("effects %+v, kind %v", effects, next.Composer.Draft.Kind)
	}
}

func TestDeviceErasedInAnotherWindow(t *testing.T) {
	s, _ := after(stored(t), state.TypedText{Text: "Half"}, state.DraftSaved{Err: replica.ErrFull})
	s, effects := after(s, state.Wiped{})
	if s.Composer != nil || len(s.Drafts) > 0 || s.AtRisk() {
		t.Errorf("composer %+v, drafts %+v, at risk %v", s.Composer, s.Drafts, s.AtRisk())
	}
	if len(effects) != 1 || effects[0] != (state.Go{Path: "/"}) {
		t.Errorf("effects = %+v, want only a way to a page that opens anew", effects)
	}
}

func TestOwnDraftIsNotFilledInAnew(t *testing.T) {
	s := stored(t)
	d := s.Composer.Draft
	older := d
	older.Saved, older.Text = d.Saved.Add(-time.Second), "x"
	for name, a := range map[string]state.DraftTaken{"nothing stored": {ID: d.ID}, "the same": {ID: d.ID, Draft: &d}, "older": {ID: d.ID, Draft: &older}} {
		next, effects := after(s, a)
		if len(effects) > 0 || next.Composer.Draft.Text != good {
			t.Errorf("%s: %+v, form %q", name, effects, next.Composer.Draft.Text)
		}
	}
}

func TestReturnedPageAsksForItsDraft(t *testing.T) {
	s, effects := after(stored(t), state.Returned{})
	if hold, ok := effect[state.HoldDraft](effects); !ok || hold.Take || hold.ID != s.Composer.Draft.ID {
		t.Errorf("effects = %+v", effects)
	}
	if _, ok := effect[state.RunSync](effects); !ok {
		t.Error("a page that is back does not sync")
	}
}

func TestFormElsewhereClosesWhenTheDraftIsFinished(t *testing.T) {
	s := stored(t)
	d := s.Composer.Draft
	s, _ = after(s, state.DraftElsewhere{ID: d.ID})
	for name, tc := range map[string]struct {
		loaded state.Loaded
		open   bool
	}{
		"open there":   {state.Loaded{Drafts: []replica.DraftNote{}, Held: map[string]bool{d.ID: true}}, true},
		"closed there": {state.Loaded{Drafts: []replica.DraftNote{d}, Held: map[string]bool{}}, true},
		"posted there": {state.Loaded{Drafts: []replica.DraftNote{}, Held: map[string]bool{}}, false},
	} {
		if next, _ := after(s, tc.loaded); (next.Composer != nil) != tc.open {
			t.Errorf("%s: open = %v, want %v", name, next.Composer != nil, tc.open)
		}
	}
}

func TestDraftOfAnotherWindowIsNotOpenedAtTheStart(t *testing.T) {
	d := stored(t).Composer.Draft
	for _, held := range []bool{false, true} {
		s := reading(t)
		l := state.Loaded{Policy: s.Policy, Drafts: []replica.DraftNote{d}, Held: map[string]bool{}}
		if held {
			l.Held[d.ID] = true
		}
		s, effects := after(s, state.Mounted{Loaded: l})
		if (s.Composer != nil) == held {
			t.Errorf("held elsewhere: %v, opened: %v", held, s.Composer != nil)
		}
		if hold, ok := effect[state.HoldDraft](effects); ok == held || ok && hold.ID != d.ID {
			t.Errorf("held elsewhere: %v, effects %+v", held, effects)
		}
	}
}
