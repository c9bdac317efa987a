package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// heat is the strip beside the text that shows where the discussion is. Its parts
// are links to the text; browser puts them in their places. Only the busiest few
// take part in the keyboard's round: the notes themselves come after them.
type heat struct {
	app.Compo

	Msg       *message.Catalogue
	Stretches []state.Stretch
}

func (h *heat) Render() app.UI {
	links := make([]app.UI, 0, len(h.Stretches))
	for _, x := range h.Stretches {
		name := h.name(x)
		a := app.A().Attr("href", "#b"+strconv.Itoa(x.From)).DataSet("from", strconv.Itoa(x.From)).DataSet("last", strconv.Itoa(x.To-1)).
			DataSet("level", strconv.Itoa(x.Level)).Title(name).Body(sr(name))
		if !x.Busy {
			a = a.TabIndex(-1)
		}
		links = append(links, a)
	}
	return app.Nav().Class("heat").Aria("label", h.Msg.Find.Heat).Hidden(len(links) == 0).Body(links...)
}

// name is a stretch in words.
func (h *heat) name(x state.Stretch) string {
	m := &h.Msg.Find
	switch {
	case x.First == 0:
		return m.OnHeading.N(x.Notes, "heading", x.Heading)
	case x.First == x.Last:
		return m.OnParagraph.N(x.Notes, "paragraph", h.Msg.Number(x.First))
	}
	return m.OnParagraphs.N(x.Notes, "first", h.Msg.Number(x.First), "last", h.Msg.Number(x.Last))
}
