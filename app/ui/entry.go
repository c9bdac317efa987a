package ui

import (
	"net/url"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// entry is one own note on the reader's page, with its ledger; title is its
// article's, publisher the policy's language.
func entry(msg *message.Catalogue, publisher string, n *state.Note, title string, deleting bool) app.UI {
	said := n.Annotation.Note()
	quote, _ := n.Annotation.Quote()
	el := app.Article().Class("entry").DataSet("annotation-id", n.ID).
		DataSet("state", string(n.State)).DataSet("anchor", anchorOf(n))
	if said.Stance != "" {
		el = el.DataSet("stance", string(said.Stance))
	}
	var text app.UI
	if said.Text != "" && n.State != replica.Conflict {
		text = noteText(said)
	}
	body := []app.UI{
		app.Header().Body(
			badge(msg, n.State),
			subject(msg, said.Stance, quote.Exact, said.ReplyTo != ""),
			app.P().Class("meta").Body(app.A().Attr("href", articlePath(n.Article)+"#"+noteID(n.ID)).Text(title)),
		),
		text, outcome(msg, publisher, &n.Note, true, true), corrected(msg, &n.Note), ledger(msg, reached(&n.Note)), aside(msg, &n.Note),
	}
	if n.State == replica.Sending {
		body = append(body, meta(msg.Pages.SentOnce))
	}
	if n.State != replica.Deleted {
		body = append(body, app.Div().Class("acts row").Body(
			act(true, state.Edit{ID: n.ID}, msg.Edit), deletion(msg, n.ID, deleting, true)))
	}
	return el.Body(body...)
}

// corrected says what a correction did to the words of an own note; nil if nothing.
func corrected(msg *message.Catalogue, n *replica.Note) app.UI {
	if n.Anchor == nil || n.State == replica.Deleted {
		return nil
	}
	switch n.Anchor.Status {
	case anchor.Changed:
		return meta(msg.Revisions.Corrected)
	case anchor.Orphan:
		return meta(msg.Revisions.LostNow)
	}
	return nil
}

func articlePath(slug string) string { return "/a/" + url.PathEscape(slug) }

// subject says what a note is about.
func subject(msg *message.Catalogue, s annotation.Stance, quote string, reply bool) app.UI {
	about := app.Span().Class("claim").Dir("auto").Text(quote)
	switch {
	case reply:
		about = app.Span().Text(msg.Pages.AsReply)
	case quote == "":
		about = app.Span().Text(msg.Pages.OnArticle)
	}
	return app.H3().Body(spaced(stanceMark(msg, s), about)...)
}

// draftPlace says in which article a draft stands and when it was saved.
func draftPlace(title string, saved app.UI) []app.UI {
	if saved == nil {
		return []app.UI{app.Span().Text(title)}
	}
	return []app.UI{app.Span().Text(title), app.Text(" · "), saved}
}

// draftEntry is a draft on the reader's page. It is resumed where its claim is.
func draftEntry(msg *message.Catalogue, d *replica.DraftNote, title string) app.UI {
	el := app.Article().Class("entry").DataSet("draft", d.ID).DataSet("state", string(replica.Draft))
	if d.Stance != "" {
		el = el.DataSet("stance", string(d.Stance))
	}
	return el.Body(
		app.Header().Body(
			badge(msg, replica.Draft),
			subject(msg, d.Stance, d.Quote, d.Kind == replica.ReplyTo),
			app.P().Class("meta").Body(draftPlace(title, clock(msg, d.Saved, msg.Short))...),
		),
		app.P().Class("text").Dir("auto").Text(d.Text),
		app.Div().Class("acts row").Body(
			app.A().Class("act").Attr("href", articlePath(d.Article)+"#draft-"+d.ID).Text(msg.Pages.Resume),
			act(true, state.DropDraft{ID: d.ID}, msg.Pages.DropDraft),
		),
	)
}
