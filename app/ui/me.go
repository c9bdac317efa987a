package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// mine is the page of the reader's own notes. Until the device has been asked it
// holds nothing about the reader, so no cache can leak it.
type mine struct {
	app.Compo

	Msg       *message.Catalogue
	Publisher string // the policy's language
	Ready     bool
	Notes     []state.Note // with Words, those that have them
	Drafts    []replica.DraftNote
	Reader    replica.Reader
	Articles  []article.Summary
	Deleting  string
	Offline   bool
	Blocked   bool
	Room      state.Room // zero until the browser has said
	Erasing   bool
	TakenIn   string
	Words     bool
	All       int // of notes and drafts
}

func (m *mine) Render() app.UI {
	main := app.Main().Class("wrap").ID("main").TabIndex(-1)
	if !m.Ready {
		return main.Body(
			app.Header().Class("nameplate").Body(app.H1().Text(m.Msg.MyNotes)),
			noticeUnder(app.H2().Text(m.Msg.Pages.Kept), iconInfo, m.Msg.Pages.KeptText),
		)
	}
	needs, here, public := m.sorted()
	waiting := len(here)
	held := 0
	for _, n := range public {
		if n.State == replica.Held {
			held++
		}
	}
	var drafts []app.UI
	for i := range m.Drafts {
		d := &m.Drafts[i]
		drafts = append(drafts, draftEntry(m.Msg, d, m.title(d.Article)))
	}
	var offline app.UI
	if m.Offline && waiting > 0 {
		offline = app.Div().Class("notice").DataSet("state", "offline").Body(iconOffline.ui(), app.P().Body(
			app.Text(m.Msg.Pages.OfflineWaits.N(waiting)+" "), act(true, state.ExportUnsent{}, m.Msg.Device.SaveUnsent)))
	}
	body := []app.UI{
		app.Header().Class("nameplate").Body(app.H1().Text(m.Msg.MyNotes), m.name(), meta(totalsOf(m.Msg, len(m.Notes), waiting, held))),
		m.finder(),
		m.group("g1", m.Msg.Pages.NeedsYou, nil, m.entries(needs)),
		m.group("g2", m.Msg.Pages.Here, offline, append(m.entries(here), drafts...)),
		m.group("g3", m.Msg.Pages.WithThem, nil, m.entries(public)),
	}
	if m.All == 0 {
		body = append(body, app.Div().Class("blank").Body(app.P().Text(m.Msg.Pages.NothingHere)))
	}
	return main.Body(append(body, m.carry(), m.device(), &identity{Msg: m.Msg, Name: m.Reader.Nickname}, m.leave())...)
}

// sorted puts the notes into the page's groups.
func (m *mine) sorted() (needs, here, public []*state.Note) {
	for i := range m.Notes {
		n := &m.Notes[i]
		switch n.State {
		case replica.Rejected, replica.Conflict, replica.Invalid:
			needs = append(needs, n)
		case replica.Draft, replica.Queued, replica.Sending:
			here = append(here, n)
		default:
			public = append(public, n)
		}
	}
	return needs, here, public
}

// group is a headed part of the page; it keeps its place when it is empty.
func (m *mine) group(id, title string, note app.UI, entries []app.UI) app.UI {
	section := app.Section().Class("group")
	if len(entries) == 0 {
		return section.Hidden(true)
	}
	body := []app.UI{app.H2().ID(id).Body(app.Text(title+" "), count(m.Msg.Number(len(entries)))), note}
	return section.Aria("labelledby", id).Body(append(body, entries...)...)
}

func (m *mine) entries(notes []*state.Note) []app.UI {
	all := make([]app.UI, 0, len(notes))
	for _, n := range notes {
		all = append(all, entry(m.Msg, m.Publisher, n, m.title(n.Article), m.Deleting == n.ID))
	}
	return all
}

// title is an article's title, or its slug while the list is not here.
func (m *mine) title(slug string) string {
	for _, a := range m.Articles {
		if a.Slug == slug {
			return a.Title
		}
	}
	return slug
}

func (m *mine) name() app.UI {
	if m.Reader.Nickname == "" {
		return meta(m.Msg.Pages.NoName)
	}
	return app.P().Class("meta").Body(app.Text(m.Msg.Pages.WriteAs+" "), app.Strong().Body(bdi(m.Reader.Nickname)))
}

// identity is the reader's pseudonym and the form that changes it. Its field is
// uncontrolled; what is typed is kept here until the form is sent.
type identity struct {
	app.Compo

	Msg  *message.Catalogue
	Name string

	typed string
}

func (i *identity) Render() app.UI {
	return app.Section().Class("group").Aria("labelledby", "g5").Body(
		app.H2().ID("g5").Text(i.Msg.Pages.ThisName),
		app.P().Text(i.Msg.Pages.NameText),
		app.Form().Class("row").NoValidate(true).Attr("autocomplete", "off").OnSubmit(i.onSubmit).Body(
			app.Div().Class("field").Body(
				app.Label().For("nickname").Text(i.Msg.Pages.NameLabel),
				app.Input().Class("input").ID("nickname").Type("text").Dir("auto").DataSet("field", "nickname").
					Attr("autocomplete", "off").Placeholder(i.Name).OnInput(i.onInput),
			),
			app.Button().Type("submit").Class("btn").Text(i.Msg.Pages.Rename),
		),
	)
}

func (i *identity) onInput(ctx app.Context, _ app.Event) {
	i.typed = ctx.JSSrc().Get("value").String()
}

func (i *identity) onSubmit(ctx app.Context, e app.Event) {
	e.PreventDefault()
	send(ctx, state.Rename{Nickname: i.typed})
}
