package state

import (
	"slices"

	"marginalia/app/claims"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

// choose handles what leads to a claim: selecting and the claim picker.
func choose(s State, a Action, in Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case Selected:
		return selected(s, a), nil, true
	case Annotate:
		if s.Article == nil {
			return s, nil, true
		}
		if s.Selection == nil {
			return openPicker(s)
		}
		span := s.Selection.Span
		s.Selection = nil
		if s.Moving != "" {
			next, effects, ok := attach(s, s.Moving, span)
			return next, append([]Effect{ClearSelection{}}, effects...), ok
		}
		next, effects := compose(s, newDraft(s, &span, in))
		return next, append([]Effect{ClearSelection{}}, effects...), true
	case OpenPicker:
		s.Moving = ""
		return openPicker(s)
	case ClosePicker:
		back := FocusTarget{Kind: FocusBack}
		if s.Moving != "" {
			back = FocusTarget{Kind: FocusNote, ID: s.Moving}
		}
		s.Picker.Open, s.Moving = false, ""
		return s, []Effect{Focus{back}}, true
	case PickAt:
		return pickAt(s, a.Index)
	case PickMove:
		return pickAt(s, s.Picker.Active+a.Step)
	case PickChosen:
		if !s.Picker.Open || s.Picker.Active >= len(s.Article.Sentences) {
			return s, nil, true
		}
		span := s.Article.Sentences[s.Picker.Active].Span
		s.Picker.Open = false
		if s.Moving != "" {
			return attach(s, s.Moving, span)
		}
		next, effects := compose(s, newDraft(s, &span, in))
		return next, effects, true
	case TakeClaim:
		if !slices.Contains(s.Claims, a.Claim) {
			return s, nil, true // the article was corrected while the reader pressed
		}
		next, effects := compose(s, newDraft(s, &a.Claim.Span, in))
		return next, effects, true
	case NoteOnAll:
		if s.Article == nil {
			return s, nil, true
		}
		next, effects := compose(s, newDraft(s, nil, in))
		return next, effects, true
	}
	return s, nil, false
}

// mostClaims is how many claims worth checking are listed: a long list would be
// as hard to choose from as the article itself.
const mostClaims = 5

// findClaims lists the claims of the article that are worth checking, once the
// model is here. An older revision takes no notes, so it has none.
func findClaims(s State) State {
	s.Claims = nil
	if s.Finder != nil && s.Article != nil && !s.Past() {
		s.Claims = claims.Worth(s.Finder.Find(s.Article.Revision), mostClaims)
	}
	return s
}

func selected(s State, a Selected) State {
	s.Selection = nil
	if s.Article == nil {
		return s
	}
	if span := s.Article.span(a.From, a.To); !span.Empty() {
		s.Selection = &Selection{Span: span, Quote: s.Article.Map.Slice(span)}
	}
	return s
}

func openPicker(s State) (State, []Effect, bool) {
	if s.Article == nil {
		return s, nil, true
	}
	s.Article = s.Article.ready()
	s.Picker.Open, s.Sheet = true, false // the sheet would cover it
	next, effects, _ := pickAt(s, s.Picker.Active)
	return next, append([]Effect{Focus{FocusTarget{Kind: FocusPicker}}}, effects...), true
}

func pickAt(s State, index int) (State, []Effect, bool) {
	if !s.Picker.Open || len(s.Article.Sentences) == 0 {
		return s, nil, true
	}
	s.Picker.Active = min(max(index, 0), len(s.Article.Sentences)-1)
	span := s.Article.Sentences[s.Picker.Active].Span
	return s, []Effect{Show{Span: &span}}, true
}

// newDraft is an empty form for a claim, or for the whole article when span is
// nil; if a draft on the same words is on this device, it is that one.
func newDraft(s State, span *textpos.Span, in Input) replica.DraftNote {
	for _, d := range s.Drafts {
		if d.Kind == replica.NewNote && d.Article == s.Article.Slug && sameSpan(d.Span, span) && d.Revision == s.Article.Revision.ID {
			return d
		}
	}
	d := replica.DraftNote{
		ID: in.ID, Kind: replica.NewNote, Article: s.Article.Slug, Revision: s.Article.Revision.ID,
		Span: span, Stance: s.Stance,
	}
	if span != nil {
		d.Quote = s.Article.Map.Slice(*span)
	}
	d.Target = s.Article.target(span)
	return d
}

func sameSpan(a, b *textpos.Span) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
