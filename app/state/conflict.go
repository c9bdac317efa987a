package state

import (
	"slices"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// reconcile handles how a reader settles what happened to a note in two places.
func reconcile(s State, a Action, in Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case KeepMine:
		return keepMine(s, a.ID, in)
	case TakeTheirs:
		n, ok := ownNote(s, a.ID)
		if !ok || n.State != replica.Conflict || n.Theirs == nil {
			return s, nil, true
		}
		s.Say = s.said().TheirsStands
		return s, []Effect{EnqueueTheirs(a)}, true
	case PostAnew:
		return postAnew(s, a.ID, in)
	case StandAlone:
		return standAlone(s, in)
	}
	return s, nil, false
}

// ownNote finds a note of the reader's, on this page or any other.
func ownNote(s State, id string) (replica.Note, bool) {
	n, ok := find(s.Notes, id)
	if !ok {
		n, ok = find(s.Mine, id)
	}
	return n, ok && n.Mine
}

// keepMine posts the reader's own version of a note in conflict as it is, in
// sight of the other one. If words of it are in the form or in a draft, or the
// rules stand against it, the form opens instead.
func keepMine(s State, id string, in Input) (State, []Effect, bool) {
	n, ok := ownNote(s, id)
	if !ok || n.State != replica.Conflict {
		return s, nil, true
	}
	if n.DeleteClashed() {
		s.Say = s.said().Deleted
		return s, []Effect{EnqueueDelete{ID: id}}, true
	}
	d, typed := begun(s.Drafts, afresh(n, in), n)
	if !typed && n.Verdict != nil && n.Verdict.Decision != moderation.Reject {
		return s, []Effect{Enqueue{Draft: d, Verdict: *n.Verdict}}, true
	}
	if s.Article == nil || s.Article.Slug != n.Article {
		return s, []Effect{Go{Path: "/a/" + n.Article + "#edit-" + id}}, true
	}
	next, effects := compose(s, d)
	return next, effects, true
}

// afresh is the form's content for posting an own note once more: as an edit, or
// as another note if the server can take no edit of it.
func afresh(n replica.Note, in Input) replica.DraftNote {
	d := n.Form()
	if n.State == replica.Conflict && n.Theirs != nil && n.Theirs.State == replica.Deleted {
		d.ID, d.Instead, d.Kind, d.IfMatch, d.Was = in.ID, n.ID, replica.NewNote, "", nil
		if d.ReplyTo != "" {
			d.Kind = replica.ReplyTo
		}
	}
	return d
}

// joined is d with the changes of both versions of n and the sources of both, as
// far as they fit. joins reports whether that is more than d.
func joined(d replica.DraftNote, n replica.Note) (both replica.DraftNote, joins bool) {
	if n.State != replica.Conflict || n.Was == nil || n.Theirs == nil || n.Theirs.Annotation == nil {
		return d, false
	}
	theirs := n.Theirs.Annotation.Note()
	text, ok := article.Merge(n.Was.Text(), d.Text, theirs.Text)
	if !ok {
		return d, false
	}
	both = d
	both.Text, both.Sources = text, slices.Clone(d.Sources)
	for _, source := range theirs.Sources {
		if len(both.Sources) < annotation.MaxSources && !slices.Contains(both.Sources, source) {
			both.Sources = append(both.Sources, source)
		}
	}
	return both, both.Text != d.Text || len(both.Sources) != len(d.Sources)
}

// begun is the draft in which d was begun before, or d. The form shows both versions
// of a note in conflict, so what is posted from it is based on the server's.
func begun(drafts []replica.DraftNote, d replica.DraftNote, n replica.Note) (draft replica.DraftNote, kept bool) {
	for _, kept := range drafts {
		if kept.Instead == n.ID {
			return kept, true
		}
	}
	for _, kept := range drafts {
		if kept.ID != n.ID {
			continue
		}
		if n.State == replica.Conflict {
			kept.ID, kept.Kind, kept.Instead, kept.IfMatch, kept.Was = d.ID, d.Kind, d.Instead, d.IfMatch, d.Was
		}
		return kept, true
	}
	return d, false
}

// postAnew opens the form for a reply whose note is gone, as a note of its own on
// the whole article.
func postAnew(s State, id string, in Input) (State, []Effect, bool) {
	n, ok := ownNote(s, id)
	if !ok || !n.ParentGone() {
		return s, nil, true
	}
	if s.Article == nil || s.Article.Slug != n.Article {
		return s, []Effect{Go{Path: "/a/" + n.Article + "#anew-" + id}}, true
	}
	for _, d := range s.Drafts {
		if d.Instead == id {
			next, effects := compose(s, d)
			return next, effects, true
		}
	}
	d := n.Form()
	d.ID, d.Instead, d.IfMatch, d.Was, d.Saved = in.ID, id, "", nil, in.Now
	next, effects := compose(s, onWhole(s, d))
	return next, append(effects, SaveDraft{Draft: next.Composer.Draft}), true
}

// onWhole is d as a note on the whole article.
func onWhole(s State, d replica.DraftNote) replica.DraftNote {
	d.Kind, d.ReplyTo, d.Quote, d.Span, d.Revision = replica.NewNote, "", "", nil, s.Article.Revision.ID
	d.Target = s.Article.target(nil)
	if d.Stance == "" {
		d.Stance = s.Stance
	}
	return d
}

// standAlone turns an open reply into a note on the whole article.
func standAlone(s State, in Input) (State, []Effect, bool) {
	c := s.Composer
	if c == nil || c.Posted || c.Elsewhere || c.Draft.Kind != replica.ReplyTo || s.Article == nil {
		return s, nil, true
	}
	next, effects := edited(s, onWhole(s, c.Draft), in)
	form := *next.Composer
	form.Base = nil
	next.Composer = &form
	next.Say = next.said().StandsAlone
	return next, append(effects, FillForm{Draft: form.Draft}, Focus{FocusTarget{Kind: FocusText}}), true
}

// Unanswerable reports whether the open form is a reply to a note that is no
// longer on the page: the server takes no reply to a note that was deleted.
func (s State) Unanswerable() bool {
	if s.Composer == nil || s.Composer.Draft.Kind != replica.ReplyTo || !s.Ready {
		return false
	}
	_, there := find(s.Notes, s.Composer.Draft.ReplyTo)
	return !there
}

// Versions is the note whose two versions the open form joins; nil if there is
// only one.
func (s State) Versions() *replica.Note {
	if s.Composer == nil {
		return nil
	}
	for _, id := range []string{s.Composer.Draft.ID, s.Composer.Draft.Instead} {
		if n, ok := ownNote(s, id); ok && n.State == replica.Conflict {
			return &n
		}
	}
	return nil
}
