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
		shown := &Note{
			ID: row.Annotation.ID, Article: slug, ETag: row.ETag, Annotation: *row.Annotation,
			Anchor: row.Anchor, Mine: row.by(who),
		}
		shown.turn(Published, byFeed)
		b.keep(shown)
	case n == nil:
	case row.Op == RowPut && row.Annotation != nil:
		n.publicPut(row, b)
		b.keep(n)
	case row.Op == RowDelete && !n.Mine:
		b.drop(n)
	case row.Op == RowDelete:
		n.publicDelete(b.settledOn(n), b.now)
		b.keep(n)
	case row.Op == RowAnchor && row.Anchor != nil && n.State != Deleted && n.publicWords():
		n.anchor(*row.Anchor, b)
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
func (n *Note) publicPut(row Row, b *batch) {
	switch {
	case n.State == Deleted:
		return
	case b.settledOn(n) && (n.State == Published || n.ETag == row.ETag):
		if n.State != Published || n.ETag != row.ETag {
			n.log(Published, b.now, "")
		}
		if n.ETag != row.ETag {
			n.Before = nil
		}
		if !n.turn(Published, byFeed) {
			return
		}
		n.ETag, n.Public = row.ETag, nil
		n.Annotation = *row.Annotation // now with its creator and the server's times
	default:
		n.Public = row.Annotation
	}
	if row.Anchor != nil && n.publicWords() {
		n.anchor(*row.Anchor, b)
	}
}

// publicWords reports whether n is about the words that its public version is
// about: what the server says of that one's place is then true of n.
func (n *Note) publicWords() bool { return n.Public == nil || sameWords(*n.Public, n.Annotation) }

// publicDelete is an own note that others no longer see. If it was taken down,
// the author-only feed says why.
func (n *Note) publicDelete(settled bool, at time.Time) {
	n.Public = nil
	if settled && n.State == Published && n.turn(Rejected, byFeed) {
		n.record(Event{State: Rejected, At: at, By: ByModerator})
	}
}
