// Package ui draws the screen: go-app components that render a [state.State]
// and send actions, nothing else. They fetch, store and decide nothing.
//
// The server writes [Page] into its shell; in the browser the same [Root] takes
// over, so its first drawing of a state is the server's. Until State.Ready every
// control that needs script is disabled.
//
// Three habits of go-app shape the code. Children are matched by place and type,
// so whatever may come and go has a place that stays (an element with hidden),
// above all around text fields, which hold what was typed. Handlers are equal
// when their code is, so a closure always has a scope. Icons are the only raw
// markup, made from constants.
package ui

import (
	"fmt"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// StateName is the go-app state that [Root] observes; its value is a [state.State].
const StateName = "state"

// ActionName is the go-app action that carries a [state.Action] as its value.
const ActionName = "marginalia"

// Root is the whole page, one element. It is the only component that observes
// the state; the others get what they show through their fields.
type Root struct {
	app.Compo

	Msg *message.Catalogue
	// State is drawn until the observed state has a value.
	State state.State
}

// Page is the page of s, for the server to write, in the language of msg.
func Page(msg *message.Catalogue, s state.State) app.UI { return &Root{Msg: msg, State: s} }

// Title is the text of the page's title element.
func Title(msg *message.Catalogue, s state.State) string {
	name := ""
	switch s.Route.Page {
	case state.Home:
		name = msg.Articles
	case state.Reading:
		name = msg.Gone
		if s.Article != nil {
			name = pageName(msg, s)
		}
	case state.FAQ:
		name = msg.FAQ
	case state.Me:
		name = msg.MyNotes
	case state.Share:
		name = msg.Find.Sent
	default:
		name = msg.NoPage
	}
	return name + " · " + msg.Brand
}

// OnMount starts observing the state.
func (r *Root) OnMount(ctx app.Context) {
	ctx.ObserveState(StateName).Value(&r.State)
}

// Render draws the state.
func (r *Root) Render() app.UI {
	s := r.State
	return app.Div().Class("app").Body(
		app.A().Class("skip").Href("#main").Text(r.Msg.Skip),
		&masthead{Msg: r.Msg, Page: s.Route.Page, Sync: s.Sync, Ready: s.Ready},
		&notices{Msg: r.Msg, NewVersion: s.Update, Blocked: s.Blocked, Full: s.Full},
		page(r.Msg, s),
		&footer{Msg: r.Msg, Policy: s.PolicyHash},
		app.P().Class("sr").Role("status").Text(s.Say),
		app.P().Class("sr").Role("status").Text(heard(r.Msg, s.Fresh.Count())),
	)
}

// heard tells that new notes wait, once: that there are more of them is not said.
func heard(msg *message.Catalogue, fresh int) string {
	if fresh == 0 {
		return ""
	}
	return msg.FreshHeard
}

func page(msg *message.Catalogue, s state.State) app.UI {
	switch s.Route.Page {
	case state.Home:
		return &home{Msg: msg, Articles: s.Articles, Saved: s.Saved}
	case state.Reading:
		if s.Article != nil {
			return reading(msg, s)
		}
		return missing(msg, s.Ready)
	case state.FAQ:
		return &faqPage{Msg: msg, FAQ: s.FAQ}
	case state.Me:
		notes, drafts := s.Own()
		return &mine{
			Words: s.Find.Words != "", All: len(s.Mine) + len(s.Drafts),
			Msg: msg, Publisher: s.Publisher, Ready: s.Ready, Notes: notes, Drafts: drafts, Reader: s.Reader,
			Articles: s.Articles, Deleting: s.Deleting, Offline: s.Sync.State == state.Offline,
			Blocked: s.Blocked, Room: roomOf(s), Erasing: s.Erasing, TakenIn: s.TakenIn,
		}
	}
	if s.Route.Page == state.Share {
		return sharePage(msg, s)
	}
	if s.Route.Slug != "" && s.Sync.State == state.Offline {
		return missing(msg, true)
	}
	return nowhere(msg)
}

func roomOf(s state.State) state.Room {
	if s.Room == nil {
		return state.Room{}
	}
	return *s.Room
}

// send reports what the reader did. A handler sends one action at most: go-app
// posts each from a goroutine of its own, so two would have no order.
func send(ctx app.Context, a state.Action) { ctx.NewActionWithValue(ActionName, a) }

// press is a handler that sends a.
func press(a state.Action) app.EventHandler {
	return func(ctx app.Context, _ app.Event) { send(ctx, a) }
}

// scope tells handlers made by [press] apart.
func scope(a state.Action) string { return fmt.Sprintf("%T%v", a, a) }
