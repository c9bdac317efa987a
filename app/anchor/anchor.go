// Package anchor turns a span of text into selectors and selectors back into a
// place, or says that the place is gone.
//
// [Describe] makes a quote selector and a position selector, [Locate] finds them
// again, in the same text or in one that was edited since. See
// https://www.w3.org/TR/annotation-model/#text-quote-selector and
// https://www.w3.org/TR/annotation-model/#text-position-selector. Offsets count
// code points of the text exactly as given: words are also compared in a folded
// form (letter case, white space, quotation marks, dashes, NFC), but what is
// found is mapped back.
//
// A note is never moved to words that only look alike: what is found at several
// places of which none is clearly the right one is an orphan, and so is what is
// found with other words, unless the context on both sides agrees and half of the
// words are the same. Then it is [Changed], and its old words are to be shown
// beside the new ones: a figure, a name or a "not" may be what changed.
//
//	selectors := anchor.Describe(text, span)
//	a := anchor.Locate(edited, selectors)
//	if a.Status != anchor.Orphan {
//		quote := textpos.Slice(edited, a.Span())
//	}
package anchor

import (
	"marginalia/app/textpos"
)

// Status says how an annotation sits in a revision.
type Status string

// The anchor statuses.
const (
	Exact   Status = "exact"   // same words, context on at least one side still adjoins
	Moved   Status = "moved"   // same words, neither side adjoins
	Changed Status = "changed" // words edited a little, both sides agree
	Orphan  Status = "orphan"  // all else
)

// Anchor is where an annotation sits in one revision. Start and End are 0 for an
// orphan. Confidence is 0 to 1.
type Anchor struct {
	Start      textpos.Rune `json:"start"`
	End        textpos.Rune `json:"end"`
	Status     Status       `json:"status"`
	Confidence float64      `json:"confidence"`
}

// Span is where a sits; it is empty for an orphan.
func (a Anchor) Span() textpos.Span { return textpos.Span{Start: a.Start, End: a.End} }
