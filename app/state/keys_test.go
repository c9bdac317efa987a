package state_test

import (
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/state"
)

func TestKeyAction(t *testing.T) {
	for name, tc := range map[string]struct {
		page state.Page
		off  bool
		key  state.Pressed
		want state.Action
		done bool
	}{
		"annotate":                  {state.Reading, false, state.Pressed{Key: "a"}, state.Annotate{}, true},
		"next":                      {state.Reading, false, state.Pressed{Key: "n"}, state.NextNote{Step: 1}, true},
		"previous":                  {state.Reading, false, state.Pressed{Key: "p"}, state.NextNote{Step: -1}, true},
		"to the text":               {state.Reading, false, state.Pressed{Key: "t", Note: "x"}, state.Cross{Note: "x"}, true},
		"to the note":               {state.Reading, false, state.Pressed{Key: "t"}, state.Cross{}, true},
		"search":                    {state.Reading, false, state.Pressed{Key: "/"}, state.OpenFind{}, true},
		"search in own notes":       {state.Me, false, state.Pressed{Key: "/"}, state.OpenFind{}, true},
		"no search on other pages":  {state.Home, false, state.Pressed{Key: "/"}, nil, false},
		"help":                      {state.Home, false, state.Pressed{Key: "?"}, state.ShowKeys{}, true},
		"close":                     {state.Reading, false, state.Pressed{Key: "Escape"}, state.OpenNote{}, false},
		"close on another page":     {state.Me, false, state.Pressed{Key: "Escape"}, nil, false},
		"letters on another page":   {state.Me, false, state.Pressed{Key: "a"}, nil, false},
		"another letter":            {state.Reading, false, state.Pressed{Key: "x"}, nil, false},
		"with a control key":        {state.Reading, false, state.Pressed{Key: "Ctrl+a"}, nil, false},
		"in a field":                {state.Reading, false, state.Pressed{Key: "a", InField: true}, nil, false},
		"help in a field":           {state.Reading, false, state.Pressed{Key: "?", InField: true}, nil, false},
		"annotate, switched off":    {state.Reading, true, state.Pressed{Key: "a"}, nil, false},
		"help, switched off":        {state.Reading, true, state.Pressed{Key: "?"}, nil, false},
		"search, switched off":      {state.Reading, true, state.Pressed{Key: "/"}, nil, false},
		"to the text, switched off": {state.Reading, true, state.Pressed{Key: "t", Note: "x"}, nil, false},
		"close is no single letter": {state.Reading, true, state.Pressed{Key: "Escape"}, state.OpenNote{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, done := state.KeyAction(tc.page, tc.off, tc.key)
			if got != tc.want || done != tc.done {
				t.Errorf("KeyAction = %#v, %v, want %#v, %v", got, done, tc.want, tc.done)
			}
		})
	}
}

