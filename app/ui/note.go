package ui

import (
	"cmp"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// note is one note of the margin, with its replies. What is open or waits for a
// second press is named in View only if it is this note or a reply of it, so that
// opening one of many notes draws two of them anew.
type note struct {
	app.Compo

	Note *state.Note
	View viewing
	Now  string // what its words have become, if they were edited
	In   edition
}

func (n *note) Render() app.UI {
	return card{note: n.Note, view: n.View, now: n.Now, in: n.In, opens: true}.ui()
}

// narrow is v as far as it concerns these notes and their replies.
func (v viewing) narrow(notes ...*state.Note) viewing {
	out := viewing{Msg: v.Msg, Publisher: v.Publisher, Ready: v.Ready, Past: v.Past, CanShare: v.CanShare, In: v.In}
	for _, n := range notes {
		out.Open = cmp.Or(out.Open, within(n, v.Open))
		out.Deleting = cmp.Or(out.Deleting, within(n, v.Deleting))
	}
	return out
}

// within is id if it names n or one of its replies, else "".
func within(n *state.Note, id string) string {
	if id == "" || n.ID == id {
		return id
	}
	for i := range n.Replies {
		if n.Replies[i].ID == id {
			return id
		}
	}
	return ""
}

// card draws a note.
type card struct {
	note    *state.Note
	view    viewing
	now     string
	in      edition
	guesses []state.Guess
	reply   bool
	opens   bool // a click opens it
}

func (n card) ui() app.UI {
	v := n.note
	said := v.Annotation.Note()
	quote, _ := v.Annotation.Quote()
	el := app.Article().Class("note").Attr("id", noteID(v.ID)).TabIndex(-1).
		DataSet("annotation-id", v.ID).DataSet("state", string(v.State)).DataSet("anchor", anchorOf(v))
	if said.Stance != "" {
		el = el.DataSet("stance", string(said.Stance))
	}
	if n.view.Open == v.ID {
		el = el.Aria("current", true)
	}
	if addressed(v, n.now) {
		el = el.DataSet("addressed", true)
	}
	if n.opens {
		el = el.OnClick(openWhere(v.ID), v.ID)
	}
	body := []app.UI{n.heading(said.Stance)}
	if v.Anchor != nil && v.Anchor.Status == anchor.Moved {
		body = append(body, meta(n.view.Msg.MovedHere))
	}
	if quote.Exact != "" && !n.reply {
		body = append(body, claim(quote.Exact))
	}
	if said.ReplyTo != "" && !n.reply {
		body = append(body, meta(n.view.Msg.Clash.AnswersGone))
	}
	if v.State != replica.Conflict { // its versions are below
		body = append(body, noteText(said), sourceList(n.view.Msg, said.Sources))
	}
	body = append(body, n.change(quote.Exact), outcome(n.view.Msg, n.view.Publisher, &v.Note, n.view.Ready, !n.in.Past), n.elsewhere(), n.acts(), n.replies())
	return el.Body(body...)
}

func anchorOf(n *state.Note) string {
	if n.Anchor == nil {
		return ""
	}
	return string(n.Anchor.Status)
}

// heading is an h3, in replies an h4.
func (n card) heading(s annotation.Stance) app.UI {
	v := n.note
	var mark app.UI
	switch {
	case v.State != replica.Published:
		mark = badge(n.view.Msg, v.State)
	case v.Anchor != nil && v.Anchor.Status == anchor.Orphan:
		mark = app.Span().Class("badge").Body(iconLost.ui(), app.Text(n.view.Msg.Revisions.LostIn.N(max(n.in.Number, 1))))
	}
	parts := spaced(stanceMark(n.view.Msg, s), author(n.view.Msg, &v.Note), stamped(n.view.Msg, v.Annotation.Made()), mark)
	if n.reply {
		return app.H4().Body(parts...)
	}
	return app.H3().Body(parts...)
}

func author(msg *message.Catalogue, n *replica.Note) app.UI {
	name := ""
	if n.Annotation.Creator != nil {
		name = n.Annotation.Creator.Nickname
	}
	by := app.Span().Class("by")
	switch {
	case name == "" && n.Mine:
		return by.Text(msg.You)
	case name == "":
		return by.Text(msg.Anonymous)
	case n.Mine:
		return by.Body(bdi(name), app.Text(" "+msg.Mine))
	}
	return by.Body(bdi(name))
}

func (n card) replies() app.UI {
	if len(n.note.Replies) == 0 {
		return nil
	}
	all := make([]app.UI, 0, len(n.note.Replies))
	for i := range n.note.Replies {
		all = append(all, card{note: &n.note.Replies[i], view: n.view, in: n.in, reply: true, opens: n.opens}.ui())
	}
	return app.Div().Class("replies").Body(all...)
}
