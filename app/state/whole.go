package state

const (
	fewWhole   = 100 // as many notes on the whole article are all drawn
	firstWhole = 50  // of more, these
)

// ShownWhole is which of the notes in [Parts.Whole] are drawn: they stand in the flow
// of the page, so it changes only when the reader asks for more or opens one.
func (s State) ShownWhole() Window {
	total := len(s.Parts().Whole)
	if total <= fewWhole || s.Paper {
		return Window{To: total}
	}
	w := s.Whole
	if w.To == 0 {
		w.To = firstWhole
	}
	w.To = min(w.To, total)
	w.From = min(max(w.From, w.To-MostDrawn, 0), w.To)
	return w
}

func moreWhole(s State, step int) (State, []Effect, bool) {
	all := s.Parts().Whole
	w, at := s.ShownWhole().more(step, len(all))
	if len(all) <= fewWhole || at < 0 {
		return s, nil, true
	}
	s.Whole = w
	return s.say(w, len(all)), toNote(all[at].ID), true
}

// carryWhole has the notes on the whole article that are drawn hold the one that an
// action led to.
func carryWhole(was, s State, effects []Effect) State {
	p := s.Parts()
	if len(p.Whole) <= fewWhole {
		s.Whole = Window{}
		return s
	}
	w := s.ShownWhole()
	hold := func(id string) {
		i, ok := p.whole[id]
		switch {
		case !ok || w.has(i):
		case i >= w.To && i < w.To+further:
			w.To = i + 1
			w.From = max(w.From, w.To-MostDrawn)
		default:
			w.From = max(0, min(i, len(p.Whole)-firstWhole))
			w.To = min(len(p.Whole), w.From+firstWhole)
		}
	}
	if s.Open != was.Open {
		hold(s.Open)
	}
	for _, e := range effects {
		if f, ok := e.(Focus); ok && f.On.Kind == FocusNote {
			hold(f.On.ID)
		}
	}
	s.Whole = w
	return s
}
