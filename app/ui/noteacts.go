package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// openWhere opens a note that was clicked, unless what was clicked is a link or a
// button in it, or another note.
func openWhere(id string) app.EventHandler {
	return func(ctx app.Context, e app.Event) {
		hit := e.Get("target").Call("closest", "a, button, input, .note")
		if hit.Truthy() && hit.Get("id").String() == noteID(id) {
			send(ctx, state.OpenNote{ID: id})
		}
	}
}

// acts are what can be done with the note.
func (n card) acts() app.UI {
	v := n.note
	if n.in.Past {
		return n.newest()
	}
	var all []app.UI
	if then := n.then("act", n.view.Msg.Revisions.SeeIn); then != nil && placementOf(v) == inOrphans && !n.reply {
		all = append(all, then)
	}
	if v.State == replica.Published {
		all = append(all, act(n.view.Ready, state.Reply{ID: v.ID}, n.view.Msg.Reply))
	}
	if v.Mine {
		all = append(all, act(n.view.Ready, state.Edit{ID: v.ID}, n.view.Msg.Edit), deletion(n.view.Msg, v.ID, n.view.Deleting == v.ID, n.view.Ready))
	}
	if n.view.Open == v.ID && placementOf(v) == inMargin {
		all = append(all, act(n.view.Ready, state.Cross{Note: v.ID}, n.view.Msg.Comfort.ToText))
	}
	if v.State == replica.Published && n.view.Open == v.ID {
		all = append(all, act(n.view.Ready, state.CopyLink{Note: v.ID}, n.view.Msg.CopyLink))
		if n.view.CanShare {
			all = append(all, act(n.view.Ready, state.ShareLink{Note: v.ID}, n.view.Msg.Find.Share))
		}
	}
	if len(all) == 0 {
		return nil
	}
	return app.Div().Class("acts").Body(all...)
}

// newest is the way from an older revision to the note in the newest.
func (n card) newest() app.UI {
	if n.reply {
		return nil
	}
	return app.Div().Class("acts").Body(
		app.A().Class("act").Attr("href", articlePath(n.in.Slug)+"#"+noteID(n.note.ID)).Text(n.view.Msg.Revisions.SeeNewest))
}

// deletion is the button Delete, which asks before it acts. It stays the same
// element at the second press, so the focus stays on it.
func deletion(msg *message.Catalogue, id string, asking, ready bool) app.UI {
	ask := ""
	if asking {
		ask = msg.DeleteAsk + " "
	}
	body := []app.UI{app.Text(ask), act(ready, state.Delete{ID: id}, msg.Delete)}
	if asking {
		body = append(body, app.Text(" "), act(ready, state.KeepNote{}, msg.Keep))
	}
	return app.Span().Class("confirm").Body(body...)
}
