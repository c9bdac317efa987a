//go:build js && wasm

package browser

import (
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

// FillForm writes the draft into the open form's fields, found by their
// data-field: "text", "reason", "sources/0/url", "sources/0/passage". It does so
// when they are drawn, within about half a second. A field that already holds
// the value keeps its caret; no input event is fired.
func FillForm(d replica.DraftNote) { show("fill", fields(d)) }

// Focus moves the keyboard's focus once its target is drawn, within about half a
// second.
func Focus(t Target) {
	if t.Kind == AtBack {
		show("focusBack")
		return
	}
	if t.Kind == AtFind || t.Kind == AtPicker {
		show("keepFocus")
	}
	if s := selector(t); s != "" {
		show("focus", s, t.Kind == AtStory || t.Kind == AtBlock || t.Kind == AtMain)
	}
}

// SelectWords selects [from, to) in a field of the form and gives it the focus. See
// https://developer.mozilla.org/docs/Web/API/HTMLInputElement/setSelectionRange
func SelectWords(field string, from, to textpos.UTF16) {
	show("selectWords", field, int(from), int(to))
}

// ShowText scrolls a part of the article into the free part of the screen, if it
// is not there already.
func ShowText(from, to textpos.Point) {
	show("showText", from.Block, int(from.Offset), to.Block, int(to.Offset))
}

// ShowNote scrolls a note into view, in the margin or in the sheet, once it is drawn.
func ShowNote(id string) { show("showNote", id) }

// FillFind writes the words that are looked for into their field, once it is drawn.
func FillFind(words string) { show("fillFind", words) }

// PlaceHeat puts the strip's stretches where their blocks are in the article, in
// parts of its height.
func PlaceHeat() { show("placeHeat") }

// PlaceToolbar stands the selection's toolbar above the selection. Call it after
// the toolbar is drawn.
func PlaceToolbar() { show("placeToolbar") }
