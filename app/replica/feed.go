package replica

import (
	"context"
	"time"
)

// note is the id of the note that a feed row is about, empty if it is about none.
func (row Row) note() string {
	switch {
	case row.Op == RowRevision:
		return ""
	case row.Annotation != nil:
		return row.Annotation.ID
	}
	return row.ID
}

// takeRow takes in one row of an article's public feed.
func (b *batch) takeRow(ctx context.Context, slug string, row Row, who Reader) error {
	n, err := b.note(ctx, row.note())
	if err != nil || row.note() == "" {
		return err
	}
	switch {
	case row.Op == RowPut && row.Annotation != nil && (n == nil || !n.Mine):
		b.keep(&Note{
			ID: row.Annotation.ID, Article: slug, State: Published, ETag: row.ETag, Annotation: *row.Annotation,
			Anchor: row.Anchor, Mine: row.by(who),
		})
	case n == nil:
	case row.Op == RowPut && row.Annotation != nil:
		n.publicPut(row, b.settledOn(n), b.now)
		b.keep(n)
	case row.Op == RowDelete && !n.Mine:
		b.drop(n)
	case row.Op == RowDelete:
		n.publicDelete(b.settledOn(n), b.now)
		b.keep(n)
	case row.Op == RowAnchor && n.State != Deleted:
		n.Anchor = row.Anchor
		b.keep(n)
	}
	return nil
}

// by reports whether who wrote the row's note, perhaps on another device.
func (row Row) by(who Reader) bool {
	by := row.Annotation.Creator
	return by != nil && who.ID != "" && by.ID == who.ID
}

// settledOn reports whether the server has seen the device's words for n.
func (b *batch) settledOn(n *Note) bool { return !b.outbox.has(n.ID) && !n.unsent() }

// publicPut is how an own note is seen by others. Unless the device's version is
// public itself, another one here does not replace it: it may be what was public
// before a held edit. The author-only feed tells that.
func (n *Note) publicPut(row Row, settled bool, at time.Time) {
	switch {
	case n.State == Deleted:
		return
	case settled && (n.State == Published || n.ETag == row.ETag):
		if n.State != Published || n.ETag != row.ETag {
			n.log(Published, at, "")
		}
		if n.ETag != row.ETag {
			n.Before = nil
		}
		n.State, n.ETag, n.Public = Published, row.ETag, nil
		n.Annotation = *row.Annotation // now with its creator and the server's times
	default:
		n.Public = row.Annotation
	}
	if row.Anchor != nil {
		n.Anchor = row.Anchor
	}
}

// publicDelete is an own note that others no longer see. If it was taken down,
// the author-only feed says why.
func (n *Note) publicDelete(settled bool, at time.Time) {
	n.Public = nil
	if settled && n.State == Published {
		n.State = Rejected
		n.log(Rejected, at, "")
	}
}
