package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/state"
)

// orphans are the notes whose words are gone. There is no region without one.
type orphans struct {
	app.Compo

	Notes   []state.Note
	View    viewing
	Text    *state.Text
	Guesses map[string][]state.Guess
}

func (o *orphans) Render() app.UI {
	if len(o.Notes) == 0 {
		return hiddenSlot()
	}
	list := make([]app.UI, 0, len(o.Notes))
	for i := range o.Notes {
		n := &o.Notes[i]
		list = append(list, card{note: n, view: o.View, in: editionOf(o.Text, false, n), guesses: o.Guesses[n.ID]}.ui())
	}
	return app.Section().Class("orphans").Aria("labelledby", "lost").Body(
		app.H2().ID("lost").Text(en.Lost),
		meta(en.LostHint),
		app.Div().Class("thread").Body(list...),
	)
}

// elsewhere offers an author places for a note that lost its own.
func (n card) elsewhere() app.UI {
	if !n.note.Mine || placementOf(n.note) != inOrphans || n.reply {
		return nil
	}
	id := n.note.ID
	place := button("btn quiet", n.view.Ready, state.ChoosePlace{ID: id}, iconClaim.ui(), app.Text(en.revs.ChoosePlace))
	if len(n.guesses) == 0 {
		return app.Div().Class("guesses").Body(meta(en.revs.NoGuess), app.Div().Class("row").Body(place))
	}
	var items []app.UI
	for _, g := range n.guesses {
		a := state.Attach{ID: id, Span: g.Span}
		items = append(items, app.Li().Body(
			app.Blockquote().Class("claim").Dir("auto").Text(g.Quote),
			button("btn", n.view.Ready, a, app.Text(en.revs.AttachHere)).Aria("label", en.revs.AttachTo(g.Quote)),
		))
	}
	return app.Div().Class("guesses").Body(
		app.H4().Text(en.revs.Guesses),
		app.Ol().Class("plain").Aria("label", en.revs.Guesses).Body(items...),
		app.Div().Class("row").Body(place),
	)
}
