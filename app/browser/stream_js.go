//go:build js && wasm

package browser

import (
	"errors"
	"syscall/js"
)

var errNoStreams = errors.New("this browser has no event streams")

// Stream follows server-sent events from an address of this origin. opened is
// called when the server has answered, heard with the data of each event, ended
// once when the stream breaks, or could not be had: the browser's own attempts to
// come back are cut off, since the caller knows better when. All run on the event
// loop and must not wait. After stop none is called. See
// https://developer.mozilla.org/docs/Web/API/EventSource
func Stream(path string, opened func(), heard func(data []byte), ended func()) (stop func(), err error) {
	class := js.Global().Get("EventSource")
	if !class.Truthy() {
		return nil, errNoStreams
	}
	var source js.Value
	if err := try("follow events", func() { source = class.New(path) }); err != nil {
		return nil, err
	}
	unlisten := func() {}
	stop = func() {
		source.Call("close")
		unlisten()
	}
	unlisten = both(
		listen(source, "open", func(js.Value) { opened() }),
		listen(source, "message", func(e js.Value) { heard([]byte(e.Get("data").String())) }),
		listen(source, "error", func(js.Value) {
			source.Call("close")
			ended()
		}),
	)
	return stop, nil
}
