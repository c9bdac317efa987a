package annotation

import (
	"slices"
	"strings"
	"time"

	"marginalia/app/textpos"
)

// The values of the model that the profile uses.
const (
	typeAnnotation = "Annotation"
	typeTextual    = "TextualBody"
	typeSpecific   = "SpecificResource"
	typeQuote      = "TextQuoteSelector"
	typePosition   = "TextPositionSelector"
	typeTime       = "TimeState"
	typePerson     = "Person"

	assessing   = "assessing"
	commenting  = "commenting"
	linking     = "linking"
	questioning = "questioning"
	replying    = "replying"
	tagging     = "tagging"

	plainText = "text/plain"
)

// New makes the annotation of a note: the text, then the stance, then the
// sources. The target is kept as it is, but for a reply, which targets
// n.ReplyTo and nothing else. A zero created is left out. Nothing is judged
// here; see [Check].
func New(id string, n Note, target Target, created time.Time) Annotation {
	a := Annotation{
		Context: ContextURI, ID: id, Type: typeAnnotation, Motivation: motivation(n.Stance),
		Body: []Body{{
			Type: typeTextual, Value: n.Text, Format: plainText, Language: n.Language, Purpose: commenting,
		}},
		Target: target,
	}
	if !created.IsZero() {
		a.Created = created.UTC().Format(time.RFC3339)
	}
	if n.ReplyTo != "" {
		a.Motivation, a.Target = replying, Target{Source: n.ReplyTo}
	} else if n.Stance != "" {
		a.Body = append(a.Body, Body{Type: typeTextual, Value: string(n.Stance), Purpose: tagging})
	}
	for _, s := range n.Sources {
		b := Body{Type: typeSpecific, Purpose: linking, Source: s.URL}
		if s.Passage != "" {
			b.Selector = &Selector{Type: typeQuote, Exact: s.Passage}
		}
		a.Body = append(a.Body, b)
	}
	return a
}

// motivation is the W3C motivation of a stance; it is empty for no stance.
func motivation(s Stance) string {
	switch s {
	case Dispute, Support:
		return assessing
	case Context:
		return commenting
	case Question:
		return questioning
	}
	return ""
}

// Note is what the annotation's author wrote. Parts that the annotation does not
// have are empty; it is the inverse of [New].
func (a Annotation) Note() Note {
	var n Note
	if a.Motivation == replying {
		n.ReplyTo = a.Target.Source
		if id, _, ok := noteID(a.Target.Source); ok {
			n.ReplyTo = id
		}
	}
	for i := range a.Body {
		switch b := &a.Body[i]; {
		case b.Type == typeTextual && b.Purpose == commenting:
			n.Text, n.Language = b.Value, b.Language
		case b.Type == typeTextual && b.Purpose == tagging:
			n.Stance = Stance(b.Value)
		case b.Type == typeSpecific && b.Purpose == linking:
			s := Source{URL: b.Source}
			if b.Selector != nil {
				s.Passage = b.Selector.Exact
			}
			n.Sources = append(n.Sources, s)
		}
	}
	return n
}

// Text is the note's text, as it was written.
func (a Annotation) Text() string { return a.Note().Text }

// Quote returns the quote selector of the target. A note on a whole article and
// a reply have none.
func (a Annotation) Quote() (Selector, bool) { return a.selector(typeQuote) }

// Position returns the target's span in the canonical text of the revision that
// the note was written on (see [Annotation.Revision]). False when there is no
// position selector or it lacks an end.
func (a Annotation) Position() (textpos.Span, bool) {
	s, ok := a.selector(typePosition)
	if !ok || s.Start == nil || s.End == nil {
		return textpos.Span{}, false
	}
	return textpos.Span{Start: textpos.Rune(*s.Start), End: textpos.Rune(*s.End)}, true
}

// Revision is the bare id of the revision that the note was written on, from a
// bare id or from an IRI that ends in one; it is empty when the note names none.
func (a Annotation) Revision() string {
	if a.Target.State == nil {
		return ""
	}
	cached := a.Target.State.Cached
	return cached[strings.LastIndexByte(cached, '/')+1:]
}

func (a Annotation) selector(typ string) (Selector, bool) {
	i := slices.IndexFunc(a.Target.Selector, func(s Selector) bool { return s.Type == typ })
	if i < 0 {
		return Selector{}, false
	}
	return a.Target.Selector[i], true
}

// Made is when a was made, as far as it can be believed: Created is the clock of
// its author's device, which may be wrong, and a note is not made after the server
// has it. Empty if a does not say.
func (a Annotation) Made() string {
	created, err := time.Parse(time.RFC3339, a.Created)
	modified, err2 := time.Parse(time.RFC3339, a.Modified)
	if err == nil && err2 == nil && modified.Before(created) {
		return a.Modified
	}
	return a.Created
}
