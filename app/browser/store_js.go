//go:build js && wasm

package browser

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"syscall/js"

	"marginalia/app/replica"
)

// Store is this device's durable memory: one IndexedDB database, "marginalia",
// whose object stores are the tables of [replica.Store]. See
// https://developer.mozilla.org/docs/Web/API/IndexedDB_API
//
// Values are kept as strings of JSON, so what is stored can be read with any
// browser's tools. Keys are sorted by UTF-16 units, which for ids and slugs is
// the order of their bytes.
type Store struct {
	mu    sync.Mutex
	db    js.Value
	drop  func() // removes the database's listeners
	names names
}

var _ replica.Store = (*Store)(nil)

// separator joins values on their way over the border. JSON text never holds it.
const separator = "\x1e"

var errNotJSON = errors.New("a key or value that is not JSON text")

// OpenStore opens the device's store, making it on first use. The error says
// that this browser keeps no storage for the site, as in some private windows.
func OpenStore(ctx context.Context) (*Store, error) {
	s := &Store{names: names{held: map[string]chan struct{}{}}}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.reopen(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// Close ends the connection. Later calls fail.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop()
	return try("close storage", func() { s.db.Call("close") })
}

// reopen is called with the mutex held.
func (s *Store) reopen(ctx context.Context) error {
	db, err := openDatabase(ctx)
	if err != nil {
		return err
	}
	if s.drop != nil {
		s.drop()
	}
	s.db = db
	// Another tab wants to upgrade or delete the database: let it.
	s.drop = listen(db, "versionchange", func(js.Value) { db.Call("close") })
	return nil
}

// Get returns a value, or replica.ErrNotFound.
func (s *Store) Get(ctx context.Context, table replica.Table, key string) ([]byte, error) {
	var request js.Value
	err := s.do(ctx, "readonly", []any{string(table)}, func(tx js.Value) {
		request = tx.Call("objectStore", string(table)).Call("get", key)
	})
	if err != nil {
		return nil, fmt.Errorf("read %s %s: %w", table, key, err)
	}
	value := request.Get("result")
	if value.Type() != js.TypeString {
		return nil, fmt.Errorf("read %s %s: %w", table, key, replica.ErrNotFound)
	}
	return []byte(value.String()), nil
}

// List returns a table's entries in the order of their keys.
func (s *Store) List(ctx context.Context, table replica.Table) ([]replica.Entry, error) {
	var keys, values js.Value
	err := s.do(ctx, "readonly", []any{string(table)}, func(tx js.Value) {
		store := tx.Call("objectStore", string(table))
		keys, values = store.Call("getAllKeys"), store.Call("getAll")
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", table, err)
	}
	n := keys.Get("result").Length()
	if n == 0 {
		return nil, nil
	}
	// One crossing for all keys and one for all values.
	k := bytes.Split([]byte(keys.Get("result").Call("join", separator).String()), []byte(separator))
	v := bytes.Split([]byte(values.Get("result").Call("join", separator).String()), []byte(separator))
	if len(k) != n || len(v) != n {
		return nil, fmt.Errorf("list %s: %w", table, errNotJSON)
	}
	entries := make([]replica.Entry, n)
	for i := range entries {
		entries[i] = replica.Entry{Key: string(k[i]), Value: bytes.Clone(v[i])}
	}
	return entries, nil
}

// Write does all writes or none, in one transaction. When it returns nil they
// are on the disk, not only with the operating system (durability "strict").
// Where there is no room the error is replica.ErrFull.
func (s *Store) Write(ctx context.Context, writes ...replica.Write) error {
	if len(writes) == 0 {
		return nil
	}
	seen := map[replica.Table]bool{}
	var tables []any
	for _, w := range writes {
		if bytes.Contains(w.Value, []byte(separator)) || bytes.Contains([]byte(w.Key), []byte(separator)) {
			return fmt.Errorf("write %s: %w", w.Table, errNotJSON)
		}
		if !seen[w.Table] {
			seen[w.Table] = true
			tables = append(tables, string(w.Table))
		}
	}
	err := s.do(ctx, "readwrite", tables, func(tx js.Value) {
		for _, w := range writes {
			store := tx.Call("objectStore", string(w.Table))
			if w.Value == nil {
				store.Call("delete", w.Key)
			} else {
				store.Call("put", string(w.Value), w.Key)
			}
		}
	})
	if err != nil {
		return fmt.Errorf("write %d: %w", len(writes), err)
	}
	return nil
}
