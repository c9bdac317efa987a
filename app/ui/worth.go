package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/claims"
	"marginalia/app/message"
	"marginalia/app/state"
)

// worth lists the claims worth checking, below the text. The list is closed until
// the reader opens it, and its line has its room before the claims are there, so
// that nothing moves when they come.
type worth struct {
	app.Compo

	Msg      *message.Catalogue
	Claims   []claims.Claim
	Language string // of the article
}

func (w *worth) Render() app.UI {
	room := app.Div().Class("worth")
	if len(w.Claims) == 0 {
		return room
	}
	items := make([]app.UI, 0, len(w.Claims))
	for _, c := range w.Claims {
		items = append(items, app.Li().Body(button("", true, state.TakeClaim{Claim: c}, app.Text(c.Text))))
	}
	return room.Body(app.Elem("details").Body(
		app.Elem("summary").Body(app.Text(w.Msg.Worth+" "), count(w.Msg.Number(len(items)))),
		meta(w.Msg.WorthHint),
		app.Ol().Class("plain").Aria("label", w.Msg.Worth).Attr("lang", w.Language).Attr("dir", article.Direction(w.Language)).Body(items...),
	))
}
