package ui

import (
	"cmp"
	"net/url"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// entry is one own note on the reader's page, with its ledger; title is its
// article's.
func entry(n *state.Note, title string, deleting bool) app.UI {
	said := n.Annotation.Note()
	quote, _ := n.Annotation.Quote()
	el := app.Article().Class("entry").DataSet("annotation-id", n.ID).
		DataSet("state", string(n.State)).DataSet("anchor", anchorOf(n))
	if said.Stance != "" {
		el = el.DataSet("stance", string(said.Stance))
	}
	var text app.UI
	if said.Text != "" {
		text = noteText(said)
	}
	body := []app.UI{
		app.Header().Body(
			badge(n.State),
			subject(said.Stance, quote.Exact, said.ReplyTo != ""),
			app.P().Class("meta").Body(app.A().Attr("href", articlePath(n.Article)+"#"+noteID(n.ID)).Text(title)),
		),
		text, outcome(&n.Note), corrected(&n.Note), ledger(reached(&n.Note)),
	}
	if n.State == replica.Sending {
		body = append(body, meta(en.pages.SentOnce))
	}
	if n.State != replica.Deleted {
		body = append(body, app.Div().Class("acts row").Body(
			act(true, state.Edit{ID: n.ID}, en.Edit), deletion(n.ID, deleting, true)))
	}
	return el.Body(body...)
}

// corrected says what a correction did to the words of an own note; nil if nothing.
func corrected(n *replica.Note) app.UI {
	if n.Anchor == nil || n.State == replica.Deleted {
		return nil
	}
	switch n.Anchor.Status {
	case anchor.Changed:
		return meta(en.revs.Corrected)
	case anchor.Orphan:
		return meta(en.revs.LostNow)
	}
	return nil
}

func articlePath(slug string) string { return "/a/" + url.PathEscape(slug) }

// subject says what a note is about.
func subject(s annotation.Stance, quote string, reply bool) app.UI {
	about := app.Span().Class("claim").Dir("auto").Text(quote)
	switch {
	case reply:
		about = app.Span().Text(en.pages.AsReply)
	case quote == "":
		about = app.Span().Text(en.pages.OnArticle)
	}
	return app.H3().Body(spaced(stanceMark(s), about)...)
}

// reached are the steps of a note up to where it stands. An attempt to send that
// came to nothing is no step: the note waits again.
func reached(n *replica.Note) []replica.Event {
	events := n.Events
	if n.State != replica.Queued {
		return events
	}
	for len(events) > 0 && events[len(events)-1].State == replica.Sending {
		events = events[:len(events)-1]
	}
	return events
}

// ledger is what happened to a note; the last step is where it stands.
func ledger(events []replica.Event) app.UI {
	if len(events) == 0 {
		return nil
	}
	var steps []app.UI
	for i, e := range events {
		class := "done"
		if i == len(events)-1 {
			class = "now"
		}
		steps = append(steps, app.Li().Class(class).Body(spaced(app.Span().Text(step(e)), clock(e.At, shortTime))...))
	}
	return app.Ol().Class("ledger").Aria("label", en.pages.History).Body(steps...)
}

// step names one event: what it was about, when that was not a first post, and
// the state it led to.
func step(e replica.Event) string {
	if e.State == "" {
		return cmp.Or(en.revs.Steps[e.What], e.What)
	}
	name := en.pages.Steps[e.State]
	if name == "" {
		name = string(e.State)
	}
	if e.State == replica.Deleted {
		return name
	}
	switch e.What {
	case "edit":
		return en.pages.Edited + ": " + name
	case "appeal":
		return en.pages.Appealed + ": " + name
	case "delete":
		return en.pages.Deleting + ": " + name
	}
	return name
}

// draftPlace says in which article a draft stands and when it was saved.
func draftPlace(title string, saved app.UI) []app.UI {
	if saved == nil {
		return []app.UI{app.Span().Text(title)}
	}
	return []app.UI{app.Span().Text(title), app.Text(" · "), saved}
}

// draftEntry is a draft on the reader's page. It is resumed where its claim is.
func draftEntry(d *replica.DraftNote, title string) app.UI {
	el := app.Article().Class("entry").DataSet("draft", d.ID).DataSet("state", string(replica.Draft))
	if d.Stance != "" {
		el = el.DataSet("stance", string(d.Stance))
	}
	return el.Body(
		app.Header().Body(
			badge(replica.Draft),
			subject(d.Stance, d.Quote, d.Kind == replica.ReplyTo),
			app.P().Class("meta").Body(draftPlace(title, clock(d.Saved, shortTime))...),
		),
		app.P().Class("text").Dir("auto").Text(d.Text),
		app.Div().Class("acts row").Body(
			app.A().Class("act").Attr("href", articlePath(d.Article)+"#draft-"+d.ID).Text(en.pages.Resume),
			act(true, state.DropDraft{ID: d.ID}, en.pages.DropDraft),
		),
	)
}
