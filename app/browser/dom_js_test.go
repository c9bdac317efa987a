//go:build js && wasm

package browser

import (
	"slices"
	"strings"
	"syscall/js"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

const fixture = `<div><main><p id="outside">before</p><article data-revision="r">
<p id="b0">One 👩‍👧 two <mark>three</mark> four</p><p id="b1">five six seven</p><p id="b2">eight</p></article>
<div class="toolbar" role="toolbar"></div></main>
<nav class="pins"><a class="pin" href="#n-a">a</a><a class="pin" href="#n-b">b</a></nav>
<aside class="notes"><header>Notes</header><article data-annotation-id="a">a</article><article data-annotation-id="b">b</article></aside></div>`

// draw puts the fixture into the page, or skips where there is none.
func draw(t *testing.T) {
	t.Helper()
	if !js.Global().Get("document").Truthy() {
		t.Skip("no page here: see TestInChromium")
	}
	document().Get("body").Set("innerHTML", fixture)
	ClearSelection()
}

func find(selector string) js.Value { return document().Call("querySelector", selector) }

func at(block int, offset textpos.UTF16) textpos.Point {
	return textpos.Point{Block: block, Offset: offset}
}

// frame waits until the browser has drawn.
func frame(t *testing.T) {
	t.Helper()
	promise, resolve := unresolved()
	js.Global().Call("requestAnimationFrame", resolve)
	if _, err := await(t.Context(), promise); err != nil {
		t.Fatal(err)
	}
}

func paint(t *testing.T, ranges ...Range) {
	t.Helper()
	if err := Paint([]Group{{Name: "dispute", Ranges: ranges}, {Name: "open", Priority: 1}}); err != nil {
		t.Fatalf("Paint: %v", err)
	}
}

func TestPaint(t *testing.T) {
	draw(t)
	paint(t,
		Range{ID: "a", From: at(0, 14), To: at(0, 19)}, // "three", a node of its own
		Range{ID: "b", From: at(0, 10), To: at(1, 4)},  // over two borders
		Range{ID: "gone", From: at(7, 0), To: at(7, 1)},
		Range{ID: "long", From: at(0, 0), To: at(0, 999)},
	)
	var got []string
	light := js.Global().Get("CSS").Get("highlights").Call("get", "dispute")
	for _, r := range elements(light) {
		live := document().Call("createRange")
		live.Call("setStart", r.Get("startContainer"), r.Get("startOffset"))
		live.Call("setEnd", r.Get("endContainer"), r.Get("endOffset"))
		got = append(got, live.Call("toString").String())
	}
	if want := []string{"three", "two three fourfive"}; !slices.Equal(got, want) {
		t.Errorf("painted %q, want %q", got, want)
	}

	box := find("#b0 mark").Call("getBoundingClientRect")
	x, y := box.Get("left").Float()+5, box.Get("top").Float()+10
	v, err := dom("hit", x, y)
	if err != nil || v.String() != "a\nb" {
		t.Errorf("hit on both = %q, %v, want a, then b", v, err)
	}
	if v, err := dom("hit", 5, y); err != nil || v.String() != "" {
		t.Errorf("hit on none = %q, %v", v, err)
	}
}

// elements lists what a JavaScript set holds.
func elements(set js.Value) []js.Value {
	array := js.Global().Get("Array").Call("from", set)
	var all []js.Value
	for i := range array.Length() {
		all = append(all, array.Index(i))
	}
	return all
}

func TestPlaceNotes(t *testing.T) {
	draw(t)
	paint(t,
		Range{ID: "a", From: at(0, 0), To: at(0, 3)},
		Range{ID: "b", From: at(1, 0), To: at(1, 4)},
	)
	if err := PlaceNotes("b"); err != nil {
		t.Fatalf("PlaceNotes: %v", err)
	}
	property := func(selector, name string) string {
		return find(selector).Get("style").Call("getPropertyValue", name).String()
	}
	// The head ends at 40, the note before b is 100 high, both need a gap of 28.
	for _, c := range []struct{ selector, property, want string }{
		{`[data-annotation-id="a"]`, "--y", "68px"},
		{`[data-annotation-id="b"]`, "--y", "196px"},
		{`aside.notes`, "--h", "296px"},
	} {
		if got := property(c.selector, c.property); got != c.want {
			t.Errorf("%s of %s = %q, want %q", c.property, c.selector, got, c.want)
		}
	}
	if !find(`[data-annotation-id="b"]`).Call("hasAttribute", "data-pushed").Bool() {
		t.Error("b was pushed and does not say so")
	}
	if property(`.pin[href="#n-b"]`, "--y") == "" {
		t.Error("the mark of b was not placed")
	}
}

func TestOnLayout(t *testing.T) {
	draw(t)
	paint(t, Range{ID: "a", From: at(0, 0), To: at(0, 3)})
	heard := make(chan struct{}, 8)
	remove := OnLayout(func() { heard <- struct{}{} })
	if err := PlaceNotes(""); err != nil {
		t.Fatal(err)
	}
	frame(t)
	frame(t)
	if len(heard) != 0 {
		t.Error("watching and placing count as changes")
	}
	find(`[data-annotation-id="a"]`).Get("style").Call("setProperty", "height", "150px")
	<-heard
	find("#b1").Set("textContent", strings.Repeat("longer ", 100))
	<-heard
	remove()
	find("#b1").Set("textContent", "short")
	frame(t)
	frame(t)
	if len(heard) != 0 {
		t.Error("heard a change after remove")
	}
}

func TestOnStoryClick(t *testing.T) {
	draw(t)
	paint(t, Range{ID: "a", From: at(0, 14), To: at(0, 19)})
	find("#b2").Set("innerHTML", "eight <a>link</a>")
	var heard []string
	defer OnStoryClick(func(_, _ float64, ids []string) { heard = append(heard, strings.Join(ids, "+")+".") })()
	click := func(selector string) {
		target := find(selector)
		box := target.Call("getBoundingClientRect")
		target.Call("dispatchEvent", js.Global().Get("MouseEvent").New("click", map[string]any{
			"bubbles": true, "clientX": box.Get("left").Float() + 5, "clientY": box.Get("top").Float() + 5,
		}))
	}
	click("#b0 mark")
	click("#b1")
	click("#b2 a")
	click("#outside")
	js.Global().Call("getSelection").Call("selectAllChildren", find("#b1"))
	click("#b1")
	if want := []string{"a.", "."}; !slices.Equal(heard, want) {
		t.Errorf("heard %q, want %q", heard, want)
	}
}

func TestSelection(t *testing.T) {
	draw(t)
	whole, inner := find("main"), find("#b0 mark").Get("firstChild")
	cases := []struct {
		name     string
		from     js.Value
		fromAt   int
		to       js.Value
		toAt     int
		wantFrom textpos.Point
		wantTo   textpos.Point
		ok       bool
	}{
		{"in a node", inner, 1, inner, 3, at(0, 15), at(0, 17), true},
		{"cut to the article", find("#outside").Get("firstChild"), 2, inner, 5, at(0, 0), at(0, 19), true},
		{"everything", whole, 0, whole, 3, at(0, 0), at(2, 5), true},
		{"to the edge of the next block", find("#b0"), 0, find("#b1"), 0, at(0, 0), at(0, 24), true},
		{"outside", find("#outside"), 0, find("#outside"), 1, textpos.Point{}, textpos.Point{}, false},
		{"nothing", inner, 2, inner, 2, textpos.Point{}, textpos.Point{}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			js.Global().Call("getSelection").Call("setBaseAndExtent", c.from, c.fromAt, c.to, c.toAt)
			from, to, ok := selection()
			if from != c.wantFrom || to != c.wantTo || ok != c.ok {
				t.Errorf("selection = %v, %v, %v, want %v, %v, %v", from, to, ok, c.wantFrom, c.wantTo, c.ok)
			}
		})
	}
}

