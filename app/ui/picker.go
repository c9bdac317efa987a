package ui

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/state"
)

const pickerID = "picker"

// picker is the claim picker: the way to a claim without a pointer, and for
// those who do not see the text.
type picker struct {
	app.Compo

	Msg       *message.Catalogue
	Picker    state.Picker
	Sentences []article.Sentence
	Language  string // of the article
	Moving    bool   // the sentence is for a note that lost its place
}

func (p *picker) Render() app.UI {
	box := app.Div().Class("picker").ID(pickerID).Attr("lang", p.Msg.Lang).Attr("dir", p.Msg.Dir)
	if !p.Picker.Open {
		return box.Hidden(true)
	}
	hint, do := p.Msg.PickHint, p.Msg.Annotate
	if p.Moving {
		hint, do = p.Msg.Revisions.PickPlace, p.Msg.Revisions.Attach
	}
	return box.Body(
		meta(hint),
		app.Ul().Role("listbox").Aria("label", p.Msg.Sentence).TabIndex(0).
			Attr("lang", p.Language).Attr("dir", article.Direction(p.Language)).
			Aria("activedescendant", optionID(p.Picker.Active)).OnKeyDown(p.onKey).Body(p.options()...),
		app.Div().Class("row").Body(
			button("btn primary", true, state.PickChosen{}, app.Text(do)),
			button("btn quiet", true, state.ClosePicker{}, app.Text(p.Msg.Cancel)),
		),
	)
}

// OnUpdate keeps the chosen sentence in sight: the focus stays on the list, so no
// browser scrolls to what is active in it.
func (p *picker) OnUpdate(app.Context) {
	if !p.Picker.Open {
		return
	}
	if option := app.Window().GetElementByID(optionID(p.Picker.Active)); option.Truthy() {
		option.Call("scrollIntoView", map[string]any{"block": "nearest"})
	}
}

func (p *picker) options() []app.UI {
	all := make([]app.UI, 0, len(p.Sentences))
	for i, s := range p.Sentences {
		a := state.PickAt{Index: i}
		all = append(all, app.Li().Role("option").ID(optionID(i)).Aria("selected", i == p.Picker.Active).
			Text(s.Text).OnClick(press(a), scope(a)))
	}
	return all
}

func optionID(i int) string { return "s" + strconv.Itoa(i) }

func (p *picker) onKey(ctx app.Context, e app.Event) {
	if held(e) {
		return
	}
	a := pickKey(e.Get("key").String(), p.Picker.Active, p.Sentences)
	if a == nil {
		return
	}
	e.PreventDefault()
	// The page's own single-letter keys must not act on what is typed here.
	e.Call("stopPropagation")
	send(ctx, a)
}

// held reports whether a key is part of a chord or of an input method.
func held(e app.Event) bool {
	return e.Get("ctrlKey").Truthy() || e.Get("metaKey").Truthy() || e.Get("altKey").Truthy() || e.Get("isComposing").Truthy()
}

// pickKey is what a key does in the list, nil for nothing. A letter or digit
// goes to the next sentence that starts with it.
func pickKey(key string, active int, sentences []article.Sentence) state.Action {
	switch key {
	case "ArrowDown":
		return state.PickMove{Step: 1}
	case "ArrowUp":
		return state.PickMove{Step: -1}
	case "Home":
		return state.PickAt{Index: 0}
	case "End":
		return state.PickAt{Index: len(sentences) - 1}
	case "Enter":
		return state.PickChosen{}
	case "Escape":
		return state.ClosePicker{}
	}
	typed, size := utf8.DecodeRuneInString(key)
	if size != len(key) || !word(typed) {
		return nil
	}
	for step := range sentences {
		i := (active + 1 + step) % len(sentences)
		start := strings.TrimLeftFunc(sentences[i].Text, func(r rune) bool { return !word(r) })
		first, _ := utf8.DecodeRuneInString(start)
		if unicode.ToLower(first) == unicode.ToLower(typed) {
			return state.PickAt{Index: i}
		}
	}
	return nil
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
