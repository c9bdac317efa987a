//go:build js && wasm

package browser

import (
	"context"
	"syscall/js"
)

// Online reports what the browser says about the network: false is certain, true
// is not. See https://developer.mozilla.org/docs/Web/API/Navigator/onLine
func Online() bool {
	v := navigator().Get("onLine")
	return v.Type() != js.TypeBoolean || v.Bool()
}

// OnOnline calls f when the network comes or goes, and with true when the
// service worker says that it is time to send.
func OnOnline(f func(online bool)) (remove func()) {
	return both(
		listen(window(), "online", func(js.Value) { f(true) }),
		listen(window(), "offline", func(js.Value) { f(false) }),
		listen(navigator().Get("serviceWorker"), "message", func(e js.Value) {
			if data := e.Get("data"); data.Type() == js.TypeObject && data.Get("type").Equal(js.ValueOf("sync")) {
				f(true)
			}
		}),
	)
}

// Visible reports whether the page can be seen. See
// https://developer.mozilla.org/docs/Web/API/Document/visibilityState
func Visible() bool { return !document().Get("hidden").Truthy() }

// OnVisible calls f when the page comes into sight (true) or is hidden (false),
// the last moment at which a page on a phone can be sure to run.
func OnVisible(f func(visible bool)) (remove func()) {
	return listen(document(), "visibilitychange", func(js.Value) { f(Visible()) })
}

// OnLeave calls f when the page is left, for good or to be kept for going back.
// See https://developer.mozilla.org/docs/Web/API/Window/pagehide_event
func OnLeave(f func()) (remove func()) {
	return listen(window(), "pagehide", func(js.Value) { f() })
}

// OnReturn calls f when the reader has gone back to this page and the browser
// had kept it as it was. See
// https://developer.mozilla.org/docs/Web/API/PageTransitionEvent/persisted
func OnReturn(f func()) (remove func()) {
	return listen(window(), "pageshow", func(e js.Value) {
		if e.Get("persisted").Truthy() {
			f()
		}
	})
}

// OnHash calls f with the address's new fragment, without "#", when the reader
// follows a link within the page or goes back; not after [SetHash]. See
// https://developer.mozilla.org/docs/Web/API/Window/hashchange_event
func OnHash(f func(hash string)) (remove func()) {
	return listen(window(), "hashchange", func(js.Value) { f(Hash()) })
}

// OnUpdate calls f when a new version of the app waits; at once if one already does.
func OnUpdate(f func()) (remove func()) {
	remove = listen(window(), "marginalia:update", func(js.Value) { f() })
	if window().Get("marginaliaUpdateWaiting").Truthy() {
		f()
	}
	return remove
}

// TakeUpdate lets the waiting version start; the page is then loaded again.
func TakeUpdate() {
	if take := window().Get("marginaliaTakeUpdate"); take.Type() == js.TypeFunction {
		take.Invoke()
		return
	}
	location().Call("reload")
}

// RegisterBackgroundSync asks the browser to wake the app when the network is
// back. It does nothing where that is not supported. See
// https://developer.mozilla.org/docs/Web/API/SyncManager
func RegisterBackgroundSync(ctx context.Context) error {
	workers := navigator().Get("serviceWorker")
	if !workers.Truthy() {
		return nil
	}
	registration, err := tryAwait(ctx, "background sync", workers, "getRegistration")
	if err != nil || !registration.Truthy() || !registration.Get("sync").Truthy() {
		return err
	}
	_, err = tryAwait(ctx, "background sync", registration.Get("sync"), "register", "outbox")
	return err
}
