package ui

import (
	"slices"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// versions shows the texts of a note that was changed in two places: the one from
// which both began, the reader's and the server's.
func versions(n *replica.Note) app.UI {
	was, mine, theirs := n.Was, &n.Annotation, (*annotation.Annotation)(nil)
	if n.DeleteClashed() {
		was, mine = &n.Annotation, nil
	}
	theirsGone := en.clash.TheirsLater
	if n.Theirs != nil {
		theirs, theirsGone = n.Theirs.Annotation, en.clash.TheirsDeleted
	}
	var body []app.UI
	if was != nil {
		body = append(body, app.Div().Body(app.Dt().Text(en.clash.Was), app.Dd().Dir("auto").Text(was.Text()), cites(was, mine, theirs)))
	}
	body = append(body,
		version(en.clash.Mine, clock(lastAt(n, replica.Queued), shortTime), en.clash.MineDeleted, mine, was, theirs),
		version(en.clash.Theirs, theirsAt(theirs), theirsGone, theirs, was, mine),
	)
	return app.Dl().Body(body...)
}

// version is one of two texts with what it changed; gone is said when there is none.
func version(name string, at app.UI, gone string, v, was, other *annotation.Annotation) app.UI {
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
	return app.Div().Body(title, text, cites(v, was, other))
}

// noPart is the part of a comparison that is left out when none is.
const noPart article.Part = ""

// cites is what a version cites and its stance, if another one differs in that.
func cites(v *annotation.Annotation, others ...*annotation.Annotation) app.UI {
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
	sources := sourceList(said.Sources)
	if sources == nil {
		sources = meta(en.clash.NoSource)
	}
	return app.Dd().Class("cites").DataSet("stance", string(said.Stance)).Body(spaced(stanceMark(said.Stance), sources)...)
}

func lastAt(n *replica.Note, s replica.NoteState) time.Time {
	for _, e := range slices.Backward(n.Events) {
		if e.State == s {
			return e.At
		}
	}
	return time.Time{}
}

func theirsAt(a *annotation.Annotation) app.UI {
	if a == nil {
		return nil
	}
	return stamped(a.Modified)
}

// resolver is a note in conflict and the ways to settle it. On an older revision
// it can only be read.
func resolver(n *replica.Note, ready, acts bool) app.UI {
	body := []app.UI{versions(n)}
	if acts {
		if row := choices(n, ready); len(row) > 0 {
			body = append(body, app.Div().Class("row").Body(row...))
		}
		body = append(body, meta(en.clash.Kept))
	}
	return app.Section().Class("versions").Aria("label", en.clash.Name).DataSet("state", string(replica.Conflict)).Body(body...)
}

// choices are the buttons that settle a conflict; none until the other version is
// here.
func choices(n *replica.Note, ready bool) []app.UI {
	mine, theirs := state.KeepMine{ID: n.ID}, state.TakeTheirs{ID: n.ID}
	two := func(keep, take string) []app.UI {
		return []app.UI{button("btn", ready, mine, app.Text(keep)), button("btn", ready, theirs, app.Text(take))}
	}
	switch {
	case n.Theirs == nil:
		return nil
	case n.DeleteClashed():
		return two(en.clash.DeleteIt, en.clash.KeepIt)
	case n.Theirs.Annotation == nil:
		return two(en.clash.Anew, en.clash.LetGo)
	}
	return append(two(en.clash.KeepMine, en.clash.TakeTheirs), button("btn quiet", ready, state.Edit{ID: n.ID}, iconDraft.ui(), app.Text(en.clash.Join)))
}

// aside lists the versions of a note that were not taken; nil without one.
func aside(n *replica.Note) app.UI {
	if len(n.Aside) == 0 {
		return nil
	}
	var items []app.UI
	for _, v := range slices.Backward(n.Aside) {
		name := en.clash.AsideMine
		if v.Theirs {
			name = en.clash.AsideTheirs
		}
		items = append(items, app.Div().Body(
			app.Dt().Body(spaced(app.Span().Text(name), clock(v.At, shortTime))...),
			app.Dd().Dir("auto").Text(v.Annotation.Text()), sourceItems(v.Annotation.Note().Sources),
		))
	}
	return app.Details().Class("aside").Body(app.Summary().Text(en.clash.Aside(len(n.Aside))), app.Dl().Body(items...))
}

func sourceItems(sources []annotation.Source) app.UI {
	if len(sources) == 0 {
		return nil
	}
	return app.Dd().Class("cites").Body(sourceList(sources))
}

// problem says why the server did not take a note, and what can be done.
func problem(n *replica.Note, ready, acts bool) app.UI {
	switch {
	case n.ParentGone() && acts:
		return app.Div().Body(meta(en.clash.ParentGoneText),
			app.Div().Class("row").Body(button("btn", ready, state.PostAnew{ID: n.ID}, app.Text(en.clash.Alone))))
	case n.ParentGone():
		return meta(en.clash.ParentGoneText)
	case n.Problem.Field == "/article":
		return meta(en.clash.ArticleGone)
	case n.Problem.Field == "/annotation/id" && n.ETag != "":
		return meta(en.clash.PostedBefore)
	case n.Problem.Field == "/annotation/id":
		return meta(en.clash.PostedElsewhere)
	}
	return meta(strings.TrimSpace(n.Problem.Title + ". " + n.Problem.Detail))
}
