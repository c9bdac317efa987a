package sqlite

import (
	"context"
	"errors"
	"fmt"

	"marginalia/app/replica"
	"marginalia/app/store"
)

// Feed reads an article's public feed.
//
// The head is read first and bounds the rows, so the page is consistent without
// a transaction: a row that is superseded in between is missing here, and the
// row that superseded it comes after the cursor. Anchors count in the newest
// revision, so if that changed in between the page is read anew.
func (s *Store) Feed(ctx context.Context, slug string, since int64, limit int) (replica.Changes, error) {
	since, limit = max(since, 0), max(limit, 0)
	page := replica.Changes{Cursor: since}
	var end int64
	var rows []replica.Row
	for {
		if err := s.read.feedHead.QueryRowContext(ctx, slug).Scan(&page.Revision, &end); err != nil {
			return replica.Changes{}, notFound(err, "article %s", slug)
		}
		anchored := page.Revision
		var err error
		rows, err = list(ctx, s.read.feed, func(from scanner) (replica.Row, error) { return scanRow(from, &anchored) }, slug, since, end, limit+1)
		if err != nil {
			return replica.Changes{}, fmt.Errorf("feed of %s: %w", slug, err)
		}
		if anchored == page.Revision {
			break
		}
	}
	page.More = len(rows) > limit
	page.Changes = rows[:min(len(rows), limit)]
	if n := len(page.Changes); n > 0 {
		page.Cursor = page.Changes[n-1].Seq
	}
	if !page.More {
		page.Cursor = end
	}
	return page, nil
}

// scanRow also says in which revision the anchors count.
func scanRow(from scanner, revision *string) (replica.Row, error) {
	var row replica.Row
	var etag *string
	var public, anchor []byte
	if err := from.Scan(&row.Seq, &row.Op, &row.ID, &etag, &public, &anchor, revision); err != nil {
		return row, err
	}
	switch row.Op {
	case replica.RowAnchor:
		return row, decode(anchor, &row.Anchor)
	case replica.RowPut:
		row.ID = ""
		if etag != nil {
			row.ETag = *etag
		}
		return row, errors.Join(decode(public, &row.Annotation), decode(anchor, &row.Anchor))
	}
	return row, nil
}

// Mine reads a reader's author-only feed, in the same way as Feed.
func (s *Store) Mine(ctx context.Context, reader string, since int64, limit int) (replica.MinePage, error) {
	since, limit = max(since, 0), max(limit, 0)
	page := replica.MinePage{Cursor: since}
	var end int64
	if err := s.read.mineHead.QueryRowContext(ctx, reader).Scan(&end); err != nil {
		return replica.MinePage{}, fmt.Errorf("own notes of %s: %w", reader, err)
	}
	rows, err := list(ctx, s.read.mine, func(row scanner) (replica.MineRow, error) {
		var seq int64
		n, err := scanNote(row, &seq)
		return store.MineRow(seq, n), err
	}, reader, since, end, limit+1)
	if err != nil {
		return replica.MinePage{}, fmt.Errorf("own notes of %s: %w", reader, err)
	}
	page.More = len(rows) > limit
	page.Changes = rows[:min(len(rows), limit)]
	if n := len(page.Changes); n > 0 {
		page.Cursor = page.Changes[n-1].Seq
	}
	if !page.More {
		page.Cursor = end
	}
	return page, nil
}
