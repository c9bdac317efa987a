package server

import (
	"context"
	"errors"
	"fmt"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/store"
	"marginalia/app/textpos"
)

// placed is a note's target as the server sees it.
type placed struct {
	target annotation.Target
	text   *text // of the revision that the note was written on
	quote  string
	anchor *anchor.Anchor // nil for a reply and a note on the whole article
	newest string         // the revision that anchor counts in
}

// place looks a note's target up. The words of the claim come from the revision
// that the note names, never from the device; a note that names none was written
// on the newest.
func (s *Server) place(ctx context.Context, slug string, a annotation.Annotation) (placed, error) {
	art, err := s.store.Article(ctx, slug)
	if errors.Is(err, store.ErrNotFound) {
		return placed{}, wrong("/article", "is no article that is here")
	}
	if err != nil {
		return placed{}, err
	}
	if parent := a.Note().ReplyTo; parent != "" {
		return placed{target: annotation.Target{Source: parent}, text: s.texts.of(art.Revision), newest: art.Revision.ID}, nil
	}
	if a.Target.Source != slug {
		return placed{}, wrong("/annotation/target/source", "names another article than the change")
	}
	rev := art.Revision
	if id := a.Revision(); id != "" && id != rev.ID {
		rev, err = s.store.Revision(ctx, slug, id)
		if errors.Is(err, store.ErrNotFound) {
			return placed{}, wrong("/annotation/target/state/cached", "is no revision of this article")
		}
		if err != nil {
			return placed{}, err
		}
	}
	p := placed{
		text: s.texts.of(rev), newest: art.Revision.ID,
		target: annotation.Target{Source: slug, State: &annotation.State{
			Type: "TimeState", SourceDate: rev.Created.UTC().Format(time.RFC3339), Cached: rev.ID,
		}},
	}
	if len(a.Target.Selector) == 0 {
		return p, nil
	}
	span, err := findSpan(p.text, a)
	if err != nil {
		return placed{}, err
	}
	p.quote = textpos.Slice(p.text.canon, span)
	p.target.Selector = anchor.Describe(p.text.canon, span)
	at := s.anchorIn(art.Revision, p.target)
	p.anchor = &at
	return p, nil
}

// findSpan is where a note's selectors sit in t. A position must hold exactly
// the words that are quoted; a quote alone must be found, and once only.
func findSpan(t *text, a annotation.Annotation) (textpos.Span, error) {
	quote, quoted := a.Quote()
	span, counted := a.Position()
	if !counted {
		at := t.locator.Locate(a.Target.Selector)
		if at.Status != anchor.Exact {
			return span, wrong("/annotation/target/selector", "is not found in the revision, or not in one place only")
		}
		span = at.Span()
	}
	switch {
	case span.Empty():
		return span, wrong("/annotation/target/selector", "marks no words")
	case span.Start < 0 || span.End > textpos.Count(t.canon):
		return span, wrong("/annotation/target/selector", "reaches beyond the text")
	case quoted && textpos.Slice(t.canon, span) != quote.Exact:
		return span, wrong("/annotation/target/selector", "does not hold the words that are quoted")
	}
	return textpos.SnapGraphemes(t.canon, span), nil
}

// anchorIn places a target with selectors in rev.
func (s *Server) anchorIn(rev article.Revision, target annotation.Target) anchor.Anchor {
	return anchorIn(s.texts.of(rev).locator, rev.ID, target)
}

func anchorIn(t *anchor.Text, revision string, target annotation.Target) anchor.Anchor {
	a := annotation.Annotation{Target: target}
	if span, ok := a.Position(); ok && a.Revision() == revision {
		return anchor.Anchor{Start: span.Start, End: span.End, Status: anchor.Exact, Confidence: 1}
	}
	return t.Locate(target.Selector)
}

// Import makes rev the newest revision of slug and gives each of its notes its
// place there, all in one transaction. It reports false when rev is the newest
// already.
func Import(ctx context.Context, st store.Store, slug string, rev article.Revision) (bool, error) {
	t := anchor.NewText(rev.Text())
	var changed bool
	err := st.Update(ctx, func(tx store.Tx) error {
		var err error
		if changed, err = tx.PutRevision(slug, rev); err != nil || !changed {
			return err
		}
		notes, err := tx.Notes(slug)
		if err != nil {
			return err
		}
		for _, n := range notes {
			if err := reanchor(tx, t, rev.ID, n); err != nil {
				return fmt.Errorf("note %s: %w", n.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("import %s: %w", slug, err)
	}
	return changed, nil
}

// reanchor moves n to its place in revision. It is always found from the words
// it was written on, so that small changes of many revisions do not add up.
func reanchor(tx store.Tx, t *anchor.Text, revision string, n store.Note) error {
	if n.Anchor == nil {
		return nil
	}
	shown := &n.Annotation
	if n.Public != nil {
		shown = n.Public
	}
	at := anchorIn(t, revision, shown.Target)
	if at == *n.Anchor {
		return nil
	}
	if err := tx.PutAnchor(n.ID, at); err != nil || n.Public == nil {
		return err
	}
	_, err := tx.AppendFeed(n.Article, replica.RowAnchor, n.ID)
	return err
}
