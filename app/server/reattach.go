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

// ErrNoWords is returned by [Reattach] for a note or a span without words.
var ErrNoWords = errors.New("there are no words to stand on")

// Reattach gives a note another place, in the newest revision of its article, as
// a moderator decides: span counts in that revision's text. What its readers and
// its author see follows; the note's words stay. Giving a note the place it has
// changes nothing. The error is store.ErrNotFound for an unknown or deleted note.
func Reattach(ctx context.Context, st store.Store, id string, span textpos.Span, now time.Time) (store.Note, error) {
	var n store.Note
	err := st.Update(ctx, func(tx store.Tx) error {
		var err error
		if n, err = tx.Note(id); err != nil {
			return err
		}
		if n.State == replica.Deleted {
			return fmt.Errorf("it is deleted: %w", store.ErrNotFound)
		}
		art, err := tx.Article(n.Article)
		if err != nil {
			return err
		}
		target, err := targetOn(art.Revision, n, span)
		if err != nil {
			return err
		}
		if sameTarget(n.Annotation.Target, target) && (n.Public == nil || sameTarget(n.Public.Target, target)) {
			return nil
		}
		return attach(tx, &n, target, now)
	})
	if err != nil {
		return store.Note{}, fmt.Errorf("attach %s: %w", id, err)
	}
	return n, nil
}

// targetOn is the target of a note on span of rev.
func targetOn(rev article.Revision, n store.Note, span textpos.Span) (annotation.Target, error) {
	text := rev.Text()
	if n.Anchor == nil || span.Start < 0 || span.End > textpos.Count(text) {
		return annotation.Target{}, ErrNoWords
	}
	span = textpos.TrimSpace(text, textpos.SnapGraphemes(text, span))
	if span.Empty() {
		return annotation.Target{}, ErrNoWords
	}
	return annotation.Target{
		Source: n.Article,
		State: &annotation.State{
			Type: "TimeState", SourceDate: rev.Created.UTC().Format(time.RFC3339), Cached: rev.ID,
		},
		Selector: anchor.Describe(text, span),
	}, nil
}

func sameTarget(a, b annotation.Target) bool {
	x, y := annotation.Annotation{Target: a}, annotation.Annotation{Target: b}
	inX, _ := x.Position()
	inY, _ := y.Position()
	return inX == inY && x.Revision() == y.Revision()
}

// attach stores n on target, in the version that is public and in one that waits.
func attach(tx store.Tx, n *store.Note, target annotation.Target, now time.Time) error {
	n.Annotation.Target = target
	n.ETag, n.Updated = annotation.ETag(n.Annotation), now.UTC()
	if n.Public != nil {
		public := *n.Public
		public.Target = target
		n.Public, n.PublicETag = &public, annotation.ETag(public)
	}
	written, _ := n.Annotation.Position()
	n.Anchor = &anchor.Anchor{Start: written.Start, End: written.End, Status: anchor.Exact, Confidence: 1}
	return save(tx, *n, rowIf(n.Public != nil, replica.RowPut))
}
