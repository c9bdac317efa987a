// Package browser is every line of syscall/js in the project: storage in
// IndexedDB, requests to the server, the reader's selection, highlights, places
// of notes, focus, and what a page tells and asks.
//
// It holds at one border what the rest of the code must not know: no js.Value
// leaves it, a JavaScript exception or a rejected promise becomes a Go error
// that names the operation, and what listens returns its own remover, which also
// releases the Go function. Offsets are UTF-16 units of a block's text
// ([textpos.Point]); state turns them into code points. Work on many elements is
// one call of web/dom.js, since each crossing costs.
//
// Functions given to an On… function run on the browser's event loop: they must
// return at once and must not wait for anything.
//
//	store, err := browser.OpenStore(ctx)
//	remove := browser.OnSelection(func(from, to textpos.Point, ok bool) { … })
//	defer remove()
//
// Files that end in _js.go need a browser; what they compute without one stands
// in the others and is tested natively.
package browser
