package state

import (
	"testing"

	"marginalia/app/textpos"
)

// However a window came to be, few notes are drawn at once, and step by step all of it.
func TestDrawnInSteps(t *testing.T) {
	at := func(note int) Point { return Point{Offset: textpos.UTF16(5 * note)} }
	cases := []struct {
		name    string
		actions []Action
		before  bool // all of the window is drawn before the last action
		want    Window
	}{
		{"the notes came with the page, the rest does not", nil, false, Window{To: 100}},
		{"the first of many", []Action{Looked{}}, false, Window{To: 100}},
		{"a note far away", []Action{OpenNote{ID: "n3000"}}, true, Window{From: 3000, To: 3000 + AtOnce}},
		{"the last note", []Action{OpenNote{ID: "n4999"}}, true, Window{From: 5000 - AtOnce, To: 5000}},
		{"a note just behind what is drawn", []Action{OpenNote{ID: "n0104"}}, false, Window{To: 104 + slice}},
		{"a drawn note", []Action{OpenNote{ID: "n0050"}}, true, Window{To: 200}},
		{"the reader went far", []Action{Looked{At: at(2000)}}, true, Window{From: 2000, To: 2000 + AtOnce}},
		{"and has the focus there, on a note not drawn yet", []Action{Looked{At: at(2000), Focus: "n2100"}}, true, Window{From: 2000, To: 2000 + AtOnce, Kept: 2101}},
		{"the reader goes on", []Action{Looked{Note: "n0130"}}, true, Window{To: 200}},
		{"and on", []Action{Looked{Note: "n0130"}, DrawNext{}}, false, Window{From: slice, To: 100 + slice}},
		{"more", []Action{ShowMore{Step: 1}}, true, Window{From: slice, To: 200 + slice}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, notes := crowd(t, 5000)
			s, _ = Update(s, Loaded{Notes: notes[:100]}, Input{})
			s, _ = Update(s, Loaded{Notes: notes, Whole: true}, Input{})
			for i, a := range c.actions {
				if c.before && i == len(c.actions)-1 {
					s = filled(t, s)
				}
				s, _ = Update(s, a, Input{})
			}
			if got := s.Drawn(); got != c.want {
				t.Errorf("drawn are %+v, want %+v of %+v", got, c.want, s.Shown())
			}
			filled(t, s)
		})
	}
}

// filled takes every step, and checks each.
func filled(t *testing.T, s State) State {
	t.Helper()
	for steps := 0; s.Filling(); steps++ {
		was := s.Drawn()
		s, _ = Update(s, DrawNext{}, Input{})
		now := s.Drawn()
		if size := now.To - now.From; size > MostDrawn || size < 0 {
			t.Fatalf("%d notes are drawn: %+v", size, now)
		}
		if from, to := now.From-was.From, now.To-was.To; max(from, -from) > slice || max(to, -to) > slice || from == 0 && to == 0 {
			t.Fatalf("from %+v the step led to %+v", was, now)
		}
		if steps > 5000/slice {
			t.Fatalf("the steps do not end: %+v of %+v", now, s.Shown())
		}
	}
	if got, want := s.Drawn(), s.Shown(); got != want {
		t.Errorf("in the end %+v is drawn, want %+v", got, want)
	}
	return s
}

// A note that is on its way out is in sight still: the window turns round for it.
func TestTurnRound(t *testing.T) {
	s, notes := crowd(t, 5000)
	s, _ = Update(s, Loaded{Notes: notes, Whole: true}, Input{})
	s = filled(t, s)
	s, _ = Update(s, Looked{Note: "n0140"}, Input{})
	s = filled(t, s)
	s, _ = Update(s, Looked{Note: "n0230"}, Input{})
	s, _ = Update(s, Looked{Note: "n0091"}, Input{})
	if got, want := s.Shown(), (Window{From: 41, To: 241}); got != want {
		t.Errorf("the window is %+v, want %+v", got, want)
	}
	filled(t, s)
}
