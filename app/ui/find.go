package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// finder looks for words in the article and in its notes. Its place stays in the
// page; its field is written when it opens.
type finder struct {
	Msg   *message.Catalogue
	Open  bool
	Words bool // some are looked for
	At    int  // the place that the reader is at, from 1
	Hits  int
	Notes int
	Only  bool // only the notes with the words are shown
}

func finderOf(msg *message.Catalogue, s state.State) app.UI {
	f := s.Find
	return (&finder{
		Msg: msg, Open: f.Open, Words: f.Words != "", At: f.At + 1, Hits: len(f.Hits), Notes: f.Notes, Only: s.Filter.Words != "",
	}).ui()
}

func (f *finder) ui() app.UI {
	if !f.Open {
		return hiddenSlot()
	}
	m := &f.Msg.Find
	none := f.Hits == 0
	bar := app.Div().Class("bar").Role("search").Aria("label", m.Search).OnKeyDown(finderKey).Body(
		app.Label().Class("sr").For("find").Text(m.Words),
		findField("find", m.Words),
		app.P().Class("meta").Role("status").Text(f.said()),
		button("btn quiet icon", true, state.FindNext{Step: -1}, iconUp.ui(), sr(m.Previous)).Aria("disabled", none),
		button("btn quiet icon", true, state.FindNext{Step: 1}, iconDown.ui(), sr(m.Next)).Aria("disabled", none),
		button("act", true, state.FindNotes{Only: !f.Only}, app.Text(m.OnlyNotes.N(f.Notes))).Aria("pressed", f.Only).
			Hidden(f.Notes == 0 && !f.Only),
		button("btn quiet icon close", true, state.CloseFind{}, iconClose.ui(), sr(m.Close)),
	)
	return app.Div().Class("finder").Body(bar)
}

// said is the result in words.
func (f *finder) said() string {
	m := &f.Msg.Find
	switch {
	case !f.Words:
		return ""
	case f.Hits > 0:
		return m.Place.With("at", f.Msg.Number(f.At), "all", f.Msg.Number(f.Hits))
	}
	return m.Nowhere
}

// findField is a field for words to look for.
func findField(id, label string) app.HTMLInput {
	return app.Input().Class("input").ID(id).Type("search").Dir("auto").DataSet("find", "").Placeholder(label).
		Attr("autocomplete", "off").Attr("enterkeyhint", "search").
		OnInput(typed(func(text string) state.Action { return state.TypedFind{Words: text} }), "find")
}

// finderKey is the keyboard in a search.
func finderKey(ctx app.Context, e app.Event) {
	switch {
	case e.Get("isComposing").Bool():
	case e.Get("key").String() == "Escape":
		e.PreventDefault()
		send(ctx, state.CloseFind{})
	case e.Get("key").String() == "Enter" && e.Get("target").Get("id").String() == "find":
		e.PreventDefault()
		step := 1
		if e.Get("shiftKey").Bool() {
			step = -1
		}
		send(ctx, state.FindNext{Step: step})
	}
}

// searcher is the button that opens and closes the search.
func searcher(msg *message.Catalogue, ready, open, noKeys bool) app.UI {
	var a state.Action = state.OpenFind{}
	if open {
		a = state.CloseFind{}
	}
	b := button("btn quiet", ready, a, iconFind.ui(), app.Text(msg.Find.Open+" "), app.Kbd().Aria("hidden", true).Text("/")).
		Aria("expanded", open).DataSet("finder", "")
	if noKeys {
		return b
	}
	return b.Aria("keyshortcuts", "/")
}

// finder looks for words in the reader's own notes and drafts.
func (m *mine) finder() app.UI {
	said := ""
	if m.Words {
		said = m.Msg.Find.OwnFound.N(m.All, "found", m.Msg.Number(len(m.Notes)+len(m.Drafts)))
	}
	return app.Div().Class("row sieve").Role("search").Hidden(m.All == 0).OnKeyDown(finderKey).Body(
		app.Label().For("find-own").Text(m.Msg.Find.Own), findField("find-own", ""),
		app.P().Class("meta").Role("status").Text(said),
	)
}
