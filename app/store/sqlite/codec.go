package sqlite

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"marginalia/app/store"
)

// scanner is a row.
type scanner interface{ Scan(dest ...any) error }

// text is v as JSON, for a column.
func text(v any) (string, error) {
	data, err := json.Marshal(v)
	return string(data), err
}

// optional is *p as JSON, or NULL if p is nil.
func optional[T any](p *T) (sql.NullString, error) {
	if p == nil {
		return sql.NullString{}, nil
	}
	s, err := text(p)
	return sql.NullString{String: s, Valid: true}, err
}

// decode is the reverse of text, and of optional: NULL leaves *p as it is.
func decode[T any](data []byte, p *T) error {
	if data == nil {
		return nil
	}
	return json.Unmarshal(data, p)
}

func micros(t time.Time) int64 { return t.UnixMicro() }

func fromMicros(n int64) time.Time { return time.UnixMicro(n).UTC() }

// noteArgs are the arguments of writes.note.
func noteArgs(n store.Note) ([]any, error) {
	annotation, err1 := text(n.Annotation)
	public, err2 := optional(n.Public)
	anchor, err3 := optional(n.Anchor)
	verdict, err4 := optional(n.Verdict)
	var reasons sql.NullString
	var err5 error
	if n.Reasons != nil {
		reasons, err5 = optional(&n.Reasons)
	}
	return []any{
		n.ID, n.Article, n.Reader, string(n.State), n.ETag, annotation, public, n.PublicETag,
		anchor, verdict, reasons, n.Reason, n.Appeal, micros(n.Created), micros(n.Updated),
		string(store.StanceOf(n.Public)), store.Waits(n),
	}, errors.Join(err1, err2, err3, err4, err5)
}

// scanNote reads noteColumns, and more columns after them into rest.
func scanNote(row scanner, rest ...any) (store.Note, error) {
	var n store.Note
	var annotation, public, anchor, verdict, reasons []byte
	var created, updated int64
	err := row.Scan(append([]any{
		&n.ID, &n.Article, &n.Reader, &n.State, &n.ETag, &annotation, &public, &n.PublicETag,
		&anchor, &verdict, &reasons, &n.Reason, &n.Appeal, &created, &updated,
	}, rest...)...)
	if err != nil {
		return store.Note{}, err
	}
	n.Created, n.Updated = fromMicros(created), fromMicros(updated)
	err = errors.Join(
		decode(annotation, &n.Annotation), decode(public, &n.Public), decode(anchor, &n.Anchor),
		decode(verdict, &n.Verdict), decode(reasons, &n.Reasons))
	if err != nil {
		return store.Note{}, fmt.Errorf("read note %s: %w", n.ID, err)
	}
	return n, nil
}

// notFound names what was looked for, and makes an empty answer ErrNotFound.
func notFound(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) || isForeignKey(err) {
		err = store.ErrNotFound
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}

// isBusy reports whether another connection was in the way.
func isBusy(err error) bool {
	var e *driver.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

// isForeignKey reports whether a write named an article or a reader that is not
// there.
func isForeignKey(err error) bool {
	var e *driver.Error
	return errors.As(err, &e) && e.Code() == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
}
