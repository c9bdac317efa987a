package state_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

const (
	first  = "The harbour ferry 🚢 makes 24 sailings a day."
	second = "Fares rise to 3.40 crowns in April. Season tickets stay as they are."
	good   = "The authority's own timetable lists 22 ferry sailings a day, not 24, for the winter months."
	link   = "https://example.org/harbour/timetable"
)

// reading is the article page with the rules at hand.
func reading(t *testing.T) state.State {
	t.Helper()
	rev, err := article.NewRevision("Ferry", "en", []article.Block{
		{Kind: article.Paragraph, Text: first}, {Kind: article.Paragraph, Text: second},
	}, now)
	if err != nil {
		t.Fatal(err)
	}
	s := state.FromBoot(state.Boot{
		Route:   state.Route{Page: state.Reading, Slug: "ferry"},
		Article: &article.Article{Slug: "ferry", Revision: rev, URL: "https://paper.example/a/ferry"},
		Feed:    &replica.Changes{},
	})
	s, _ = state.Update(s, state.Mounted{Loaded: state.Loaded{Policy: moderation.Default()}}, state.Input{Now: now})
	return s
}

// after applies actions one after the other and returns the last one's effects.
func after(s state.State, actions ...state.Action) (state.State, []state.Effect) {
	var effects []state.Effect
	for _, a := range actions {
		s, effects = state.Update(s, a, state.Input{Now: now, ID: "0190b6e0-0000-7000-8000-000000000001"})
	}
	return s, effects
}

// effect returns the first effect of a type.
func effect[E state.Effect](effects []state.Effect) (E, bool) {
	for _, e := range effects {
		if e, ok := e.(E); ok {
			return e, true
		}
	}
	var none E
	return none, false
}

func selectSailings() state.Action {
	// "makes 24 sailings" after an emoji of two UTF-16 units and one code point.
	at := textpos.UTF16(len("The harbour ferry ") + 2 + 1)
	return state.Selected{
		From: state.Point{Block: 0, Offset: at}, To: state.Point{Block: 0, Offset: at + textpos.UTF16(len("makes 24 sailings"))},
	}
}

func written(t *testing.T) state.State {
	t.Helper()
	s, _ := after(reading(t), selectSailings(), state.Annotate{}, state.TypedText{Text: good}, state.TypedURL{Text: link})
	return s
}

func TestSelectionCountsCodePoints(t *testing.T) {
	for name, tc := range map[string]struct {
		action state.Action
		want   string
	}{
		"after an emoji":     {selectSailings(), "makes 24 sailings"},
		"backwards":          {state.Selected{From: state.Point{Block: 0, Offset: 11}, To: state.Point{Block: 0, Offset: 4}}, "harbour"},
		"inside an emoji":    {state.Selected{From: state.Point{Block: 0, Offset: 12}, To: state.Point{Block: 0, Offset: 19}}, "ferry"},
		"two blocks":         {state.Selected{From: state.Point{Block: 0, Offset: 40}, To: state.Point{Block: 1, Offset: 5}}, "day.\nFares"},
		"white space only":   {state.Selected{From: state.Point{Block: 0, Offset: 3}, To: state.Point{Block: 0, Offset: 4}}, ""},
		"nothing":            {state.Selected{}, ""},
		"space at both ends": {state.Selected{From: state.Point{Block: 1, Offset: 5}, To: state.Point{Block: 1, Offset: 11}}, "rise"},
		"past the end":       {state.Selected{From: state.Point{Block: 1, Offset: 55}, To: state.Point{Block: 9, Offset: 5}}, "as they are."},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := after(reading(t), tc.action)
			got := ""
			if s.Selection != nil {
				got = s.Selection.Quote
			}
			if got != tc.want {
				t.Errorf("selected %q, want %q", got, tc.want)
			}
		})
	}
}

