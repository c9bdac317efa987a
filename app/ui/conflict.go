package ui

import (
	"slices"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// versions shows the texts of a note that was changed in two places: the one from
// which both began, the reader's and the server's.
func versions(msg *message.Catalogue, n *replica.Note) app.UI {
	was, mine, theirs := n.Was, &n.Annotation, (*annotation.Annotation)(nil)
	if n.DeleteClashed() {
		was, mine = &n.Annotation, nil
	}
	theirsGone := msg.Clash.TheirsLater
	if n.Theirs != nil {
		theirs, theirsGone = n.Theirs.Annotation, msg.Clash.TheirsDeleted
	}
	var body []app.UI
	if was != nil {
		body = append(body, app.Div().Body(app.Dt().Text(msg.Clash.Was), app.Dd().Dir("auto").Text(was.Text()), cites(msg, was, mine, theirs)))
	}
	body = append(body,
		version(msg, msg.Clash.Mine, clock(msg, lastAt(n, replica.Queued), msg.Short), msg.Clash.MineDeleted, mine, was, theirs),
		version(msg, msg.Clash.Theirs, theirsAt(msg, theirs), theirsGone, theirs, was, mine),
	)
	return app.Dl().Body(body...)
}

// version is one of two texts with what it changed; gone is said when there is none.
func version(msg *message.Catalogue, name string, at app.UI, gone string, v, was, other *annotation.Annotation) app.UI {
	title := app.Dt().Text(name)
	if at != nil {
		title = app.Dt().Body(app.Text(name+", "), at)
	}
	if v == nil {
		return app.Div().Body(title, app.Dd().Class("meta").Text(gone))
	}
	text := app.Dd().Dir("auto").Text(v.Text())
	if was != nil {
		text = app.Dd().Dir("auto").Body(marked(article.CompareWords(was.Text(), v.Text()), noPart)...)
	}
	return app.Div().Body(title, text, cites(msg, v, was, other))
}

// noPart is the part of a comparison that is left out when none is.
const noPart article.Part = ""

// cites is what a version cites and its stance, if another one differs in that.
func cites(msg *message.Catalogue, v *annotation.Annotation, others ...*annotation.Annotation) app.UI {
	said := v.Note()
	differs := slices.ContainsFunc(others, func(o *annotation.Annotation) bool {
		if o == nil {
			return false
		}
		other := o.Note()
		return other.Stance != said.Stance || !slices.Equal(other.Sources, said.Sources)
	})
	if !differs {
		return nil
	}
	sources := sourceList(msg, said.Sources)
	if sources == nil {
		sources = meta(msg.Clash.NoSource)
	}
	return app.Dd().Class("cites").DataSet("stance", string(said.Stance)).Body(spaced(stanceMark(msg, said.Stance), sources)...)
}

func lastAt(n *replica.Note, s replica.NoteState) time.Time {
	for _, e := range slices.Backward(n.Events) {
		if e.State == s {
			return e.At
		}
	}
	return time.Time{}
}

func theirsAt(msg *message.Catalogue, a *annotation.Annotation) app.UI {
	if a == nil {
		return nil
	}
	return stamped(msg, a.Modified)
}

// resolver is a note in conflict and the ways to settle it. On an older revision
// it can only be read.
func resolver(msg *message.Catalogue, n *replica.Note, ready, acts bool) app.UI {
	body := []app.UI{versions(msg, n)}
	if acts {
		if row := choices(msg, n, ready); len(row) > 0 {
			body = append(body, app.Div().Class("row").Body(row...))
		}
		body = append(body, meta(msg.Clash.Kept))
	}
	return app.Section().Class("versions").Aria("label", msg.Clash.Name).DataSet("state", string(replica.Conflict)).Body(body...)
}

// choices are the buttons that settle a conflict; none until the other version is
// here.
func choices(msg *message.Catalogue, n *replica.Note, ready bool) []app.UI {
	mine, theirs := state.KeepMine{ID: n.ID}, state.TakeTheirs{ID: n.ID}
	two := func(keep, take string) []app.UI {
		return []app.UI{button("btn", ready, mine, app.Text(keep)), button("btn", ready, theirs, app.Text(take))}
	}
	switch {
	case n.Theirs == nil:
		return nil
	case n.DeleteClashed():
		return two(msg.Clash.DeleteIt, msg.Clash.KeepIt)
	case n.Theirs.Annotation == nil:
		return two(msg.Clash.Anew, msg.Clash.LetGo)
	}
	return append(two(msg.Clash.KeepMine, msg.Clash.TakeTheirs), button("btn quiet", ready, state.Edit{ID: n.ID}, iconDraft.ui(), app.Text(msg.Clash.Join)))
}

// aside lists the versions of a note that were not taken; nil without one.
func aside(msg *message.Catalogue, n *replica.Note) app.UI {
	if len(n.Aside) == 0 {
		return nil
	}
	var items []app.UI
	for _, v := range slices.Backward(n.Aside) {
		name := msg.Clash.AsideMine
		if v.Theirs {
			name = msg.Clash.AsideTheirs
		}
		items = append(items, app.Div().Body(
			app.Dt().Body(spaced(app.Span().Text(name), clock(msg, v.At, msg.Short))...),
			app.Dd().Dir("auto").Text(v.Annotation.Text()), sourceItems(msg, v.Annotation.Note().Sources),
		))
	}
	return app.Details().Class("aside").Body(app.Summary().Text(msg.Clash.Aside.N(len(n.Aside))), app.Dl().Body(items...))
}

func sourceItems(msg *message.Catalogue, sources []annotation.Source) app.UI {
	if len(sources) == 0 {
		return nil
	}
	return app.Dd().Class("cites").Body(sourceList(msg, sources))
}

// problem says why the server did not take a note, and what can be done.
func problem(msg *message.Catalogue, n *replica.Note, ready, acts bool) app.UI {
	switch {
	case n.ParentGone() && acts:
		return app.Div().Body(meta(msg.Clash.ParentGoneText),
			app.Div().Class("row").Body(button("btn", ready, state.PostAnew{ID: n.ID}, app.Text(msg.Clash.Alone))))
	case n.ParentGone():
		return meta(msg.Clash.ParentGoneText)
	case n.Problem.Field == "/article":
		return meta(msg.Clash.ArticleGone)
	case n.Problem.Field == "/annotation/id" && n.ETag != "":
		return meta(msg.Clash.PostedBefore)
	case n.Problem.Field == "/annotation/id":
		return meta(msg.Clash.PostedElsewhere)
	}
	return meta(strings.TrimSpace(n.Problem.Title + ". " + n.Problem.Detail))
}
