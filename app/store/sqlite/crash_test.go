package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"marginalia/app/replica"
	"marginalia/app/store"
)

// These make this test binary the program that TestCrash kills: the file to
// write to, and what its note ids begin with.
const (
	crashFile   = "MARGINALIA_TEST_CRASH_FILE"
	crashPrefix = "MARGINALIA_TEST_CRASH_PREFIX"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(crashFile); path != "" {
		fmt.Fprintln(os.Stderr, writeForever(path, os.Getenv(crashPrefix)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForever publishes notes from four goroutines and prints each one's row
// number and id as soon as it is acknowledged.
func writeForever(path, prefix string) error {
	ctx := context.Background()
	s, err := Open(ctx, path)
	if err != nil {
		return err
	}
	failed := make(chan error)
	for w := range 4 {
		go func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%s-%d-%d", prefix, w, i)
				var seq int64
				err := s.Update(ctx, func(tx store.Tx) (err error) {
					seq, err = publish(tx, id)
					return err
				})
				if err != nil {
					failed <- err
				}
				fmt.Printf("%d %s\n", seq, id) // one write, so a kill cannot tear it apart
			}
		}()
	}
	return <-failed
}

// A program that is killed loses nothing it has acknowledged, and leaves no
// transaction half done.
func TestCrash(t *testing.T) {
	path := filepath.Join(t.TempDir(), "marginalia.db")
	rng := rand.New(rand.NewPCG(7, 7))
	acknowledged := map[int64]string{}
	for round := range 10 {
		killed(t, path, fmt.Sprint("n", round), 1+rng.IntN(200), acknowledged)
		s := openAt(t, path)
		intact(t, s, acknowledged)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d changes acknowledged, none lost", len(acknowledged))
}

// killed runs writeForever, kills it after it has acknowledged n changes, and
// adds what it said to acknowledged.
func killed(t *testing.T, path, prefix string, n int, acknowledged map[int64]string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), crashFile+"="+path, crashPrefix+"="+prefix)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	count := 0
	for ; lines.Scan(); count++ {
		if count == n {
			if err := cmd.Process.Kill(); err != nil { // SIGKILL; the pipe may hold more lines
				t.Fatal(err)
			}
		}
		var seq int64
		var id string
		if _, err := fmt.Sscan(lines.Text(), &seq, &id); err != nil {
			t.Fatalf("the program printed %q", lines.Text())
		}
		acknowledged[seq] = id
	}
	if err := cmd.Wait(); count < n || cmd.ProcessState.Exited() {
		t.Fatalf("the program ended by itself after %d changes: %v", count, err)
	}
}

// intact checks that s has every acknowledged note at its place, whole, and no
// gap between them.
func intact(t *testing.T, s *Store, acknowledged map[int64]string) {
	t.Helper()
	end := feedEnd(t, s)
	page, err := s.Feed(t.Context(), slug, 0, int(end))
	if err != nil {
		t.Fatal(err)
	}
	for seq, id := range acknowledged {
		if seq > end {
			t.Fatalf("acknowledged change %d (%s) is lost: the feed ends at %d", seq, id, end)
		}
		if row := page.Changes[seq-1]; row.Op != replica.RowPut || row.Annotation.ID != id {
			t.Fatalf("row %d is %s %+v, acknowledged was %s", seq, row.Op, row.Annotation, id)
		}
	}
	for _, table := range []string{"notes", "outcomes", "mine"} {
		var n int64
		if err := s.reading.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil || n != end-1 {
			t.Errorf("%d %s, %v, want one for each of %d notes in the feed", n, table, err, end-1)
		}
	}
	var answer string
	if err := s.reading.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&answer); err != nil || answer != "ok" {
		t.Errorf("integrity_check = %s, %v", answer, err)
	}
}