func TestOnSelection(t *testing.T) {
	draw(t)
	heard := make(chan textpos.Point, 8)
	remove := OnSelection(func(_, to textpos.Point, ok bool) {
		if ok {
			heard <- to
		}
	})
	js.Global().Call("getSelection").Call("selectAllChildren", find("#b1"))
	if got := <-heard; got != at(1, 14) {
		t.Errorf("heard a selection up to %v, want %v", got, at(1, 14))
	}
	PlaceToolbar()
	if got := find(".toolbar").Get("style").Call("getPropertyValue", "--y").String(); !strings.HasSuffix(got, "px") {
		t.Errorf("toolbar at %q, want pixels", got)
	}
	remove()
	ClearSelection()
	frame(t)
	if len(heard) != 0 {
		t.Error("heard a selection after remove")
	}
}

func TestKeepScroll(t *testing.T) {
	draw(t)
	find("#b2").Get("style").Call("setProperty", "margin-top", "3000px")
	js.Global().Call("scrollTo", 0, 1500)
	js.Global().Call("getSelection").Call("selectAllChildren", find("#b1"))
	find(`.pin[href="#n-b"]`).Call("focus", map[string]any{"preventScroll": true})
	before := find("#b2").Call("getBoundingClientRect").Get("top").Float()

	restore := KeepScroll()
	document().Get("body").Set("innerHTML", fixture) // as the mount does
	find("#b2").Get("style").Call("setProperty", "margin-top", "3000px")
	js.Global().Call("scrollTo", 0, 0)
	restore()
	if got := find("#b2").Call("getBoundingClientRect").Get("top").Float(); got != before {
		t.Errorf("b2 is at %v, was at %v", got, before)
	}
	if _, to, ok := selection(); !ok || to != at(1, 14) {
		t.Errorf("selection up to %v, %v, want %v", to, ok, at(1, 14))
	}
	if got := document().Get("activeElement").Call("getAttribute", "href").String(); got != "#n-b" {
		t.Errorf("focus on %s, want #n-b", got)
	}
	js.Global().Call("scrollTo", 0, 0)
}

