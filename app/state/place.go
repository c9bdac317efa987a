package state

import (
	"marginalia/app/anchor"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

type (
	// ReadTo: the reader has stopped scrolling; At are the first words in sight, with
	// Block -1 at the article's beginning or past its end, where no place is kept.
	ReadTo struct{ At Point }

	// KeepPlace stores where the reader is in an article.
	KeepPlace struct {
		Slug  string
		Place replica.Place // zero to forget it
	}
	// GoTo scrolls so that a place of the text is the first in sight.
	GoTo struct{ At textpos.Rune }
)

func (ReadTo) action()    {}
func (KeepPlace) effect() {}
func (GoTo) effect()      {}

// placeWords is how many code points from the reader's place on are kept, to find it
// again when the text has changed before it.
const placeWords = 80

// readTo handles the reader's place, which is nothing on the screen.
func readTo(s State, a Action, _ Input) (State, []Effect, bool) {
	r, ok := a.(ReadTo)
	switch {
	case !ok:
		return s, nil, false
	case s.Article == nil || s.Past():
		return s, nil, true
	case r.At.Block < 0:
		return s, []Effect{KeepPlace{Slug: s.Article.Slug}}, true
	}
	at := s.Article.Rune(r.At)
	p := replica.Place{Revision: s.Article.Revision.ID, At: at}
	words := textpos.Span{Start: at, End: min(at+placeWords, s.Article.endOf())}
	if words = textpos.TrimSpace(s.Article.Canon, words); !words.Empty() {
		p.Words = anchor.Describe(s.Article.Canon, s.Article.Map.SnapGraphemes(words))
	}
	return s, []Effect{KeepPlace{Slug: s.Article.Slug, Place: p}}, true
}

// back is the way to where the reader was; nothing if that is not known, or if the
// page was opened for something else.
func back(s State, p replica.Place) []Effect {
	if s.Article == nil || p.Revision == "" || s.Past() || s.Composer != nil || s.Open != "" || s.Awaited != "" || s.Target != nil {
		return nil
	}
	at := min(p.At, s.Article.endOf())
	if p.Revision != s.Article.Revision.ID && len(p.Words) > 0 {
		if found := anchor.Locate(s.Article.Canon, p.Words); found.Status != anchor.Orphan {
			at = found.Start
		}
	}
	return []Effect{GoTo{At: at}}
}