func TestAnnotateOpensTheFormOnTheSelection(t *testing.T) {
	s, effects := after(reading(t), selectSailings(), state.Annotate{})
	if s.Composer == nil {
		t.Fatal("no form")
	}
	d := s.Composer.Draft
	if d.Quote != "makes 24 sailings" || d.Kind != replica.NewNote || d.Stance != annotation.Dispute || len(d.Sources) != 1 {
		t.Errorf("draft = %+v", d)
	}
	if s.Composer.Typed || s.Selection != nil {
		t.Error("an untouched form shows findings, or the selection stayed")
	}
	if f, ok := effect[state.Focus](effects); !ok || f.On.Kind != state.FocusText {
		t.Errorf("focus goes to %+v, want the note", f)
	}
}

func TestAnnotateWithoutSelectionOpensThePicker(t *testing.T) {
	s, _ := after(reading(t), state.Annotate{}, state.PickAt{Index: 1})
	if !s.Picker.Open || s.Picker.Active != 1 {
		t.Fatalf("picker = %+v", s.Picker)
	}
	if s, _ = after(s, state.PickMove{Step: -1}, state.PickMove{Step: -1}); s.Picker.Active != 0 {
		t.Errorf("active = %d, want the first sentence", s.Picker.Active)
	}
	if s, _ = after(s, state.PickAt{Index: 99}); s.Picker.Active != 2 {
		t.Errorf("active = %d, want the last sentence", s.Picker.Active)
	}
	s, _ = after(s, state.PickChosen{})
	if s.Composer == nil || s.Composer.Draft.Quote != "Season tickets stay as they are." || s.Picker.Open {
		t.Errorf("composer = %+v", s.Composer)
	}
}

func TestPostNeedsAGoodNote(t *testing.T) {
	for name, tc := range map[string]struct {
		typed []state.Action
		sent  bool
		focus state.FocusTarget
	}{
		"good":      {[]state.Action{state.TypedText{Text: good}, state.TypedURL{Text: link}}, true, state.FocusTarget{}},
		"empty":     {nil, false, state.FocusTarget{Kind: state.FocusText}},
		"no source": {[]state.Action{state.TypedText{Text: good}}, false, state.FocusTarget{Kind: state.FocusField, ID: "sources/0/url"}},
		"the article as its source": {
			[]state.Action{state.TypedText{Text: good}, state.TypedURL{Text: "https://paper.example/a/ferry#b1"}},
			false,
			state.FocusTarget{Kind: state.FocusField, ID: "sources/0/url"},
		},
		"a bad second source": {
			[]state.Action{
				state.TypedText{Text: good},
				state.AddSource{},
				state.AddSource{},
				state.TypedURL{Source: 2, Text: "nowhere"},
				state.TypedURL{Source: 1, Text: link},
			},
			false,
			state.FocusTarget{Kind: state.FocusField, ID: "sources/2/url"},
		},
		"held notes are sent": {
			[]state.Action{state.TypedText{Text: "Only an idiot counts 24 ferry sailings a day in winter months."}, state.TypedURL{Text: link}},
			true,
			state.FocusTarget{},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := after(reading(t), append([]state.Action{selectSailings(), state.Annotate{}}, tc.typed...)...)
			next, effects := after(s, state.Post{})
			_, sent := effect[state.Enqueue](effects)
			if sent != tc.sent {
				t.Fatalf("sent = %v, want %v; verdict %+v", sent, tc.sent, s.Composer.Verdict)
			}
			if sent {
				if _, again := after(next, state.Post{}); len(again) != 0 {
					t.Errorf("a second press sends again: %v", again)
				}
				return
			}
			if f, _ := effect[state.Focus](effects); f.On != tc.focus {
				t.Errorf("focus on %+v, want %+v", f.On, tc.focus)
			}
			if next.Say == "" || next.Composer == nil {
				t.Error("the refusal is silent, or the form is gone")
			}
		})
	}
}

