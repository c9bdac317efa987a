package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// notice is the one shape of all messages: what is so, what it means for the
// reader's notes, what can be done.
func notice(i icon, title, text string, buttons ...app.UI) app.HTMLDiv {
	return noticeUnder(app.H3().Text(title), i, text, buttons...)
}

// noticeUnder is a notice with a heading of the level that fits where it stands.
func noticeUnder(title app.UI, i icon, text string, buttons ...app.UI) app.HTMLDiv {
	body := []app.UI{i.ui(), title, app.P().Text(text)}
	if len(buttons) > 0 {
		body = append(body, app.Div().Class("row").Body(buttons...))
	}
	return app.Div().Class("notice").Body(body...)
}

// notices are the messages about the app itself.
type notices struct {
	app.Compo

	Msg                       *message.Catalogue
	NewVersion, Blocked, Full bool
}

func (n *notices) Render() app.UI {
	var all []app.UI
	if n.Blocked {
		all = append(all, notice(iconAlert, n.Msg.Blocked, n.Msg.BlockedText).DataSet("severity", "hold").Role("status"))
	}
	if n.Full {
		all = append(all, notice(iconAlert, n.Msg.Full, n.Msg.FullText, button("btn", true, state.MakeRoom{}, app.Text(n.Msg.Device.MakeRoom)),
			button("btn quiet", true, state.ExportUnsent{}, app.Text(n.Msg.Device.SaveCopy)),
		).DataSet("severity", "hold").Role("status"))
	}
	if n.NewVersion {
		all = append(all, notice(iconSync, n.Msg.Update, n.Msg.UpdateText, button("btn primary", true, state.Restart{}, app.Text(n.Msg.Restart)),
			button("btn quiet", true, state.Later{}, app.Text(n.Msg.Later)),
		).Role("status"))
	}
	if len(all) == 0 {
		return hiddenSlot()
	}
	return app.Div().Class("notices").Body(all...)
}

// missing is shown in place of an article that is not on this device; before the
// device has been asked it only says that it is being opened.
func missing(msg *message.Catalogue, asked bool) app.UI {
	if !asked {
		return alone(app.H1().Text(msg.Loading))
	}
	return alone(noticeUnder(app.H1().Text(msg.Gone), iconOffline, msg.GoneText, app.A().Class("btn").Href("/").Text(msg.ToArticles)))
}

// nowhere is the page for an address that leads to nothing.
func nowhere(msg *message.Catalogue) app.UI {
	return alone(noticeUnder(app.H1().Text(msg.NoPage), iconInfo, msg.NoPageText, app.A().Class("btn").Href("/").Text(msg.ToArticles)))
}

func alone(content app.UI) app.UI {
	return app.Main().Class("wrap narrow").ID("main").TabIndex(-1).Body(content)
}
