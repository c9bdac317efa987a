package replica

import (
	"encoding/json"
	"fmt"
	"slices"
)

// entry is a change as the outbox stores it.
type entry struct {
	Change Change `json:"change"`
	// Attempted is written before the change is first sent. From then on the
	// server may know the change, so it is never altered.
	Attempted bool `json:"attempted"`
	// AfterFlight says that the change waits for the outcome of an attempted one
	// to the same note, and takes its IfMatch from there.
	AfterFlight bool `json:"afterFlight"`
}

// subject is the note that a change is about; empty for a rename. Changes to one
// subject go out one after the other.
func (c Change) subject() string {
	if c.Annotation != nil {
		return c.Annotation.ID
	}
	return c.Target
}

func (e *entry) subject() string { return e.Change.subject() }

// what is the word for a change in a note's ledger.
func (e *entry) what() string {
	switch {
	case e.Change.Op == OpAppeal:
		return whatAppeal
	case e.Change.Op == OpDelete:
		return whatDelete
	case e.Change.IfMatch != "" || e.AfterFlight:
		return whatEdit
	}
	return ""
}

// outbox is the changes in the order of their making. Each subject has at most
// one that was attempted and one that was not.
type outbox []*entry

// inFlight returns the attempted change to a subject, or nil.
func (o outbox) inFlight(subject string) *entry {
	for _, e := range o {
		if e.Attempted && e.subject() == subject {
			return e
		}
	}
	return nil
}

// waiting returns the change to a subject that was never sent, or nil.
func (o outbox) waiting(subject string) *entry {
	for _, e := range o {
		if !e.Attempted && e.subject() == subject {
			return e
		}
	}
	return nil
}

// has reports whether any change to a subject is not acknowledged.
func (o outbox) has(subject string) bool {
	return o.inFlight(subject) != nil || o.waiting(subject) != nil
}

// flying reports whether any attempted change has no outcome yet.
func (o outbox) flying() bool {
	return slices.ContainsFunc(o, func(e *entry) bool { return e.Attempted })
}

// find returns the change with that id, or nil.
func (o outbox) find(id string) *entry {
	for _, e := range o {
		if e.Change.ID == id {
			return e
		}
	}
	return nil
}

// next returns what to send: the first change of each subject, in order, as many
// as fit into size bytes of JSON and MaxChanges. At least one is returned, if
// there is any, so that nothing can block the rest in silence.
func (o outbox) next(size int) ([]*entry, error) {
	flying := map[string]bool{}
	for _, e := range o {
		flying[e.subject()] = flying[e.subject()] || e.Attempted
	}
	var batch []*entry
	for _, e := range o {
		if !e.Attempted && flying[e.subject()] {
			continue
		}
		value, err := json.Marshal(e.Change)
		if err != nil {
			return nil, fmt.Errorf("send change %s: %w", e.Change.ID, err)
		}
		size -= len(value) + len(",")
		if len(batch) == MaxChanges || size < 0 && len(batch) > 0 {
			break
		}
		batch = append(batch, e)
	}
	return batch, nil
}
