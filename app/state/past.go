package state

import (
	"marginalia/app/anchor"
	"marginalia/app/replica"
)

// placeIn gives notes their places in an older revision. What is not about words
// that stand there, or was written about other words than those, is left out, and
// the replies to it.
func placeIn(t *Text, notes []replica.Note) []replica.Note {
	text := anchor.NewText(t.Canon)
	byID := make(map[string]replica.Note, len(notes))
	there := make(map[string]bool, len(notes))
	placed := make([]replica.Note, 0, len(notes))
	for _, n := range notes {
		byID[n.ID] = n
		if n.Anchor != nil {
			at := placeOf(t, text, n)
			n.Anchor = &at
		}
		there[n.ID] = n.Anchor == nil || n.Anchor.Status == anchor.Exact || n.Anchor.Status == anchor.Moved
		placed = append(placed, n)
	}
	kept := placed[:0]
	for _, n := range placed {
		if there[n.ID] && there[rootOf(n, byID)] {
			kept = append(kept, n)
		}
	}
	return kept
}

// placeOf finds a note's words in t; text is t's.
func placeOf(t *Text, text *anchor.Text, n replica.Note) anchor.Anchor {
	if span, ok := n.Annotation.Position(); ok && n.Annotation.Revision() == t.Revision.ID {
		return anchor.Anchor{Start: span.Start, End: span.End, Status: anchor.Exact, Confidence: 1}
	}
	return text.Locate(n.Annotation.Target.Selector)
}

// guard stops what cannot be done on an older revision.
func guard(s State, a Action, _ Input) (State, []Effect, bool) {
	if !s.Past() {
		return s, nil, false
	}
	switch a.(type) {
	case Annotate, OpenPicker, NoteOnAll, Reply, Edit, Delete, ResumeDraft, Attach, ChoosePlace:
		s.Say = s.said().ReadOnly
		return s, nil, true
	}
	return s, nil, false
}
