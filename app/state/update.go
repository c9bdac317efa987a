package state

import (
	"time"
)

// Input is what Update may not make for itself.
type Input struct {
	Now time.Time
	ID  string // a fresh UUIDv7, used if the action makes a note
}

func update(s State, a Action, in Input) (State, []Effect) {
	said := s.Say
	if byReader(a) {
		s.Say = ""
		if _, ok := a.(Delete); !ok {
			s.Deleting = ""
		}
		if _, ok := a.(Erase); !ok {
			s.Erasing = false
		}
	}
	for _, step := range []func(State, Action, Input) (State, []Effect, bool){guard, elsewhere, choose, seek, link, receive, revise, write, press, reconcile, tend, cross, browse, readTo, comfort, keep, hear} {
		next, effects, ok := step(s, a, in)
		if !ok {
			continue
		}
		next = carry(s, refound(s, next), effects).marked()
		if byReader(a) && next.Say != "" && next.Say == said {
			next.Say += again // a live region that does not change is not heard
		}
		return next, effects
	}
	return s, nil
}

// again tells the same words said twice apart, for the page; it is not seen.
const again = "\u00a0"

// byReader reports whether an action is the reader's doing. What the world says in
// between must neither cut a message short nor take back the first press of Delete.
func byReader(a Action) bool {
	switch a.(type) {
	case Selected, Loaded, SyncChanged, DraftSaved, DraftElsewhere, DraftTaken, Returned, RevisionHere, FinderHere, UpdateReady,
		RoomKnown, OutOfRoom, Wiped, Looked, DrawNext, TypedFind, ReadTo, CanInstall:
		return false
	}
	return true
}
