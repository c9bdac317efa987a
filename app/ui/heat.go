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
func heat(msg *message.Catalogue, stretches []state.Stretch) app.UI {
	links := make([]app.UI, 0, len(stretches))
	for _, x := range stretches {
		name := heatName(msg, x)
		a := app.A().Attr("href", "#b"+strconv.Itoa(x.From)).DataSet("from", strconv.Itoa(x.From)).DataSet("last", strconv.Itoa(x.To-1)).
			DataSet("level", strconv.Itoa(x.Level)).Title(name).Body(sr(name))
		if !x.Busy {
			a = a.TabIndex(-1)
		}
		links = append(links, a)
	}
	return app.Nav().Class("heat").Aria("label", msg.Find.Heat).Hidden(len(links) == 0).Body(links...)
}

// heatName is a stretch in words.
func heatName(msg *message.Catalogue, x state.Stretch) string {
	m := &msg.Find
	switch {
	case x.First == 0:
		return m.OnHeading.N(x.Notes, "heading", x.Heading)
	case x.First == x.Last:
		return m.OnParagraph.N(x.Notes, "paragraph", msg.Number(x.First))
	}
	return m.OnParagraphs.N(x.Notes, "first", msg.Number(x.First), "last", msg.Number(x.Last))
}
