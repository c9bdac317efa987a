package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// toolbar offers what can be done with the selected words. It is always in the
// page; on a narrow screen CSS lays it over the dock.
type toolbar struct {
	app.Compo

	Msg       *message.Catalogue
	Selection *state.Selection
	Ready     bool
	Past      bool
	CanShare  bool
	NoKeys    bool // single keys do nothing
}

func (t *toolbar) Render() app.UI {
	bar := app.Div().Class("toolbar").Role("toolbar").Aria("label", t.Msg.Selection).OnMouseDown(keepSelection)
	quote := ""
	if t.Selection == nil || t.Past {
		bar = bar.Hidden(true)
	} else {
		quote = "“" + t.Selection.Quote + "”"
	}
	annotate := button("", t.Ready, state.Annotate{}, app.Text(t.Msg.Annotate+" "), app.Kbd().Aria("hidden", true).Text("A"))
	if !t.NoKeys {
		annotate = annotate.Aria("keyshortcuts", "a")
	}
	return bar.Body(
		app.P().Class("said").Aria("hidden", true).Dir("auto").Text(quote),
		annotate,
		button("", t.Ready, state.CopyLink{}, iconLink.ui(), app.Text(t.Msg.CopyLink)),
		button("", t.Ready, state.ShareLink{}, iconShare.ui(), app.Text(t.Msg.Find.Share)).Hidden(!t.CanShare),
	)
}

// keepSelection keeps a press on the toolbar from clearing what it acts on.
func keepSelection(_ app.Context, e app.Event) { e.PreventDefault() }

// dock is the row at the bottom of a narrow screen.
type dock struct {
	app.Compo

	Msg     *message.Catalogue
	Notes   int // in the margin
	Fresh   int
	Ready   bool
	Picking bool
	Past    bool
}

func (d *dock) Render() app.UI {
	notes := []app.UI{iconNotes.ui(), app.Text(d.Msg.NotesN.N(d.Notes))}
	if d.Fresh > 0 { // in words they would not fit on a phone
		notes = append(notes, sr(", "+d.Msg.Fresh.N(d.Fresh)), app.Span().Class("new").Aria("hidden", true).Text("+"+d.Msg.Number(d.Fresh)))
	}
	return app.Div().Class("dock").Body(
		button("btn", d.Ready, state.SetSheet{Open: true}, notes...),
		chooser(d.Msg, d.Ready, d.Picking, d.Past),
	)
}
