package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/source"
	"marginalia/app/state"
)

// sharePage takes in what another app sent: the reader says which article it is for.
type sharePage struct {
	app.Compo

	Msg      *message.Catalogue
	Ready    bool
	Shared   state.Shared
	Articles []article.Summary
	Saved    map[string]bool
}

func (p *sharePage) Render() app.UI {
	m := &p.Msg.Find
	main := app.Main().Class("wrap narrow").ID("main").TabIndex(-1)
	head := app.Header().Class("nameplate").Body(app.H1().Text(m.Sent))
	switch {
	case !p.Ready:
		return main.Body(head, app.P().Text(m.SentWait))
	case p.Shared == state.Shared{}:
		return main.Body(head, app.P().Text(m.SentNothing), app.A().Class("btn").Href("/").Text(p.Msg.ToArticles))
	}
	var choices []app.UI
	for _, saved := range []bool{true, false} { // those on the device first
		for _, a := range p.Articles {
			if p.Saved[a.Slug] == saved {
				choices = append(choices, p.choice(a, saved))
			}
		}
	}
	list := app.UI(app.Ol().Class("choose").Body(choices...))
	if len(choices) == 0 {
		list = app.P().Text(p.Msg.Pages.NoArticles)
	}
	return main.Body(head, p.sent(), app.Section().Class("group").Aria("labelledby", "s1").Body(
		app.H2().ID("s1").Text(m.SentTo), app.P().Class("meta").Text(m.SentHint), list))
}

// sent is what came, as it will stand in the form.
func (p *sharePage) sent() app.UI {
	var body []app.UI
	if p.Shared.Title != "" {
		body = append(body, app.P().Body(app.Strong().Dir("auto").Text(p.Shared.Title)))
	}
	if parsed, err := source.Parse(p.Shared.URL); err == nil {
		body = append(body, app.P().Body(outward(parsed.Link).Dir("ltr").Text(p.Shared.URL)))
	} else if p.Shared.URL != "" {
		body = append(body, app.P().Dir("ltr").Text(p.Shared.URL))
	}
	if p.Shared.Text != "" {
		body = append(body, app.Blockquote().Class("claim").Dir("auto").Text(p.Shared.Text))
	}
	return app.Div().Class("card").Body(body...)
}

func (p *sharePage) choice(a article.Summary, saved bool) app.UI {
	body := []app.UI{button("act", p.Ready, state.UseShared{Slug: a.Slug}, app.Span().Attr("lang", a.Language).Dir("auto").Text(a.Title))}
	if saved {
		body = append(body, app.Text(" "), meta(p.Msg.SavedHere))
	}
	return app.Li().Body(body...)
}

func sharedOf(s state.State) state.Shared {
	if s.Shared == nil {
		return state.Shared{}
	}
	return *s.Shared
}