func TestForm(t *testing.T) {
	draw(t)
	d := replica.DraftNote{Text: "  as typed ", Sources: []annotation.Source{{URL: "https://a.example", Passage: "p"}, {URL: "two"}}}
	FillForm(d) // before the form is drawn
	Focus(Target{Kind: AtText})
	form := document().Call("createElement", "form")
	form.Set("className", "composer")
	form.Set("innerHTML", `<textarea data-field="text"></textarea><input data-field="sources/0/url"><textarea data-field="sources/0/passage"></textarea><input data-field="sources/1/url">`)
	find("aside").Call("append", form)
	frame(t)
	frame(t)
	for field, want := range map[string]string{"text": d.Text, "sources/0/url": "https://a.example", "sources/0/passage": "p", "sources/1/url": "two"} {
		if got := find(`[data-field="` + field + `"]`).Get("value").String(); got != want {
			t.Errorf("field %s holds %q, want %q", field, got, want)
		}
	}
	if !document().Get("activeElement").Equal(find(`[data-field="text"]`)) {
		t.Error("the note has no focus")
	}
	SelectWords("text", 2, 4)
	if got := find(`[data-field="text"]`).Get("selectionEnd").Int(); got != 4 {
		t.Errorf("selection in the note ends at %d, want 4", got)
	}
}

func TestOnKey(t *testing.T) {
	draw(t)
	var heard []string
	remove := OnKey(func(key string, inField bool, _ string) bool {
		if inField {
			key += " in a field"
		}
		heard = append(heard, key)
		return key == "a"
	})
	defer remove()
	press := func(target js.Value, key string, more map[string]any) bool {
		options := map[string]any{"key": key, "bubbles": true, "cancelable": true}
		for k, v := range more {
			options[k] = v
		}
		return target.Call("dispatchEvent", js.Global().Get("KeyboardEvent").New("keydown", options)).Bool()
	}
	body := document().Get("body")
	find("#outside").Set("innerHTML", "<input>")
	if press(body, "a", nil) {
		t.Error("the browser still acts on a key that was handled")
	}
	press(body, "Enter", map[string]any{"metaKey": true})
	press(body, "q", map[string]any{"altKey": true})
	press(find("input"), "n", nil)
	if want := []string{"a", "Ctrl+Enter", "n in a field"}; !slices.Equal(heard, want) {
		t.Errorf("heard %q, want %q", heard, want)
	}
}
