package replica

import (
	"context"
	"maps"
	"slices"

	"marginalia/app/article"
)

// absorb takes in the answer to a request, and the texts that its anchors count
// in, all in one write. again reports whether the server has more or the outbox is not empty, and this answer brought
// it nearer.
func (r *Replica) absorb(ctx context.Context, sent []Change, answer Answer, texts []article.Article) (res Result, again bool, err error) {
	err = r.update(ctx, func(b *batch) error {
		res = Result{Policy: answer.Policy, NewRevisions: map[string]string{}}
		if err := b.load(ctx, idsIn(sent, answer)); err != nil {
			return err
		}
		for _, o := range answer.Outcomes {
			if err := b.settle(ctx, o, &res); err != nil {
				return err
			}
		}
		for _, a := range texts {
			if err := b.takeArticle(ctx, a); err != nil {
				return err
			}
			res.NewRevisions[a.Slug] = a.Revision.ID
		}
		moved, more, err := b.takeFeeds(ctx, answer, &res)
		if err != nil {
			return err
		}
		if err := b.release(ctx, sent); err != nil {
			return err
		}
		res.Changed = slices.Sorted(maps.Keys(b.slugs))
		res.Reader = b.outbox.renamed(res.Reader)
		again = (more || len(b.outbox) > 0) && (res.Sent > 0 || moved)
		return nil
	})
	return res, again, err
}

// idsIn lists the notes that a request and its answer speak of.
func idsIn(sent []Change, answer Answer) []string {
	seen := map[string]bool{}
	for _, c := range sent {
		seen[c.subject()] = true
	}
	for _, page := range answer.Articles {
		for _, row := range page.Changes {
			seen[row.note()] = true
		}
	}
	for _, row := range answer.Mine.Changes {
		seen[row.ID] = true
	}
	delete(seen, "")
	return slices.Sorted(maps.Keys(seen))
}

// takeFeeds takes in every page of an answer. moved reports whether a cursor went
// forward, more whether a feed goes on.
//
// While a change is without its outcome the cursors stay: that outcome may be
// older than rows read now, and must then be followed by them once more.
func (b *batch) takeFeeds(ctx context.Context, answer Answer, res *Result) (moved, more bool, err error) {
	who, other, err := b.meet(ctx, answer.Reader)
	if err != nil {
		return false, false, err
	}
	res.Reader = who
	cursors := map[string]int64{}
	if err := readOr(ctx, b.store, Meta, metaCursors, &cursors); err != nil {
		return false, false, err
	}
	before := maps.Clone(cursors)
	// First what became of own notes, so that the public rows need not guess.
	if other {
		// The cursor was of another reader's feed, so this page may have a gap.
		moved, more = true, true
		err = b.put(Meta, metaMine, 0)
	} else {
		more = answer.Mine.More
		moved, err = b.takeMine(ctx, answer.Mine, res)
	}
	if err != nil {
		return false, false, err
	}
	for _, slug := range slices.Sorted(maps.Keys(answer.Articles)) {
		page := answer.Articles[slug]
		if err := b.takePage(ctx, slug, page, cursors, who, res); err != nil {
			return false, false, err
		}
		more = more || page.More
	}
	if !maps.Equal(before, cursors) && !b.outbox.flying() {
		moved = true
		err = b.put(Meta, metaCursors, cursors)
	}
	return moved, more, err
}

// meet stores who the server says the reader is. other reports that the session
// is now another reader's than before.
func (b *batch) meet(ctx context.Context, who Reader) (known Reader, other bool, err error) {
	if err := readOr(ctx, b.store, Meta, metaReader, &known); err != nil {
		return Reader{}, false, err
	}
	if who.ID == "" || who == known {
		return known, false, nil
	}
	return who, known.ID != "" && known.ID != who.ID, b.put(Meta, metaReader, who)
}

// takePage takes in the rows of an article's feed that are new to the device, and
// moves its cursor forward, never back.
func (b *batch) takePage(ctx context.Context, slug string, page Changes, cursors map[string]int64, who Reader, res *Result) error {
	if err := b.takeRows(ctx, slug, page.Changes, cursors[slug], who, res); err != nil {
		return err
	}
	if page.Cursor < cursors[slug] {
		return nil
	}
	cursors[slug] = page.Cursor
	return b.mark(ctx, slug, page.More)
}

func (b *batch) takeRows(ctx context.Context, slug string, rows []Row, since int64, who Reader, res *Result) error {
	for _, row := range rows {
		if row.Seq <= since {
			continue
		}
		res.Received++
		if err := b.takeRow(ctx, slug, row, who); err != nil {
			return err
		}
	}
	return nil
}