func TestFormClosesOnlyWhenTheNoteIsOnDisk(t *testing.T) {
	s, _ := after(written(t), state.Post{})
	id := s.Composer.Draft.ID
	failed, _ := after(s, state.Queued{ID: id, Err: errors.New("no room")})
	if failed.Composer == nil || failed.Composer.Posted || failed.Composer.Draft.Text != good {
		t.Errorf("after a failure the form is %+v", failed.Composer)
	}
	done, effects := after(s, state.Queued{ID: id})
	if done.Composer != nil || done.Open != id {
		t.Errorf("composer %v, open %q", done.Composer, done.Open)
	}
	if f, _ := effect[state.Focus](effects); f.On != (state.FocusTarget{Kind: state.FocusNote, ID: id}) {
		t.Errorf("focus on %+v, want the new note", f.On)
	}
	if _, ok := effect[state.RunSync](effects); !ok {
		t.Error("nothing is sent")
	}
}

func TestEveryKeystrokeIsSaved(t *testing.T) {
	s := written(t)
	for name, a := range map[string]state.Action{
		"text": state.TypedText{Text: good + "!"}, "url": state.TypedURL{Text: link + "/2"},
		"passage": state.TypedPassage{Text: "22 departures"}, "stance": state.SetStance{Stance: annotation.Question},
		"reason": state.TypedReason{Text: "Because."}, "another source": state.AddSource{},
	} {
		t.Run(name, func(t *testing.T) {
			next, effects := after(s, a)
			save, ok := effect[state.SaveDraft](effects)
			if !ok || !reflect.DeepEqual(save.Draft, next.Composer.Draft) || !save.Draft.Open {
				t.Errorf("saved %+v, form holds %+v", save.Draft, next.Composer.Draft)
			}
			if next.Composer.Saved {
				t.Error("says it is saved before it is")
			}
			next, _ = after(next, state.DraftSaved{ID: save.Draft.ID, At: save.Draft.Saved})
			if !next.Composer.Saved {
				t.Error("does not say that it is saved")
			}
		})
	}
}

func TestClosingKeepsWhatWasWritten(t *testing.T) {
	s, effects := after(written(t), state.Cancel{})
	save, ok := effect[state.SaveDraft](effects)
	if s.Composer != nil || !ok || save.Draft.Open || save.Draft.Text != good {
		t.Fatalf("composer %v, saved %+v", s.Composer, save.Draft)
	}
	again, _ := after(s, selectSailings(), state.Annotate{})
	if again.Composer.Draft.Text != good {
		t.Errorf("the same words open %+v, want the draft", again.Composer.Draft)
	}
	empty, effects := after(reading(t), selectSailings(), state.Annotate{}, state.Cancel{})
	if _, ok := effect[state.EraseDraft](effects); !ok || len(empty.Drafts) != 0 {
		t.Error("an empty form leaves a draft")
	}
}

func TestPostedFormLeavesNoDraft(t *testing.T) {
	s, effects := after(written(t), state.Post{}, state.NoteOnAll{})
	if save, ok := effect[state.SaveDraft](effects); ok {
		t.Errorf("a note on its way to the outbox is saved as a draft again: %+v", save.Draft)
	}
	if s.Composer == nil || s.Composer.Draft.Span != nil || len(s.Drafts) != 0 {
		t.Errorf("composer %+v, drafts %v", s.Composer, s.Drafts)
	}
}

