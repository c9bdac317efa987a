package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// preparer is a pool of connections or a single one.
type preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// statement says where a prepared text goes.
type statement struct {
	to   **sql.Stmt
	text string
}

func prepareAll(ctx context.Context, p preparer, list []statement) error {
	for _, s := range list {
		stmt, err := p.PrepareContext(ctx, s.text)
		if err != nil {
			return fmt.Errorf("prepare %q: %w", s.text, err)
		}
		*s.to = stmt
	}
	return nil
}

// tracked remembers the statements of a single connection: unlike a pool it
// does not close them, and stays open itself until they are closed.
type tracked struct {
	conn  *sql.Conn
	stmts []*sql.Stmt
}

func (c *tracked) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	stmt, err := c.conn.PrepareContext(ctx, query)
	if err == nil {
		c.stmts = append(c.stmts, stmt)
	}
	return stmt, err
}

// Close closes the statements and gives the connection back.
func (c *tracked) Close() error {
	var errs []error
	for _, stmt := range c.stmts {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, c.conn.Close())...)
}

// reads are the statements that change nothing. The readers' pool and the
// writer have a set each, so a transaction sees its own writes.
type reads struct {
	articles, counts, newest, revision *sql.Stmt
	versions                           *sql.Stmt
	note, notes, held, session         *sql.Stmt
	recent, recentOf, lastShown        *sql.Stmt
	feedHead, feed, mineHead, mine     *sql.Stmt
	outcome, check, ping               *sql.Stmt

	kept *revisions
	// writing says that what is read may yet be undone: none of it is kept.
	writing bool
}

// noteColumns are in the order of scanNote.
const noteColumns = `n.id, n.article, n.reader, n.state, n.etag, n.annotation, n.public, n.public_etag,
	n.anchor, n.verdict, n.reasons, n.reason, n.appeal, n.created, n.updated`

func prepareReads(ctx context.Context, p preparer, kept *revisions, writing bool) (*reads, error) {
	q := &reads{kept: kept, writing: writing}
	return q, prepareAll(ctx, p, []statement{
		{&q.articles, `SELECT a.slug, r.title, r.language, r.id, r.deck, a.created, a.updated, r.words
			FROM articles a CROSS JOIN revisions r ON r.slug = a.slug AND r.id = a.newest
			ORDER BY a.created DESC, a.slug`},
		{&q.counts, `SELECT article, stance, count(*) FROM notes WHERE stance <> '' GROUP BY article, stance`},
		{&q.newest, `SELECT newest FROM articles WHERE slug = ?`},
		{&q.revision, `SELECT title, language, created, blocks FROM revisions WHERE slug = ? AND id = ?`},
		{&q.versions, `SELECT r.id, r.created
			FROM (SELECT ref, max(seq) AS last FROM feed WHERE article = ?1 AND op = 'revision' GROUP BY ref) f
			JOIN revisions r ON r.slug = ?1 AND r.id = f.ref ORDER BY f.last`},

		{&q.note, `SELECT ` + noteColumns + ` FROM notes n WHERE n.id = ?`},
		{&q.notes, `SELECT ` + noteColumns + ` FROM notes n
			WHERE n.article = ? AND n.state <> 'deleted' ORDER BY n.id`},
		{&q.held, `SELECT ` + noteColumns + ` FROM notes n WHERE n.waiting ORDER BY n.updated, n.id`},
		// Rows of notes are never deleted, so their numbers are the order in which
		// they came; no index is needed, which every note would pay for.
		{&q.recent, `SELECT ` + noteColumns + ` FROM notes n
			WHERE n.public IS NOT NULL ORDER BY n.rowid DESC LIMIT ?`},
		{&q.recentOf, `SELECT ` + noteColumns + ` FROM notes n
			WHERE n.rowid IN (SELECT rowid FROM notes WHERE article = ? AND public IS NOT NULL ORDER BY rowid DESC LIMIT ?)
			ORDER BY n.rowid DESC`},
		{&q.lastShown, `SELECT ` + noteColumns + `
			FROM articles a JOIN notes n ON n.id = (SELECT f.ref FROM feed f JOIN notes p ON p.id = f.ref
				WHERE f.article = a.slug AND f.op = 'put' AND p.public IS NOT NULL ORDER BY f.seq DESC LIMIT 1)`},
		{&q.session, `SELECT r.id, r.nickname, r.created
			FROM sessions s JOIN readers r ON r.id = s.reader WHERE s.token_hash = ?`},

		{&q.feedHead, `SELECT newest, coalesce((SELECT max(seq) FROM feed WHERE article = slug), 0)
			FROM articles WHERE slug = ?`},
		// A put row shows the newest anchor, so who is still to read it needs no
		// anchor row.
		{&q.feed, `SELECT f.seq, f.op, f.ref, n.public_etag, n.public, n.anchor,
				(SELECT newest FROM articles WHERE slug = ?1)
			FROM feed f LEFT JOIN notes n ON n.id = f.ref
			WHERE f.article = ?1 AND f.seq > ?2 AND f.seq <= ?3
				AND (f.op IN ('delete', 'revision') OR n.public IS NOT NULL AND (f.op = 'put' OR f.put <= ?2))
			ORDER BY f.seq LIMIT ?4`},
		{&q.mineHead, `SELECT coalesce(max(seq), 0) FROM mine WHERE reader = ?`},
		{&q.mine, `SELECT ` + noteColumns + `, m.seq
			FROM mine m JOIN notes n ON n.id = m.note AND n.reader = m.reader
			WHERE m.reader = ?1 AND m.seq > ?2 AND m.seq <= ?3 ORDER BY m.seq LIMIT ?4`},

		{&q.outcome, `SELECT outcome FROM outcomes WHERE reader = ? AND change = ?`},
		{&q.check, `SELECT url, outcome, domain, checked FROM source_checks WHERE url = ?`},
		{&q.ping, `SELECT count(*) FROM (SELECT 1 FROM articles LIMIT 1)`},
	})
}