// The focus goes to a place that is there after each way out of a note or a form, never
// nowhere.
func TestFocusIsNeverLost(t *testing.T) {
	own, other := note("own", 27, 39, true), note("other", 51, 60, false)
	whole := note("whole", 0, 0, true)
	whole.Anchor = nil
	read := func(t *testing.T) state.State {
		s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{own, other, whole, answer("reply", "other")}})
		return s
	}
	me := func(*testing.T) state.State {
		s := state.FromBoot(state.Boot{Route: state.Route{Page: state.Me}})
		s, _ = after(s, state.Mounted{Loaded: state.Loaded{
			Mine: []replica.Note{own}, Drafts: []replica.DraftNote{{ID: "d", Article: "ferry", Text: "x"}},
		}})
		return s
	}
	for name, tc := range map[string]struct {
		from    func(*testing.T) state.State
		actions []state.Action
		want    state.FocusTarget
	}{
		"a note to its words":              {read, []state.Action{state.OpenNote{ID: "other"}, state.Cross{Note: "other"}}, block("b1")},
		"a reply to its words":             {read, []state.Action{state.OpenNote{ID: "reply"}, state.Cross{Note: "reply"}}, block("b1")},
		"and back":                         {read, []state.Action{state.OpenNote{ID: "other"}, state.Cross{Note: "other"}, state.Cross{}}, toNote("other")},
		"the text to the next note":        {read, []state.Action{state.Cross{}}, toNote("own")},
		"a note on the whole has no words": {read, []state.Action{state.OpenNote{ID: "whole"}, state.Cross{Note: "whole"}}, state.FocusTarget{Kind: state.FocusStory}},
		"a note that is closed":            {read, []state.Action{state.OpenNote{ID: "own"}, state.OpenNote{}}, block("b0")},
		"a new form that is closed":        {read, []state.Action{selectSailings(), state.Annotate{}, state.Cancel{}}, block("b0")},
		"a form on the whole":              {read, []state.Action{state.NoteOnAll{}, state.Cancel{}}, state.FocusTarget{Kind: state.FocusAll}},
		"a reply that is closed":           {read, []state.Action{state.Reply{ID: "other"}, state.Cancel{}}, toNote("other")},
		"an edit that is closed":           {read, []state.Action{state.Edit{ID: "own"}, state.Cancel{}}, toNote("own")},
		"the picker":                       {read, []state.Action{state.OpenPicker{}, state.ClosePicker{}}, state.FocusTarget{Kind: state.FocusBack}},
		"a note that is deleted":           {read, []state.Action{state.Delete{ID: "own"}, state.Delete{ID: "own"}}, block("b0")},
		"one on the whole, deleted":        {read, []state.Action{state.Delete{ID: "whole"}, state.Delete{ID: "whole"}}, state.FocusTarget{Kind: state.FocusAll}},
		"a draft that is dropped":          {me, []state.Action{state.DropDraft{ID: "d"}}, state.FocusTarget{Kind: state.FocusMain}},
		"deleted among own notes":          {me, []state.Action{state.Delete{ID: "own"}, state.Delete{ID: "own"}}, state.FocusTarget{Kind: state.FocusMain}},
	} {
		t.Run(name, func(t *testing.T) {
			_, effects := after(tc.from(t), tc.actions...)
			if got, ok := effect[state.Focus](effects); !ok || got.On != tc.want {
				t.Errorf("focus goes to %+v, %v, want %+v", got.On, ok, tc.want)
			}
		})
	}
}

func block(id string) state.FocusTarget { return state.FocusTarget{Kind: state.FocusBlock, ID: id} }

func toNote(id string) state.FocusTarget { return state.FocusTarget{Kind: state.FocusNote, ID: id} }

func TestCrossKeepsTheNoteOpen(t *testing.T) {
	s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{note("n", 27, 39, false)}})
	s, effects := after(s, state.Cross{Note: "n"})
	if s.Open != "n" {
		t.Error("the note is not open, so its words are not painted")
	}
	if show, ok := effect[state.Show](effects); !ok || show.Span == nil || show.Span.Start != 27 {
		t.Errorf("shown is %+v, want the words", show)
	}
}

// A draft that is open when the page is lost comes back, and says so until the reader
// goes on in it.
func TestRestoredDraft(t *testing.T) {
	lost := func(quote string) state.State {
		s := reading(t)
		d := replica.DraftNote{
			ID: "d", Kind: replica.NewNote, Article: "ferry", Revision: s.Article.Revision.ID, Text: good, Quote: quote,
			Stance: annotation.Dispute, Open: true,
		}
		s, _ = after(s, state.Mounted{Loaded: state.Loaded{Drafts: []replica.DraftNote{d}}})
		return s
	}
	for name, tc := range map[string]struct {
		quote   string
		actions []state.Action
		want    string
	}{
		"on words":        {"24 sailings", nil, "24 sailings"},
		"on the whole":    {"", nil, "Ferry"},
		"gone on in":      {"24 sailings", []state.Action{state.Prefer{Name: "goon"}}, ""},
		"typed in":        {"24 sailings", []state.Action{state.TypedText{Text: good + "!"}}, ""},
		"closed":          {"24 sailings", []state.Action{state.Cancel{}}, ""},
		"open elsewhere":  {"24 sailings", []state.Action{state.DraftElsewhere{ID: "d"}}, ""},
		"another is open": {"24 sailings", []state.Action{state.NoteOnAll{}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, effects := after(lost(tc.quote), tc.actions...)
			if got := s.Restored(); got != tc.want {
				t.Errorf("restored is %q, want %q", got, tc.want)
			}
			if name == "gone on in" {
				if f, _ := effect[state.Focus](effects); f.On.Kind != state.FocusText {
					t.Errorf("focus goes to %+v, want the form", f.On)
				}
			}
		})
	}
}
