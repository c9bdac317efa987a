//go:build js && wasm

package main

import (
	"context"
	"errors"
	"reflect"
	"slices"

	"marginalia/app/browser"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

// view does what go-app's drawing leaves open: highlights, the places of the
// notes in the margin, the toolbar, the fields and the focus. It runs on the
// engine's goroutine, after a drawing.
type view struct {
	painted []state.Group
	open    string // the open note of the last drawing
	asked   bool   // more notes are to be drawn, once there is time
	looks   string // as the page was last told; not before the device was asked
	told    bool
	offers  bool   // to install the app
	kept    string // what the restored draft is about
}

// after brings the page in line with the state that was just drawn.
func (v *view) after(now state.State, effects []state.Effect, send func(state.Action)) {
	if now.Article != nil {
		v.open = now.Open
		browser.Over(now.Over())
		v.paint(now)
		if !now.Paper { // on paper they stand in the flow
			browser.PlaceHeat() // before the notes are moved: it measures too
			v.place()
		}
		if now.Selection != nil {
			browser.PlaceToolbar()
		}
	}
	v.comfort(now)
	if !slices.ContainsFunc(effects, func(e state.Effect) bool { _, moves := e.(state.Focus); return moves }) {
		browser.SaveFocus()
	}
	for _, e := range effects {
		v.run(e, now, send)
	}
	if now.Filling() {
		v.next(send)
	}
}

// first puts what the server knew of in its place, before the device is asked.
func (v *view) first(s state.State) {
	if s.Article != nil {
		v.paint(s)
		browser.PlaceHeat()
		v.place()
	}
}

// next asks for the next few notes when the browser has shown these and has time.
func (v *view) next(send func(state.Action)) {
	if !v.asked {
		v.asked = true
		browser.WhenIdle(func() {
			v.asked = false
			send(state.DrawNext{})
		})
	}
}

// comfort tells the page what the reader likes, and whether to offer the app.
func (v *view) comfort(now state.State) {
	if looks := now.Looks(); now.Ready && !now.Blocked && (!v.told || looks != v.looks) {
		v.told, v.looks = true, looks
		browser.SetLooks(looks)
	}
	if offers := now.OffersInstall(); offers != v.offers {
		v.offers = offers
		browser.ShowLine("offer", offers, "")
	}
	if kept := now.Restored(); kept != v.kept {
		v.kept = kept
		browser.ShowLine("restored", kept != "", kept)
	}
}

// forget has everything painted anew: the text's nodes are others now.
func (v *view) forget() { v.painted = nil }

// paint paints again only what differs: a keystroke changes no highlight.
func (v *view) paint(s state.State) {
	groups := state.Highlights(s)
	other := groups
	if len(v.painted) == len(groups) { // the same ones, by name
		other = nil
		for i, g := range groups {
			if !reflect.DeepEqual(g, v.painted[i]) {
				other = append(other, g)
			}
		}
	}
	if len(other) == 0 || browser.Paint(ranges(other)) == nil {
		v.painted = groups
	}
}

// reading tells where the reader is, so that the notes there are drawn.
func reading(send func(state.Action)) {
	browser.OnReading(func(note, focus string, from textpos.Point, above int) {
		send(state.Looked{Note: note, Focus: focus, At: from, Above: above})
	})
}

func ranges(groups []state.Group) []browser.Group {
	out := make([]browser.Group, len(groups))
	for i, g := range groups {
		out[i] = browser.Group{Name: g.Name, Priority: g.Priority, Ranges: make([]browser.Range, len(g.Ranges))}
		for j, r := range g.Ranges {
			out[i].Ranges[j] = browser.Range(r)
		}
	}
	return out
}

// place puts the notes beside their claims.
func (v *view) place() {
	_ = browser.PlaceNotes(v.open) // without it notes stand in the flow
}

// run does an effect on the page.
func (v *view) run(e state.Effect, s state.State, send func(state.Action)) {
	switch e := e.(type) {
	case state.FillForm:
		browser.FillForm(e.Draft)
	case state.Focus:
		browser.Focus(browser.Target{Kind: browser.TargetKind(e.On.Kind), ID: e.On.ID})
	case state.Show:
		if e.Span != nil && s.Article != nil {
			browser.ShowText(s.Article.Point(e.Span.Start), s.Article.Point(e.Span.End))
		} else if e.Note != "" {
			browser.ShowNote(e.Note)
		}
	case state.GoTo:
		if s.Article != nil {
			browser.GoTo(s.Article.Point(e.At))
		}
	case state.MarkWords:
		browser.SelectWords(e.Field, textpos.UTF16(e.Start), textpos.UTF16(e.End))
	case state.ClearSelection:
		browser.ClearSelection()
	case state.SetHash:
		hash := ""
		if e.Note != "" {
			hash = "n-" + e.Note
		}
		browser.SetHash(hash)
	case state.FillFind:
		browser.FillFind(e.Words)
	case state.PassOn:
		go func() {
			err := browser.Share(context.Background(), e.Title, e.Text, browser.Origin()+e.Link)
			send(state.PassedOn{Gone: errors.Is(err, browser.ErrGone), Err: err})
		}()
	case state.Clip:
		go func() { send(state.Copied{Err: browser.Copy(context.Background(), browser.Origin()+e.Text)}) }()
	}
}
