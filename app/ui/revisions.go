package ui

import (
	"cmp"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
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
		link := app.A().Attr("href", revisionPath(a, v.ID)).Body(spaced(app.Span().Text(en.revs.N(i+1)), clock(v.Created, shortTime))...)
		if v.ID == a.Revision.ID {
			link = link.Aria("current", "page")
		}
		items = append(items, app.Li().Body(link))
	}
	return app.Nav().Aria("label", en.revs.Name).Attr("lang", en.Lang).Attr("dir", en.Dir).Body(
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
		return line.Text(en.revs.Fetching)
	}
	return line.Text(en.revs.Against(before, c.Sentences, c.Notes))
}

// changesToggle shows and hides what changed since the revision before; nil for
// the first.
func changesToggle(a article.Article, wanted, ready bool) app.UI {
	if a.Before(a.Revision.ID) == "" {
		return hiddenSlot()
	}
	box := app.Input().Type("checkbox").OnChange(toggleChanges).Checked(wanted)
	if !ready {
		box = box.Disabled(true)
	}
	return app.Label().Class("meta").Body(box, app.Text(en.revs.ShowChanges))
}

func toggleChanges(ctx app.Context, e app.Event) {
	send(ctx, state.ShowChanges{On: e.Get("target").Get("checked").Bool()})
}

// pastNotice stands above an older revision.
func pastNotice(a article.Article) app.UI {
	text := en.revs.PastText
	return notice(iconHistory, en.revs.Past(a.Number(a.Revision.ID), len(a.Versions)), text,
		app.A().Class("btn").Attr("href", articlePath(a.Slug)).Text(en.revs.Newest))
}

// newsNotice says that a correction came while the page was open. Its place is
// there before, so that it is read out when it comes.
type newsNotice struct {
	app.Compo

	News *state.News
}

func (n *newsNotice) Render() app.UI {
	slot := app.Div().Class("news").Role("status")
	if n.News == nil {
		return slot
	}
	return slot.Body(notice(iconHistory, en.revs.News(n.News.Sentences), en.revs.NewsText(n.News.Revision, n.News.Mine),
		button("btn", true, state.ShowChanges{On: true}, app.Text(en.revs.ShowChanges)),
		button("btn quiet", true, state.CloseNews{}, app.Text(en.Close)),
	))
}

// titled revisions have their number before the headline.
func pageName(s state.State) string {
	name := s.Article.Revision.Title
	if s.Past() {
		name = en.revs.N(cmp.Or(s.Article.Number(s.Article.Revision.ID), 1)) + " · " + name
	}
	return name
}
