package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/anchor"
	"marginalia/app/message"
	"marginalia/app/state"
)

// placement says in which part of the page a note stands.
type placement int

const (
	inMargin placement = iota
	inOrphans
	inComments
)

func placementOf(n *state.Note) placement {
	switch {
	case n.Anchor == nil:
		return inComments
	case n.Anchor.Status == anchor.Orphan:
		return inOrphans
	}
	return inMargin
}

// pins are the marks on the margin rule, one for each note that is drawn beside it.
type pins struct {
	app.Compo

	Msg   *message.Catalogue
	Drawn window
	Text  *state.Text
	Open  string
}

func (p *pins) Render() app.UI {
	marks := p.Drawn.each(func(notes []state.Note) []app.UI { return pinsOf(p.Msg, notes, p.Text, p.Open) }, func(s slots) app.UI {
		return &pinPart{Msg: p.Msg, Slots: s, Text: p.Text, Open: openIn(s.Notes, p.Open)}
	})
	return app.Nav().Class("pins").Aria("label", p.Msg.Claims).Body(marks...)
}

func pinsOf(msg *message.Catalogue, notes []state.Note, t *state.Text, open string) []app.UI {
	marks := make([]app.UI, 0, len(notes))
	for i := range notes {
		n := &notes[i]
		marks = append(marks, pin(msg, n, nowOf(t, n), open == n.ID))
	}
	return marks
}

func pin(msg *message.Catalogue, n *state.Note, now string, open bool) app.UI {
	stance := n.Annotation.Note().Stance
	quote, _ := n.Annotation.Quote()
	name, word := "“"+quote.Exact+"”", msg.Stances[string(stance)]
	if now != "" {
		name, word = "“"+now+"”", strings.TrimPrefix(word+", "+msg.Revisions.PinChange, ", ")
	}
	if word != "" {
		name = word + ": " + name
	}
	a := app.A().Class("pin").Attr("href", "#"+noteID(n.ID)).DataSet("stance", string(stance)).
		OnClick(openFrom(n.ID), n.ID).Body(stanceIcon(stance).ui(), sr(name))
	if open {
		a = a.Aria("current", true)
	}
	return a
}

// openFrom opens a note in place of following the link to it.
func openFrom(id string) app.EventHandler {
	return func(ctx app.Context, e app.Event) {
		e.PreventDefault()
		send(ctx, state.OpenNote{ID: id})
	}
}

func noteID(id string) string { return "n-" + id }

// margin is the column of notes, on a narrow screen the sheet.
type margin struct {
	app.Compo

	Msg     *message.Catalogue
	Drawn   window
	Text    *state.Text
	View    viewing
	Sheet   bool
	Sieve   sieve
	Writing bool        // the open form stands here
	Fresh   int         // notes that wait to be shown
	Rest    *state.Rest // nil when all notes are here
	Held    int         // notes that are here, wherever they stand
	Claims  int         // that the notes in the margin are about
	Changed int         // notes in the margin whose words were edited
}

func (m *margin) Render() app.UI {
	class := "notes"
	if m.Sheet {
		class = "notes sheet"
	}
	if m.Writing { // not :has() in the style sheet: that has each note that comes restyle all
		class += " writing"
	}
	// The form's place never changes, whatever comes before or after it: a form
	// that is drawn anew has lost what was typed.
	body := []app.UI{m.header(), m.Sieve.ui(), m.arrivals(), &composer{Msg: m.Msg, Where: formBeside}}
	switch {
	case m.Drawn.Total > 0 || m.Rest != nil:
	case m.Sieve.Filter.On():
		body = append(body, app.Div().Class("blank").Body(app.P().Text(m.Msg.Find.Nothing)))
	default:
		body = append(body, app.Div().Class("blank").Body(app.P().Text(m.Msg.NoNotes), meta(m.Msg.NoNotesHint)))
	}
	if m.Drawn.Parts {
		body = append(body, m.before())
	}
	body = append(body, m.Drawn.each(func(notes []state.Note) []app.UI { return notesOf(notes, m.Text, m.View) }, func(s slots) app.UI {
		return &notePart{Slots: s, Text: m.Text, View: m.View.narrow(pointers(s.Notes)...)}
	})...)
	if m.Drawn.parted() {
		body = append(body, m.after())
	}
	if m.Rest != nil {
		body = append(body, m.parts())
	}
	return app.Aside().Class(class).Aria("label", m.Msg.Notes).Body(body...)
}

func notesOf(notes []state.Note, t *state.Text, v viewing) []app.UI {
	all := make([]app.UI, 0, len(notes))
	for i := range notes {
		n := &notes[i]
		all = append(all, &note{Note: n, View: v.narrow(n), Now: nowOf(t, n), In: editionOf(t, v.Past, n)})
	}
	return all
}

// arrivals offers the notes that came while the page was open. It takes no room
// beside the text, so that nothing moves when it comes.
func (m *margin) arrivals() app.UI {
	if m.Fresh == 0 {
		return hiddenSlot()
	}
	return app.Div().Class("arrivals").Body(
		button("act fresh", m.View.Ready, state.ShowFresh{}, app.Text(m.Msg.ShowFresh.N(m.Fresh))))
}

// parts leads to the other notes of a busy article, for who reads without the app
// or before it has them.
func (m *margin) parts() app.UI {
	var links []app.UI
	link := func(to int, text string) {
		if to >= 1 && to <= m.Rest.Pages {
			links = append(links, app.A().Href(revisionPath(m.Text.Article, m.Text.Revision.ID)+"?notes="+strconv.Itoa(to)).Text(text))
		}
	}
	link(m.Rest.Page-1, m.Msg.Earlier)
	link(m.Rest.Page+1, m.Msg.Further)
	return app.Nav().Class("row").Aria("label", m.Msg.Parts).Body(spaced(links...)...)
}

// nowOf is what stands at a note's place, if its words were edited.
func nowOf(t *state.Text, n *state.Note) string {
	if n.Anchor.Status != anchor.Changed || t == nil || t.Map == nil {
		return ""
	}
	return t.Map.Slice(n.Anchor.Span())
}

func (m *margin) header() app.UI {
	title := app.H2().Body(app.Text(m.Msg.Notes))
	switch {
	case m.Rest != nil:
		title = app.H2().Body(app.Text(m.Msg.Notes+" "), count(m.Msg.OfNotes.With("n", m.Msg.Number(m.Held), "all", m.Msg.Number(m.Rest.Total))))
	case m.Drawn.Total > 0:
		text := m.Msg.OnClaims.N(m.Claims, "notes", m.Msg.Number(m.Drawn.Total))
		if m.Changed > 0 {
			text += ", " + m.Msg.Revisions.OnChanged.N(m.Changed)
		}
		title = app.H2().Body(app.Text(m.Msg.Notes+" "), count(text))
	}
	return app.Header().Body(title,
		button("btn quiet icon close", m.View.Ready, state.SetSheet{}, iconClose.ui(), sr(m.Msg.Close)))
}
