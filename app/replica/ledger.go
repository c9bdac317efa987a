package replica

import (
	"slices"
	"time"
)

// The values of Event.What.
const (
	whatAppeal = "appeal"
	whatEdit   = "edit"
	whatDelete = "delete"
	// These name no state of the note, but what a new revision did to its words.
	whatChanged   = "changed"
	whatAddressed = "addressed" // disputed words were changed
	whatLost      = "lost"
	whatFound     = "found"
)

// maxBefore bounds Note.Before; one open form can be behind by no more changes
// than were in flight and waiting, so this is ample.
const maxBefore = 8

// log adds a line to the ledger of an own note.
func (n *Note) log(s NoteState, at time.Time, what string) {
	n.Events = append(n.Events, Event{State: s, At: at, What: what})
}

// lastState is the state that the ledger names last, "" for none.
func (n *Note) lastState() NoteState {
	for _, e := range slices.Backward(n.Events) {
		if e.State != "" {
			return e.State
		}
	}
	return ""
}

// Deleting reports whether the newest change of n on this device is a delete
// that the server has not acknowledged.
func (n *Note) Deleting() bool {
	if n.State != Queued && n.State != Sending {
		return false
	}
	for _, e := range slices.Backward(n.Events) {
		// Each change is queued once; an outcome of an earlier one may follow.
		if e.State == Queued {
			return e.What == whatDelete
		}
	}
	return false
}

// acknowledged is the state in which the server last had n, if any.
func (n *Note) acknowledged() (NoteState, bool) {
	for _, e := range slices.Backward(n.Events) {
		switch e.State {
		case Published, Held, Rejected:
			return e.State, true
		}
	}
	return "", false
}

// unsent reports whether n's text is one that the server has refused to take, so
// that this device has the only copy.
func (n *Note) unsent() bool {
	return n.State == Conflict || n.State == Rejected && n.Problem != nil
}

// stepped records that an own change brought n from one etag to another.
func (n *Note) stepped(from, to string) {
	if to == "" {
		return // the server kept what it had
	}
	n.ETag = to
	if from == to || slices.Contains(n.Before, from) {
		return
	}
	n.Before = append(n.Before, from)
	n.Before = n.Before[max(0, len(n.Before)-maxBefore):]
}

// base is the etag on which a change is based that was begun when the note had
// begun, empty if the server had not acknowledged it yet. Another device's version
// in between is not passed over: the server will find the conflict.
func (n *Note) base(begun string) string {
	if slices.Contains(n.Before, begun) {
		return n.ETag
	}
	return begun
}
