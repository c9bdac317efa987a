package anchor

import (
	"sync"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

// Text is a text prepared for many calls of Describe and Locate. It is immutable
// and safe for concurrent use.
type Text struct {
	text   string
	pos    *textpos.Map
	folded func() *folded // made when words are first not found to the letter
}

// NewText reads text once.
func NewText(text string) *Text {
	return &Text{
		text:   text,
		pos:    textpos.NewMap(text),
		folded: sync.OnceValue(func() *folded { return fold(text) }),
	}
}

// Map converts offsets of the text.
func (t *Text) Map() *textpos.Map { return t.pos }

// String is the text itself.
func (t *Text) String() string { return t.text }

// Describe is [Text.Describe] for a text that is used once.
func Describe(text string, span textpos.Span) []annotation.Selector {
	return NewText(text).Describe(span)
}

// Locate is [Text.Locate] for a text that is used once.
func Locate(text string, selectors []annotation.Selector) Anchor {
	return NewText(text).Locate(selectors)
}
