//go:build js && wasm

package browser

import (
	"context"
	"errors"
	"strings"
	"syscall/js"
	"testing"
)

func promise(kind string, value any) js.Value {
	return js.Global().Get("Promise").Call(kind, value)
}

func TestAwait(t *testing.T) {
	cases := []struct {
		name    string
		promise js.Value
		want    string
		wantErr string
	}{
		{"resolve", promise("resolve", "yes"), "yes", ""},
		{"reject with an error", promise("reject", js.Global().Get("Error").New("no")), "", "no"},
		{"reject with a string", promise("reject", "just words"), "", "just words"},
		{"reject with nothing", promise("reject", js.Undefined()), "", "undefined"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := await(t.Context(), c.promise)
			if c.wantErr != "" {
				if err == nil || !strings.Contains(err.Error(), c.wantErr) {
					t.Fatalf("await: error %v, want one with %q", err, c.wantErr)
				}
				return
			}
			if err != nil || got.String() != c.want {
				t.Errorf("await = %v, %v, want %q", got, err, c.want)
			}
		})
	}
}

func TestAwaitCancel(t *testing.T) {
	pending, resolve := unresolved()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := await(ctx, pending); !errors.Is(err, context.Canceled) {
		t.Errorf("await with a done context: %v, want context.Canceled", err)
	}
	// The functions are alive until JavaScript has called them: this must not
	// report a call to a released function.
	resolve.Invoke("late")
	if _, err := await(t.Context(), pending); err != nil {
		t.Errorf("await after that: %v", err)
	}
}

func TestTry(t *testing.T) {
	if err := try("parse", func() { js.Global().Get("JSON").Call("parse", "{") }); err == nil || !strings.HasPrefix(err.Error(), "parse: ") || nameOf(err) != "SyntaxError" {
		t.Errorf("try of a JavaScript exception = %v (%q), want a SyntaxError that names the operation", err, nameOf(err))
	}
	if err := try("nothing", func() {}); err != nil {
		t.Errorf("try of nothing = %v", err)
	}
	defer func() {
		if r := recover(); r != "a mistake" {
			t.Errorf("try swallowed a Go panic: recovered %v", r)
		}
	}()
	_ = try("panic", func() { panic("a mistake") })
}

func TestTryAwait(t *testing.T) {
	target := js.Global().Get("Promise")
	if v, err := tryAwait(t.Context(), "op", target, "resolve", 3); err != nil || v.Int() != 3 {
		t.Errorf("tryAwait = %v, %v, want 3", v, err)
	}
	if _, err := tryAwait(t.Context(), "op", target, "reject", "why"); err == nil || err.Error() != "op: why" {
		t.Errorf("tryAwait of a rejection = %v, want %q", err, "op: why")
	}
}

func TestListen(t *testing.T) {
	target := js.Global().Get("EventTarget").New()
	fire := func() { target.Call("dispatchEvent", js.Global().Get("Event").New("news")) }
	heard := 0
	remove := listen(target, "news", func(js.Value) { heard++ })
	fire()
	remove()
	remove() // does nothing more
	fire()
	if heard != 1 {
		t.Errorf("heard %d events, want the one before remove", heard)
	}
	listen(js.Undefined(), "news", nil)() // a browser without that object
}

func TestRandom(t *testing.T) {
	if a, b := Random(), Random(); a == b {
		t.Errorf("Random gave %v twice", a)
	}
}
