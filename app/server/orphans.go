package server

import (
	"context"
	"fmt"

	"marginalia/app/anchor"
	"marginalia/app/store"
	"marginalia/app/textpos"
)

// mostGuesses is how many places a lost note is offered.
const mostGuesses = 3

// Orphan is a note that lost its place.
type Orphan struct {
	Note    store.Note
	Guesses []Guess // the best first, three at most
}

// Guess is a place that might be meant, in the article's newest revision.
type Guess struct {
	Span       textpos.Span
	Words      string
	Confidence float64 // 0 to 1
}

// Orphans lists the notes that lost their place, of one article or, for an empty
// slug, of all: articles in the order of the list, notes by id. It returns
// store.ErrNotFound for an unknown article.
func Orphans(ctx context.Context, st store.Store, slug string) ([]Orphan, error) {
	slugs := []string{slug}
	if slug == "" {
		list, err := st.Articles(ctx)
		if err != nil {
			return nil, err
		}
		slugs = slugs[:0]
		for _, a := range list {
			slugs = append(slugs, a.Slug)
		}
	}
	var all []Orphan
	for _, slug := range slugs {
		lost, err := orphansOf(ctx, st, slug)
		if err != nil {
			return nil, fmt.Errorf("orphans of %s: %w", slug, err)
		}
		all = append(all, lost...)
	}
	return all, nil
}

func orphansOf(ctx context.Context, st store.Store, slug string) ([]Orphan, error) {
	art, err := st.Article(ctx, slug)
	if err != nil {
		return nil, err
	}
	notes, err := st.Notes(ctx, slug)
	if err != nil {
		return nil, err
	}
	var lost []Orphan
	text := anchor.NewText(art.Revision.Text())
	var sentences []textpos.Span
	for _, n := range notes {
		if n.Anchor == nil || n.Anchor.Status != anchor.Orphan {
			continue
		}
		if sentences == nil {
			for _, s := range art.Revision.Sentences() {
				sentences = append(sentences, s.Span)
			}
		}
		o := Orphan{Note: n}
		for _, at := range text.Guess(n.Annotation.Target.Selector, sentences, mostGuesses) {
			o.Guesses = append(o.Guesses, Guess{at.Span(), text.Map().Slice(at.Span()), at.Confidence})
		}
		lost = append(lost, o)
	}
	return lost, nil
}
