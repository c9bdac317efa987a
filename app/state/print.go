package state

// Print says that the browser is about to print the page (On), or has printed it: on
// paper stand all notes, however many there are.
type Print struct{ On bool }

func (Print) action() {}

// Update returns the state after an action, and the effects to run, in order.
// It changes nothing that s refers to.
func Update(s State, a Action, in Input) (State, []Effect) {
	if p, ok := a.(Print); ok {
		s.Paper = p.On
		return s, nil
	}
	// What is drawn on a screen goes on as if nothing were printed.
	paper := s.Paper
	s.Paper = false
	s, effects := update(s, a, in)
	s.Paper = paper
	return s, effects
}
