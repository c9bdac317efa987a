package replica

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// metaBehind is the key of the slugs whose feeds were read in part only.
const metaBehind = "behind"

// stepRows is how many rows of a snapshot are taken in at once: what a slow phone
// does in between two frames.
const stepRows = 100

// ErrGap says that what a live stream told does not follow what is here.
var ErrGap = errors.New("not what comes next")

// Snapshots is what a Transport may have besides: the feed of an article in pages
// that are the same for every reader, so that caches can keep them. A page may be
// older than the feed; what it lacks comes after its cursor.
type Snapshots interface {
	Notes(ctx context.Context, slug string, since int64) (Changes, error)
}

// snapshots reads those of the feeds in follow that this device has not begun. What
// came after a snapshot is left to sync.
func (r *Replica) snapshots(ctx context.Context, t Snapshots, follow []string, res *Result) error {
	for _, slug := range follow {
		err := r.snapshot(ctx, t, slug, res)
		var refused *ServerError
		if err != nil && !errors.As(err, &refused) { // a feed refused here may come by sync
			return fmt.Errorf("snapshot of %s: %w", slug, err)
		}
	}
	return nil
}

func (r *Replica) snapshot(ctx context.Context, t Snapshots, slug string, res *Result) error {
	since := int64(0)
	for range maxLoops {
		page, err := t.Notes(ctx, slug, since)
		if err != nil {
			return err
		}
		has, err := r.hasRevision(ctx, slug)
		if err != nil {
			return err
		}
		if has != "" && page.Revision != has {
			return nil // sync brings the text with the notes
		}
		for _, step := range page.steps() {
			part, _, err := r.absorb(context.WithoutCancel(ctx), nil, Answer{Articles: map[string]Changes{slug: step}}, nil)
			if err != nil {
				return err
			}
			res.add(part)
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if !page.More || page.Cursor <= since {
			return nil
		}
		since = page.Cursor
	}
	return nil
}

// steps are the page in parts that are pages themselves.
func (c Changes) steps() []Changes {
	var parts []Changes
	for rows := range slices.Chunk(c.Changes, stepRows) {
		parts = append(parts, Changes{Cursor: rows[len(rows)-1].Seq, More: true, Revision: c.Revision, Changes: rows})
	}
	if len(parts) == 0 {
		return []Changes{c}
	}
	last := &parts[len(parts)-1]
	last.Cursor, last.More = c.Cursor, c.More
	return parts
}

// unread are those of the articles whose feeds this device has not begun.
func (r *Replica) unread(ctx context.Context, follow []string) (unread []string, err error) {
	cursors := map[string]int64{}
	if err := readOr(ctx, r.store, Meta, metaCursors, &cursors); err != nil {
		return nil, err
	}
	for _, slug := range follow {
		if _, known := cursors[slug]; !known {
			unread = append(unread, slug)
		}
	}
	return unread, nil
}

// mark notes whether an article's feed goes on behind what was taken in.
func (b *batch) mark(ctx context.Context, slug string, more bool) error {
	if b.behind == nil {
		b.behind = map[string]bool{}
		if err := readOr(ctx, b.store, Meta, metaBehind, &b.behind); err != nil {
			return err
		}
	}
	if b.behind[slug] == more {
		return nil
	}
	if b.behind[slug] = more; !more {
		delete(b.behind, slug)
	}
	return b.put(Meta, metaBehind, b.behind)
}

// Whole reports whether this device has had all of an article's feed, as it was
// when it was last read.
func (r *Replica) Whole(ctx context.Context, slug string) (bool, error) {
	cursors, behind := map[string]int64{}, map[string]bool{}
	if err := readOr(ctx, r.store, Meta, metaCursors, &cursors); err != nil {
		return false, err
	}
	if err := readOr(ctx, r.store, Meta, metaBehind, &behind); err != nil {
		return false, err
	}
	_, known := cursors[slug]
	return known && !behind[slug], nil
}

// Cursor is how far this device has read an article's feed.
func (r *Replica) Cursor(ctx context.Context, slug string) (int64, error) {
	cursors := map[string]int64{}
	err := readOr(ctx, r.store, Meta, metaCursors, &cursors)
	return cursors[slug], err
}

// Hear takes in a page of an article's feed that came by itself, by a live stream,
// and follows the cursor since. ErrGap says that something is missing in between,
// or behind it, or the text that it counts in: a round brings it.
func (r *Replica) Hear(ctx context.Context, slug string, since int64, page Changes) (res Result, err error) {
	err = r.update(ctx, func(b *batch) error {
		res = Result{}
		cursors := map[string]int64{}
		if err := readOr(ctx, b.store, Meta, metaCursors, &cursors); err != nil {
			return err
		}
		a, err := b.article(ctx, slug)
		if err != nil {
			return err
		}
		if at, known := cursors[slug]; !known || at < since || page.More || a.Revision.ID != page.Revision {
			return ErrGap
		}
		answer := Answer{Articles: map[string]Changes{slug: page}}
		if err := b.load(ctx, idsIn(nil, answer)); err != nil {
			return err
		}
		_, _, err = b.takeFeeds(ctx, answer, &res)
		return err
	})
	if err != nil {
		return Result{}, fmt.Errorf("hear of %s: %w", slug, err)
	}
	return res, nil
}
