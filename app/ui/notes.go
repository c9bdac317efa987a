package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/anchor"
	"marginalia/app/state"
	"marginalia/app/textpos"
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

// inPlace returns pointers to the notes that stand in one part of the page.
func inPlace(notes []state.Note, where placement) []*state.Note {
	var some []*state.Note
	for i := range notes {
		if placementOf(&notes[i]) == where {
			some = append(some, &notes[i])
		}
	}
	return some
}

// tallyPlaced counts the notes in the margin and the claims they are about.
func tallyPlaced(notes []state.Note) (placed, claims int) {
	seen := make(map[textpos.Span]bool)
	for i := range notes {
		if placementOf(&notes[i]) == inMargin {
			placed++
			seen[notes[i].Anchor.Span()] = true
		}
	}
	return placed, len(seen)
}

// tallyChanged counts the notes whose words were edited.
func tallyChanged(notes []state.Note) int {
	changed := 0
	for i := range notes {
		if a := notes[i].Anchor; a != nil && a.Status == anchor.Changed {
			changed++
		}
	}
	return changed
}

// pins are the marks on the margin rule, one for each note beside it.
type pins struct {
	app.Compo

	Notes []state.Note
	Text  *state.Text
	Open  string
}

func (p *pins) Render() app.UI {
	var marks []app.UI
	for _, n := range inPlace(p.Notes, inMargin) {
		marks = append(marks, pin(n, nowOf(p.Text, n), p.Open == n.ID))
	}
	return app.Nav().Class("pins").Aria("label", en.Claims).Body(marks...)
}

func pin(n *state.Note, now string, open bool) app.UI {
	stance := n.Annotation.Note().Stance
	quote, _ := n.Annotation.Quote()
	name, word := "“"+quote.Exact+"”", en.Stances[stance]
	if now != "" {
		name, word = "“"+now+"”", strings.TrimPrefix(word+", "+en.revs.PinChange, ", ")
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

// batch is how many notes one drawing of the margin adds. go-app queues a dispatch
// for each component it mounts, in a channel of 4,096 that only the goroutine that
// draws empties: with more in one drawing the app stands still for ever.
const batch = 1000

// margin is the column of notes, on a narrow screen the sheet.
type margin struct {
	app.Compo

	Notes []state.Note
	Text  *state.Text
	View  viewing
	Sheet bool
	Fresh int         // notes that wait to be shown
	Rest  *state.Rest // nil when all notes are here

	shown int // notes drawn so far; the rest follow, a batch a frame
}

func (m *margin) Render() app.UI {
	class := "notes"
	if m.Sheet {
		class = "notes sheet"
	}
	// The form's place never changes, whatever comes before or after it: a form
	// that is drawn anew has lost what was typed.
	body := []app.UI{m.header(), m.arrivals(), &composer{Where: formBeside}}
	notes := inPlace(m.Notes, inMargin)
	if len(notes) == 0 && m.Rest == nil {
		body = append(body, app.Div().Class("blank").Body(app.P().Text(en.NoNotes), meta(en.NoNotesHint)))
	}
	shown := m.grow(len(notes))
	for _, n := range notes[:shown] {
		body = append(body, &note{Note: n, View: m.View.narrow(n), Now: nowOf(m.Text, n), In: editionOf(m.Text, m.View.Past, n)})
	}
	if more := len(notes) - shown; more > 0 {
		body = append(body, meta(en.MoreNotes(more)))
	}
	if m.Rest != nil {
		body = append(body, m.parts())
	}
	return app.Aside().Class(class).Aria("label", en.Notes).Body(body...)
}

// arrivals offers the notes that came while the page was open. It takes no room
// beside the text, so that nothing moves when it comes.
func (m *margin) arrivals() app.UI {
	if m.Fresh == 0 {
		return hiddenSlot()
	}
	return app.Div().Class("arrivals").Body(
		button("act fresh", m.View.Ready, state.ShowFresh{}, app.Text(en.ShowFresh(m.Fresh))))
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
	link(m.Rest.Page-1, en.Earlier)
	link(m.Rest.Page+1, en.Further)
	return app.Nav().Class("row").Aria("label", en.Parts).Body(spaced(links...)...)
}

// grow is how many of total notes to draw. If that leaves some, another drawing is
// asked for.
func (m *margin) grow(total int) int {
	m.shown = max(m.shown, batch)
	drawn := min(m.shown, total)
	if drawn < total && m.Mounted() {
		m.shown += batch
		m.Update()
	}
	return drawn
}

// nowOf is what stands at a note's place, if its words were edited.
func nowOf(t *state.Text, n *state.Note) string {
	if n.Anchor.Status != anchor.Changed || t == nil || t.Map == nil {
		return ""
	}
	return t.Map.Slice(n.Anchor.Span())
}

func (m *margin) header() app.UI {
	placed, claims := tallyPlaced(m.Notes)
	title := app.H2().Body(app.Text(en.Notes))
	switch {
	case m.Rest != nil:
		title = app.H2().Body(app.Text(en.Notes+" "), count(en.OfNotes(len(m.Notes), m.Rest.Total)))
	case placed > 0:
		text := en.OnClaims(placed, claims)
		if n := tallyChanged(m.Notes); n > 0 {
			text += ", " + en.revs.OnChanged(n)
		}
		title = app.H2().Body(app.Text(en.Notes+" "), count(text))
	}
	return app.Header().Body(title,
		button("btn quiet icon close", m.View.Ready, state.SetSheet{}, iconClose.ui(), sr(en.Close)))
}
