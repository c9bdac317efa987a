package state

import (
	"marginalia/app/anchor"
	"marginalia/app/article"
	"marginalia/app/textpos"
)

// revise handles what the reader wants to know of an article's revisions.
func revise(s State, a Action, in Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case ShowChanges:
		s.News = nil
		s.Changes.Wanted = a.On
		next, effects := compare(s)
		return next, effects, true
	case CloseNews:
		s.News = nil
		return s, []Effect{Focus{FocusTarget{Kind: FocusStory}}}, true
	case RevisionHere:
		next, effects := revisionHere(s, a)
		return next, effects, true
	case Attach:
		return attach(s, a.ID, a.Span)
	case ChoosePlace:
		return choosePlace(s, a.ID)
	case TakeWords:
		return takeWords(s, in)
	}
	return s, nil, false
}

func revisionHere(s State, a RevisionHere) (State, []Effect) {
	if s.Article == nil || !s.Changes.Wanted || a.ID != s.Article.Before(s.Article.Revision.ID) {
		return s, nil
	}
	if a.Revision == nil {
		s.Changes.Wanted = false
		s.Say = s.said().NoEarlier
		return s, nil
	}
	s.Changes.Was = a.Revision
	return compare(s)
}

// compare makes or drops the comparison with the revision before; if that is not
// here it is asked for.
func compare(s State) (State, []Effect) {
	c := Changes{Wanted: s.Changes.Wanted, Was: s.Changes.Was}
	if s.Article == nil {
		return s, nil
	}
	before := s.Article.Before(s.Article.Revision.ID)
	if c.Was != nil && c.Was.ID != before {
		c.Was = nil
	}
	c.Wanted = c.Wanted && before != ""
	switch {
	case !c.Wanted:
	case c.Was == nil:
		s.Changes = c
		return s, []Effect{FetchRevision{Slug: s.Article.Slug, ID: before}}
	default:
		c.Blocks = article.Compare(*c.Was, s.Article.Revision)
		spans, gone := article.ChangedSentences(s.Article.Revision, c.Blocks)
		c.Sentences, c.Notes = len(spans)+gone, notesOn(s.Notes, spans)
	}
	s.Changes = c
	return s, nil
}

// notesOn counts the notes that stand on one of the spans, which are in order.
func notesOn(notes []Note, spans []textpos.Span) int {
	count := 0
	for _, n := range notes {
		if !placed(&n) {
			continue
		}
		for _, s := range spans {
			if n.Anchor.Start < s.End && s.Start < n.Anchor.End {
				count++
				break
			}
		}
	}
	return count
}

// correct takes over another revision of the article on the page. told says
// whether the reader, who has the old text in sight, is to be told of it.
func correct(s State, a article.Article, told bool) State {
	old := s.Article
	s.Article = Prepare(a)
	s.Selection, s.Picker, s.Moving, s.Guesses = nil, Picker{}, "", nil
	s = findClaims(s)
	if s.Composer != nil {
		s.Article = s.Article.ready()
	}
	if old == nil {
		return s
	}
	if a.Before(a.Revision.ID) == old.Revision.ID {
		s.Changes.Was = &old.Revision
	}
	if told {
		spans, gone := article.ChangedSentences(a.Revision, article.Compare(old.Revision, a.Revision))
		s.News = &News{Revision: a.Number(a.Revision.ID), Sentences: len(spans) + gone}
	}
	return s
}

// struck counts the own notes of now whose words stood in before and no longer do.
func struck(before, now []Note) int {
	was := make(map[string]bool, len(before))
	for _, n := range before {
		was[n.ID] = intact(n)
	}
	count := 0
	for _, n := range now {
		if n.Mine && was[n.ID] && !intact(n) {
			count++
		}
	}
	return count
}

func intact(n Note) bool {
	return n.Anchor != nil && (n.Anchor.Status == anchor.Exact || n.Anchor.Status == anchor.Moved)
}
