//go:build js && wasm

package browser

import (
	"context"
	"errors"
	"strings"
	"syscall/js"
	"testing"

	"marginalia/app/replica"
	"marginalia/app/replica/replicatest"
)

// freshStore opens an empty store, or skips where there is no IndexedDB.
func freshStore(t *testing.T) *Store {
	t.Helper()
	factory := js.Global().Get("indexedDB")
	if !factory.Truthy() {
		t.Skip("no IndexedDB here: see TestInChromium")
	}
	request := factory.Call("deleteDatabase", databaseName)
	done, release := outcomeOf(request, "onsuccess", "onerror")
	if err := <-done; err != nil {
		t.Fatalf("delete the database: %v", err)
	}
	release()
	return openStore(t)
}

func openStore(t *testing.T) *Store {
	t.Helper()
	s, err := OpenStore(t.Context())
	if err != nil {
		t.Fatalf("OpenStore: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

func write(t *testing.T, s *Store, writes ...replica.Write) {
	t.Helper()
	if err := s.Write(t.Context(), writes...); err != nil {
		t.Fatalf("Write(%v): %v", writes, err)
	}
}

func wantValue(t *testing.T, s *Store, key, want string) {
	t.Helper()
	got, err := s.Get(t.Context(), replica.Notes, key)
	if err != nil || string(got) != want {
		t.Errorf("Get(%s) = %q, %v, want %q", key, got, err, want)
	}
}

func TestOpenWithoutStorage(t *testing.T) {
	if js.Global().Get("indexedDB").Truthy() {
		t.Skip("this browser has IndexedDB")
	}
	if _, err := OpenStore(t.Context()); !errors.Is(err, errNoStorage) {
		t.Errorf("OpenStore: %v, want %v", err, errNoStorage)
	}
}

func TestStore(t *testing.T) {
	replicatest.Run(t, func(t *testing.T) replica.Store { return freshStore(t) })
}

func TestStoreOfTwoTabs(t *testing.T) {
	s := freshStore(t)
	write(t, s, replica.Write{Table: replica.Notes, Key: "b", Value: []byte(`{"text":"“é👩‍👧”\n"}`)})
	wantValue(t, openStore(t), "b", `{"text":"“é👩‍👧”\n"}`)
}

func TestStoreAllOrNothing(t *testing.T) {
	s := freshStore(t)
	one := replica.Write{Table: replica.Notes, Key: "one", Value: []byte("1")}
	cases := []struct {
		name string
		bad  replica.Write
	}{
		{"unknown table", replica.Write{Table: "elsewhere", Key: "k", Value: []byte("1")}},
		{"not JSON", replica.Write{Table: replica.Notes, Key: "k", Value: []byte("a" + separator)}},
		{"not a key", replica.Write{Table: replica.Notes, Key: separator, Value: []byte("1")}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if err := s.Write(t.Context(), one, c.bad); err == nil {
				t.Error("Write of a bad batch gave no error")
			}
			if _, err := s.Get(t.Context(), replica.Notes, "one"); !errors.Is(err, replica.ErrNotFound) {
				t.Errorf("a part of the batch was written: %v", err)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Write(ctx, one); !errors.Is(err, context.Canceled) {
		t.Errorf("Write with a done context: %v, want context.Canceled", err)
	}
}

func TestStoreAborts(t *testing.T) {
	s := freshStore(t)
	write(t, s, replica.Write{Table: replica.Notes, Key: "k", Value: []byte("1")})
	err := s.do(t.Context(), "readwrite", []any{"notes"}, func(tx js.Value) {
		store := tx.Call("objectStore", "notes")
		store.Call("put", "2", "k")
		store.Call("add", "3", "k") // fails: the key is there
	})
	if nameOf(err) != "ConstraintError" {
		t.Errorf("do = %v (%s), want a ConstraintError", err, nameOf(err))
	}
	wantValue(t, s, "k", "1")
	quota := js.Global().Get("DOMException").New("full", "QuotaExceededError")
	if err := storageError(thrown(quota)); !errors.Is(err, replica.ErrFull) {
		t.Errorf("storageError(QuotaExceededError) = %v, want ErrFull", err)
	}
}

func TestStoreOpensAgain(t *testing.T) {
	s := freshStore(t)
	write(t, s, replica.Write{Table: replica.Notes, Key: "k", Value: []byte("1")})
	s.db.Call("close") // as the browser does
	wantValue(t, s, "k", "1")
}

// raw opens the database as another version of the app would.
func raw(t *testing.T, version int, upgrade func(db js.Value)) js.Value {
	t.Helper()
	request := js.Global().Get("indexedDB").Call("open", databaseName, version)
	onUpgrade := js.FuncOf(func(js.Value, []js.Value) any {
		upgrade(request.Get("result"))
		return nil
	})
	defer onUpgrade.Release()
	request.Set("onupgradeneeded", onUpgrade)
	done, release := outcomeOf(request, "onsuccess", "onerror")
	defer release()
	if err := <-done; err != nil {
		t.Fatalf("open version %d: %v", version, err)
	}
	return request.Get("result")
}

func TestStoreOfANewerVersion(t *testing.T) {
	old := freshStore(t)
	write(t, old, replica.Write{Table: replica.Notes, Key: "k", Value: []byte("1")})
	// It opens although the old window is open, and that one goes on.
	raw(t, 7, func(db js.Value) { db.Call("createObjectStore", "later") }).Call("close")
	wantValue(t, old, "k", "1")
	write(t, old, replica.Write{Table: replica.Notes, Key: "k", Value: []byte("2")})
	// And so does an old version that is started after it, as by a rollback.
	wantValue(t, openStore(t), "k", "2")
}

func TestStoreMakesMissingTables(t *testing.T) {
	s := freshStore(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	older := raw(t, 2, func(db js.Value) { db.Call("deleteObjectStore", string(replica.Drafts)) })
	remove := listen(older, "versionchange", func(js.Value) { older.Call("close") })
	defer remove()
	again := openStore(t)
	write(t, again, replica.Write{Table: replica.Drafts, Key: "k", Value: []byte("1")})
	if got := again.db.Get("version").Int(); got != 3 {
		t.Errorf("version %d, want 3", got)
	}
}

func TestHolds(t *testing.T) {
	if !navigator().Get("locks").Truthy() || !js.Global().Get("document").Truthy() {
		t.Skip("no locks here: see TestInChromium")
	}
	ctx := t.Context()
	lost := make(chan string, 1)
	a, b := NewHolds(func(id string) { lost <- id }), NewHolds(func(string) {})
	for range 2 {
		if !a.Try(ctx, "d") {
			t.Fatal("a free draft was refused")
		}
	}
	if b.Try(ctx, "d") {
		t.Error("two windows hold one draft")
	}
	elsewhere, err := b.Elsewhere(ctx)
	if err != nil || !elsewhere["d"] || len(elsewhere) != 1 {
		t.Errorf("Elsewhere = %v, %v, want d", elsewhere, err)
	}
	if mine, err := a.Elsewhere(ctx); err != nil || len(mine) != 0 {
		t.Errorf("Elsewhere of the holder = %v, %v, want nothing", mine, err)
	}
	go a.Release("d")
	if !b.Take(ctx, "d") || a.Has("d") {
		t.Error("the draft was not handed over")
	}
	b.ReleaseAll()
	if !a.Take(ctx, "d") || !b.Take(ctx, "d") { // a says nothing: b waits, then takes it
		t.Fatal("the draft was not taken")
	}
	if got := <-lost; got != "d" || a.Has("d") {
		t.Errorf("lost %q, still held: %v", got, a.Has("d"))
	}
	b.ReleaseAll()
}

func TestTabs(t *testing.T) {
	if !js.Global().Get("document").Truthy() {
		t.Skip("no windows here: see TestInChromium")
	}
	heard := make(chan string, 4)
	a, b := OpenTabs(func(string) {}), OpenTabs(func(m string) { heard <- m })
	a.Say("one")
	if got := <-heard; got != "one" {
		t.Errorf("heard %q, want one", got)
	}
	b.Close()
	a.Say("two")
	b.Open()
	a.Say("three")
	if got := <-heard; got != "three" {
		t.Errorf("heard %q, want three", got)
	}
	a.Close()
	b.Close()
	a.Say("four") // says nothing
}

func TestLock(t *testing.T) {
	a := freshStore(t)
	b := openStore(t)
	unlock, err := a.Lock(t.Context(), "sync")
	if err != nil {
		t.Fatalf("Lock: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error, 1)
	go func() {
		_, err := b.Lock(ctx, "sync")
		failed <- err
	}()
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("Lock of a held name with a done context: %v, want context.Canceled", err)
	}
	got := make(chan func(), 1)
	go func() {
		unlock, err := b.Lock(t.Context(), "sync")
		if err != nil {
			t.Errorf("second Lock: %v", err)
		}
		got <- unlock
	}()
	// The browser's list of locks says when the second one waits.
	held := func(kind string) string {
		v, err := tryAwait(t.Context(), "query", navigator().Get("locks"), "query")
		if err != nil {
			t.Fatal(err)
		}
		return js.Global().Get("JSON").Call("stringify", v.Get(kind)).String()
	}
	for !strings.Contains(held("pending"), "marginalia/sync") {
		if len(got) > 0 {
			t.Fatal("the second lock did not wait for the first")
		}
	}
	unlock()
	unlock()
	(<-got)()
}
