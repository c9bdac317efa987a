package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/state"
)

// button is a button that sends a; until ready it is disabled.
func button(class string, ready bool, a state.Action, content ...app.UI) app.HTMLButton {
	b := app.Button().Type("button").Class(class).OnClick(press(a), scope(a)).Body(content...)
	if !ready {
		b = b.Disabled(true)
	}
	return b
}

// act is a button that looks like a word.
func act(ready bool, a state.Action, label string) app.HTMLButton {
	return button("act", ready, a, app.Text(label))
}

// spaced puts a space between elements. CSS lays them out without it, but what
// is read aloud or copied would run together.
func spaced(elems ...app.UI) []app.UI {
	var out []app.UI
	for _, e := range elems {
		if e == nil {
			continue
		}
		if len(out) > 0 {
			out = append(out, app.Text(" "))
		}
		out = append(out, e)
	}
	return out
}

// hiddenSlot keeps the place of an element that is not shown.
func hiddenSlot() app.UI { return app.Div().Class("slot").Hidden(true) }

// sr is text for assistive technology alone.
func sr(text string) app.UI { return app.Span().Class("sr").Text(text) }

// bdi keeps the direction of a name or a host from spilling over.
func bdi(text string) app.UI { return app.Elem("bdi").Body(app.Text(text)) }

// meta is a small line.
func meta(text string) app.HTMLP { return app.P().Class("meta").Text(text) }

func count(text string) app.UI { return app.Span().Class("count").Text(text) }
