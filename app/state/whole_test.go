package state

import (
	"testing"
)

func TestShownWhole(t *testing.T) {
	cases := []struct {
		name    string
		notes   int
		actions []Action
		want    Window
		focus   string
	}{
		{"few are all drawn", fewWhole, nil, Window{To: fewWhole}, ""},
		{"few are all drawn whatever is pressed", fewWhole, []Action{ShowMore{Step: 1, Whole: true}}, Window{To: fewWhole}, ""},
		{"the first of many", 5000, nil, Window{To: 50}, ""},
		{"more", 5000, []Action{ShowMore{Step: 1, Whole: true}}, Window{To: 150}, "n0050"},
		{"and more", 5000, []Action{ShowMore{Step: 1, Whole: true}, ShowMore{Step: 1, Whole: true}}, Window{From: 50, To: 250}, "n0150"},
		{"nothing earlier", 5000, []Action{ShowMore{Step: -1, Whole: true}}, Window{To: 50}, ""},
		{"one that is opened", 5000, []Action{OpenNote{ID: "n3000"}}, Window{From: 3000, To: 3050}, "n3000"},
		{"one that is opened just behind", 5000, []Action{OpenNote{ID: "n0060"}}, Window{To: 61}, "n0060"},
		{"the last", 5000, []Action{OpenNote{ID: "n4999"}}, Window{From: 4950, To: 5000}, "n4999"},
		{"earlier", 5000, []Action{OpenNote{ID: "n3000"}, ShowMore{Step: -1, Whole: true}}, Window{From: 2900, To: 3050}, "n2999"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, notes := crowd(t, c.notes)
			for i := range notes {
				notes[i].Anchor, notes[i].Annotation.Target.Selector = nil, nil
			}
			s, _ = Update(s, Loaded{Notes: notes, Whole: true}, Input{})
			var effects []Effect
			for _, a := range c.actions {
				s, effects = Update(s, a, Input{})
			}
			if got := s.ShownWhole(); got != c.want {
				t.Errorf("drawn are %+v, want %+v", got, c.want)
			}
			if c.focus != "" && !hasFocus(effects, c.focus) {
				t.Errorf("effects %v, want the focus on %s", effects, c.focus)
			}
		})
	}
}
