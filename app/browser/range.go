package browser

import "marginalia/app/textpos"

// Range is a piece of the article to paint.
type Range struct {
	ID       string // the note's; "" for the claim of the open form
	From, To textpos.Point
}

// Group is the ranges painted in one way, under the name of a ::highlight().
type Group struct {
	Name     string
	Priority int // a higher one is painted over a lower one
	Ranges   []Range
}

// Target names a place for the keyboard's focus.
type Target struct {
	Kind TargetKind
	ID   string // AtNote: the note's id; AtField: the field's data-field; AtBlock: the element's id
}

// TargetKind says what a Target names.
type TargetKind string

// The places.
const (
	AtText   TargetKind = "text"   // the form's note
	AtReason TargetKind = "reason" // the form's reason for an appeal
	AtField  TargetKind = "field"
	AtPicker TargetKind = "picker"
	AtNote   TargetKind = "note"
	AtAll    TargetKind = "all"   // the button for a note on the whole article
	AtFind   TargetKind = "find"  // the field of the search
	AtBack   TargetKind = "back"  // what had the focus when that last got it
	AtStory  TargetKind = "story" // the article
	AtSheet  TargetKind = "sheet" // the head of the notes
	AtDock   TargetKind = "dock"  // the button for the notes on a narrow screen
	AtBlock  TargetKind = "block" // one of its paragraphs
	AtMain   TargetKind = "main"  // what the page is about
)
