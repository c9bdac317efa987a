//go:build js && wasm

package browser

import (
	"errors"
	"syscall/js"
	"testing"
)

func TestChosenFile(t *testing.T) {
	draw(t)
	find("#outside").Set("innerHTML", `<input type="file" id="file">`)
	if _, err := ChosenFile(t.Context(), "file", 10); !errors.Is(err, errNoFile) {
		t.Errorf("ChosenFile without one = %v, want errNoFile", err)
	}
	if _, err := ChosenFile(t.Context(), "elsewhere", 10); !errors.Is(err, errNoFile) {
		t.Errorf("ChosenFile without a field = %v, want errNoFile", err)
	}
	for most, want := range map[int]string{100: "café ✓", 4: "caf\ufffd"} {
		transfer := js.Global().Get("DataTransfer").New()
		file := js.Global().Get("File").New([]any{"café ✓"}, "notes.json")
		transfer.Get("items").Call("add", file)
		find("#file").Set("files", transfer.Get("files"))
		got, err := ChosenFile(t.Context(), "file", most)
		if err != nil || string(got) != want {
			t.Errorf("ChosenFile of at most %d bytes = %q, %v, want %q", most, got, err, want)
		}
		if n := find("#file").Get("files").Length(); n != 0 {
			t.Errorf("the field still holds %d files", n)
		}
	}
}

func TestEstimate(t *testing.T) {
	used, quota, _, err := Estimate(t.Context())
	if err != nil || used < 0 || used > quota {
		t.Errorf("Estimate = %d of %d, %v", used, quota, err)
	}
	if js.Global().Get("document").Truthy() && quota == 0 {
		t.Error("Chromium says how much room there is, Estimate does not")
	}
}

func TestGuardLeaving(t *testing.T) {
	if !js.Global().Get("document").Truthy() {
		t.Skip("no page here: see TestInChromium")
	}
	leave := func() bool {
		event := js.Global().Get("Event").New("beforeunload", map[string]any{"cancelable": true})
		return window().Call("dispatchEvent", event).Bool()
	}
	remove := GuardLeaving()
	if leave() {
		t.Error("the page can be left without a question")
	}
	remove()
	if !leave() {
		t.Error("the question stays")
	}
}
