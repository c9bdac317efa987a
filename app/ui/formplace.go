package ui

import (
	"marginalia/app/replica"
	"marginalia/app/state"
)

// formPlace is where the open form stands.
type formPlace int

const (
	formNone   formPlace = iota
	formBeside           // in the margin: on a claim, or a reply to a note there
	formBelow            // in the comments: on the whole article, or a reply below the text
)

func formOf(s state.State) formPlace {
	if s.Composer == nil {
		return formNone
	}
	d := s.Composer.Draft
	if d.ReplyTo != "" {
		return formOfReply(s.Notes, d.ReplyTo)
	}
	if d.Span == nil && d.Kind != replica.ReplyTo {
		return formBelow
	}
	return formBeside
}

// formOfReply is where the note that is answered stands.
func formOfReply(notes []state.Note, id string) formPlace {
	for i := range notes {
		if within(&notes[i], id) != "" && placementOf(&notes[i]) != inMargin {
			return formBelow
		}
	}
	return formBeside
}
