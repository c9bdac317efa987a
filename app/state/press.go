package state

import (
	"errors"
	"slices"
	"strings"

	"marginalia/app/annotation"
	"marginalia/app/message"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// press handles the buttons of the open form.
func press(s State, a Action, in Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case Post:
		return post(s)
	case AskModerator:
		return askModerator(s)
	case Cancel:
		if s.Composer == nil || s.Composer.Posted {
			return s, nil, true
		}
		if s.Composer.Appeal {
			c := *s.Composer
			c.Appeal = false
			s.Composer = &c
			return s, []Effect{Focus{FocusTarget{Kind: FocusText}}}, true
		}
		d := s.Composer.Draft
		next, effects := shut(s)
		next.Sheet = false
		if len(effects) == 0 {
			next.Say = next.said().ClosedHere
		} else if _, kept := effects[0].(SaveDraft); kept {
			next.Say = next.said().Closed
		}
		back := ground(&s)
		if at := s.Composer.Place; d.Kind == replica.NewNote && at != nil && !at.Span().Empty() {
			back = s.blockAt(at.Span())
		} else if d.Kind == replica.NewNote && d.Span == nil {
			back.Kind = FocusAll
		} else if d.Kind == replica.ReplyTo {
			next.Open, back = d.ReplyTo, FocusTarget{Kind: FocusNote, ID: d.ReplyTo}
		} else if d.Kind == replica.EditNote {
			next.Open, back = d.ID, FocusTarget{Kind: FocusNote, ID: d.ID}
		}
		return next, append(effects, Focus{back}), true
	case Queued:
		return queued(s, a, in)
	case DraftSaved:
		next, effects := draftSaved(s, a, in)
		return next, effects, true
	}
	return s, nil, false
}

// post sends the form to the outbox unless a rule or the form stands against it.
func post(s State) (State, []Effect, bool) {
	c := s.Composer
	if c == nil || c.Posted || c.Elsewhere {
		return s, nil, true
	}
	typed := *c
	typed.Typed = true
	s.Composer = &typed
	switch {
	case strings.TrimSpace(c.Draft.Text) == "":
		s.Say = s.said().EmptyNote
		return s, []Effect{Focus{FocusTarget{Kind: FocusText}}}, true
	case c.Verdict.Decision == moderation.Reject:
		s.Say = refusal(s.words(), c.Verdict)
		return s, []Effect{Focus{firstField(c.Verdict)}}, true
	case c.Draft.Kind == replica.EditNote && c.Base != nil && c.Base.State != replica.Conflict && unchanged(c.Draft, *c.Base):
		s.Say = s.said().Unchanged
		return s, []Effect{Focus{FocusTarget{Kind: FocusText}}}, true
	}
	typed.Posted = true
	return s, []Effect{Enqueue{Draft: c.Draft, Verdict: c.Verdict}}, true
}

// refusal says why a note is not sent, in the words of its heaviest finding.
func refusal(words *message.Catalogue, v moderation.Verdict) string {
	if len(v.Findings) == 0 {
		return words.Said.NotYet
	}
	why, fix := v.Findings[0].Why, v.Findings[0].Fix
	if said, ok := words.Publisher(why); ok {
		why = said
	}
	if said, ok := words.Publisher(fix); ok {
		fix = said
	}
	return words.Said.NotYetSince.With("why", why+" "+fix)
}

// firstField is where the heaviest finding can be mended.
func firstField(v moderation.Verdict) FocusTarget {
	if len(v.Findings) == 0 || v.Findings[0].Field == "text" {
		if len(v.Findings) > 0 && v.Findings[0].Rule == "source.missing" {
			return FocusTarget{Kind: FocusField, ID: "sources/0/url"}
		}
		return FocusTarget{Kind: FocusText}
	}
	return FocusTarget{Kind: FocusField, ID: v.Findings[0].Field}
}

// unchanged reports whether an edit says what its note says, about the same words.
func unchanged(d replica.DraftNote, base replica.Note) bool {
	was, now := base.Annotation.Note(), annotation.Note{}
	now, _ = NoteOf(d)
	about := annotation.Annotation{Target: d.Target}
	before, _ := base.Annotation.Position()
	after, _ := about.Position()
	return was.Text == now.Text && was.Stance == now.Stance && slices.Equal(was.Sources, now.Sources) &&
		before == after && base.Annotation.Revision() == about.Revision()
}

