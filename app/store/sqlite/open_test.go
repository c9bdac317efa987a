package sqlite

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestOpenNew(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b%41?c#d") // nothing of a path is an option
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "marginalia.db")
	s := openAt(t, path)
	if err := s.Update(t.Context(), addNote("n1")); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 3 {
		t.Fatalf("files = %v, %v, want the database and the two of its log", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v, want 0600", f.Name(), info.Mode(), err)
		}
	}
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "user_version": "3", "application_id": "1298231911",
	} {
		var got string
		if err := s.conn.conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("PRAGMA %s = %s, %v, want %s", pragma, got, err, want)
		}
	}
}

func TestOpenAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "marginalia.db")
	s := openAt(t, path)
	if err := s.Update(t.Context(), addNote("n1")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + "-wal"); err == nil {
		t.Error("a closed store leaves its log")
	}
	if n, err := openAt(t, path).Note(t.Context(), "n1"); err != nil || n.ID != "n1" {
		t.Errorf("Note = %+v, %v, want it from before", n, err)
	}
}

// Several programs may open a new file at once.
func TestOpenTogether(t *testing.T) {
	for range 5 {
		path := filepath.Join(t.TempDir(), "marginalia.db")
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				s, err := Open(t.Context(), path)
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
}

func TestOpenRefuses(t *testing.T) {
	query := func(statements string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(statements); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := []struct {
		name string
		make func(t *testing.T, path string)
		want string
	}{
		{"a text", func(t *testing.T, path string) {
			write(t, path, []byte(strings.Repeat("not a database\n", 1000)))
		}, "file is not a database"},
		{"a damaged store", func(t *testing.T, path string) {
			if err := openAt(t, path).Close(); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for i := 100; i < len(data); i++ {
				data[i] = 0xAA
			}
			write(t, path, data)
		}, "malformed"},
		{"another program's database", query("CREATE TABLE bookmarks (url)"), "not one of Marginalia's"},
		{"another application id", query("PRAGMA application_id = 77"), "not one of Marginalia's"},
		{"a newer schema", func(t *testing.T, path string) {
			if err := openAt(t, path).Close(); err != nil {
				t.Fatal(err)
			}
			query("PRAGMA user_version = 99")(t, path)
		}, "newer version of Marginalia (schema 99, this one knows 3)"},
		{"a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, "unable to open"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "named.db")
			tt.make(t, path)
			before, _ := os.ReadFile(path) // of a folder: nothing
			s, err := Open(t.Context(), path)
			if err == nil {
				s.Close()
				t.Fatal("Open took it")
			}
			if !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %q, want the file's name and %q", err, tt.want)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(after, before) {
				t.Error("Open changed the file")
			}
		})
	}
	missing := filepath.Join(t.TempDir(), "no", "such.db")
	if _, err := Open(t.Context(), missing); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("a missing folder: %v, want an error with the path", err)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
