package memory

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/store"
)

// Articles lists all articles.
func (s *Store) Articles(ctx context.Context) (list []article.Summary, err error) {
	err = s.view(ctx, func() error {
		list = s.summaries()
		return nil
	})
	return list, err
}

// Article returns one article.
func (s *Store) Article(ctx context.Context, slug string) (a article.Article, err error) {
	err = s.view(ctx, func() error {
		a, err = s.article(slug)
		return err
	})
	return a, err
}

// Revision returns one revision.
func (s *Store) Revision(ctx context.Context, slug, id string) (r article.Revision, err error) {
	err = s.view(ctx, func() error {
		r, err = s.revision(slug, id)
		return err
	})
	return r, err
}

// Note returns one note.
func (s *Store) Note(ctx context.Context, id string) (n store.Note, err error) {
	err = s.view(ctx, func() error {
		n, err = s.note(id)
		return err
	})
	return n, err
}

// Notes lists the notes of an article.
func (s *Store) Notes(ctx context.Context, slug string) (list []store.Note, err error) {
	err = s.view(ctx, func() error {
		list, err = s.notesOf(slug)
		return err
	})
	return list, err
}

// Held lists the notes that wait.
func (s *Store) Held(ctx context.Context) (list []store.Note, err error) {
	err = s.view(ctx, func() error {
		list, err = s.selectNotes(store.Waits)
		return err
	})
	slices.SortStableFunc(list, func(a, b store.Note) int { return a.Updated.Compare(b.Updated) })
	return list, err
}

// Recent lists the public notes, the last to come first.
func (s *Store) Recent(ctx context.Context, slug string, limit int) (list []store.Note, err error) {
	err = s.view(ctx, func() error {
		list, err = s.selectNotes(func(n store.Note) bool { return n.Public != nil && (slug == "" || n.Article == slug) })
		slices.SortFunc(list, func(a, b store.Note) int { return s.came[b.ID] - s.came[a.ID] })
		return err
	})
	return list[:min(len(list), max(limit, 0))], err
}

// LastShown finds the public note that came last to each article's feed.
func (s *Store) LastShown(ctx context.Context) (map[string]time.Time, error) {
	last := map[string]time.Time{}
	err := s.view(ctx, func() error {
		for slug, it := range s.articles {
			for seq := int64(len(it.feed.rows)); seq > 0; seq-- {
				if r, ok := s.shown(&it.feed, seq, 0); ok && r.Op == replica.RowPut {
					last[slug] = store.ShownAt(s.notes[r.Annotation.ID])
					break
				}
			}
		}
		return nil
	})
	return last, err
}

// SourceCheck returns the last check of an address.
func (s *Store) SourceCheck(ctx context.Context, url string) (c store.SourceCheck, err error) {
	err = s.view(ctx, func() error {
		var ok bool
		if c, ok = s.checks[url]; !ok {
			return fmt.Errorf("check of a source: %w", store.ErrNotFound)
		}
		return nil
	})
	return c, err
}

// ReaderBySession returns whose session tokenHash is.
func (s *Store) ReaderBySession(ctx context.Context, tokenHash []byte) (r store.Reader, err error) {
	err = s.view(ctx, func() error {
		id, ok := s.sessions[string(tokenHash)]
		if !ok {
			return fmt.Errorf("session: %w", store.ErrNotFound)
		}
		r = s.readers[id]
		return nil
	})
	return r, err
}

// Feed reads an article's public feed.
func (s *Store) Feed(ctx context.Context, slug string, since int64, limit int) (page replica.Changes, err error) {
	err = s.view(ctx, func() error {
		it, ok := s.articles[slug]
		if !ok {
			return fmt.Errorf("article %s: %w", slug, store.ErrNotFound)
		}
		page, err = s.feedPage(it, max(since, 0), limit)
		return err
	})
	return page, err
}

// Mine reads a reader's author-only feed.
func (s *Store) Mine(ctx context.Context, reader string, since int64, limit int) (page replica.MinePage, err error) {
	err = s.view(ctx, func() error {
		page, err = s.minePage(reader, max(since, 0), limit)
		return err
	})
	return page, err
}

func (s *Store) summaries() []article.Summary {
	list := []article.Summary{}
	at := map[string]map[string]int{} // the notes of each article by stance
	for slug, it := range s.articles {
		rev := it.revisions[it.newest]
		rev.Created = it.updated
		sum := store.Summarize(slug, rev, it.created)
		at[slug] = sum.Notes
		list = append(list, sum)
	}
	for _, n := range s.notes {
		if stance := store.StanceOf(n.Public); stance != "" {
			at[n.Article][string(stance)]++
		}
	}
	slices.SortFunc(list, func(a, b article.Summary) int {
		return cmp.Or(b.Created.Compare(a.Created), cmp.Compare(a.Slug, b.Slug))
	})
	return list
}

func (s *Store) article(slug string) (article.Article, error) {
	it, ok := s.articles[slug]
	if !ok {
		return article.Article{}, fmt.Errorf("article %s: %w", slug, store.ErrNotFound)
	}
	rev, err := clone(it.revisions[it.newest])
	return article.Article{Slug: slug, Revision: rev, Versions: it.versions()}, err
}

// versions lists the revisions by when each last became the newest.
func (it *item) versions() []article.Version {
	var all []article.Version
	for _, r := range slices.Backward(it.feed.rows) {
		known := slices.ContainsFunc(all, func(v article.Version) bool { return v.ID == r.ref })
		if r.op == replica.RowRevision && !known {
			all = append(all, article.Version{ID: r.ref, Created: it.revisions[r.ref].Created})
		}
	}
	slices.Reverse(all)
	return all
}

func (s *Store) revision(slug, id string) (article.Revision, error) {
	if it, ok := s.articles[slug]; ok {
		if rev, ok := it.revisions[id]; ok {
			return clone(rev)
		}
	}
	return article.Revision{}, fmt.Errorf("revision %s of %s: %w", id, slug, store.ErrNotFound)
}

func (s *Store) note(id string) (store.Note, error) {
	n, ok := s.notes[id]
	if !ok {
		return store.Note{}, fmt.Errorf("note %s: %w", id, store.ErrNotFound)
	}
	return clone(n)
}

func (s *Store) notesOf(slug string) ([]store.Note, error) {
	return s.selectNotes(func(n store.Note) bool {
		return n.Article == slug && n.State != replica.Deleted
	})
}

// selectNotes copies the notes that keep wants, by id.
func (s *Store) selectNotes(keep func(store.Note) bool) ([]store.Note, error) {
	list := []store.Note{}
	for _, id := range slices.Sorted(maps.Keys(s.notes)) {
		if !keep(s.notes[id]) {
			continue
		}
		n, err := s.note(id)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}
