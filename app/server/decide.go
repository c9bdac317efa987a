package server

import (
	"context"
	"errors"
	"fmt"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/store"
)

// ErrNotWaiting is returned by [Decide] for a note that no moderator has to
// decide on.
var ErrNotWaiting = errors.New("the note does not wait for a decision")

// Decide carries out a moderator's decision on a note that waits: it is
// published, or rejected with a reason for its author. What was public of a
// rejected edit stays so. The error is store.ErrNotFound for an unknown id.
func Decide(ctx context.Context, st store.Store, id string, d moderation.Decision, reason string, now time.Time) (store.Note, error) {
	var n store.Note
	err := st.Update(ctx, func(tx store.Tx) error {
		var err error
		if n, err = tx.Note(id); err != nil {
			return err
		}
		if !store.Waits(n) {
			return fmt.Errorf("it is %s: %w", n.State, ErrNotWaiting)
		}
		n.Appeal, n.Reason, n.Reasons, n.Updated = false, reason, nil, now.UTC()
		switch d {
		case moderation.Publish:
			return publish(tx, &n)
		case moderation.Reject:
			n.State = replica.Rejected
			return save(tx, n, "")
		}
		return fmt.Errorf("%q is no decision on a held note", d)
	})
	if err != nil {
		return store.Note{}, fmt.Errorf("decide on %s: %w", id, err)
	}
	return n, nil
}

// publish makes the newest version of n public, at its place in the newest
// revision: the article may have changed while the note waited.
func publish(tx store.Tx, n *store.Note) error {
	a := n.Annotation
	n.State, n.Public, n.PublicETag, n.Anchor = replica.Published, &a, n.ETag, nil
	if len(a.Target.Selector) > 0 {
		art, err := tx.Article(n.Article)
		if err != nil {
			return err
		}
		at := placeIn(art.Revision.ID, art.Revision.Text(), a)
		n.Anchor = &at
	}
	return save(tx, *n, replica.RowPut)
}

func placeIn(revision, text string, a annotation.Annotation) anchor.Anchor {
	return anchorIn(anchor.NewText(text), revision, a.Target)
}

// ErrNotPublic is returned by [TakeDown] for a note that nobody but its author sees.
var ErrNotPublic = errors.New("the note is not public")

// TakeDown removes what is public of a note: the feed says that it is gone, and
// no snapshot that holds it is served any more. Its author keeps the words, with
// the reason; an edit of it waits for a moderator. A decision that the note waited
// for is taken with it. The error is store.ErrNotFound for an unknown id.
func TakeDown(ctx context.Context, st store.Store, id, reason string, now time.Time) (store.Note, error) {
	var n store.Note
	err := st.Update(ctx, func(tx store.Tx) error {
		var err error
		if n, err = tx.Note(id); err != nil {
			return err
		}
		if n.Public == nil {
			return fmt.Errorf("it is %s: %w", n.State, ErrNotPublic)
		}
		n.State, n.Public, n.PublicETag, n.Anchor = replica.Rejected, nil, "", nil
		n.Appeal, n.Reason, n.Reasons, n.Updated = false, reason, nil, now.UTC()
		return save(tx, n, replica.RowDelete)
	})
	if err != nil {
		return store.Note{}, fmt.Errorf("take down %s: %w", id, err)
	}
	return n, nil
}
