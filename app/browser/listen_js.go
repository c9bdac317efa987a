//go:build js && wasm

package browser

import (
	"errors"
	"sync"
	"syscall/js"
)

// listen calls f with each event of that name until remove is called. See
// https://developer.mozilla.org/docs/Web/API/EventTarget/addEventListener
func listen(target js.Value, event string, f func(event js.Value)) (remove func()) {
	if !target.Truthy() {
		return func() {}
	}
	listener := js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	})
	target.Call("addEventListener", event, listener)
	return sync.OnceFunc(func() {
		target.Call("removeEventListener", event, listener)
		listener.Release()
	})
}

// both joins removers.
func both(removers ...func()) func() {
	return func() {
		for _, remove := range removers {
			remove()
		}
	}
}

func window() js.Value   { return js.Global() }
func document() js.Value { return js.Global().Get("document") }
func location() js.Value { return js.Global().Get("location") }

// navigator is the browser's, or an empty object where there is none, as in older
// releases of node: what is looked up on it is then undefined.
func navigator() js.Value {
	if v := js.Global().Get("navigator"); v.Truthy() {
		return v
	}
	return js.Global().Get("Object").New()
}

// errNoDOM says that web/dom.js was not loaded: a fault of the page.
var errNoDOM = errors.New("dom.js is not loaded")

// dom calls a function of web/dom.js.
func dom(method string, args ...any) (v js.Value, err error) {
	helper := js.Global().Get("marginaliaDOM")
	if !helper.Truthy() {
		return js.Undefined(), errNoDOM
	}
	err = try(method, func() { v = helper.Call(method, args...) })
	return v, err
}

// show calls a function of web/dom.js that changes only what is seen. A page on
// which it cannot work shows what it showed, so its error says nothing to anyone.
func show(method string, args ...any) {
	_, _ = dom(method, args...)
}
