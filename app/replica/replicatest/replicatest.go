// Package replicatest holds the test that every [replica.Store] passes.
package replicatest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"marginalia/app/replica"
)

// Run tests that the stores made by open keep the contract of replica.Store.
// Each call of open must give an empty store.
func Run(t *testing.T, open func(t *testing.T) replica.Store) {
	cases := map[string]func(*testing.T, replica.Store){
		"Get":              testGet,
		"ListInKeyOrder":   testList,
		"TablesAreApart":   testTables,
		"WriteReplaces":    testReplace,
		"WriteDeletes":     testDelete,
		"LaterWriteWins":   testLaterWins,
		"ValuesAreCopied":  testCopies,
		"AnyText":          testAnyText,
		"WriteIsAtomic":    testAtomic,
		"LockExcludes":     testLock,
		"LockWaitCanEnd":   testLockCancel,
		"LocksAreByName":   testLockNames,
		"ConcurrentWrites": testConcurrent,
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func testGet(t *testing.T, s replica.Store) {
	if got, err := s.Get(t.Context(), replica.Notes, "a"); !errors.Is(err, replica.ErrNotFound) {
		t.Errorf("Get of a missing key = %q, %v, want ErrNotFound", got, err)
	}
	write(t, s, put(replica.Notes, "a", `{"n":1}`))
	want(t, s, replica.Notes, "a", `{"n":1}`)
}

func testList(t *testing.T, s replica.Store) {
	if got := list(t, s, replica.Outbox); len(got) != 0 {
		t.Errorf("List of an empty table = %v, want nothing", got)
	}
	write(t, s, put(replica.Outbox, "b", `2`), put(replica.Outbox, "a10", `1`))
	write(t, s, put(replica.Outbox, "c", `4`), put(replica.Outbox, "a9", `3`), put(replica.Outbox, "B", `0`))
	wantList(t, s, replica.Outbox, "B=0", "a10=1", "a9=3", "b=2", "c=4")
}

func testTables(t *testing.T, s replica.Store) {
	tables := []replica.Table{replica.Notes, replica.Outbox, replica.Drafts, replica.Articles, replica.Meta}
	for i, table := range tables {
		write(t, s, put(table, "k", fmt.Sprint(i)))
	}
	for i, table := range tables {
		wantList(t, s, table, fmt.Sprintf("k=%d", i))
	}
}

func testReplace(t *testing.T, s replica.Store) {
	write(t, s, put(replica.Meta, "k", `"old"`))
	write(t, s, put(replica.Meta, "k", `"new"`))
	wantList(t, s, replica.Meta, `k="new"`)
}

func testDelete(t *testing.T, s replica.Store) {
	write(t, s)
	write(t, s, put(replica.Drafts, "a", `1`), put(replica.Drafts, "b", `2`))
	write(t, s, replica.Write{Table: replica.Drafts, Key: "a"}, put(replica.Notes, "a", `3`))
	wantList(t, s, replica.Drafts, "b=2")
	wantList(t, s, replica.Notes, "a=3")
	write(t, s, replica.Write{Table: replica.Drafts, Key: "never was"})
	wantList(t, s, replica.Drafts, "b=2")
}

func testLaterWins(t *testing.T, s replica.Store) {
	write(t, s, put(replica.Meta, "a", `1`), put(replica.Meta, "a", `2`),
		put(replica.Meta, "b", `1`), replica.Write{Table: replica.Meta, Key: "b"},
		replica.Write{Table: replica.Meta, Key: "c"}, put(replica.Meta, "c", `1`))
	wantList(t, s, replica.Meta, "a=2", "c=1")
}

func testCopies(t *testing.T, s replica.Store) {
	value := []byte(`"kept"`)
	write(t, s, replica.Write{Table: replica.Meta, Key: "k", Value: value})
	value[1] = 'X'
	got, err := s.Get(t.Context(), replica.Meta, "k")
	if err != nil {
		t.Fatal(err)
	}
	got[1] = 'Y'
	list(t, s, replica.Meta)[0].Value[1] = 'Z'
	want(t, s, replica.Meta, "k", `"kept"`)
}

func testAnyText(t *testing.T, s replica.Store) {
	value := `"caf\u00e9 é שלום 👩‍👩‍👧 \ud83d\ude00 ` + "\u2028" + `"`
	write(t, s, put(replica.Notes, "k", value))
	want(t, s, replica.Notes, "k", value)
}

// testAtomic has a reader look on while two keys are written together.
func testAtomic(t *testing.T, s replica.Store) {
	const rounds = 50
	write(t, s, put(replica.Meta, "a", `0`), put(replica.Meta, "b", `0`))
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := range rounds {
			v := fmt.Sprint(i + 1)
			if err := s.Write(t.Context(), put(replica.Meta, "a", v), put(replica.Meta, "b", v)); err != nil {
				t.Errorf("Write: %v", err)
			}
		}
	})
	for range rounds {
		if got := list(t, s, replica.Meta); len(got) != 2 || !bytes.Equal(got[0].Value, got[1].Value) {
			t.Errorf("List while writing = %s, want two equal values", got)
		}
	}
	writer.Wait()
	wantList(t, s, replica.Meta, "a=50", "b=50")
}

