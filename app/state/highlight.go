package state

import (
	"slices"

	"marginalia/app/anchor"
	"marginalia/app/textpos"
)

// Range is a painted piece of the article.
type Range struct {
	ID       string // the note's, or "" for the composer's claim and the picker's sentence
	From, To Point
}

// Group is the ranges painted in one way: a stance's name, "open" or "pick".
type Group struct {
	Name     string
	Priority int // a higher one is painted over a lower one
	Ranges   []Range
}

// Highlights is what to paint in the text. A note whose words do not stand where
// its anchor says, because the page is older than the anchor, is left out: a
// highlight never marks other words.
func Highlights(s State) []Group {
	if s.Article == nil {
		return nil
	}
	open, pick := Group{Name: "open", Priority: 1}, Group{Name: "pick", Priority: 2}
	p := s.Parts()
	if i, ok := p.at[s.Open]; ok && p.Margin[i].ID == s.Open {
		if r, ok := s.Article.mark(&p.Margin[i]); ok {
			open.Ranges = append(open.Ranges, r)
		}
	}
	if c := s.Composer; c != nil && c.Place != nil && c.Place.Status != anchor.Orphan {
		open.Ranges = append(open.Ranges, s.Article.span16(c.Place.Span()))
	}
	if s.Picker.Open && s.Picker.Active < len(s.Article.Sentences) {
		pick.Ranges = append(pick.Ranges, s.Article.span16(s.Article.Sentences[s.Picker.Active].Span))
	}
	found, here := s.founds()
	return append(slices.Clip(s.marked().marks.groups), open, pick, found, here)
}

// marks is what is painted for notes, whichever is open.
type marks struct {
	parts  *Parts // of these notes
	text   *Text  // in this text
	groups []Group
}

// marked is s with the marks of its notes. They are made anew only for other notes
// or another text: an article may have thousands.
func (s State) marked() State {
	if s.Article == nil || s.Article.Map == nil {
		s.marks = nil
		return s
	}
	p := s.Parts()
	if m := s.marks; m != nil && m.text == s.Article && m.parts == p {
		return s
	}
	groups := []Group{{Name: "dispute"}, {Name: "support"}, {Name: "context"}, {Name: "question"}}
	for i := range p.Margin {
		n := &p.Margin[i]
		r, ok := s.Article.mark(n)
		if !ok {
			continue
		}
		stance := string(stanceOf(n.Annotation))
		for g := range groups {
			if groups[g].Name == stance {
				groups[g].Ranges = append(groups[g].Ranges, r)
			}
		}
	}
	s.parts, s.marks = p, &marks{parts: p, text: s.Article, groups: groups}
	return s
}

// mark is where a note is painted.
func (t *Text) mark(n *Note) (Range, bool) {
	if !placed(n) || !holds(t, n) {
		return Range{}, false
	}
	r := t.span16(n.Anchor.Span())
	r.ID = n.ID
	return r, true
}

// holds reports whether a note's own words stand at its anchor, as far as they
// should.
func holds(t *Text, n *Note) bool {
	if n.Anchor.End > t.Map.Len() {
		return false
	}
	q, ok := n.Annotation.Quote()
	return !ok || n.Anchor.Status == anchor.Changed || anchor.SameWords(t.Map.Slice(n.Anchor.Span()), q.Exact)
}

// span16 is a span as the drawn article counts.
func (t *Text) span16(s textpos.Span) Range {
	return Range{From: t.Point(s.Start), To: t.endPoint(s.End)}
}

// endPoint keeps a span's end in the block that it closes: the border between
// two blocks belongs to the earlier one.
func (t *Text) endPoint(r textpos.Rune) Point {
	if r == 0 {
		return t.Point(0)
	}
	p := t.Point(r - 1)
	p.Offset += t.Map.ToUTF16(r) - t.Map.ToUTF16(r-1)
	return p
}
