package replica

import (
	"context"
	"time"
)

// takeMine takes in a page of the author-only feed and reports whether its cursor
// went forward.
func (b *batch) takeMine(ctx context.Context, page MinePage, res *Result) (bool, error) {
	var cursor int64
	if err := readOr(ctx, b.store, Meta, metaMine, &cursor); err != nil {
		return false, err
	}
	for _, row := range page.Changes {
		if row.Seq <= cursor {
			continue
		}
		res.Received++
		if err := b.takeMineRow(ctx, row); err != nil {
			return false, err
		}
	}
	if page.Cursor <= cursor || b.outbox.flying() {
		return false, nil
	}
	return true, b.put(Meta, metaMine, page.Cursor)
}

// takeMineRow takes in what another device of the reader's did, or a moderator
// decided. It never replaces words that the server does not have.
func (b *batch) takeMineRow(ctx context.Context, row MineRow) error {
	n, err := b.note(ctx, row.ID)
	switch {
	case err != nil:
		return err
	case n == nil && (row.Annotation == nil || row.State == Deleted):
		return nil // gone before this device heard of it
	case n == nil:
		n = &Note{ID: row.ID, Article: row.Article}
	case n.State == Deleted:
		return nil // deletes are final
	}
	n.Mine = true
	switch {
	case !b.settledOn(n):
		n.hear(row, b.now)
	case row.State == Deleted:
		n.bury(byFeed, Event{At: b.now, What: whatDelete, By: ByDevice})
	default:
		n.adopt(row, b.now)
		if n.State != Published || n.Anchor == nil {
			err = b.place(ctx, n)
		}
	}
	b.keep(n)
	return err
}

// hear records what happened to the server's version of a note while this device
// has newer words. The etag stays what those words are based on, so the server
// will see a conflict where there is one.
func (n *Note) hear(row MineRow, at time.Time) {
	if n.State == Conflict {
		if n.Theirs != nil && n.Theirs.ETag == row.ETag && n.Theirs.State == row.State {
			return // the outcome has told it already
		}
		n.ETag, n.Theirs = row.ETag, &Current{ETag: row.ETag, State: row.State, Annotation: row.Annotation}
	}
	switch row.State {
	case Published:
		n.Public = row.Annotation
	case Deleted:
		n.Public = nil
	}
	if n.lastState() != row.State {
		n.record(n.told(row, at))
	}
}

// adopt makes the server's version this device's.
func (n *Note) adopt(row MineRow, at time.Time) {
	if !can(n.State, row.State, byFeed) {
		return
	}
	if n.State != row.State || n.ETag != row.ETag || n.Reason != row.Reason || len(n.Events) == 0 {
		n.record(n.told(row, at))
	}
	switch {
	case row.State == Published:
		n.Public = nil
	case n.State == Published && n.ETag != row.ETag: // an edit that is not public
		n.unpublish()
	case n.State == Published: // taken down
		n.Public = nil
	}
	if n.ETag != row.ETag {
		n.Before = nil
	}
	if row.Annotation != nil {
		n.Annotation = *row.Annotation
	}
	if row.Verdict != nil {
		n.Verdict = row.Verdict
	}
	n.turn(row.State, byFeed)
	n.ETag, n.Reasons, n.Reason = row.ETag, row.Reasons, row.Reason
	n.Problem, n.Theirs, n.Was = nil, nil, nil
}
