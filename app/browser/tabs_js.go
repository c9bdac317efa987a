//go:build js && wasm

package browser

import (
	"sync"
	"syscall/js"
)

// Tabs is the line between the windows of one browser. What is said on it may
// be lost, so it only ever says that there is something to look at. See
// https://developer.mozilla.org/docs/Web/API/BroadcastChannel
type Tabs struct {
	hear func(message string)

	mu      sync.Mutex
	channel js.Value
	drop    func()
}

// OpenTabs calls hear with what other windows say. Where the browser has no such
// channel nothing is heard.
func OpenTabs(hear func(message string)) *Tabs {
	t := &Tabs{hear: hear}
	t.Open()
	return t
}

// Open opens the line again after Close.
func (t *Tabs) Open() {
	t.mu.Lock()
	defer t.mu.Unlock()
	constructor := js.Global().Get("BroadcastChannel")
	if t.channel.Truthy() || !constructor.Truthy() {
		return
	}
	if err := try("open tabs", func() { t.channel = constructor.New("marginalia") }); err != nil {
		return
	}
	t.drop = listen(t.channel, "message", func(e js.Value) {
		if data := e.Get("data"); data.Type() == js.TypeString {
			t.hear(data.String())
		}
	})
}

// Say tells all other windows. A line that is closed says nothing.
func (t *Tabs) Say(message string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.channel.Truthy() {
		_ = try("tell tabs", func() { t.channel.Call("postMessage", message) })
	}
}

// Close ends the line: a page that is kept for going back must hold none.
func (t *Tabs) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.channel.Truthy() {
		return
	}
	t.drop()
	t.channel.Call("close")
	t.channel = js.Undefined()
}
