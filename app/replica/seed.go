package replica

import (
	"context"
	"fmt"

	"marginalia/app/article"
)

// Seed takes in what came with a web page: the article, if it is news to this
// device, and its feed from its start. A page may be older than what is here, as
// one that was kept for the time offline; nothing of it is then taken.
//
// A page with More has some of the notes only: they are taken in, but the feed then
// still counts as not begun.
//
// On a device that has read the feed before, only the rows that are new count, so
// that notes the reader sees already do not vanish until the first sync, and the
// cursor stays: a page holds what stands, not what went, so only sync can tell
// that a note is gone.
func (r *Replica) Seed(ctx context.Context, a article.Article, page Changes) error {
	err := r.update(ctx, func(b *batch) error {
		has, err := b.article(ctx, a.Slug)
		if err != nil {
			return err
		}
		another := has.Revision.ID != a.Revision.ID
		if another && has.Revision.ID != "" && a.Revision.Created.Before(has.Revision.Created) {
			return nil
		}
		if another {
			if err := b.takeArticle(ctx, a); err != nil {
				return err
			}
			if err := b.moveTo(ctx, page); err != nil {
				return err
			}
		}
		return b.seedFeed(ctx, a.Slug, page)
	})
	if err != nil {
		return fmt.Errorf("take in page of %s: %w", a.Slug, err)
	}
	return nil
}

// moveTo gives notes that are here the places that a page shows them at. Its rows
// are as old as the notes, its anchors as new as its text.
func (b *batch) moveTo(ctx context.Context, page Changes) error {
	for _, row := range page.Changes {
		n, err := b.note(ctx, row.note())
		if err != nil {
			return err
		}
		if n == nil || row.Anchor == nil || n.ETag != row.ETag || n.State != Published {
			continue
		}
		n.anchor(*row.Anchor, b)
		b.keep(n)
	}
	return nil
}

func (b *batch) seedFeed(ctx context.Context, slug string, page Changes) error {
	cursors := map[string]int64{}
	if err := readOr(ctx, b.store, Meta, metaCursors, &cursors); err != nil {
		return err
	}
	res := &Result{NewRevisions: map[string]string{}}
	if _, known := cursors[slug]; !known && !page.More {
		_, _, err := b.takeFeeds(ctx, Answer{Articles: map[string]Changes{slug: page}}, res)
		return err
	}
	who, _, err := b.meet(ctx, Reader{})
	if err != nil {
		return err
	}
	return b.takeRows(ctx, slug, page.Changes, cursors[slug], who, res)
}
