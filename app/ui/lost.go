package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// orphans are the notes whose words are gone. There is no region without one.
type orphans struct {
	app.Compo

	Msg     *message.Catalogue
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
		app.H2().ID("lost").Text(o.Msg.Lost),
		meta(o.Msg.LostHint),
		app.Div().Class("thread").Body(list...),
	)
}

// elsewhere offers an author places for a note that lost its own.
func (n card) elsewhere() app.UI {
	if !n.note.Mine || placementOf(n.note) != inOrphans || n.reply {
		return nil
	}
	id := n.note.ID
	place := button("btn quiet", n.view.Ready, state.ChoosePlace{ID: id}, iconClaim.ui(), app.Text(n.view.Msg.Revisions.ChoosePlace))
	if len(n.guesses) == 0 {
		return app.Div().Class("guesses").Body(meta(n.view.Msg.Revisions.NoGuess), app.Div().Class("row").Body(place))
	}
	var items []app.UI
	for _, g := range n.guesses {
		a := state.Attach{ID: id, Span: g.Span}
		items = append(items, app.Li().Body(
			app.Blockquote().Class("claim").Dir("auto").Text(g.Quote),
			button("btn", n.view.Ready, a, app.Text(n.view.Msg.Revisions.AttachHere)).Aria("label", n.view.Msg.Revisions.AttachTo.With("words", g.Quote)),
		))
	}
	return app.Div().Class("guesses").Body(
		app.H4().Text(n.view.Msg.Revisions.Guesses),
		app.Ol().Class("plain").Aria("label", n.view.Msg.Revisions.Guesses).Body(items...),
		app.Div().Class("row").Body(place),
	)
}
