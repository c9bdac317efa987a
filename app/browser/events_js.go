//go:build js && wasm

package browser

import (
	"syscall/js"

	"marginalia/app/textpos"
)

// OnSelection calls f once with the selection as it is and then at each change,
// at most once a frame. The selection is cut to the article's text; ok is false
// when none of it is selected. See
// https://developer.mozilla.org/docs/Web/API/Document/selectionchange_event
func OnSelection(f func(from, to textpos.Point, ok bool)) (remove func()) {
	var lastFrom, lastTo textpos.Point
	var lastOK, waiting bool
	var request js.Value
	frame := js.FuncOf(func(js.Value, []js.Value) any {
		waiting = false
		from, to, ok := selection()
		if ok == lastOK && from == lastFrom && to == lastTo {
			return nil
		}
		lastFrom, lastTo, lastOK = from, to, ok
		f(from, to, ok)
		return nil
	})
	ask := func(js.Value) {
		if !waiting {
			waiting = true
			request = window().Call("requestAnimationFrame", frame)
		}
	}
	unlisten := listen(document(), "selectionchange", ask)
	ask(js.Undefined())
	return func() {
		unlisten()
		window().Call("cancelAnimationFrame", request)
		frame.Release()
	}
}

func selection() (from, to textpos.Point, ok bool) {
	v, err := dom("selection")
	if err != nil || !v.Truthy() {
		return from, to, false
	}
	n := func(i int) int { return v.Index(i).Int() }
	return textpos.Point{Block: n(0), Offset: textpos.UTF16(n(1))}, textpos.Point{Block: n(2), Offset: textpos.UTF16(n(3))}, true
}

// ClearSelection drops the selection. See
// https://developer.mozilla.org/docs/Web/API/Selection/removeAllRanges
func ClearSelection() {
	if s := window().Call("getSelection"); s.Truthy() {
		s.Call("removeAllRanges")
	}
}

// OnKey calls f for each key pressed that no control has handled already. key is
// KeyboardEvent.key, with "Ctrl+" before it when Control or Command is held;
// keys with Alt, keys of an input method and those in a dialog are not reported. inField
// says that the key goes to a field of a form, note is the id of the note in which it was
// pressed, or "". When f returns true the browser does
// nothing more with the key. See
// https://developer.mozilla.org/docs/Web/API/KeyboardEvent
func OnKey(f func(key string, inField bool, note string) (handled bool)) (remove func()) {
	return listen(document(), "keydown", func(e js.Value) {
		if e.Get("defaultPrevented").Truthy() || e.Get("isComposing").Truthy() || e.Get("altKey").Truthy() {
			return
		}
		if popped, _ := dom("popped"); popped.Truthy() {
			return
		}
		key := e.Get("key")
		if key.Type() != js.TypeString { // some browsers' autofill
			return
		}
		name := key.String()
		if e.Get("ctrlKey").Truthy() || e.Get("metaKey").Truthy() {
			name = "Ctrl+" + name
		}
		note := ""
		if el := closest(e, "[data-annotation-id]"); el.Truthy() {
			note = el.Get("dataset").Get("annotationId").String()
		}
		if f(name, within(e, "input, textarea, select, [contenteditable]"), note) {
			e.Call("preventDefault")
		}
	})
}

// OnStoryClick calls f for a click on the article's own text, neither on a
// control in it nor at the end of selecting. ids are the notes whose claims are
// under the point, the shortest claim first; there may be none. x and y are CSS
// pixels of the viewport.
func OnStoryClick(f func(x, y float64, ids []string)) (remove func()) {
	return listen(document(), "click", func(e js.Value) {
		if !within(e, "main article[data-revision]") || within(e, "a, button, [role=listbox]") {
			return
		}
		if s := window().Call("getSelection"); s.Truthy() && !s.Get("isCollapsed").Bool() {
			return
		}
		x, y := e.Get("clientX").Float(), e.Get("clientY").Float()
		if v, err := dom("hit", x, y); err == nil {
			f(x, y, lines(v.String()))
		}
	})
}

// within reports whether an event's target is inside an element of that kind.
func within(e js.Value, selector string) bool { return closest(e, selector).Truthy() }

// closest is the element of that kind that an event's target is inside of.
func closest(e js.Value, selector string) js.Value {
	target := e.Get("target")
	if target.Type() != js.TypeObject || target.Get("closest").Type() != js.TypeFunction {
		return js.Undefined()
	}
	return target.Call("closest", selector)
}

// OnLayout calls f, at most once a frame, when the article's text or a note that
// was measured has changed its size. See
// https://developer.mozilla.org/docs/Web/API/ResizeObserver
func OnLayout(f func()) (remove func()) {
	changed := js.FuncOf(func(js.Value, []js.Value) any {
		f()
		return nil
	})
	stop, err := dom("watchSizes", changed)
	return func() {
		if err == nil {
			stop.Invoke()
		}
		changed.Release()
	}
}

// OnReading calls f when the reader's place may have changed, some times a second at
// most, on a wide screen whose margin shows some notes of many. note is the first
// note in sight and focus the one with the focus, or ""; from are the first words in
// sight; above is how many more notes have room over those that are drawn. See
// https://developer.mozilla.org/docs/Web/API/Document/scroll_event
func OnReading(f func(note, focus string, from textpos.Point, above int)) (remove func()) {
	changed := js.FuncOf(func(_ js.Value, args []js.Value) any {
		from := textpos.Point{Block: args[2].Int(), Offset: textpos.UTF16(args[3].Int())}
		f(args[0].String(), args[1].String(), from, args[4].Int())
		return nil
	})
	stop, err := dom("watchReading", changed)
	return func() {
		if err == nil {
			stop.Invoke()
		}
		changed.Release()
	}
}

// OnBack calls f for the device's way back (a gesture, a button, Escape), in place of
// leaving the page, while [Over] says that something lies over the text of a narrow
// screen. Where browsers have no such watcher it never does. See
// https://developer.mozilla.org/docs/Web/API/CloseWatcher
func OnBack(f func()) (remove func()) {
	back := js.FuncOf(func(js.Value, []js.Value) any {
		f()
		return nil
	})
	show("onBack", back)
	return func() {
		show("onBack", js.Null())
		back.Release()
	}
}

// Over says whether something lies over the text. Call it after each drawing.
func Over(on bool) { show("over", on) }

// WhenIdle calls f once, after the next frame, when the browser has nothing more
// urgent to do. See
// https://developer.mozilla.org/docs/Web/API/Window/requestIdleCallback
func WhenIdle(f func()) {
	var call js.Func
	call = js.FuncOf(func(js.Value, []js.Value) any {
		call.Release()
		f()
		return nil
	})
	if _, err := dom("whenIdle", call); err != nil {
		call.Release()
	}
}

// OnPrint calls f before the page is printed (true) and when that is done or was given
// up (false). The browser prints what is in the page when f returns. See
// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#printing
func OnPrint(f func(on bool)) (remove func()) {
	return both(
		listen(window(), "beforeprint", func(js.Value) { f(true) }),
		listen(window(), "afterprint", func(js.Value) { f(false) }),
	)
}
