package storetest

import (
	"errors"
	"testing"
	"time"

	"marginalia/app/store"
)

func testSourceChecks(t *testing.T, s store.Store) {
	old := store.SourceCheck{URL: "https://example.org/a?b=ü", Outcome: "reachable", Checked: at(1)}
	moved := store.SourceCheck{URL: "https://example.org/b", Outcome: "redirected", Domain: "example.net", Checked: at(2)}
	put := func(c store.SourceCheck) {
		t.Helper()
		update(t, s, func(tx store.Tx) error { return tx.PutSourceCheck(c) })
	}
	want := func(c store.SourceCheck) {
		t.Helper()
		got, err := s.SourceCheck(t.Context(), c.URL)
		if err != nil {
			t.Errorf("SourceCheck(%s): %v", c.URL, err)
		}
		equal(t, "check", got, c)
	}
	put(old)
	put(moved)
	want(old)
	want(moved)

	newer := old
	newer.Outcome, newer.Checked = "gone", at(3)
	put(newer)
	want(newer)
	want(moved)

	last := store.SourceCheck{URL: "https://example.org/c", Outcome: "refused", Checked: moved.Checked.Add(store.SourceChecksKept - time.Second)}
	put(last)
	want(moved)
	last.Checked = last.Checked.Add(time.Second)
	put(last)
	want(last)
	want(newer)
	if _, err := s.SourceCheck(t.Context(), moved.URL); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an old check: %v, want ErrNotFound", err)
	}
}