func testLock(t *testing.T, s replica.Store) {
	var inside, most atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			unlock, err := s.Lock(t.Context(), "sync")
			if err != nil {
				t.Errorf("Lock: %v", err)
				return
			}
			defer unlock()
			most.Store(max(most.Load(), inside.Add(1)))
			if _, err := s.List(t.Context(), replica.Notes); err != nil { // others get their chance
				t.Errorf("List: %v", err)
			}
			inside.Add(-1)
		})
	}
	all.Wait()
	if got := most.Load(); got != 1 {
		t.Errorf("%d holders of one lock at once, want 1", got)
	}
}

func testLockCancel(t *testing.T, s replica.Store) {
	unlock, err := s.Lock(t.Context(), "sync")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Lock(ctx, "sync"); !errors.Is(err, context.Canceled) {
		t.Errorf("Lock of a held name with a cancelled context: %v, want context.Canceled", err)
	}
	unlock()
	again, err := s.Lock(t.Context(), "sync")
	if err != nil {
		t.Fatalf("Lock after unlock: %v", err)
	}
	again()
}

func testLockNames(t *testing.T, s replica.Store) {
	unlock, err := s.Lock(t.Context(), "sync")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	other, err := s.Lock(t.Context(), "write")
	if err != nil {
		t.Fatalf("Lock of another name: %v", err)
	}
	other()
	write(t, s, put(replica.Meta, "k", `1`)) // a lock guards its name, not the store
}

func testConcurrent(t *testing.T, s replica.Store) {
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if err := s.Write(t.Context(), put(replica.Notes, fmt.Sprint(i), `1`)); err != nil {
				t.Errorf("Write: %v", err)
			}
		})
	}
	all.Wait()
	if got := len(list(t, s, replica.Notes)); got != 8 {
		t.Errorf("%d of 8 concurrent writes are there", got)
	}
}

func put(table replica.Table, key, value string) replica.Write {
	return replica.Write{Table: table, Key: key, Value: []byte(value)}
}

func write(t *testing.T, s replica.Store, writes ...replica.Write) {
	t.Helper()
	if err := s.Write(t.Context(), writes...); err != nil {
		t.Fatalf("Write: %v", err)
	}
}

func list(t *testing.T, s replica.Store, table replica.Table) []replica.Entry {
	t.Helper()
	entries, err := s.List(t.Context(), table)
	if err != nil {
		t.Fatalf("List(%s): %v", table, err)
	}
	return entries
}

func want(t *testing.T, s replica.Store, table replica.Table, key, value string) {
	t.Helper()
	got, err := s.Get(t.Context(), table, key)
	if err != nil || string(got) != value {
		t.Errorf("Get(%s, %q) = %q, %v, want %q", table, key, got, err, value)
	}
}

func wantList(t *testing.T, s replica.Store, table replica.Table, want ...string) {
	t.Helper()
	var got []string
	for _, e := range list(t, s, table) {
		got = append(got, e.Key+"="+string(e.Value))
	}
	if !slices.Equal(got, want) {
		t.Errorf("List(%s) = %q, want %q", table, got, want)
	}
}
