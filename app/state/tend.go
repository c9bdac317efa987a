package state

import (
	"slices"
	"strings"

	"marginalia/app/annotation"
	"marginalia/app/replica"
)

// tend handles what is done with notes that exist, and with drafts.
func tend(s State, a Action, in Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case OpenNote:
		return openNote(s, a.ID)
	case NextNote:
		return nextNote(s, a.Step)
	case Reply:
		return reply(s, a.ID, in)
	case Edit:
		return edit(s, a.ID, in)
	case Delete:
		return remove(s, a.ID)
	case KeepNote:
		return s, nil, true
	case ResumeDraft:
		return resume(s, a.ID)
	case DropDraft:
		s.Drafts = without(s.Drafts, a.ID)
		if s.Composer != nil && s.Composer.Draft.ID == a.ID {
			s.Composer = nil
		}
		s.Say = s.said().DraftDeleted
		return s, []Effect{EraseDraft(a), Focus{ground(&s)}}, true
	case SetSheet:
		if !a.Open {
			return openNote(s, "")
		}
		s.Sheet = true
		return s, []Effect{Focus{FocusTarget{Kind: FocusSheet}}}, true
	case Back:
		return dismiss(s, in)
	case Rename:
		name := strings.TrimSpace(a.Nickname)
		if name == "" || len([]rune(name)) > annotation.MaxNickname {
			s.Say = s.said().NameLength
			return s, nil, true
		}
		return s, []Effect{EnqueueName{Nickname: name}, RunSync{}}, true
	case ExportMine:
		return s, []Effect{SaveFile{}}, true
	}
	return s, nil, false
}

// Over reports whether something lies over the text on a narrow screen, which the
// device's way back closes.
func (s State) Over() bool { return s.Composer != nil || s.Picker.Open || s.Sheet }

// dismiss closes the uppermost.
func dismiss(s State, in Input) (State, []Effect, bool) {
	switch {
	case s.Picker.Open:
		return choose(s, ClosePicker{}, in)
	case s.Composer != nil:
		return press(s, Cancel{}, in)
	}
	return openNote(s, "")
}

func openNote(s State, id string) (State, []Effect, bool) {
	if id == "" {
		was, sheet := s.Open, s.Sheet
		s.Open, s.Sheet = "", false
		if was == "" && !sheet {
			return s, nil, true
		}
		from := s.wordsBehind(was)
		if was == "" && s.Composer == nil {
			from = FocusTarget{Kind: FocusDock}
		}
		return s, []Effect{SetHash{}, Focus{from}}, true
	}
	if s.Fresh.Waits[id] { // by a link to it
		s = release(s)
	}
	n, ok := find(s.Notes, id)
	if !ok {
		if s.Rest != nil {
			s.Awaited = id
		}
		return s, nil, true
	}
	s.Open, s.led, s.Awaited, s.Sheet = id, id, "", inMargin(s, id)
	show := Show{Note: id}
	if n.Anchor != nil && !n.Anchor.Span().Empty() {
		span := n.Anchor.Span()
		show.Span = &span
	}
	return s, []Effect{SetHash{Note: id}, show, Focus{FocusTarget{Kind: FocusNote, ID: id}}}, true
}

// nextNote goes to the next claim that has a note, round and round.
func nextNote(s State, step int) (State, []Effect, bool) {
	margin := s.Parts().Margin
	at := slices.IndexFunc(margin, func(n Note) bool { return n.ID == s.Open })
	if at < 0 && step < 0 {
		at = 0
	}
	for range margin {
		at = ((at+step)%len(margin) + len(margin)) % len(margin)
		if placed(&margin[at]) {
			return openNote(s, margin[at].ID)
		}
	}
	s.Say = s.words().NoNotes
	return s, nil, true
}

func reply(s State, id string, in Input) (State, []Effect, bool) {
	n, ok := find(s.Notes, id)
	if !ok || s.Article == nil {
		return s, nil, true
	}
	for _, d := range s.Drafts {
		if d.Kind == replica.ReplyTo && d.ReplyTo == id && !s.Held[d.ID] {
			next, effects := compose(s, d)
			return next, effects, true
		}
	}
	next, effects := compose(s, replica.DraftNote{
		ID: in.ID, Kind: replica.ReplyTo, Article: s.Article.Slug, Revision: s.Article.Revision.ID, ReplyTo: id,
		Quote: quoteOf(n.Annotation), Target: annotation.Target{Source: id},
	})
	return next, effects, true
}

func quoteOf(a annotation.Annotation) string {
	q, _ := a.Quote()
	return q.Exact
}

// edit opens the form on an own note, or goes to the page where that can be done.
func edit(s State, id string, in Input) (State, []Effect, bool) {
	n, ok := find(s.Notes, id)
	if !ok || s.Article == nil {
		if m := slices.IndexFunc(s.Mine, func(n Note) bool { return n.ID == id }); m >= 0 {
			return s, []Effect{Go{Path: "/a/" + s.Mine[m].Article + "#edit-" + id}}, true
		}
		return s, nil, true
	}
	if !n.Mine {
		return s, nil, true
	}
	d, kept := begun(s.Drafts, afresh(n, in), n)
	if !kept {
		var joins bool
		if d, joins = joined(d, n); joins {
			next, effects := compose(s, d)
			next.Say = next.said().BothIn
			return next, effects, true
		}
	}
	next, effects := compose(s, d)
	return next, effects, true
}

// remove deletes an own note at the second press.
func remove(s State, id string) (State, []Effect, bool) {
	n, ok := find(s.Notes, id)
	if !ok {
		m := slices.IndexFunc(s.Mine, func(n Note) bool { return n.ID == id })
		if m < 0 {
			return s, nil, true
		}
		n = s.Mine[m].Note
	}
	if !n.Mine {
		return s, nil, true
	}
	if s.Deleting != id {
		s.Deleting = id
		s.Say = s.said().DeleteAgain
		return s, nil, true
	}
	s.Deleting = ""
	if s.Open == id {
		s.Open = ""
	}
	s.Say = s.said().Deleted
	s.Drafts = without(s.Drafts, id) // an edit of it
	return s, []Effect{EraseDraft{ID: id}, EnqueueDelete{ID: id}, Focus{s.afterDelete(id)}}, true
}

// resume opens the form on a stored draft, on the page of its article.
func resume(s State, id string) (State, []Effect, bool) {
	at := slices.IndexFunc(s.Drafts, func(d replica.DraftNote) bool { return d.ID == id })
	if at < 0 {
		return s, nil, true
	}
	d := s.Drafts[at]
	if s.Article == nil || s.Article.Slug != d.Article {
		return s, []Effect{Go{Path: "/a/" + d.Article + "#draft-" + id}}, true
	}
	next, effects := compose(s, d)
	return next, effects, true
}
