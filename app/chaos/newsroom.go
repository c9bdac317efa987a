package chaos

import (
	"context"
	"fmt"

	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/server"
	"marginalia/app/store"
)

// all is more rows than there are.
const all = 1 << 30

// work is one thing that moderators and editors do: decide on what waits, give a
// note another place, correct an article.
func (f *Fleet) work(ctx context.Context) error {
	switch n := f.rng.IntN(20); {
	case n < 15:
		return f.decide(ctx)
	case n < 18:
		return f.reattach(ctx)
	default:
		return f.correct(ctx)
	}
}

func (f *Fleet) decide(ctx context.Context) error {
	held, err := f.newsroom.Held(ctx)
	if err != nil || len(held) == 0 {
		return err
	}
	decision := []moderation.Decision{moderation.Publish, moderation.Reject}[f.rng.IntN(2)]
	n := held[f.rng.IntN(len(held))]
	return f.aside(ctx, n, func() (store.Note, error) {
		f.tracef("a moderator decides on %s: %s", n.ID, decision)
		return server.Decide(ctx, f.newsroom, n.ID, decision, "As the rules say.", f.clock.Now())
	})
}

func (f *Fleet) reattach(ctx context.Context) error {
	notes, err := f.newsroom.Notes(ctx, f.slugs[f.rng.IntN(len(f.slugs))])
	if err != nil || len(notes) == 0 {
		return err
	}
	n := notes[f.rng.IntN(len(notes))]
	if n.Anchor == nil {
		return nil
	}
	a, err := f.newsroom.Article(ctx, n.Article)
	if err != nil {
		return err
	}
	sentences := a.Revision.Sentences()
	return f.aside(ctx, n, func() (store.Note, error) {
		f.tracef("a moderator gives %s another place", n.ID)
		return server.Reattach(ctx, f.newsroom, n.ID, sentences[f.rng.IntN(len(sentences))].Span, f.clock.Now())
	})
}

// aside does something to a note past the proxy, and tells the ledger.
func (f *Fleet) aside(ctx context.Context, n store.Note, do func() (store.Note, error)) error {
	feed, mine, err := f.ends(ctx, n.Article, n.Reader)
	if err != nil {
		return err
	}
	after, err := do()
	if err != nil {
		return fmt.Errorf("newsroom: %w", err)
	}
	feedAfter, mineAfter, err := f.ends(ctx, n.Article, n.Reader)
	if err != nil {
		return err
	}
	f.Ledger.decided(after, feedAfter-feed, mineAfter-mine)
	return nil
}

// ends are where an article's feed and a reader's own one end.
func (f *Fleet) ends(ctx context.Context, slug, reader string) (feed, mine int64, err error) {
	// From where they are known to end, so that it takes no time.
	page, err := f.newsroom.Feed(ctx, slug, f.Ledger.feeds[slug], all)
	if err != nil {
		return 0, 0, err
	}
	own, err := f.newsroom.Mine(ctx, reader, f.Ledger.mine[reader], all)
	return page.Cursor, own.Cursor, err
}

// correct gives an article a new revision: one of its blocks says something else.
func (f *Fleet) correct(ctx context.Context) error {
	slug := f.slugs[f.rng.IntN(len(f.slugs))]
	a, err := f.newsroom.Article(ctx, slug)
	if err != nil {
		return err
	}
	blocks := append([]article.Block{}, a.Revision.Blocks...)
	at := 1 + f.rng.IntN(len(blocks)-1)
	blocks[at].Text = fmt.Sprintf("As %s counted, %s", words(f.number()), blocks[at].Text)
	rev, err := article.NewRevision(a.Revision.Title, a.Revision.Language, blocks, f.clock.Now())
	if err != nil {
		return err
	}
	before, _, err := f.ends(ctx, slug, "")
	if err != nil {
		return err
	}
	f.tracef("%s is corrected: %s", slug, rev.ID)
	if _, err := server.Import(ctx, f.newsroom, slug, rev); err != nil {
		return err
	}
	after, _, err := f.ends(ctx, slug, "")
	f.Ledger.mu.Lock()
	defer f.Ledger.mu.Unlock()
	f.Ledger.feeds[slug] += after - before
	return err
}

// feed reads an article's whole feed from the server itself.
func (f *Fleet) feed(ctx context.Context, slug string) (replica.Changes, error) {
	var whole replica.Changes
	for {
		var page replica.Changes
		path := fmt.Sprintf("/api/v1/articles/%s/notes?since=%d", slug, whole.Cursor)
		if err := f.devices[0].wire.exchange(ctx, "GET", path, nil, &page); err != nil {
			return whole, err
		}
		page.Changes = append(whole.Changes, page.Changes...)
		if whole = page; !page.More {
			return whole, nil
		}
	}
}
