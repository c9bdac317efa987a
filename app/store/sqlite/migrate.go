package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

// applicationID marks our files in SQLite's header: "Marg".
const applicationID = 0x4d617267

// migrations are applied in the order of their names, each once: user_version
// counts those that a file has.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the file's schema up to date. All of it happens in one
// transaction that holds the write lock, so programs that open a new file at
// the same time do not trip over each other (goose, run like this, does).
func migrate(ctx context.Context, conn *sql.Conn) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	// The usual case takes no write lock, which a busy server may hold.
	have := 0
	err = inTx(ctx, conn, "BEGIN", func() error {
		have, err = version(ctx, conn, len(names))
		return err
	})
	if err == nil && have < len(names) {
		err = inTx(ctx, conn, "BEGIN IMMEDIATE", func() error { return upgrade(ctx, conn, names) })
	}
	if err != nil {
		return err
	}
	return useLog(ctx, conn)
}

// useLog switches the file to a write-ahead log, for good. The switch does not
// wait for another connection that opens or closes the file at the same moment,
// but a transaction does.
func useLog(ctx context.Context, conn *sql.Conn) error {
	var mode string
	for range 100 {
		err := conn.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode)
		switch {
		case err == nil && mode == "wal":
			return nil
		case err == nil:
			return fmt.Errorf("the file system does not allow a write-ahead log (journal mode %s)", mode)
		case !isBusy(err):
			return fmt.Errorf("switch to a write-ahead log: %w", err)
		}
		if err := inTx(ctx, conn, "BEGIN IMMEDIATE", func() error { return nil }); err != nil {
			return err
		}
	}
	return errors.New("switch to a write-ahead log: other programs keep the file busy")
}

// upgrade applies the migrations that the file does not have.
func upgrade(ctx context.Context, conn *sql.Conn, names []string) error {
	have, err := version(ctx, conn, len(names))
	if err != nil {
		return err
	}
	for _, name := range names[have:] {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := conn.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("apply %s: %w", name, err)
		}
	}
	// A pragma takes no parameters; both numbers are ours.
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(names))
	_, err = conn.ExecContext(ctx, mark)
	return err
}

// version returns how many migrations the file has, 0 if it is new. A file that
// is not ours, or has more than known, is an error.
func version(ctx context.Context, conn *sql.Conn, known int) (int, error) {
	var app, have, objects int
	row := conn.QueryRowContext(ctx, `SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_application_id, pragma_user_version`)
	if err := row.Scan(&app, &have, &objects); err != nil {
		return 0, err
	}
	switch {
	case app == 0 && have == 0 && objects == 0:
		return 0, nil
	case app != applicationID:
		return 0, errors.New("an SQLite database, but not one of Marginalia's")
	case have > known:
		return 0, fmt.Errorf("made by a newer version of Marginalia (schema %d, this one knows %d)", have, known)
	}
	return have, nil
}

// inTx runs fn between begin and COMMIT, or ROLLBACK if it fails.
func inTx(ctx context.Context, conn *sql.Conn, begin string, fn func() error) error {
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return errors.Join(err, execute(conn, "ROLLBACK"))
	}
	return execute(conn, "COMMIT")
}

// execute runs a statement to its end, whatever becomes of the caller's context.
func execute(conn *sql.Conn, statement string) error {
	_, err := conn.ExecContext(context.Background(), statement)
	return err
}
