package state

import (
	"slices"

	"marginalia/app/anchor"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

// mostGuesses is how many places a lost note is offered.
const mostGuesses = 3

// guess looks for places for the own notes that lost theirs.
func guess(s State) State {
	guesses := map[string][]Guess{}
	var text *anchor.Text
	for i := range s.Notes { // of all, whatever the filter
		n := &s.Notes[i]
		if s.Past() || s.Article == nil || !n.Mine || n.Anchor == nil || n.Anchor.Status != anchor.Orphan {
			continue
		}
		if known, ok := s.Guesses[n.ID]; ok {
			guesses[n.ID] = known
			continue
		}
		if text == nil {
			s.Article = s.Article.ready()
			text = anchor.NewText(s.Article.Canon)
		}
		guesses[n.ID] = guessesFor(s.Article, text, n.Note)
	}
	s.Guesses = guesses
	return s
}

func guessesFor(t *Text, text *anchor.Text, n replica.Note) []Guess {
	sentences := make([]textpos.Span, len(t.Sentences))
	for i, sentence := range t.Sentences {
		sentences[i] = sentence.Span
	}
	var all []Guess
	for _, at := range text.Guess(n.Annotation.Target.Selector, sentences, mostGuesses) {
		all = append(all, Guess{Span: at.Span(), Quote: t.Map.Slice(at.Span()), Confidence: at.Confidence})
	}
	return all
}

// attach gives an own note another place, as an edit that changes nothing else.
// If an edit was begun, or a rule objects, the form opens with the new place.
func attach(s State, id string, span textpos.Span) (State, []Effect, bool) {
	s.Moving = ""
	n, ok := find(s.Notes, id)
	span.End = min(span.End, s.Article.endOf())
	if !ok || !n.Mine || s.Article == nil || span.Start < 0 || span.Empty() {
		return s, nil, true
	}
	d, begun := n.Form(), false
	for _, kept := range s.Drafts {
		if kept.ID == id {
			d, begun = kept, true
		}
	}
	if s.Composer != nil && s.Composer.Draft.ID == id {
		d, begun = s.Composer.Draft, true
	}
	s.Article = s.Article.ready()
	d = s.Article.about(d, span)
	if verdict := verdictOn(s, d); !begun && verdict.Decision != moderation.Reject {
		s.Picker.Open = false
		s.Say = s.said().StandsHere
		return s, []Effect{Enqueue{Draft: d, Verdict: verdict}, Focus{FocusTarget{Kind: FocusNote, ID: id}}}, true
	}
	next, effects := compose(s, d)
	next.Say = next.said().OnNewPlace
	return next, append(effects, SaveDraft{Draft: next.Composer.Draft}), true
}

// endOf is the length of the text, 0 without one.
func (t *Text) endOf() textpos.Rune {
	if t == nil {
		return 0
	}
	return t.Map.Len()
}

// about is d on other words: those of t in span.
func (t *Text) about(d replica.DraftNote, span textpos.Span) replica.DraftNote {
	d.Revision, d.Span, d.Quote, d.Target = t.Revision.ID, &span, t.Map.Slice(span), t.target(&span)
	return d
}

// choosePlace opens the picker to find an own note another place.
func choosePlace(s State, id string) (State, []Effect, bool) {
	n, ok := find(s.Notes, id)
	if !ok || !n.Mine || s.Article == nil {
		return s, nil, true
	}
	s.Moving = id
	if best := s.Guesses[id]; len(best) > 0 {
		s.Article = s.Article.ready()
		s.Picker.Active = max(0, slices.IndexFunc(s.Article.Sentences, func(x article.Sentence) bool {
			return x.Span.Start <= best[0].Span.Start && best[0].Span.Start < x.Span.End
		}))
	}
	return openPicker(s)
}

// settle finds where the claim of the open form stands in the article on the page.
// A new note whose words are still there goes with them; one whose words changed
// or are gone stays about what its author saw.
func settle(s State) State {
	if s.Composer == nil || s.Article == nil {
		return s
	}
	c := *s.Composer
	s.Composer = &c
	c.Place = nil
	if c.Draft.Span == nil || len(c.Draft.Target.Selector) == 0 {
		return s
	}
	if c.Draft.Revision == s.Article.Revision.ID && c.Draft.Span.End <= s.Article.endOf() {
		c.Place = &anchor.Anchor{Start: c.Draft.Span.Start, End: c.Draft.Span.End, Status: anchor.Exact, Confidence: 1}
		return s
	}
	at := anchor.Locate(s.Article.Canon, c.Draft.Target.Selector)
	c.Place = &at
	if c.Draft.Kind == replica.NewNote && (at.Status == anchor.Exact || at.Status == anchor.Moved) {
		c.Draft = s.Article.about(c.Draft, at.Span())
	}
	return s
}

// takeWords makes the open form be about the words as they are now.
func takeWords(s State, in Input) (State, []Effect, bool) {
	c := s.Composer
	if c == nil || c.Elsewhere || c.Place == nil || c.Place.Status == anchor.Orphan || s.Article == nil {
		return s, nil, true
	}
	next, effects := edited(s, s.Article.about(c.Draft, c.Place.Span()), in)
	next = settle(next)
	next.Say = next.said().OnNewWords
	return next, append(effects, Focus{FocusTarget{Kind: FocusText}}), true
}
