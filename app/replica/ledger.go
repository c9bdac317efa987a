package replica

import (
	"slices"
	"strings"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
)

// Event is one line of a note's ledger: what happened, when and why. Times are
// this device's; the order of the lines is the order in which it learned of them.
type Event struct {
	State NoteState `json:"state"`
	At    time.Time `json:"at"`
	// What is "appeal", "edit", "delete", "theirs" (the reader took the server's
	// version), "again" (posted anew as another note) or empty; or, with an empty
	// State, what became of the note's words in a new revision: "changed",
	// "addressed" (those of a dispute were changed), "lost" or "found".
	What string `json:"what,omitempty"`
	// By is who did it, if that was neither this device nor the rules.
	By Who `json:"by,omitempty"`
	// Rules are the rules that held or rejected the note, the heaviest first, and
	// Policy the hash of the policy that they are of.
	Rules   []string `json:"rules,omitempty"`
	Policy  string   `json:"policy,omitempty"`
	Reasons []string `json:"reasons,omitempty"` // the server's own, such as "rate"
	Reason  string   `json:"reason,omitempty"`  // a moderator's words
	Problem string   `json:"problem,omitempty"` // why the server did not take the change
}

// Who is somebody who does something to a note.
type Who string

// Who does something.
const (
	ByModerator Who = "moderator"
	ByDevice    Who = "device" // another device of the same reader
)

// The values of Event.What.
const (
	whatAppeal = "appeal"
	whatEdit   = "edit"
	whatDelete = "delete"
	whatTheirs = "theirs"
	whatAgain  = "again"
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
	n.record(Event{State: s, At: at, What: what})
}

// record adds a line with its reasons.
func (n *Note) record(e Event) { n.Events = append(n.Events, e) }

// judged gives e what a verdict says against the note.
func (e Event) judged(v *moderation.Verdict) Event {
	if v == nil {
		return e
	}
	e.Policy = v.Policy
	for _, f := range v.Findings {
		if f.Severity != moderation.Hint && !slices.Contains(e.Rules, f.Rule) {
			e.Rules = append(e.Rules, f.Rule)
		}
	}
	return e
}

// answered is the event of an outcome.
func answered(s NoteState, at time.Time, what string, o Outcome) Event {
	e := Event{State: s, At: at, What: what, Reasons: o.Reasons}.judged(o.Verdict)
	if o.State == Invalid {
		p := o.problem()
		e.Problem = strings.TrimSpace(p.Title + " " + p.Detail)
	}
	return e
}

// told is the event of a row of the author-only feed, seen from n as it was. The
// same version in another state was moved by a moderator; another version, if it
// is not the one that this device has sent, was written on another device.
func (n *Note) told(row MineRow, at time.Time) Event {
	e := Event{State: row.State, At: at, Reasons: row.Reasons, Reason: row.Reason}.judged(row.Verdict)
	was, known := n.acknowledged()
	switch {
	case !known || row.State == was && row.ETag == n.ETag:
	case row.ETag == n.ETag && row.State != Deleted:
		e.By = ByModerator
	case row.ETag != annotation.ETag(n.Annotation):
		e.By = ByDevice
	}
	return e
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
	return (n.State == Queued || n.State == Sending) && n.lastOf(Queued) == whatDelete
}

// DeleteClashed reports whether n is in conflict because its reader deleted it
// here while it was changed elsewhere.
func (n *Note) DeleteClashed() bool { return n.State == Conflict && n.lastOf(Conflict) == whatDelete }

// lastOf is what the latest event of a state was about. Each change is queued
// once; an outcome of an earlier one may follow.
func (n *Note) lastOf(s NoteState) string {
	for _, e := range slices.Backward(n.Events) {
		if e.State == s {
			return e.What
		}
	}
	return ""
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

// Unsent reports whether this device may have the only copy of n's text, or of
// the reader's wish to delete it.
func (n *Note) Unsent() bool {
	return n.Mine && (n.State == Queued || n.State == Sending || n.unsent())
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