// askModerator first asks for the reader's reason, then sends the appeal.
func askModerator(s State) (State, []Effect, bool) {
	c := s.Composer
	if c == nil || c.Posted || c.Elsewhere || c.Verdict.Decision != moderation.Reject {
		return s, nil, true
	}
	next := *c
	s.Composer = &next
	switch {
	case !c.Appeal:
		next.Appeal = true
		return s, []Effect{FillForm{Draft: c.Draft}, Focus{FocusTarget{Kind: FocusReason}}}, true
	case strings.TrimSpace(c.Draft.Text) == "":
		s.Say = s.said().EmptyNote
		return s, []Effect{Focus{FocusTarget{Kind: FocusText}}}, true
	case strings.TrimSpace(c.Draft.Appeal) == "":
		s.Say = s.said().SayWhy
		return s, []Effect{Focus{FocusTarget{Kind: FocusReason}}}, true
	case len([]rune(c.Draft.Appeal)) > annotation.MaxReason:
		s.Say = s.said().LongReason.N(annotation.MaxReason)
		return s, []Effect{Focus{FocusTarget{Kind: FocusReason}}}, true
	}
	next.Posted = true
	return s, []Effect{EnqueueAppeal{Draft: c.Draft, Verdict: c.Verdict}}, true
}

// queued closes the form once its note is durable in the outbox.
func queued(s State, a Queued, in Input) (State, []Effect, bool) {
	mine := s.Composer != nil && s.Composer.Draft.ID == a.ID
	switch {
	case a.Err != nil && mine:
		return refused(s, a.Err, in)
	case a.Err != nil:
		s.Say = s.said().NotStored.With("why", reason(s.said(), a.Err))
		return s, nil, true
	case !mine:
		s.Say = saved(s)
		return s, []Effect{RunSync{}}, true
	}
	s.Composer, s.Open, s.Sheet = nil, a.ID, inMargin(s, a.ID)
	s.Drafts = without(s.Drafts, a.ID)
	s.Full = false
	s.Say = saved(s)
	return s, []Effect{Focus{FocusTarget{Kind: FocusNote, ID: a.ID}}, SetHash{Note: a.ID}, RunSync{}}, true
}

// saved says that a note is in the outbox, and how long it is safe there.
func saved(s State) string {
	switch {
	case s.Blocked && s.Sync.State == Offline:
		return s.said().SavedBlockedOffline
	case s.Blocked:
		return s.said().SavedBlocked
	}
	return s.said().Saved
}

// refused opens the form again for a note that the device did not take. One that
// another window has posted becomes a note of its own, so that neither text is
// lost.
func refused(s State, err error, in Input) (State, []Effect, bool) {
	c := *s.Composer
	c.Posted = false
	if !another(err) && !errors.Is(err, replica.ErrDeleted) {
		c.Fault = reason(s.said(), err)
	}
	s.Composer = &c
	s.Full = errors.Is(err, replica.ErrFull)
	s.Say = s.said().StillInForm.With("why", reason(s.said(), err))
	switch {
	case !another(err):
		return s, nil, true
	case c.Draft.Kind == replica.EditNote:
		c.Elsewhere = true
		s.Say = s.said().OpenElsewhere
		return s, nil, true
	}
	next, effects := fork(s, in)
	return next, effects, true
}

// reason says to a person why the device did not keep something.
func reason(said *message.Said, err error) string {
	switch {
	case errors.Is(err, replica.ErrFull):
		return said.WhyFull
	case errors.Is(err, replica.ErrPosted):
		return said.WhyPosted
	case errors.Is(err, replica.ErrHeld):
		return said.WhyHeld
	case errors.Is(err, replica.ErrDeleted):
		return said.WhyDeleted
	case errors.Is(err, replica.ErrNotFound):
		return said.WhyNotHere
	case errors.Is(err, replica.ErrNoConflict):
		return said.WhyOneVersion
	}
	return said.WhyStorage
}

func draftSaved(s State, a DraftSaved, in Input) (State, []Effect) {
	if another(a.Err) && s.Composer != nil && s.Composer.Draft.ID == a.ID && !s.Composer.Posted {
		next, effects, _ := refused(s, a.Err, in)
		return next, effects
	}
	s.Full = errors.Is(a.Err, replica.ErrFull)
	if s.Composer == nil || s.Composer.Draft.ID != a.ID {
		return s, nil
	}
	c := *s.Composer
	s.Composer = &c
	if a.Err != nil {
		if !another(a.Err) {
			c.Fault = reason(s.said(), a.Err)
		}
		return s, nil
	}
	c.Fault, c.Saved = "", a.At.Equal(c.Draft.Saved)
	return s, nil
}
