//go:build js && wasm

package browser

import (
	"syscall/js"

	"marginalia/app/textpos"
)

// SetLooks has this page, the next ones and those in other windows look as text says,
// see web/display.js; "" is as they were made.
func SetLooks(text string) { display("keep", text) }

// OnChoice calls f with what the reader chooses in the panels at the page's foot, also
// with what was chosen before the app was up.
func OnChoice(f func(name, value string)) {
	display("listen", js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0].String(), args[1].String())
		return nil
	}))
}

// display calls a function of web/display.js. Without it pages look as they were made.
func display(method string, arg any) {
	_ = try(method, func() { window().Get("marginaliaDisplay").Call(method, arg) })
}

// ShowLine shows or hides a line of the page that waits for its reason, with a quote if
// it has a place for one.
func ShowLine(id string, on bool, quote string) { show("showLine", id, on, quote) }

// ShowDialog opens the dialog with that id. When it is closed the focus goes back to
// where it was. See https://developer.mozilla.org/docs/Web/API/HTMLDialogElement/showModal
func ShowDialog(id string) { show("showDialog", id) }

// SaveFocus gives the focus to what stands around an element that had it and is gone.
// Call it after a drawing.
func SaveFocus() { show("saveFocus") }

// Untouched reports whether the page has just been opened by a link or an address and
// stands at its beginning: not if the browser brings back what was there.
func Untouched() bool {
	v, err := dom("untouched")
	return err == nil && v.Truthy()
}

// OnPlace calls f when the reader has stopped scrolling and when the page is left, with
// the first words in sight; Block is -1 at the article's beginning and past its end.
func OnPlace(f func(at textpos.Point)) (remove func()) {
	changed := js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(textpos.Point{Block: args[0].Int(), Offset: textpos.UTF16(args[1].Int())})
		return nil
	})
	stop, err := dom("watchPlace", changed)
	return func() {
		if err == nil {
			stop.Invoke()
		}
		changed.Release()
	}
}

// GoTo scrolls so that a place of the article is the first in sight.
func GoTo(at textpos.Point) { show("goTo", at.Block, int(at.Offset)) }

// OnInstallable calls f with whether the browser can install the app, now and when that
// changes. web/loader.js keeps the browser's offer. See
// https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent
func OnInstallable(f func(can bool)) (remove func()) {
	tell := func(js.Value) { f(window().Get("marginaliaInstall").Truthy()) }
	tell(js.Undefined())
	return listen(window(), "marginalia:install", tell)
}
