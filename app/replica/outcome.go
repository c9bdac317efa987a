package replica

import (
	"context"
	"time"

	"marginalia/app/annotation"
)

// settle takes a change out of the outbox with its outcome. An outcome for a
// change that is not there, or of a state that this version does not know, is
// passed over: the change, if any, is sent again.
func (b *batch) settle(ctx context.Context, o Outcome, res *Result) error {
	e := b.outbox.find(o.ID)
	if e == nil || !e.Attempted || !o.State.settled() {
		return nil
	}
	res.Sent++
	b.unqueue(e)
	next := b.outbox.waiting(e.subject())
	if e.subject() == "" {
		if o.State == Invalid {
			res.Refused = o.problem()
		}
		return b.follow(next, e, o)
	}
	n, err := b.note(ctx, e.subject())
	if err != nil {
		return err
	}
	if n != nil {
		next = b.tell(n, e, o, next)
	}
	return b.follow(next, e, o)
}

// tell records an outcome in its note. It returns the waiting change, unless that
// came to nothing by this outcome.
func (b *batch) tell(n *Note, e *entry, o Outcome, next *entry) *entry {
	b.keep(n)
	if next == nil {
		n.conclude(e, o, b.now)
		return nil
	}
	n.passOn(e, o, b.now)
	switch {
	case o.State == Conflict || o.State == Deleted:
		// The waiting change is on top of a version that the server did not take.
		// It must not go out on the other one unseen; its words are in the note.
		b.unqueue(next)
		n.conclude(e, o, b.now)
		return nil
	case o.State == Invalid && next.Change.Op == OpDelete && n.ETag == "":
		b.unqueue(next) // the server never had the note
		n.bury(byOutcome, Event{At: b.now, What: whatDelete})
		return nil
	}
	return next
}

// follow lets the change that waited for e go out on top of e's outcome.
func (b *batch) follow(next, e *entry, o Outcome) error {
	if next == nil || !next.AfterFlight {
		return nil
	}
	next.AfterFlight = false
	next.Change.IfMatch = o.ETag
	if o.ETag == "" {
		next.Change.IfMatch = e.Change.IfMatch // the server kept what it had
	}
	return b.put(Outbox, next.Change.ID, next)
}

// settled reports whether s is the state of an outcome.
func (s NoteState) settled() bool {
	switch s {
	case Published, Held, Rejected, Deleted, Conflict, Invalid:
		return true
	}
	return false
}

// problem is what was wrong with an invalid change; a server that does not say
// still leaves something to show.
func (o Outcome) problem() *Problem {
	if o.Problem == nil {
		return &Problem{Title: "The server did not accept this change."}
	}
	return o.Problem
}

// passOn records the outcome of a change while a later one of the reader's waits:
// the note shows the later words, and what is public is behind them.
func (n *Note) passOn(e *entry, o Outcome, at time.Time) {
	switch o.State {
	case Published, Held, Rejected:
		n.stepped(e.Change.IfMatch, o.ETag)
		if o.ETag != "" && e.Change.Annotation != nil {
			n.Was = e.Change.Annotation // the later words are on top of it
		}
		if o.State == Published {
			n.Public = e.Change.Annotation
		}
		n.record(answered(o.State, at, e.what(), o))
	case Invalid:
		n.record(answered(Rejected, at, e.what(), o))
	}
}

// conclude records the outcome of the newest change to n.
func (n *Note) conclude(e *entry, o Outcome, at time.Time) {
	switch {
	case o.State == Deleted,
		e.Change.Op == OpDelete && o.State == Conflict && o.Current != nil && o.Current.State == Deleted,
		e.Change.Op == OpDelete && o.State == Invalid && n.ETag == "":
		n.bury(byOutcome, Event{At: at, What: whatDelete})
	case o.State == Conflict:
		n.clash(o)
		n.log(Conflict, at, e.what())
	case o.State == Invalid:
		n.Problem = o.problem()
		n.turn(n.afterInvalid(e.Change.Op), byOutcome)
		n.record(answered(n.State, at, e.what(), o))
	default:
		if !n.turn(o.State, byOutcome) {
			return
		}
		n.stepped(e.Change.IfMatch, o.ETag)
		n.Reasons = o.Reasons
		if o.Verdict != nil {
			n.Verdict = o.Verdict
		}
		n.Reason, n.Problem, n.Theirs, n.Was = "", nil, nil, nil
		if o.State == Published {
			n.Public = nil
		}
		n.record(answered(o.State, at, e.what(), o))
	}
}

// afterInvalid settles the state of a note whose change the server did not accept. A
// delete that failed leaves the note as it was.
func (n *Note) afterInvalid(op Op) NoteState {
	if op != OpDelete {
		return Rejected
	}
	was, _ := n.acknowledged()
	switch {
	case n.Theirs != nil:
		return Conflict
	case n.Public != nil && annotation.ETag(*n.Public) == annotation.ETag(n.Annotation):
		n.Public = nil
		return Published
	case was == Held:
		return Held
	}
	return Rejected
}