// writes are the statements of a transaction.
type writes struct {
	newest, article, revision      *sql.Stmt
	note, outcome, reader, session *sql.Stmt
	check, dropChecks              *sql.Stmt
	place                          *sql.Stmt
	feedEnd, feed, anchor          *sql.Stmt
	dropRows, dropAnchors          *sql.Stmt
	mineEnd, mine, dropMine        *sql.Stmt
}

func prepareWrites(ctx context.Context, p preparer) (*writes, error) {
	q := &writes{}
	return q, prepareAll(ctx, p, []statement{
		{&q.newest, `SELECT newest FROM articles WHERE slug = ?`},
		{&q.article, `INSERT INTO articles (slug, created, updated, newest) VALUES (?1, ?2, ?2, ?3)
			ON CONFLICT DO UPDATE SET updated = excluded.updated, newest = excluded.newest`},
		{&q.revision, `INSERT INTO revisions (slug, id, title, language, created, deck, words, blocks)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`},

		{&q.note, `INSERT INTO notes (id, article, reader, state, etag, annotation, public, public_etag,
				anchor, verdict, reasons, reason, appeal, created, updated, stance, waiting)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET article = excluded.article, state = excluded.state, etag = excluded.etag,
				annotation = excluded.annotation, public = excluded.public, public_etag = excluded.public_etag,
				anchor = excluded.anchor, verdict = excluded.verdict, reasons = excluded.reasons,
				reason = excluded.reason, appeal = excluded.appeal, created = excluded.created,
				updated = excluded.updated, stance = excluded.stance, waiting = excluded.waiting
			WHERE notes.reader = excluded.reader`},
		{&q.place, `UPDATE notes SET anchor = ? WHERE id = ?`},
		{&q.outcome, `INSERT INTO outcomes (reader, change, outcome) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`},
		{&q.check, `INSERT INTO source_checks (url, outcome, domain, checked) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET outcome = excluded.outcome, domain = excluded.domain, checked = excluded.checked`},
		{&q.dropChecks, `DELETE FROM source_checks WHERE checked <= ?`},
		{&q.reader, `INSERT INTO readers (id, nickname, created) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET nickname = excluded.nickname, created = excluded.created`},
		{&q.session, `INSERT INTO sessions (token_hash, reader, created) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET reader = excluded.reader, created = excluded.created`},

		{&q.feedEnd, `SELECT coalesce(max(seq), 0) FROM feed WHERE article = ?`},
		{&q.feed, `INSERT INTO feed (article, seq, op, ref) VALUES (?1, ?2, ?3, ?4)`},
		{&q.anchor, `INSERT INTO feed (article, seq, op, ref, put) VALUES (?1, ?2, 'anchor', ?3,
			(SELECT seq FROM feed WHERE ref = ?3 AND article = ?1 AND op = 'put' AND op <> 'revision'))`},
		{&q.dropRows, `DELETE FROM feed WHERE ref = ?1 AND article = ?2 AND op <> 'revision' AND seq < ?3`},
		{&q.dropAnchors, `DELETE FROM feed WHERE ref = ?1 AND article = ?2 AND op = 'anchor' AND op <> 'revision' AND seq < ?3`},

		{&q.mineEnd, `SELECT coalesce(max(seq), 0) FROM mine WHERE reader = ?`},
		{&q.mine, `INSERT INTO mine (reader, seq, note) VALUES (?, ?, ?)`},
		{&q.dropMine, `DELETE FROM mine WHERE note = ?1 AND reader = ?2 AND seq < ?3`},
	})
}
