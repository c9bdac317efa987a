package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// sharePage takes in what another app sent: the reader says which article it is for.
func sharePage(msg *message.Catalogue, s state.State) app.UI {
	m := &msg.Find
	body := []app.UI{app.Header().Class("nameplate").Body(app.H1().Text(m.Sent))}
	switch {
	case !s.Ready:
		body = append(body, app.P().Text(m.SentWait))
	case s.Shared == nil || *s.Shared == state.Shared{}:
		body = append(body, app.P().Text(m.SentNothing))
	default:
		body = append(body,
			app.Div().Class("card").Body(sentLine(s.Shared.Title), sentLine(s.Shared.URL), sentLine(s.Shared.Text)),
			app.H2().ID("s1").Text(m.SentTo), meta(m.SentHint),
			app.Ul().Class("choose").Aria("labelledby", "s1").Body(sendTo(msg, s)...))
	}
	return app.Main().Class("wrap narrow").ID("main").TabIndex(-1).Body(body...)
}

// sentLine is a part of what came. It is no link: nothing has looked at it yet.
func sentLine(text string) app.UI { return app.P().Dir("auto").Text(text).Hidden(text == "") }

// sendTo are the articles, those on the device first.
func sendTo(msg *message.Catalogue, s state.State) []app.UI {
	var all []app.UI
	for _, saved := range []bool{true, false} {
		for i := range s.Articles {
			a := &s.Articles[i]
			if s.Saved[a.Slug] != saved {
				continue
			}
			here := meta(msg.SavedHere).Hidden(!saved)
			all = append(all, app.Li().Body(act(true, state.UseShared{Slug: a.Slug}, a.Title).Attr("lang", a.Language), here))
		}
	}
	return all
}
