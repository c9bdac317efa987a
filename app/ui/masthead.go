package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/state"
)

// masthead is the head of every page.
type masthead struct {
	app.Compo

	Page  state.Page
	Sync  state.Sync
	Ready bool
}

func (m *masthead) Render() app.UI {
	return app.Header().Class("masthead").Body(
		app.A().Class("brand").Href("/").Body(iconBrand.ui(), app.Text(en.Brand)),
		app.Nav().Aria("label", en.Main).Body(app.Ul().Class("plain").Body(
			m.link("/", en.Articles, state.Home),
			m.link("/me", en.MyNotes, state.Me),
			m.link("/faq", en.FAQNav, state.FAQ),
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
	return app.P().Class("sync").Role("status").Aria("label", en.Sync).
		DataSet("state", string(m.Sync.State)).DataSet("pending", strconv.Itoa(m.Sync.Pending)).
		Body(syncIcon(m.Sync.State).ui(), app.Span().Class("long").Text(syncText(m.Sync)))
}

// again is the button for those who do not want to wait for the next try.
func (m *masthead) again() app.UI {
	b := button("btn quiet", m.Ready, state.SyncNow{}, app.Text(en.TryNow))
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

func syncText(s state.Sync) string {
	switch s.State {
	case state.Offline:
		if s.Pending > 0 {
			return en.Waiting(s.Pending)
		}
		return en.OfflineNow
	case state.Syncing:
		if s.Pending > 0 {
			return en.SendingN(s.Pending)
		}
		return en.Checking
	case state.Failed:
		if s.Retry <= 0 {
			return en.Unsent(s.Pending)
		}
		// Rounded up, so that it never says 0 while it waits.
		return en.Unsent(s.Pending) + ", " + en.InMore(int((s.Retry+time.Second-1)/time.Second))
	}
	if s.Pending > 0 {
		return en.SendingN(s.Pending)
	}
	return en.AllSent
}

// footer is the foot of every page.
type footer struct {
	app.Compo

	Policy string // the hash, or "" when no policy is known
}

func (f *footer) Render() app.UI {
	policy := app.Span()
	if f.Policy != "" {
		policy = policy.Body(app.Text(en.Policy+" "), app.Code().Text(shortHash(f.Policy)))
	}
	return app.Footer().Class("foot").Body(
		app.A().Href("/faq").Text(en.FAQ),
		policy,
		app.Span().Text(en.OnDevice),
	)
}
