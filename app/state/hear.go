package state

import (
	"net/url"
	"slices"
	"strings"

	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// hear handles what the device and the network say.
func hear(s State, a Action, in Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case Mounted:
		s.Ready, s.Blocked, s.CanShare = true, a.Blocked, a.CanShare
		next, effects := loaded(s, a.Loaded, false)
		if next.Route.Page == Share {
			return taking(next, ParseShared(a.Query), a.Origin)
		}
		next, named := target(next, a.Directive)
		next, follow := follow(next, a.Hash, in)
		next, counted := visit(next, in)
		if a.Hash == "" {
			follow = append(follow, back(next, a.Place)...)
		}
		return next, slices.Concat(effects, named, follow, counted, []Effect{CheckRoom{}}), true
	case Loaded:
		next, effects := loaded(s, a, true)
		next, more := quoted(next, in)
		return next, append(effects, more...), true
	case SyncChanged:
		s.Sync = a.Sync
		if a.Sync.State == Synced && (s.Composer == nil || s.Composer.Fault == "") {
			s.Full = false
		}
		return s, nil, true
	case HashChanged:
		next, effects := follow(s, a.Hash, in)
		return next, effects, true
	case SyncNow:
		return s, []Effect{RunSync{}}, true
	case FinderHere:
		s.Finder = a.Finder
		return findClaims(s), nil, true
	case ShowFresh:
		return showFresh(s)
	case UpdateReady:
		s.Update = true
		return s, nil, true
	case Later:
		s.Update = false
		return s, nil, true
	case Restart:
		next, effects := shutOpen(s)
		return next, append(effects, TakeUpdate{}), true
	}
	return s, nil, false
}

// loaded takes over what the device holds. An open form is left as it is, but
// judged again when the rules arrive, and its claim found again in a new text.
// told says whether the reader is told of that.
func loaded(s State, a Loaded, told bool) (State, []Effect) {
	before, other := s.Notes, isOther(s, a.Article)
	if other {
		s = correct(s, *a.Article, told && s.Article != nil)
	}
	if a.Articles != nil {
		s.Articles = a.Articles
	}
	if a.Saved != nil {
		s.Saved = a.Saved
	}
	if a.Notes != nil {
		s = arrive(s, a)
	}
	if a.Mine != nil {
		s.Mine = newestFirst(a.Mine)
	}
	if a.Drafts != nil {
		s.Drafts = a.Drafts
	}
	if a.Held != nil {
		s.Held = a.Held
		s = gone(s)
	}
	if a.Reader != nil {
		s.Reader = *a.Reader
	}
	if a.Prefs != nil && a.Prefs.Turn >= s.Prefs.Turn { // else it was read before the last change was stored
		s.Prefs = *a.Prefs
		if s.Prefs.Stance != "" {
			s.Stance = s.Prefs.Stance
		}
	}
	s.Sync.Pending = a.Pending
	s = ruled(s, a.Policy)
	s = guess(s)
	var effects []Effect
	if id := s.Awaited; id != "" && a.Notes != nil {
		s.Awaited = ""
		s, effects, _ = openNote(s, id)
	}
	if !other {
		return s, effects
	}
	if s.News != nil {
		s.News.Mine = struck(before, s.Notes)
	}
	if s.Composer != nil {
		s = judge(settle(s))
	}
	next, more := compare(s)
	return next, append(effects, more...)
}

// ruled has s go by the policy p: another one, or the same when one of its models has
// come. Nil changes nothing.
func ruled(s State, p *moderation.Policy) State {
	if p == nil || s.Policy == p {
		return s
	}
	s.Policy, s.PolicyHash, s.Sentence, s.Publisher = p, p.Hash(), p.Sentence(), p.Language()
	// What the page came with was judged with all models: without one of them the
	// same policy would for a moment say something else of its own examples.
	if s.Route.Page == FAQ && (s.FAQ == nil || s.FAQ.Policy != p.Hash() || len(p.Lacking()) == 0) {
		faq := p.FAQ()
		s.FAQ = &faq
	}
	if s.Composer != nil {
		s = judge(s)
	}
	return s
}

// isOther reports whether a is the page's article in another revision than the
// one that is shown.
func isOther(s State, a *article.Article) bool {
	if a == nil || a.Slug != s.Route.Slug || s.Article != nil && s.Article.Revision.ID == a.Revision.ID {
		return false
	}
	return s.Route.Revision == "" || s.Route.Revision == a.Revision.ID
}

// newestFirst lists own notes, flat.
func newestFirst(notes []replica.Note) []Note {
	mine := make([]Note, 0, len(notes))
	for _, n := range notes {
		mine = append(mine, Note{Note: n})
	}
	slices.SortStableFunc(mine, func(a, b Note) int { return byTime(b, a) })
	return mine
}

// follow opens what an address's fragment names: "n-{id}" a note, "draft-{id}"
// a draft, "edit-{id}" the form on an own note, "claim-{words}" the form on words
// that were sent into the app. Without one, a form that was
// open when the page was lost is opened again.
func follow(s State, hash string, in Input) (State, []Effect) {
	kind, id, _ := strings.Cut(hash, "-")
	switch kind {
	case "n":
		if s.Open == id {
			return s, nil
		}
		next, effects, _ := openNote(s, id)
		return next, effects
	case "draft":
		next, effects, _ := resume(s, id)
		return next, append(effects, SetHash{})
	case "edit":
		next, effects, _ := edit(s, id, in)
		return next, append(effects, SetHash{})
	}
	if kind == "claim" {
		s.Quoted, _ = url.PathUnescape(id)
		next, effects := quoted(s, in)
		return next, append(effects, SetHash{})
	}
	if kind == "anew" {
		next, effects, _ := postAnew(s, id, in)
		return next, append(effects, SetHash{})
	}
	if s.Article == nil || s.Composer != nil {
		return s, nil
	}
	for _, d := range s.Drafts {
		if d.Open && !s.Held[d.ID] && d.Article == s.Article.Slug && written(d) {
			next, effects := compose(s, d)
			next.Say = next.said().DraftBack
			next.Composer.Restored = true
			return next, effects
		}
	}
	return s, nil
}

// shutOpen stores an open form so that the next version opens it again.
func shutOpen(s State) (State, []Effect) {
	if s.Composer == nil || s.Composer.Posted || s.Composer.Elsewhere || !written(s.Composer.Draft) {
		return s, nil
	}
	return s, []Effect{SaveDraft{Draft: s.Composer.Draft}}
}
