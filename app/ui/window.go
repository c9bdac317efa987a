package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// partSize is how many notes stand in one part of a margin that is drawn in parts.
const partSize = 50

// window is the notes of the margin that are drawn, see [state.Window]. Fields are
// compared at each drawing, so it holds a few notes of thousands.
type window struct {
	Notes []state.Note
	From  int // the place of the first among all
	Total int
	Goal  state.Window // what is to be drawn: soon it is these
	Kept  []state.Note // the one that is kept in the page for its focus, if any
	At    int          // its place
	Parts bool         // drawn in parts: there are more notes than that, or will be
}

// windowOf is what s draws in the margin.
func windowOf(s state.State) window {
	all, w := s.Parts().Margin, s.Drawn()
	if at := w.Kept - 1; at >= 0 { // not beside others in a part of its own
		if at/partSize == w.From/partSize {
			w.From = min(w.From, at)
		}
		if at/partSize == (w.To-1)/partSize {
			w.To = max(w.To, at+1)
		}
	}
	d := window{
		Notes: all[w.From:w.To], From: w.From, Total: len(all), Goal: s.Shown(),
		Parts: len(all) > state.MostDrawn || s.Rest != nil,
	}
	if at := w.Kept - 1; at >= 0 && (at < w.From || at >= w.To) {
		d.Kept, d.At = all[at:at+1], at
	}
	return d
}

// parted reports whether more notes are in the margin than are drawn.
func (d window) parted() bool { return d.Total > state.MostDrawn }

// each draws the notes with flat, or where there are many with part, for one part
// of all notes after the other. go-app matches elements by their place: a note
// has the same part, and its place in that, wherever the window goes, so it keeps its
// element, and with it the focus. A part that is not drawn is empty.
func (d window) each(flat func([]state.Note) []app.UI, part func(slots) app.UI) []app.UI {
	if !d.Parts {
		return flat(d.Notes)
	}
	var all []app.UI
	for at := 0; at < d.Total; at += partSize {
		from, to := max(at-d.From, 0), min(at+partSize-d.From, len(d.Notes))
		switch {
		case from < to:
			all = append(all, part(slots{Notes: d.Notes[from:to], Before: max(0, d.From-at)}))
		case len(d.Kept) > 0 && at <= d.At && d.At < at+partSize:
			all = append(all, part(slots{Notes: d.Kept, Before: d.At - at, Kept: true}))
		default:
			all = append(all, part(slots{}))
		}
	}
	return all
}

// slots are the notes of one part that are drawn.
type slots struct {
	Notes  []state.Note
	Before int  // notes of the part before them that are not drawn
	Kept   bool // out of sight: in the page for the focus only
}

// notePart is some of the notes of the margin.
type notePart struct {
	app.Compo

	Slots slots
	Text  *state.Text
	View  viewing
}

func (p *notePart) Render() app.UI { return p.Slots.part(notesOf(p.Slots.Notes, p.Text, p.View)) }

// pinPart is some of the marks.
type pinPart struct {
	app.Compo

	Msg   *message.Catalogue
	Slots slots
	Text  *state.Text
	Open  string
}

func (p *pinPart) Render() app.UI { return p.Slots.part(pinsOf(p.Msg, p.Slots.Notes, p.Text, p.Open)) }

func (s slots) part(drawn []app.UI) app.UI {
	class := "part"
	if s.Kept {
		class = "part kept"
	}
	body := make([]app.UI, s.Before, s.Before+len(drawn))
	for i := range body {
		body[i] = hiddenSlot()
	}
	body = append(body, drawn...)
	return app.Div().Class(class).Body(body...)
}

// openIn is id if it is the id of one of these notes, else "".
func openIn(notes []state.Note, id string) string {
	for i := range notes {
		if notes[i].ID == id {
			return id
		}
	}
	return ""
}

func pointers(notes []state.Note) []*state.Note {
	all := make([]*state.Note, len(notes))
	for i := range notes {
		all[i] = &notes[i]
	}
	return all
}

// before says which notes are drawn and leads to those before them.
func (m *margin) before() app.UI {
	if !m.Drawn.parted() {
		return hiddenSlot()
	}
	d := m.Drawn.Goal
	return app.Div().Class("bar more").Body(meta(m.showing()), m.turn(-1, m.Msg.ShowEarlier.N(d.From), d.From))
}

// showing says which of the notes are drawn, or soon will be.
func (m *margin) showing() string {
	d := m.Drawn.Goal
	return m.Msg.Showing.With("from", m.Msg.Number(d.From+1), "to", m.Msg.Number(d.To), "all", m.Msg.Number(m.Drawn.Total))
}

// after leads to the notes after those that are drawn.
func (m *margin) after() app.UI {
	left := m.Drawn.Total - m.Drawn.Goal.To
	return app.Div().Class("more last").Body(m.turn(1, m.Msg.ShowMore.N(left), left))
}

// turn is the button to so many notes more; it keeps its place when there are none.
func (m *margin) turn(step int, text string, n int) app.UI {
	return button("act", m.View.Ready, state.ShowMore{Step: step}, app.Text(text)).Hidden(n == 0).DataSet("step", strconv.Itoa(step))
}
