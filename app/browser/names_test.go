package browser

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

func TestNamesExclude(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := names{held: map[string]chan struct{}{}}
		unlock, err := n.lock(t.Context(), "sync")
		if err != nil {
			t.Fatalf("lock: %v", err)
		}
		if other, err := n.lock(t.Context(), "other"); err != nil {
			t.Errorf("lock of another name: %v", err)
		} else {
			other()
		}
		second := make(chan func(), 1)
		go func() {
			unlock, err := n.lock(t.Context(), "sync")
			if err != nil {
				t.Errorf("second lock: %v", err)
			}
			second <- unlock
		}()
		synctest.Wait()
		select {
		case <-second:
			t.Fatal("the second lock did not wait for the first")
		default:
		}
		unlock()
		unlock() // does nothing more
		synctest.Wait()
		select {
		case unlock := <-second:
			unlock()
		default:
			t.Fatal("the second lock still waits")
		}
	})
}

func TestNamesCancel(t *testing.T) {
	n := names{held: map[string]chan struct{}{}}
	unlock, err := n.lock(t.Context(), "sync")
	if err != nil {
		t.Fatalf("lock: %v", err)
	}
	defer unlock()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := n.lock(ctx, "sync"); !errors.Is(err, context.Canceled) {
		t.Errorf("lock with a done context: %v, want context.Canceled", err)
	}
}
