package ui

import (
	"cmp"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/state"
)

// edition is which revision of an article is shown, as far as a note needs it.
type edition struct {
	Slug    string
	Number  int // 0 where the article's versions are not known
	Created time.Time
	Past    bool
	// Written and WrittenID are the revision that the note was written on, if that
	// is another one; Written is 0 where its number is not known.
	Written   int
	WrittenID string
}

// editionOf is the shown revision beside that of a note.
func editionOf(t *state.Text, past bool, n *state.Note) edition {
	if t == nil {
		return edition{}
	}
	e := edition{Slug: t.Slug, Number: t.Number(t.Revision.ID), Created: t.Revision.Created, Past: past}
	if id := n.Annotation.Revision(); id != t.Revision.ID {
		e.Written, e.WrittenID = t.Number(id), id
	}
	return e
}

// revisionPath is the address of an article's revision.
func revisionPath(a article.Article, id string) string {
	if id == a.Newest() {
		return articlePath(a.Slug)
	}
	return olderPath(a.Slug, id)
}

func olderPath(slug, id string) string { return articlePath(slug) + "/r/" + id }

// revisionList names an article's revisions; there is none while there is only one.
type revisionList struct {
	app.Compo

	Msg     *message.Catalogue
	Article *article.Article
	Changes state.Changes
}

func (l *revisionList) Render() app.UI {
	a := *l.Article
	if len(a.Versions) < 2 {
		return hiddenSlot()
	}
	var items []app.UI
	for i, v := range a.Versions {
		link := app.A().Attr("href", revisionPath(a, v.ID)).Body(spaced(app.Span().Text(l.Msg.Revisions.N.N(i+1)), clock(l.Msg, v.Created, l.Msg.Short))...)
		if v.ID == a.Revision.ID {
			link = link.Aria("current", "page")
		}
		items = append(items, app.Li().Body(link))
	}
	return app.Nav().Aria("label", l.Msg.Revisions.Name).Attr("lang", l.Msg.Lang).Attr("dir", l.Msg.Dir).Body(
		app.Ol().Class("revs plain").Body(items...),
		l.against(),
	)
}

// against says what the comparison with the revision before has found.
func (l *revisionList) against() app.UI {
	line := app.P().Class("meta").Role("status")
	c, before := l.Changes, l.Article.Number(l.Article.Before(l.Article.Revision.ID))
	switch {
	case !c.Wanted:
		return line
	case c.Blocks == nil:
		return line.Text(l.Msg.Revisions.Fetching)
	}
	return line.Text(againstOf(l.Msg, before, c.Sentences, c.Notes))
}

// changesToggle shows and hides what changed since the revision before; nil for
// the first.
func changesToggle(msg *message.Catalogue, a article.Article, wanted, ready bool) app.UI {
	if a.Before(a.Revision.ID) == "" {
		return hiddenSlot()
	}
	box := app.Input().Type("checkbox").OnChange(toggleChanges).Checked(wanted)
	if !ready {
		box = box.Disabled(true)
	}
	return app.Label().Class("meta").Body(box, app.Text(msg.Revisions.ShowChanges))
}

func toggleChanges(ctx app.Context, e app.Event) {
	send(ctx, state.ShowChanges{On: e.Get("target").Get("checked").Bool()})
}

// pastNotice stands above an older revision.
func pastNotice(msg *message.Catalogue, a article.Article) app.UI {
	text := msg.Revisions.PastText
	return notice(iconHistory, msg.Revisions.Past.With("n", msg.Number(a.Number(a.Revision.ID)), "all", msg.Number(len(a.Versions))), text,
		app.A().Class("btn").Attr("href", articlePath(a.Slug)).Text(msg.Revisions.Newest))
}

// newsNotice says that a correction came while the page was open. Its place is
// there before, so that it is read out when it comes.
type newsNotice struct {
	app.Compo

	Msg  *message.Catalogue
	News *state.News
}

func (n *newsNotice) Render() app.UI {
	slot := app.Div().Class("news").Role("status")
	if n.News == nil {
		return slot
	}
	return slot.Body(notice(iconHistory, newsOf(n.Msg, n.News.Sentences), newsText(n.Msg, n.News.Revision, n.News.Mine), button("btn", true, state.ShowChanges{On: true}, app.Text(n.Msg.Revisions.ShowChanges)),
		button("btn quiet", true, state.CloseNews{}, app.Text(n.Msg.Close)),
	))
}

// titled revisions have their number before the headline.
func pageName(msg *message.Catalogue, s state.State) string {
	name := s.Article.Revision.Title
	if s.Past() {
		name = msg.Revisions.N.N(cmp.Or(s.Article.Number(s.Article.Revision.ID), 1)) + " · " + name
	}
	return name
}
