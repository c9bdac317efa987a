package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/store"
)

// tx is one function's part of a batch. Its statements run to their end
// whatever becomes of the caller's context: an interrupt would roll back the
// whole batch.
type tx struct {
	read  *reads
	write *writes
}

func (t *tx) Article(slug string) (article.Article, error) {
	return t.read.articleBySlug(context.Background(), slug)
}

func (t *tx) Revision(slug, id string) (article.Revision, error) {
	return t.read.revisionByID(context.Background(), slug, id)
}

func (t *tx) Note(id string) (store.Note, error) {
	return t.read.noteByID(context.Background(), id)
}

func (t *tx) Notes(slug string) ([]store.Note, error) {
	return list(context.Background(), t.read.notes, scanOneNote, slug)
}

func (t *tx) PutRevision(slug string, rev article.Revision) (bool, error) {
	fail := func(err error) (bool, error) {
		return false, fmt.Errorf("put revision %s of %s: %w", rev.ID, slug, err)
	}
	var newest string
	err := t.write.newest.QueryRowContext(context.Background(), slug).Scan(&newest)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fail(err)
	}
	if err == nil && newest == rev.ID {
		return false, nil
	}
	blocks, err := text(rev.Blocks)
	if err != nil {
		return fail(err)
	}
	created := micros(rev.Created)
	if _, err := run(t.write.article, slug, created, rev.ID); err != nil {
		return fail(err)
	}
	sum := store.Summarize(slug, rev, rev.Created)
	_, err = run(t.write.revision, slug, rev.ID, rev.Title, rev.Language, created, sum.Deck, sum.Words, blocks)
	if err != nil {
		return fail(err)
	}
	_, err = t.AppendFeed(slug, replica.RowRevision, rev.ID)
	return err == nil, err
}

func (t *tx) PutNote(n store.Note) error {
	args, err := noteArgs(n)
	if err != nil {
		return fmt.Errorf("put note %s: %w", n.ID, err)
	}
	stored, err := run(t.write.note, args...)
	if err == nil && stored == 0 {
		err = store.ErrExists
	}
	return notFound(err, "put note %s in article %s", n.ID, n.Article)
}

func (t *tx) PutAnchor(note string, at anchor.Anchor) error {
	data, err := text(at)
	if err != nil {
		return fmt.Errorf("put anchor of note %s: %w", note, err)
	}
	stored, err := run(t.write.place, data, note)
	if err == nil && stored == 0 {
		err = sql.ErrNoRows
	}
	return notFound(err, "put anchor of note %s", note)
}

func (t *tx) AppendFeed(slug, op, id string) (int64, error) {
	seq, err := next(t.write.feedEnd, slug)
	switch op {
	case replica.RowPut, replica.RowDelete:
		err = then(err, t.write.feed, slug, seq, op, id)
		err = then(err, t.write.dropRows, id, slug, seq)
	case replica.RowAnchor:
		err = then(err, t.write.anchor, slug, seq, id)
		err = then(err, t.write.dropAnchors, id, slug, seq)
	case replica.RowRevision:
		err = then(err, t.write.feed, slug, seq, op, id)
	default:
		err = fmt.Errorf("unknown op %q", op)
	}
	if err != nil {
		return 0, notFound(err, "append to feed of %s", slug)
	}
	return seq, nil
}

func (t *tx) AppendMine(reader, note string) (int64, error) {
	seq, err := next(t.write.mineEnd, reader)
	err = then(err, t.write.mine, reader, seq, note)
	err = then(err, t.write.dropMine, note, reader, seq)
	if err != nil {
		return 0, fmt.Errorf("append to own notes of %s: %w", reader, err)
	}
	return seq, nil
}

func (t *tx) Outcome(reader, change string) (replica.Outcome, error) {
	return t.read.outcomeOf(context.Background(), reader, change)
}

func (t *tx) SetOutcome(reader, change string, o replica.Outcome) error {
	data, err := text(o)
	if err == nil {
		_, err = run(t.write.outcome, reader, change, data)
	}
	if err != nil {
		return fmt.Errorf("set outcome of %s: %w", change, err)
	}
	return nil
}

func (t *tx) PutSourceCheck(c store.SourceCheck) error {
	_, err := run(t.write.check, c.URL, c.Outcome, c.Domain, micros(c.Checked))
	err = then(err, t.write.dropChecks, micros(c.Checked.Add(-store.SourceChecksKept)))
	if err != nil {
		return fmt.Errorf("put check of a source: %w", err)
	}
	return nil
}

func (t *tx) PutReader(r store.Reader) error {
	if _, err := run(t.write.reader, r.ID, r.Nickname, micros(r.Created)); err != nil {
		return fmt.Errorf("put reader %s: %w", r.ID, err)
	}
	return nil
}

func (t *tx) PutSession(tokenHash []byte, reader string, created time.Time) error {
	_, err := run(t.write.session, tokenHash, reader, micros(created))
	return notFound(err, "put session of reader %s", reader)
}

// run returns how many rows s wrote.
func run(s *sql.Stmt, args ...any) (int64, error) {
	res, err := s.ExecContext(context.Background(), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// then runs s unless something has failed before.
func then(err error, s *sql.Stmt, args ...any) error {
	if err == nil {
		_, err = run(s, args...)
	}
	return err
}

// next is the number after the last of a feed, which end reads.
func next(end *sql.Stmt, feed string) (int64, error) {
	var last int64
	err := end.QueryRowContext(context.Background(), feed).Scan(&last)
	return last + 1, err
}
