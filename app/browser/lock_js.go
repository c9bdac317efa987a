//go:build js && wasm

package browser

import (
	"context"
	"fmt"
	"sync"
	"syscall/js"
)

// Lock holds a name against every tab of the origin until unlock is called or
// the page is gone. See
// https://developer.mozilla.org/docs/Web/API/LockManager/request
//
// Where the browser has no locks, it holds the name within this page only: sync
// then relies on the server, to which a change sent twice is one change.
func (s *Store) Lock(ctx context.Context, name string) (unlock func(), err error) {
	locks := navigator().Get("locks")
	if !locks.Truthy() {
		return s.names.lock(ctx, name)
	}
	got := make(chan js.Value, 1)
	granted := js.FuncOf(func(js.Value, []js.Value) any {
		promise, resolve := unresolved()
		got <- resolve
		return promise // the lock is held until it is resolved
	})
	abort := js.Global().Get("AbortController").New()
	refused := make(chan error, 1)
	go func() {
		options := map[string]any{"signal": abort.Get("signal")}
		_, err := tryAwait(context.Background(), "lock "+name, locks, "request", "marginalia/"+name, options, granted)
		granted.Release()
		refused <- err
	}()

	select {
	case resolve := <-got:
		return sync.OnceFunc(func() { resolve.Invoke() }), nil
	case err := <-refused:
		return nil, err
	case <-ctx.Done():
	}
	abort.Call("abort")
	select {
	case resolve := <-got: // granted in the same moment
		resolve.Invoke()
	case <-refused:
	}
	return nil, fmt.Errorf("lock %s: %w", name, ctx.Err())
}

// unresolved makes a promise and the function that resolves it.
func unresolved() (promise, resolve js.Value) {
	executor := js.FuncOf(func(_ js.Value, args []js.Value) any {
		resolve = args[0]
		return nil
	})
	defer executor.Release() // it is called before New returns
	return js.Global().Get("Promise").New(executor), resolve
}
