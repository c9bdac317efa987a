package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/annotation"
	"marginalia/app/message"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// stances lists the stances in the order of every list of them.
func stances() []annotation.Stance {
	return []annotation.Stance{annotation.Dispute, annotation.Support, annotation.Context, annotation.Question}
}

func stanceIcon(s annotation.Stance) icon {
	switch s {
	case annotation.Dispute:
		return iconDispute
	case annotation.Support:
		return iconSupport
	case annotation.Context:
		return iconContext
	case annotation.Question:
		return iconQuestion
	}
	return iconNotes
}

// stanceMark is a stance as glyph and word; nil for none.
func stanceMark(msg *message.Catalogue, s annotation.Stance) app.UI {
	word := msg.Stances[string(s)]
	if word == "" {
		return nil
	}
	return app.Span().Class("stance").Body(stanceIcon(s).ui(), app.Text(word))
}

func stateIcon(s replica.NoteState) icon {
	switch s {
	case replica.Queued:
		return iconQueued
	case replica.Sending:
		return iconSending
	case replica.Published:
		return iconCheck
	case replica.Held:
		return iconHeld
	case replica.Rejected, replica.Invalid:
		return iconRejected
	case replica.Conflict:
		return iconConflict
	case replica.Deleted:
		return iconTrash
	}
	return iconDraft
}

// badge is a note's state as icon and words.
func badge(msg *message.Catalogue, s replica.NoteState) app.UI {
	shown := s
	if s == replica.Invalid {
		shown = replica.Rejected // one look for all that is not posted
	}
	return app.Span().Class("badge").DataSet("state", string(shown)).Body(stateIcon(s).ui(), app.Text(msg.States[string(s)]))
}

func severityIcon(s moderation.Severity) icon {
	switch s {
	case moderation.SeverityStop:
		return iconRejected
	case moderation.SeverityHold:
		return iconHeld
	}
	return iconInfo
}
