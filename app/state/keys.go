package state

import (
	"slices"
	"strconv"

	"marginalia/app/textpos"
)

type (
	// Pressed is a key that no control has handled. Note is the note in which it was
	// pressed, "" elsewhere.
	Pressed struct {
		Key     string
		InField bool
		Note    string
	}
	// Cross goes from a note to its words in the text, or, without Note, from the text
	// to the open note, else to the next one.
	Cross struct{ Note string }
)

func (Cross) action() {}

// KeyAction is what a key does on a page, nil for nothing; done says that the browser
// does nothing more with it. off: the keys that are a single character do nothing, for
// those who dictate or whose hand slips (WCAG 2.1.4).
func KeyAction(page Page, off bool, p Pressed) (a Action, done bool) {
	switch {
	case p.InField:
		return nil, false
	case p.Key == "Escape" && page == Reading:
		return OpenNote{}, false // closes one that is open
	case off:
		return nil, false
	case p.Key == "?":
		return ShowKeys{}, true
	case p.Key == "/" && (page == Reading || page == Me):
		return OpenFind{}, true
	case page != Reading:
		return nil, false
	}
	switch p.Key {
	case "a":
		return Annotate{}, true
	case "n":
		return NextNote{Step: 1}, true
	case "p":
		return NextNote{Step: -1}, true
	case "t":
		return Cross{Note: p.Note}, true
	}
	return nil, false
}

// cross handles the ways between the text and the notes.
func cross(s State, a Action, _ Input) (State, []Effect, bool) {
	c, ok := a.(Cross)
	switch {
	case !ok:
		return s, nil, false
	case c.Note == "" && s.Open == "":
		return nextNote(s, 1)
	case c.Note == "":
		return s, toNote(s.Open), true
	}
	return toText(s, c.Note)
}

// goOn goes to the form that was open when the page was lost.
func goOn(s State) (State, []Effect, bool) {
	if s.Composer == nil {
		return s, nil, true
	}
	c := *s.Composer
	c.Restored = false
	s.Composer = &c
	effects := []Effect{Focus{FocusTarget{Kind: FocusText}}}
	if at := c.Place; at != nil && !at.Span().Empty() {
		span := at.Span()
		effects = append([]Effect{Show{Span: &span}}, effects...)
	}
	return s, effects, true
}

// Restored is what the draft is about that was open when the page was lost, while its
// form may be out of sight; "" if there is none.
func (s *State) Restored() string {
	c := s.Composer
	switch {
	case c == nil || !c.Restored || c.Elsewhere || s.Article == nil:
		return ""
	case c.Draft.Quote == "":
		return s.Article.Revision.Title
	}
	return c.Draft.Quote
}

// toText goes to the words of a note, which stays open so that they are painted.
func toText(s State, id string) (State, []Effect, bool) {
	span, ok := wordsOf(&s, id)
	if !ok {
		return s, []Effect{Focus{ground(&s)}}, true
	}
	s.Open = id
	return s, []Effect{Show{Span: &span}, Focus{s.blockAt(span)}}, true
}

// wordsOf is where a note of the margin, or the one that it answers, stands.
func wordsOf(s *State, id string) (textpos.Span, bool) {
	p := s.Parts()
	i, ok := p.at[id]
	if !ok || s.Article == nil || !placed(&p.Margin[i]) {
		return textpos.Span{}, false
	}
	return p.Margin[i].Anchor.Span(), true
}

// blockAt is the paragraph in which a span begins.
func (s *State) blockAt(span textpos.Span) FocusTarget {
	return FocusTarget{Kind: FocusBlock, ID: "b" + strconv.Itoa(s.Article.Point(span.Start).Block)}
}

// ground is where the focus goes when there is no better place: the article, or what
// else the page is about.
func ground(s *State) FocusTarget {
	if s.Article == nil {
		return FocusTarget{Kind: FocusMain}
	}
	return FocusTarget{Kind: FocusStory}
}

// wordsBehind is where the focus goes when a note is closed or gone: to its words.
func (s *State) wordsBehind(id string) FocusTarget {
	if span, ok := wordsOf(s, id); ok {
		return s.blockAt(span)
	}
	return ground(s)
}

// afterDelete is where the focus goes from a note that is being deleted: a reply's to
// the note it answers.
func (s *State) afterDelete(id string) FocusTarget {
	for i := range s.Notes {
		n := &s.Notes[i]
		if n.ID != id && slices.ContainsFunc(n.Replies, func(r Note) bool { return r.ID == id }) {
			return FocusTarget{Kind: FocusNote, ID: n.ID}
		}
		if n.ID == id && n.Anchor == nil {
			return FocusTarget{Kind: FocusAll}
		}
	}
	return s.wordsBehind(id)
}
