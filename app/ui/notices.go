package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

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

	NewVersion, Blocked, Full bool
}

func (n *notices) Render() app.UI {
	var all []app.UI
	if n.Blocked {
		all = append(all, notice(iconAlert, en.Blocked, en.BlockedText).DataSet("severity", "hold").Role("status"))
	}
	if n.Full {
		all = append(all, notice(iconAlert, en.Full, en.FullText,
			button("btn", true, state.MakeRoom{}, app.Text(en.device.MakeRoom)),
			button("btn quiet", true, state.ExportUnsent{}, app.Text(en.device.SaveCopy)),
		).DataSet("severity", "hold").Role("status"))
	}
	if n.NewVersion {
		all = append(all, notice(iconSync, en.Update, en.UpdateText,
			button("btn primary", true, state.Restart{}, app.Text(en.Restart)),
			button("btn quiet", true, state.Later{}, app.Text(en.Later)),
		).Role("status"))
	}
	if len(all) == 0 {
		return hiddenSlot()
	}
	return app.Div().Class("notices").Body(all...)
}

// missing is shown in place of an article that is not on this device; before the
// device has been asked it only says that it is being opened.
func missing(asked bool) app.UI {
	if !asked {
		return alone(app.H1().Text(en.Loading))
	}
	return alone(noticeUnder(app.H1().Text(en.Gone), iconOffline, en.GoneText, app.A().Class("btn").Href("/").Text(en.ToArticles)))
}

// nowhere is the page for an address that leads to nothing.
func nowhere() app.UI {
	return alone(noticeUnder(app.H1().Text(en.NoPage), iconInfo, en.NoPageText, app.A().Class("btn").Href("/").Text(en.ToArticles)))
}

func alone(content app.UI) app.UI {
	return app.Main().Class("wrap narrow").ID("main").TabIndex(-1).Body(content)
}
