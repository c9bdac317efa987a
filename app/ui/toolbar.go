package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/state"
)

// toolbar offers what can be done with the selected words. It is always in the
// page; on a narrow screen CSS lays it over the dock.
type toolbar struct {
	app.Compo

	Selection *state.Selection
	Ready     bool
	Past      bool
}

func (t *toolbar) Render() app.UI {
	bar := app.Div().Class("toolbar").Role("toolbar").Aria("label", en.Selection).OnMouseDown(keepSelection)
	quote := ""
	if t.Selection == nil || t.Past {
		bar = bar.Hidden(true)
	} else {
		quote = "“" + t.Selection.Quote + "”"
	}
	return bar.Body(
		app.P().Class("said").Aria("hidden", true).Dir("auto").Text(quote),
		button("", t.Ready, state.Annotate{}, app.Text(en.Annotate+" "), app.Kbd().Aria("hidden", true).Text("A")).
			Aria("keyshortcuts", "a"),
		button("", t.Ready, state.CopyLink{}, iconLink.ui(), app.Text(en.CopyLink)),
	)
}

// keepSelection keeps a press on the toolbar from clearing what it acts on.
func keepSelection(_ app.Context, e app.Event) { e.PreventDefault() }

// dock is the row at the bottom of a narrow screen.
type dock struct {
	app.Compo

	Notes   int // in the margin
	Fresh   int
	Ready   bool
	Picking bool
	Past    bool
}

func (d *dock) Render() app.UI {
	notes := []app.UI{iconNotes.ui(), app.Text(en.NotesN(d.Notes))}
	if d.Fresh > 0 { // in words they would not fit on a phone
		notes = append(notes, sr(", "+en.Fresh(d.Fresh)), app.Span().Class("new").Aria("hidden", true).Text("+"+number(d.Fresh)))
	}
	return app.Div().Class("dock").Body(
		button("btn", d.Ready, state.SetSheet{Open: true}, notes...),
		chooser(d.Ready, d.Picking, d.Past),
	)
}
