package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/claims"
	"marginalia/app/state"
)

// worth lists the claims worth checking, below the text. The list is closed until
// the reader opens it, and its line has its room before the claims are there, so
// that nothing moves when they come.
type worth struct {
	app.Compo

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
		app.Elem("summary").Body(app.Text(en.Worth+" "), count(number(len(items)))),
		meta(en.WorthHint),
		app.Ol().Class("plain").Aria("label", en.Worth).Attr("lang", w.Language).Attr("dir", article.Direction(w.Language)).Body(items...),
	))
}