func TestOpenDraftComesBack(t *testing.T) {
	span := textpos.Span{Start: 4, End: 11}
	for name, tc := range map[string]struct {
		draft replica.DraftNote
		hash  string
		want  bool
	}{
		"left open":         {replica.DraftNote{ID: "d", Open: true, Text: "x"}, "", true},
		"closed":            {replica.DraftNote{ID: "d", Text: "x"}, "", false},
		"closed, asked for": {replica.DraftNote{ID: "d", Text: "x"}, "draft-d", true},
		"empty":             {replica.DraftNote{ID: "d", Open: true}, "", false},
		"another article's": {replica.DraftNote{ID: "d", Open: true, Text: "x", Article: "river"}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			d := tc.draft
			d.Kind, d.Span, d.Quote = replica.NewNote, &span, "harbour"
			if d.Article == "" {
				d.Article = "ferry"
			}
			s, effects := after(reading(t), state.Mounted{Loaded: state.Loaded{Drafts: []replica.DraftNote{d}}, Hash: tc.hash})
			if got := s.Composer != nil; got != tc.want {
				t.Fatalf("form open = %v, want %v", got, tc.want)
			}
			if fill, ok := effect[state.FillForm](effects); ok != tc.want || fill.Draft.Text != map[bool]string{true: "x"}[tc.want] {
				t.Errorf("form filled with %+v", fill.Draft)
			}
		})
	}
}

func TestAppealNeedsAReason(t *testing.T) {
	s, _ := after(reading(t), selectSailings(), state.Annotate{}, state.TypedText{Text: good}) // no source: rejected
	s, _ = after(s, state.AskModerator{})
	if !s.Composer.Appeal {
		t.Fatal("the reason is not asked for")
	}
	if _, effects := after(s, state.AskModerator{}); len(effects) != 1 {
		t.Errorf("an appeal without a reason gives %v", effects)
	}
	_, effects := after(s, state.TypedReason{Text: "It is common knowledge here."}, state.AskModerator{})
	if a, ok := effect[state.EnqueueAppeal](effects); !ok || a.Draft.Appeal == "" || a.Draft.Text != good {
		t.Errorf("the appeal is %+v", effects)
	}
}

func TestWithoutRulesNotesAreHeld(t *testing.T) {
	s := reading(t)
	s.Policy = nil
	s, _ = after(s, selectSailings(), state.Annotate{}, state.TypedText{Text: good}, state.TypedURL{Text: link})
	if s.Composer.Verdict.Decision != moderation.Hold {
		t.Errorf("decision %q, want hold", s.Composer.Verdict.Decision)
	}
	s, _ = after(s, state.Loaded{Policy: moderation.Default()})
	if s.Composer.Verdict.Decision != moderation.Publish {
		t.Errorf("decision %q after the rules arrived, want publish", s.Composer.Verdict.Decision)
	}
}

// TestNewsDoesNotInterrupt: what comes from the network while a message is read
// out, or between two presses of Delete, changes neither.
func TestNewsDoesNotInterrupt(t *testing.T) {
	s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{note("a", 4, 11, true)}}, state.Delete{ID: "a"})
	for _, news := range []state.Action{
		state.Loaded{}, state.SyncChanged{}, state.DraftSaved{ID: "x"}, state.UpdateReady{}, state.Selected{},
	} {
		if next, _ := after(s, news); next.Say != s.Say || next.Deleting != "a" {
			t.Errorf("%T: says %q, deleting %q", news, next.Say, next.Deleting)
		}
	}
	s, _ = after(reading(t), selectSailings(), state.Annotate{}, state.Post{})
	twice, _ := after(s, state.Post{})
	if s.Say == "" || twice.Say == s.Say {
		t.Errorf("said %q, then %q: a screen reader hears it once", s.Say, twice.Say)
	}
}

// TestUpdateLeavesTheOldStateAlone runs a session twice from the same states.
func TestUpdateLeavesTheOldStateAlone(t *testing.T) {
	s := reading(t)
	for _, a := range []state.Action{
		selectSailings(),
		state.Annotate{},
		state.TypedText{Text: good},
		state.AddSource{},
		state.TypedURL{Source: 1, Text: link},
		state.RemoveSource{Source: 0},
		state.Cancel{},
		state.NoteOnAll{},
		state.TypedText{Text: "two"},
		state.Cancel{},
	} {
		want, _ := state.Update(s, a, state.Input{Now: now, ID: "x"})
		got, _ := state.Update(s, a, state.Input{Now: now, ID: "x"})
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%T: a second run from the same state differs", a)
		}
		s = got
	}
}
