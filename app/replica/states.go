package replica

import "slices"

// cause is what moves a note from one state to another.
type cause string

// The causes.
const (
	byReader  cause = "reader"  // the reader writes, deletes or settles on this device
	bySync    cause = "sync"    // sending begins, or ends without an answer
	byOutcome cause = "outcome" // the server's outcome of this device's change
	byFeed    cause = "feed"    // a feed tells what a moderator or another device did
)

// absent is the state of a note that this device does not have.
const absent NoteState = ""

// moves are the only ways from one state to another, by what causes them.
//
// A note begins as a draft, which is stored as a [DraftNote], or comes with a
// feed. A reader's change always waits in the outbox first; only what the server
// does not have can be deleted at once, and a conflict can be settled at once by
// taking the server's version. While a change waits, is sent or clashed, feeds
// move nothing: what they tell is kept beside the reader's words. Deleted is the
// end.
//
// Invalid is the outcome of a change, never the state of a note.
var moves = map[NoteState]map[cause][]NoteState{
	absent: {
		byReader: {Draft},
		byFeed:   {Published, Held, Rejected},
	},
	Draft: {
		byReader: {Queued},
	},
	Queued: {
		byReader:  {Queued, Deleted},
		bySync:    {Sending},
		byOutcome: {Published, Held, Rejected, Conflict, Deleted},
	},
	Sending: {
		byReader:  {Queued},
		bySync:    {Queued},
		byOutcome: {Published, Held, Rejected, Conflict, Deleted},
	},
	Published: {
		byReader: {Queued},
		byFeed:   {Published, Held, Rejected, Deleted},
	},
	Held: {
		byReader: {Queued},
		byFeed:   {Published, Held, Rejected, Deleted},
	},
	Rejected: {
		byReader: {Queued, Deleted},
		byFeed:   {Published, Held, Rejected, Deleted},
	},
	Conflict: {
		byReader: {Queued, Published, Held, Rejected, Deleted},
	},
}

// can reports whether why may move a note from one state to another.
func can(from, to NoteState, why cause) bool { return slices.Contains(moves[from][why], to) }

// turn moves n to another state; nothing else sets one. A move that is not in
// the table is not made: n then stays as it is, with its words, and turn reports
// false.
func (n *Note) turn(to NoteState, why cause) bool {
	if !can(n.State, to, why) {
		return false
	}
	n.State = to
	return true
}
