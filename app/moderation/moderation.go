// Package moderation checks a note against a publisher's policy and explains
// each finding.
//
// The same code runs on the reader's device and on the server, on integers
// only, so the two cannot disagree. It reads nothing but its arguments.
package moderation

import (
	"marginalia/app/annotation"
)

// Note is what is checked.
type Note struct {
	annotation.Note
	Nickname string // checked too when not empty
}

// Subject is what a note is about.
type Subject struct {
	Article *Article // nil when unknown: topic is then not judged
	Quote   string   // the claim's words; empty for a note on the whole article
	// Self are the addresses of the article itself, which cannot be its source.
	Self []string
}
