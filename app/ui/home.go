package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/message"
)

// home is the list of articles.
type home struct {
	app.Compo

	Msg      *message.Catalogue
	Articles []article.Summary
	Saved    map[string]bool
}

func (h *home) Render() app.UI {
	saved := 0
	for _, a := range h.Articles {
		if h.Saved[a.Slug] {
			saved++
		}
	}
	body := []app.UI{app.Header().Class("nameplate").Body(
		app.H1().Text(h.Msg.Articles),
		meta(countOf(h.Msg, len(h.Articles), saved)),
	)}
	if len(h.Articles) == 0 {
		body = append(body, app.Div().Class("blank").Body(app.P().Text(h.Msg.Pages.NoArticles)))
	}
	var rest []app.UI
	for i, a := range h.Articles {
		if i == 0 {
			body = append(body, h.lead(a))
			continue
		}
		rest = append(rest, h.line(i, a))
	}
	if len(rest) > 0 {
		body = append(body, app.Section().Class("rest").Aria("label", h.Msg.Pages.More).Body(rest...))
	}
	return app.Main().Class("wrap front").ID("main").TabIndex(-1).Body(body...)
}

// lead is the newest article.
func (h *home) lead(a article.Summary) app.UI {
	return app.Section().Class("lead").Aria("labelledby", "a0").Body(
		byDate(h.Msg, a), title(0, a), deck(a),
		app.Div().Class("row").Body(
			app.Ul().Class("tally").Aria("label", h.Msg.Pages.Tally).Body(tally(h.Msg, a, "li")...), h.badges(a)),
	)
}

func (h *home) line(i int, a article.Summary) app.UI {
	return app.Article().Aria("labelledby", "a"+strconv.Itoa(i)).Body(
		byDate(h.Msg, a), title(i, a), deck(a), app.Div().Class("row").Body(append(tally(h.Msg, a, "span"), h.badges(a))...),
	)
}

func byDate(msg *message.Catalogue, a article.Summary) app.UI {
	parts := []app.UI{app.Text(lengthOf(msg, a.Words))}
	if when := clock(msg, a.Created, msg.Day); when != nil {
		parts = append([]app.UI{when, app.Text(" · ")}, parts...)
	}
	return app.P().Class("meta").Body(parts...)
}

func title(i int, a article.Summary) app.UI {
	return app.H2().ID("a"+strconv.Itoa(i)).Attr("lang", a.Language).Attr("dir", article.Direction(a.Language)).Body(
		app.A().Attr("href", "/a/"+a.Slug).Text(a.Title))
}

func deck(a article.Summary) app.UI {
	if a.Deck == "" {
		return nil
	}
	return app.P().Class("deck").Attr("lang", a.Language).Attr("dir", article.Direction(a.Language)).Text(a.Deck)
}

// tally is the number of notes by stance, each as glyph and word.
func tally(msg *message.Catalogue, a article.Summary, tag string) []app.UI {
	var all []app.UI
	for _, s := range stances() {
		if n := a.Notes[string(s)]; n > 0 {
			all = append(all, app.Elem(tag).Class("stance").DataSet("stance", string(s)).Body(
				stanceIcon(s).ui(), app.Text(msg.Tallies[string(s)].N(n))))
		}
	}
	if len(all) == 0 {
		all = append(all, app.Elem(tag).Class("meta").Text(msg.Pages.NoNotes))
	}
	return all
}

// badges has a place of its own, filled once the device has been asked. CSS keeps
// the row as high before as after.
func (h *home) badges(a article.Summary) app.UI {
	p := app.Span().Class("badges")
	if !h.Saved[a.Slug] {
		return p
	}
	return p.Body(app.Span().Class("badge").DataSet("state", "published").Body(iconCheck.ui(), app.Text(h.Msg.SavedHere)))
}
