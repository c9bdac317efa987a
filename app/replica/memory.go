package replica

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"sync"
)

// MemoryStore is a Store that lives as long as the process: for tests, and for a
// browser that allows no storage.
type MemoryStore struct {
	// Limit is the room in bytes for keys and values, 0 for no limit. It is not
	// to be changed while the store is in use.
	Limit int

	mu     sync.Mutex
	tables map[Table]map[string][]byte
	size   int
	locks  map[string]chan struct{}
}

// NewMemoryStore returns an empty store without a limit.
func NewMemoryStore() *MemoryStore {
	return &MemoryStore{tables: map[Table]map[string][]byte{}, locks: map[string]chan struct{}{}}
}

// Get returns a copy of a value, or ErrNotFound.
func (m *MemoryStore) Get(ctx context.Context, table Table, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.tables[table][key]
	if !ok {
		return nil, ErrNotFound
	}
	return bytes.Clone(value), ctx.Err()
}

// List returns copies of a table's entries in the order of their keys.
func (m *MemoryStore) List(ctx context.Context, table Table) ([]Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	entries := make([]Entry, 0, len(m.tables[table]))
	for _, key := range slices.Sorted(maps.Keys(m.tables[table])) {
		entries = append(entries, Entry{Key: key, Value: bytes.Clone(m.tables[table][key])})
	}
	return entries, ctx.Err()
}

// Write does all writes, in order, or none. It returns ErrFull if they would
// bring the store above its limit; writes that make room always pass.
func (m *MemoryStore) Write(ctx context.Context, writes ...Write) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if size := m.sizeAfter(writes); m.Limit > 0 && size > m.Limit && size > m.size {
		return ErrFull
	}
	for _, w := range writes {
		m.apply(w)
	}
	return nil
}

// sizeAfter is the store's size once writes are done.
func (m *MemoryStore) sizeAfter(writes []Write) int {
	type place struct {
		table Table
		key   string
	}
	last := map[place][]byte{}
	for _, w := range writes {
		last[place{w.Table, w.Key}] = w.Value
	}
	size := m.size
	for p, value := range last {
		if old, ok := m.tables[p.table][p.key]; ok {
			size -= len(p.key) + len(old)
		}
		if value != nil {
			size += len(p.key) + len(value)
		}
	}
	return size
}

func (m *MemoryStore) apply(w Write) {
	table := m.tables[w.Table]
	if old, ok := table[w.Key]; ok {
		m.size -= len(w.Key) + len(old)
		delete(table, w.Key)
	}
	if w.Value == nil {
		return
	}
	if table == nil {
		table = map[string][]byte{}
		m.tables[w.Table] = table
	}
	m.size += len(w.Key) + len(w.Value)
	table[w.Key] = bytes.Clone(w.Value)
}

// Lock waits until it holds name, or ctx ends. Calling unlock again does nothing.
func (m *MemoryStore) Lock(ctx context.Context, name string) (unlock func(), err error) {
	m.mu.Lock()
	held, ok := m.locks[name]
	if !ok {
		held = make(chan struct{}, 1)
		m.locks[name] = held
	}
	m.mu.Unlock()
	select {
	case held <- struct{}{}:
		return sync.OnceFunc(func() { <-held }), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
