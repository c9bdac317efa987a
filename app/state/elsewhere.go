package state

import (
	"errors"
	"slices"

	"marginalia/app/replica"
)

// elsewhere handles what several windows of one browser have to agree on: a
// draft is open in one of them at a time. In the others its form only shows it.
func elsewhere(s State, a Action, in Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case TakeOver:
		if s.Composer == nil || !s.Composer.Elsewhere {
			return s, nil, true
		}
		return s, []Effect{HoldDraft{ID: s.Composer.Draft.ID, Take: true}}, true
	case DraftElsewhere:
		next, effects := givenUp(s, a.ID, in)
		return next, effects, true
	case DraftTaken:
		next, effects := takenOver(s, a, in)
		return next, effects, true
	case Returned:
		effects := []Effect{RunSync{}}
		if s.Composer != nil {
			effects = append(effects, HoldDraft{ID: s.Composer.Draft.ID})
		}
		return s, effects, true
	}
	return s, nil, false
}

// givenUp shows the open form as another window's. Words that are not stored yet
// become a draft of their own; those of an edit, which can only be one, stay in
// the form until it is taken over.
func givenUp(s State, id string, in Input) (State, []Effect) {
	if s.Composer == nil || s.Composer.Draft.ID != id || s.Composer.Posted {
		return s, nil
	}
	c := *s.Composer
	if !c.Saved && written(c.Draft) && c.Draft.Kind != replica.EditNote {
		s.Say = s.said().OpenTwice
		return fork(s, in)
	}
	c.Elsewhere = true
	s.Composer = &c
	s.Say = s.said().OpenElsewhere
	return s, nil
}

// fork goes on with the open form under an id of its own, so that neither of two
// texts is lost.
func fork(s State, in Input) (State, []Effect) {
	c := *s.Composer
	c.Draft.ID, c.Draft.Saved, c.Saved = in.ID, in.Now, false
	s.Composer = &c
	return s, []Effect{HoldDraft{ID: in.ID}, SaveDraft{Draft: c.Draft}}
}

// takenOver goes on with a draft that is this window's now, in its newest state.
func takenOver(s State, a DraftTaken, in Input) (State, []Effect) {
	if s.Composer == nil || s.Composer.Draft.ID != a.ID || s.Composer.Posted {
		return s, nil
	}
	c := *s.Composer
	was, mine := c.Elsewhere, c.Draft
	c.Elsewhere = false
	s.Composer = &c
	newer := a.Draft != nil && (was || a.Draft.Saved.After(mine.Saved))
	switch {
	case newer:
		c.Draft = *a.Draft
		c.Draft.Open = true
		if !c.Saved && mine.Text != "" && mine.Text != c.Draft.Text {
			c.Draft.Text += "\n\n" + mine.Text
		}
	case !was:
		return s, nil // it is as it was
	}
	if s.Article != nil {
		s = judge(settle(s))
	}
	s.Say = s.said().GoOnHere
	next, effects := edited(s, s.Composer.Draft, in)
	return next, append(effects, FillForm{Draft: next.Composer.Draft}, Focus{FocusTarget{Kind: FocusText}})
}

// gone closes a form that only shows another window's draft when that window has
// posted or dropped it.
func gone(s State) State {
	c := s.Composer
	if c == nil || !c.Elsewhere || s.Held[c.Draft.ID] {
		return s
	}
	if slices.ContainsFunc(s.Drafts, func(d replica.DraftNote) bool { return d.ID == c.Draft.ID }) {
		return s
	}
	s.Composer, s.Sheet = nil, false
	s.Say = s.said().FinishedElsewhere
	return s
}

// another reports whether err says that a draft is another window's by now.
func another(err error) bool {
	return errors.Is(err, replica.ErrPosted) || errors.Is(err, replica.ErrHeld)
}
