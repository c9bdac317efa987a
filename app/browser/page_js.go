//go:build js && wasm

package browser

import (
	"context"
	"errors"
	"strings"
	"syscall/js"
	"time"
)

// BootJSON is the text of the page's data block "boot", or nil.
func BootJSON() []byte { return dataBlock("boot") }

// AssetsJSON is the text of the page's data block "assets", or nil.
func AssetsJSON() []byte { return dataBlock("assets") }

// WordsJSON is the text of the page's data block "words", the catalogue of messages
// of the page's language, or nil for the English one.
func WordsJSON() []byte { return dataBlock("words") }

func dataBlock(id string) []byte {
	el := document().Call("getElementById", id)
	if !el.Truthy() {
		return nil
	}
	return []byte(el.Get("textContent").String())
}

// SetScripted says that a script draws the page from now on: class "js" on the root
// element. Call it before the first drawing, so that nothing is seen in the place that it
// has without a script; notes beside the text are seen once [PlaceNotes] has put them there.
func SetScripted() {
	document().Get("documentElement").Get("classList").Call("add", "js")
}

// SetReady says that the app is up: data-app="ready" on the root element. What the
// reader pressed before is then played back.
func SetReady() {
	document().Get("documentElement").Call("setAttribute", "data-app", "ready")
	window().Call("dispatchEvent", js.Global().Get("CustomEvent").New("marginalia:ready"))
}

// StopLinkTakeover takes back the clicks on links and the back button, which
// go-app handles from its start on: every page here is loaded from the server.
// Call it when the root component is mounted.
func StopLinkTakeover() {
	window().Set("onclick", js.Null())
	window().Set("onpopstate", js.Null())
}

// KeepScroll remembers what the reader sees: the scroll position by the block at
// the top edge, the selection and the focus. Call it before go-app starts, and
// restore after the mount, which replaces every element.
func KeepScroll() (restore func()) {
	show("keep")
	return func() { show("restore") }
}

// KeepPlace remembers what stands in sight of the article, by its words. Call it
// before another text of the article is drawn, and restore after the drawing.
func KeepPlace() (restore func()) {
	show("keepPlace")
	return func() { show("restorePlace") }
}

// Path is the address's path.
func Path() string { return location().Get("pathname").String() }

// Origin is the scheme, host and port that the page came from.
func Origin() string { return location().Get("origin").String() }

// Hash is the address's fragment without "#" and without directives for the browser.
func Hash() string {
	hash, _, _ := strings.Cut(strings.TrimPrefix(location().Get("hash").String(), "#"), ":~:")
	return hash
}

// SetHash puts a fragment (without "#") into the address, or takes it out when
// it is empty. It neither scrolls nor makes an entry in the history. See
// https://developer.mozilla.org/docs/Web/API/History/replaceState
func SetHash(hash string) {
	if hash == Hash() {
		return
	}
	address := Path() + location().Get("search").String()
	if hash != "" {
		address += "#" + hash
	}
	history := js.Global().Get("history")
	// Browsers refuse it when it is called too often: the address then stays.
	_ = try("set hash", func() { history.Call("replaceState", history.Get("state"), "", address) })
}

// Go opens another page of this origin.
func Go(path string) { location().Call("assign", path) }

// GoInstead is Go, but the way back does not lead to this page.
func GoInstead(path string) { location().Call("replace", path) }

// Query is the address's query, with its "?".
func Query() string { return location().Get("search").String() }

// Directive is what the page was opened with after ":~:" in its address. Browsers
// take it out of the fragment, but leave it in the record of the navigation. See
// https://wicg.github.io/scroll-to-text-fragment/#extracting-the-fragment-directive
func Directive() string {
	_, directive, _ := strings.Cut(location().Get("hash").String(), ":~:")
	_ = try("read navigation", func() {
		entries := js.Global().Get("performance").Call("getEntriesByType", "navigation")
		if entries.Length() > 0 && directive == "" {
			_, directive, _ = strings.Cut(entries.Index(0).Get("name").String(), ":~:")
		}
	})
	return directive
}

// Now is the device's clock, in UTC.
func Now() time.Time { return time.Now().UTC() }

// Random returns ten random bytes, for an id. See
// https://developer.mozilla.org/docs/Web/API/Crypto/getRandomValues
func Random() (random [10]byte) {
	v := js.Global().Get("Uint8Array").New(len(random))
	js.Global().Get("crypto").Call("getRandomValues", v)
	js.CopyBytesToGo(random[:], v)
	return random
}

var errNoClipboard = errors.New("this browser gives pages no clipboard")

// Copy puts text on the clipboard. Browsers allow it shortly after a press. See
// https://developer.mozilla.org/docs/Web/API/Clipboard/writeText
func Copy(ctx context.Context, text string) error {
	clipboard := navigator().Get("clipboard")
	if !clipboard.Truthy() {
		return errNoClipboard
	}
	_, err := tryAwait(ctx, "copy", clipboard, "writeText", text)
	return err
}

// Download offers data as a file of that name and media type. See
// https://developer.mozilla.org/docs/Web/HTML/Element/a#download
func Download(name, mime string, data []byte) error {
	_, err := dom("download", name, mime, toJS(data))
	return err
}

// Estimate is the room that the browser gives this origin, in bytes, quota 0 when
// it does not say, and whether it has promised not to clear it. See
// https://developer.mozilla.org/docs/Web/API/StorageManager/estimate
func Estimate(ctx context.Context) (used, quota int64, kept bool, err error) {
	storage := navigator().Get("storage")
	if !storage.Truthy() || storage.Get("estimate").Type() != js.TypeFunction {
		return 0, 0, false, nil
	}
	room, err := tryAwait(ctx, "estimate storage", storage, "estimate")
	if err != nil {
		return 0, 0, false, err
	}
	promised, err := tryAwait(ctx, "estimate storage", storage, "persisted")
	if err != nil {
		return 0, 0, false, err
	}
	number := func(name string) int64 {
		if v := room.Get(name); v.Type() == js.TypeNumber {
			return int64(v.Float())
		}
		return 0
	}
	return number("usage"), number("quota"), promised.Truthy(), nil
}

var errNoFile = errors.New("no file is chosen")

// ChosenFile reads the file that was chosen in the page's field with that id, and
// empties the field, so that the same file can be chosen again. A file of more
// than most bytes is not read, but cut. See
// https://developer.mozilla.org/docs/Web/API/Blob/text
func ChosenFile(ctx context.Context, id string, most int) ([]byte, error) {
	field := document().Call("getElementById", id)
	if !field.Truthy() || field.Get("files").Length() == 0 {
		return nil, errNoFile
	}
	file := field.Get("files").Index(0)
	defer field.Set("value", "")
	text, err := tryAwait(ctx, "read file", file.Call("slice", 0, most), "text")
	if err != nil {
		return nil, err
	}
	return []byte(text.String()), nil
}

// GuardLeaving has the browser ask before the page is left, until remove is called.
// See https://developer.mozilla.org/docs/Web/API/Window/beforeunload_event
func GuardLeaving() (remove func()) {
	return listen(window(), "beforeunload", func(e js.Value) { e.Call("preventDefault") })
}

// Persist asks the browser not to clear this origin's storage when it needs room.
// See https://developer.mozilla.org/docs/Web/API/StorageManager/persist
func Persist(ctx context.Context) error {
	storage := navigator().Get("storage")
	if !storage.Truthy() || storage.Get("persist").Type() != js.TypeFunction {
		return nil
	}
	_, err := tryAwait(ctx, "persist storage", storage, "persist")
	return err
}
