package state_test

import (
	"testing"
	"time"

	"marginalia/app/replica"
	"marginalia/app/state"
)

func TestPrefer(t *testing.T) {
	for name, tc := range map[string]struct {
		choices []state.Action
		want    string // the copy that a page reads
		kept    bool   // by the last choice
	}{
		"nothing":           {nil, "", false},
		"a size":            {[]state.Action{state.Prefer{Name: "size", Value: "2"}}, "size=2", true},
		"smaller":           {[]state.Action{state.Prefer{Name: "size", Value: "-1"}}, "size=-1", true},
		"all":               {[]state.Action{state.Prefer{Name: "theme", Value: "dark"}, state.Prefer{Name: "lines", Value: "open"}, state.Prefer{Name: "width", Value: "wide"}, state.Prefer{Name: "size", Value: "1"}}, "size=1&width=wide&lines=open&theme=dark", true},
		"back to normal":    {[]state.Action{state.Prefer{Name: "size", Value: "3"}, state.Prefer{Name: "size"}}, "", true},
		"reset":             {[]state.Action{state.Prefer{Name: "theme", Value: "dark"}, state.Prefer{Name: "keys", Value: "off"}, state.Prefer{Name: "reset"}}, "keys=off", true},
		"keys off":          {[]state.Action{state.Prefer{Name: "keys", Value: "off"}}, "keys=off", true},
		"keys on again":     {[]state.Action{state.Prefer{Name: "keys", Value: "off"}, state.Prefer{Name: "keys"}}, "", true},
		"no such value":     {[]state.Action{state.Prefer{Name: "size", Value: "9"}}, "", false},
		"no such choice":    {[]state.Action{state.Prefer{Name: "sound", Value: "on"}}, "", false},
		"a value of others": {[]state.Action{state.Prefer{Name: "theme", Value: "wide"}}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			s, effects := after(reading(t), tc.choices...)
			if got := s.Looks(); got != tc.want {
				t.Errorf("looks = %q, want %q", got, tc.want)
			}
			kept, ok := effect[state.KeepPrefs](effects)
			if ok != tc.kept || ok && kept.Prefs != s.Prefs {
				t.Errorf("kept %v, %+v, want %v, %+v", ok, kept.Prefs, tc.kept, s.Prefs)
			}
		})
	}
}

// What another window has chosen is taken over, and a stance chosen here takes none of
// it back.
func TestPrefsOfAnotherWindow(t *testing.T) {
	theirs := replica.Prefs{Stance: "support", Display: replica.Display{Theme: "dark"}, NoKeys: true, Turn: 7}
	s, _ := after(written(t), state.Loaded{Prefs: &theirs})
	if s.Stance != "support" || s.Looks() != "theme=dark&keys=off" {
		t.Errorf("stance %q, looks %q", s.Stance, s.Looks())
	}
	_, effects := after(s, state.SetStance{Stance: "question"})
	want := theirs
	want.Stance, want.Turn = "question", 8
	if kept, _ := effect[state.KeepPrefs](effects); kept.Prefs != want {
		t.Errorf("kept %+v, want %+v", kept.Prefs, want)
	}
}

// What was read before a choice was stored does not take it back.
func TestPrefsReadTooSoon(t *testing.T) {
	s, _ := after(written(t), state.Loaded{Prefs: &replica.Prefs{Turn: 7}})
	s, _ = after(s, state.Prefer{Name: "keys", Value: "off"})
	s, _ = after(s, state.Loaded{Prefs: &replica.Prefs{Turn: 7}})
	if !s.Prefs.NoKeys {
		t.Error("an older reading of the device switched the keys on again")
	}
	s, _ = after(s, state.Loaded{Prefs: &replica.Prefs{Turn: 9}})
	if s.Prefs.NoKeys {
		t.Error("what another window chose later is not taken over")
	}
}

func TestVisits(t *testing.T) {
	for name, tc := range map[string]struct {
		was  replica.Prefs
		want int // visits that are stored, 0 for nothing to store
	}{
		"the first":       {replica.Prefs{}, 1},
		"another page":    {replica.Prefs{Visits: 1, Visited: now.Add(-time.Hour)}, 0},
		"the next day":    {replica.Prefs{Visits: 1, Visited: now.Add(-24 * time.Hour)}, 2},
		"enough":          {replica.Prefs{Visits: 3, Visited: now.Add(-24 * time.Hour)}, 0},
		"of no more use":  {replica.Prefs{NoInstall: true}, 0},
		"keeps the looks": {replica.Prefs{Visits: 2, Display: replica.Display{Size: "1"}}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			s := state.FromBoot(state.Boot{Route: state.Route{Page: state.Home}})
			_, effects := after(s, state.Mounted{Loaded: state.Loaded{Prefs: &tc.was}})
			kept, _ := effect[state.KeepPrefs](effects)
			if kept.Prefs.Visits != tc.want || tc.want > 0 && (!kept.Prefs.Visited.Equal(now) || kept.Prefs.Display != tc.was.Display) {
				t.Errorf("stored %+v, want %d visits", kept.Prefs, tc.want)
			}
		})
	}
}

func TestOfferToInstall(t *testing.T) {
	posted := []replica.Note{{ID: "n", Mine: true}}
	for name, tc := range map[string]struct {
		loaded  state.Loaded
		actions []state.Action
		want    bool
	}{
		"a new reader":             {state.Loaded{}, []state.Action{state.CanInstall{Can: true}}, false},
		"a first note":             {state.Loaded{Mine: posted}, []state.Action{state.CanInstall{Can: true}}, true},
		"a third visit":            {state.Loaded{Prefs: &replica.Prefs{Visits: 2}}, []state.Action{state.CanInstall{Can: true}}, true},
		"a second visit":           {state.Loaded{Prefs: &replica.Prefs{Visits: 1}}, []state.Action{state.CanInstall{Can: true}}, false},
		"a browser that does not":  {state.Loaded{Mine: posted}, nil, false},
		"it was installed":         {state.Loaded{Mine: posted}, []state.Action{state.CanInstall{Can: true}, state.CanInstall{}}, false},
		"refused before":           {state.Loaded{Mine: posted, Prefs: &replica.Prefs{NoInstall: true}}, []state.Action{state.CanInstall{Can: true}}, false},
		"refused now":              {state.Loaded{Mine: posted}, []state.Action{state.CanInstall{Can: true}, state.Prefer{Name: "install"}}, false},
		"while something is typed": {state.Loaded{Mine: posted}, []state.Action{state.CanInstall{Can: true}, state.NoteOnAll{}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := reading(t)
			s.Prefs = replica.Prefs{}
			s, _ = after(s, state.Mounted{Loaded: tc.loaded})
			s, _ = after(s, tc.actions...)
			if got := s.OffersInstall(); got != tc.want {
				t.Errorf("offers = %v, want %v", got, tc.want)
			}
		})
	}
}
