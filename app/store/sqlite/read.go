package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/store"
)

// Articles lists all articles.
func (s *Store) Articles(ctx context.Context) ([]article.Summary, error) {
	return s.read.summaries(ctx)
}

// Article returns one article.
func (s *Store) Article(ctx context.Context, slug string) (article.Article, error) {
	return s.read.articleBySlug(ctx, slug)
}

// Revision returns one revision.
func (s *Store) Revision(ctx context.Context, slug, id string) (article.Revision, error) {
	return s.read.revisionByID(ctx, slug, id)
}

// Note returns one note.
func (s *Store) Note(ctx context.Context, id string) (store.Note, error) {
	return s.read.noteByID(ctx, id)
}

// Notes lists the notes of an article.
func (s *Store) Notes(ctx context.Context, slug string) ([]store.Note, error) {
	return list(ctx, s.read.notes, scanOneNote, slug)
}

// Held lists the notes that wait.
func (s *Store) Held(ctx context.Context) ([]store.Note, error) {
	return list(ctx, s.read.held, scanOneNote)
}

// Recent lists the public notes, the last to come first.
func (s *Store) Recent(ctx context.Context, slug string, limit int) ([]store.Note, error) {
	if limit = max(limit, 0); slug == "" {
		return list(ctx, s.read.recent, scanOneNote, limit)
	}
	return list(ctx, s.read.recentOf, scanOneNote, slug, limit)
}

// LastShown finds the public note that came last to each article's feed.
func (s *Store) LastShown(ctx context.Context) (map[string]time.Time, error) {
	notes, err := list(ctx, s.read.lastShown, scanOneNote)
	last := make(map[string]time.Time, len(notes))
	for _, n := range notes {
		last[n.Article] = store.ShownAt(n)
	}
	return last, err
}

// SourceCheck returns the last check of an address.
func (s *Store) SourceCheck(ctx context.Context, url string) (store.SourceCheck, error) {
	var c store.SourceCheck
	var checked int64
	if err := s.read.check.QueryRowContext(ctx, url).Scan(&c.URL, &c.Outcome, &c.Domain, &checked); err != nil {
		return store.SourceCheck{}, notFound(err, "check of a source")
	}
	c.Checked = fromMicros(checked)
	return c, nil
}

// ReaderBySession returns whose session tokenHash is.
func (s *Store) ReaderBySession(ctx context.Context, tokenHash []byte) (store.Reader, error) {
	var r store.Reader
	var created int64
	err := s.read.session.QueryRowContext(ctx, tokenHash).Scan(&r.ID, &r.Nickname, &created)
	if err != nil {
		return store.Reader{}, notFound(err, "session")
	}
	r.Created = fromMicros(created)
	return r, nil
}

// list runs q and collects its rows; without one the list is empty, not nil.
func list[T any](ctx context.Context, q *sql.Stmt, scan func(scanner) (T, error), args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

func scanOneNote(row scanner) (store.Note, error) { return scanNote(row) }

func (q *reads) pingStore(ctx context.Context) error {
	var n int
	return q.ping.QueryRowContext(ctx).Scan(&n)
}

func (q *reads) summaries(ctx context.Context) ([]article.Summary, error) {
	all, err := list(ctx, q.articles, func(row scanner) (article.Summary, error) {
		sum := article.Summary{Notes: map[string]int{}}
		var created, updated int64
		err := row.Scan(&sum.Slug, &sum.Title, &sum.Language, &sum.Revision, &sum.Deck, &created, &updated, &sum.Words)
		sum.Created, sum.Updated = fromMicros(created), fromMicros(updated)
		return sum, err
	})
	if err != nil {
		return nil, fmt.Errorf("list articles: %w", err)
	}
	notes := make(map[string]map[string]int, len(all))
	for _, sum := range all {
		notes[sum.Slug] = sum.Notes
	}
	_, err = list(ctx, q.counts, func(row scanner) (n int, err error) {
		var slug, stance string
		err = row.Scan(&slug, &stance, &n)
		if of := notes[slug]; of != nil { // nil: imported since the first query
			of[stance] = n
		}
		return n, err
	})
	if err != nil {
		return nil, fmt.Errorf("count notes: %w", err)
	}
	return all, nil
}

func (q *reads) articleBySlug(ctx context.Context, slug string) (article.Article, error) {
	var newest string
	if err := q.newest.QueryRowContext(ctx, slug).Scan(&newest); err != nil {
		return article.Article{}, notFound(err, "article %s", slug)
	}
	rev, err := q.revisionByID(ctx, slug, newest)
	if err != nil {
		return article.Article{}, err
	}
	versions, err := list(ctx, q.versions, func(row scanner) (v article.Version, err error) {
		var created int64
		err = row.Scan(&v.ID, &created)
		v.Created = fromMicros(created)
		return v, err
	}, slug)
	if err != nil {
		return article.Article{}, fmt.Errorf("versions of %s: %w", slug, err)
	}
	return upTo(article.Article{Slug: slug, Revision: rev, Versions: versions}), nil
}

// upTo drops versions that were imported after a.Revision was read.
func upTo(a article.Article) article.Article {
	a.Versions = a.Versions[:a.Number(a.Revision.ID)]
	return a
}

func (q *reads) revisionByID(ctx context.Context, slug, id string) (article.Revision, error) {
	if rev, ok := q.kept.get(slug, id); ok {
		return rev, nil
	}
	rev := article.Revision{ID: id}
	var created int64
	var blocks []byte
	err := q.revision.QueryRowContext(ctx, slug, id).Scan(&rev.Title, &rev.Language, &created, &blocks)
	if err == nil {
		rev.Created = fromMicros(created)
		err = decode(blocks, &rev.Blocks)
	}
	if err != nil {
		return article.Revision{}, notFound(err, "revision %s of %s", id, slug)
	}
	if !q.writing {
		q.kept.put(slug, rev, len(blocks))
	}
	return rev, nil
}

func (q *reads) noteByID(ctx context.Context, id string) (store.Note, error) {
	n, err := scanNote(q.note.QueryRowContext(ctx, id))
	if err != nil {
		return store.Note{}, notFound(err, "note %s", id)
	}
	return n, nil
}

func (q *reads) outcomeOf(ctx context.Context, reader, change string) (replica.Outcome, error) {
	var data []byte
	var o replica.Outcome
	if err := q.outcome.QueryRowContext(ctx, reader, change).Scan(&data); err != nil {
		return o, notFound(err, "outcome of %s", change)
	}
	return o, decode(data, &o)
}
