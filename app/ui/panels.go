package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// displayID names the panel of how pages look, for the buttons that open it.
const displayID = "display"

// Panels are what lies over a page for a moment, how it looks and its keys, with the
// buttons that open them at its foot. They never change, so they stand in the server's
// shell beside the root: the browser program does not have to draw them. web/display.js
// ticks what is chosen and tells the program what the reader chooses.
func Panels(m *message.Panels) app.UI {
	return app.Div().Body(
		app.Nav().Class("foot tools").Aria("label", m.Tools).Body(
			app.P().Class("offer").ID("offer").Hidden(true).Body(spaced(app.Span().Text(m.Offer),
				preferring("btn", "install", "yes", m.Install), preferring("act", "install", "", m.Refuse))...),
			app.Button().Type("button").Class("act").Attr("popovertarget", displayID).Text(m.Display),
			app.Button().Type("button").Class("act").DataSet("opens", "keys").Text(m.Keys),
		),
		display(m), keys(m), restored(m),
	)
}

// preferring is a button that is a choice of the reader's.
func preferring(class, name, value, text string) app.UI {
	return app.Button().Type("button").Class(class).Name(name).Value(value).DataSet("prefer", "").Text(text)
}

// display is how pages look.
func display(m *message.Panels) app.UI {
	body := []app.UI{app.H2().ID("display-h").Text(m.Display)}
	for _, l := range state.Looks() {
		row := make([]app.UI, 0, len(l.Values))
		for _, v := range l.Values {
			row = append(row, lookOf(m, l.Name, v))
		}
		body = append(body, app.FieldSet().Class("seg").Body(
			app.Legend().Class("legend").Text(m.Looks[l.Name]), app.Div().Body(row...)))
	}
	body = append(body, preferring("btn", "reset", "", m.Reset))
	return app.Div().Class("panel looks").ID(displayID).Attr("popover", "auto").Role("dialog").Aria("labelledby", "display-h").Body(body...)
}

// lookOf is one choice. A size is shown by a letter and named for those who do not see it.
func lookOf(m *message.Panels, name, v string) app.UI {
	radio := app.Input().Type("radio").Name(name).Value(v).DataSet("prefer", "")
	if v == "" {
		radio = radio.Checked(true)
	}
	text := m.Values[name+v]
	if name == "size" {
		return app.Label().DataSet("size", v).Body(radio, app.Span().Aria("hidden", true).Text("A"), sr(text))
	}
	return app.Label().Body(radio, app.Span().Text(text))
}

// shortcut is a row of the list of keys: the keys, and what they do by its name in the
// catalogue. Those of a single key can be switched off.
type shortcut struct {
	keys, does string
	single     bool
}

type shortcuts struct {
	where string
	keys  []shortcut
}

// allKeys are the shortcuts of the app. What the browser does with a key in a control,
// such as arrows in a group of choices, is not among them.
func allKeys(m *message.Panels) []shortcuts {
	return []shortcuts{
		{m.OnArticle, []shortcut{
			{"a", "a", true}, {"n", "n", true}, {"p", "p", true}, {"t", "t", true}, {"/", "slash", true}, {"Esc", "close", false},
		}},
		{m.OnPicker, []shortcut{
			{"↑ ↓ Home End", "move", false}, {"A–Z", "letter", false}, {"Enter", "take", false}, {"Esc", "leave", false},
		}},
		{m.OnForm, []shortcut{{"Ctrl+Enter", "post", false}, {"Esc", "keep", false}}},
		{m.OnSearch, []shortcut{{"Enter", "next", false}, {"Esc", "leave", false}}},
		{m.Everywhere, []shortcut{{"?", "help", true}}},
	}
}

// keys is the list of all shortcuts.
func keys(m *message.Panels) app.UI {
	body := []app.UI{app.H2().ID("keys-h").Text(m.Keys)}
	for _, group := range allKeys(m) {
		var rows []app.UI
		for _, k := range group.keys {
			var caps []app.UI
			for key := range strings.FieldsSeq(k.keys) {
				caps = append(caps, app.Kbd().Text(key))
			}
			term := app.Dt()
			if k.single {
				term = term.DataSet("single", "")
			}
			rows = append(rows, term.Body(spaced(caps...)...), app.Dd().Text(m.Does[k.does]))
		}
		body = append(body, app.H3().Text(group.where), app.Dl().Body(rows...))
	}
	body = append(body,
		app.Label().Class("row").Body(
			app.Input().Type("checkbox").Name("keys").DataSet("prefer", "").Checked(true).Aria("describedby", "keys-hint"),
			app.Span().Text(m.Single)),
		app.P().Class("meta").ID("keys-hint").Text(m.SingleHint),
		app.Form().Method("dialog").Body(app.Button().Type("submit").Class("btn primary").Text(m.Close)),
	)
	return app.Elem("dialog").Class("panel shortcuts").ID("keys").Aria("labelledby", "keys-h").Body(body...)
}

// restored says that what was written before the page was lost is there: its form may be
// out of sight. It lies over the text, which it does not move. The program fills in what
// the draft is about.
func restored(m *message.Panels) app.UI {
	before, after, _ := strings.Cut(string(m.DraftKept), "{quote}")
	return app.Aside().Class("restored").ID("restored").Hidden(true).Aria("label", m.GoOn).Body(
		app.P().Body(app.Text(before), app.Q().Dir("auto"), app.Text(after)), preferring("btn", "goon", "", m.GoOn))
}
