package state

import (
	"time"
)

// Input is what Update may not make for itself.
type Input struct {
	Now time.Time
	ID  string // a fresh UUIDv7, used if the action makes a note
}

// Update returns the state after an action, and the effects to run, in order.
// It changes nothing that s refers to.
func Update(s State, a Action, in Input) (State, []Effect) {
	s.Say = ""
	if _, ok := a.(Delete); !ok {
		s.Deleting = ""
	}
	for _, step := range []func(State, Action, Input) (State, []Effect, bool){choose, write, press, tend, hear} {
		if next, effects, ok := step(s, a, in); ok {
			return next, effects
		}
	}
	return s, nil
}
