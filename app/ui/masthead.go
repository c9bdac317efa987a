package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// masthead is the head of every page.
type masthead struct {
	app.Compo

	Msg   *message.Catalogue
	Page  state.Page
	Sync  state.Sync
	Ready bool
}

func (m *masthead) Render() app.UI {
	return app.Header().Class("masthead").Body(
		app.A().Class("brand").Href("/").Body(iconBrand.ui(), app.Text(m.Msg.Brand)),
		app.Nav().Aria("label", m.Msg.Main).Body(app.Ul().Class("plain").Body(
			m.link("/", m.Msg.Articles, state.Home),
			m.link("/me", m.Msg.MyNotes, state.Me),
			m.link("/faq", m.Msg.FAQNav, state.FAQ),
		)),
		app.Div().Class("ends").Body(m.status(), m.again()),
	)
}

func (m *masthead) link(path, name string, page state.Page) app.UI {
	a := app.A().Href(path).Text(name)
	if m.Page == page {
		a = a.Aria("current", "page")
	}
	return app.Li().Body(a)
}

// status says how the connection stands. CSS keeps it invisible until the app is
// up, since before that nothing is known.
func (m *masthead) status() app.UI {
	return app.P().Class("sync").Role("status").Aria("label", m.Msg.Sync).
		DataSet("state", string(m.Sync.State)).DataSet("pending", strconv.Itoa(m.Sync.Pending)).
		Body(syncIcon(m.Sync.State).ui(), app.Span().Class("long").Text(syncText(m.Msg, m.Sync)))
}

// again is the button for those who do not want to wait for the next try.
func (m *masthead) again() app.UI {
	b := button("btn quiet", m.Ready, state.SyncNow{}, app.Text(m.Msg.TryNow))
	if m.Sync.State != state.Failed {
		b = b.Hidden(true)
	}
	return b
}

func syncIcon(s state.SyncState) icon {
	switch s {
	case state.Offline:
		return iconOffline
	case state.Syncing:
		return iconSync
	case state.Failed:
		return iconAlert
	}
	return iconCheck
}

func syncText(msg *message.Catalogue, s state.Sync) string {
	switch s.State {
	case state.Offline:
		if s.Pending > 0 {
			return msg.Waiting.N(s.Pending)
		}
		return msg.OfflineNow
	case state.Syncing:
		if s.Pending > 0 {
			return msg.SendingN.N(s.Pending)
		}
		return msg.Checking
	case state.Failed:
		if s.Retry <= 0 {
			return msg.Unsent.N(s.Pending)
		}
		// Rounded up, so that it never says 0 while it waits.
		return msg.Unsent.N(s.Pending) + ", " + msg.InMore.N(int((s.Retry+time.Second-1)/time.Second))
	}
	if s.Pending > 0 {
		return msg.SendingN.N(s.Pending)
	}
	return msg.AllSent
}

// footer is the foot of every page.
type footer struct {
	app.Compo

	Msg    *message.Catalogue
	Policy string // the hash, or "" when no policy is known
}

func (f *footer) Render() app.UI {
	policy := app.Span()
	if f.Policy != "" {
		policy = policy.Body(app.Text(f.Msg.Policy+" "), app.Code().Text(shortHash(f.Policy)))
	}
	return app.Footer().Class("foot").Body(
		app.A().Href("/faq").Text(f.Msg.FAQ),
		policy,
		app.Span().Text(f.Msg.OnDevice),
		f.languages(),
	)
}

// languages is a form that works without script: the server keeps the choice.
func (f *footer) languages() app.UI {
	var all []app.UI
	for _, l := range message.Offered() {
		b := app.Button().Type("submit").Class("act").Name("to").Value(l.Tag).Attr("lang", l.Tag).Text(l.Name)
		if l.Tag == f.Msg.Lang {
			b = b.Aria("current", true)
		}
		all = append(all, b)
	}
	if len(all) < 2 {
		return hiddenSlot()
	}
	return app.Form().Class("languages").Method("post").Action("/language").Aria("label", f.Msg.Languages).Body(spaced(all...)...)
}
