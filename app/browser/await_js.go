//go:build js && wasm

package browser

import (
	"context"
	"errors"
	"fmt"
	"syscall/js"
)

// await waits for promise and returns its value, or its rejection as an error.
// It is the only way to wait for a promise here. See
// https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Promise/then
func await(ctx context.Context, promise js.Value) (js.Value, error) {
	type outcome struct {
		value js.Value
		err   error
	}
	done := make(chan outcome, 1) // never blocks the event loop
	settle := func(o outcome) any {
		select {
		case done <- o:
		default:
		}
		return nil
	}
	ok := js.FuncOf(func(_ js.Value, args []js.Value) any { return settle(outcome{value: args[0]}) })
	bad := js.FuncOf(func(_ js.Value, args []js.Value) any { return settle(outcome{err: thrown(args[0])}) })
	promise.Call("then", ok, bad)

	select {
	case o := <-done:
		ok.Release()
		bad.Release()
		return o.value, o.err
	case <-ctx.Done():
		// JavaScript may still call ok or bad: release them when it has.
		go func() { <-done; ok.Release(); bad.Release() }()
		return js.Undefined(), ctx.Err()
	}
}

// try runs f and turns a JavaScript exception into an error that names op.
func try(op string, f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case js.Error:
			err = fmt.Errorf("%s: %w", op, thrown(r.Value))
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

// thrown makes an error of what JavaScript threw, which may be any value:
// js.Error.Error panics on one that is not an object.
func thrown(v js.Value) error {
	if v.Type() == js.TypeObject || v.Type() == js.TypeFunction {
		return js.Error{Value: v}
	}
	return errors.New(v.String())
}

// nameOf is the name of a DOMException within err, such as "QuotaExceededError",
// or "". See https://developer.mozilla.org/docs/Web/API/DOMException#error_names
func nameOf(err error) string {
	var e js.Error
	if !errors.As(err, &e) {
		return ""
	}
	if name := e.Value.Get("name"); name.Type() == js.TypeString {
		return name.String()
	}
	return ""
}

// tryAwait calls method on target and waits for the promise that it returns.
func tryAwait(ctx context.Context, op string, target js.Value, method string, args ...any) (js.Value, error) {
	var promise js.Value
	if err := try(op, func() { promise = target.Call(method, args...) }); err != nil {
		return js.Undefined(), err
	}
	v, err := await(ctx, promise)
	if err != nil {
		return js.Undefined(), fmt.Errorf("%s: %w", op, err)
	}
	return v, nil
}
