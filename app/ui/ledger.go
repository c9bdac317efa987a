package ui

import (
	"cmp"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/replica"
)

// mostSteps is how many steps of a note are in sight; earlier ones are folded.
const mostSteps = 8

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

// ledger is what happened to a note, when and why; the last step is where it
// stands.
func ledger(msg *message.Catalogue, events []replica.Event) app.UI {
	if len(events) == 0 {
		return nil
	}
	earlier := events[:max(0, len(events)-mostSteps)]
	latest := events[len(earlier):]
	list := steps(msg, latest, true)
	if len(earlier) == 0 {
		return list.Aria("label", msg.Pages.History)
	}
	return app.Div().Body(
		app.Details().Class("earlier").Body(app.Summary().Text(msg.Clash.Earlier.N(len(earlier))), steps(msg, earlier, false).Aria("label", msg.Clash.Earlier.N(len(earlier)))),
		list.Aria("label", msg.Pages.History),
	)
}

// steps draws events in a row, or below each other when there is a reason to be
// read with one of them.
func steps(msg *message.Catalogue, events []replica.Event, latest bool) app.HTMLOl {
	list := app.Ol().Class("ledger")
	var items []app.UI
	for i, e := range events {
		class := "done"
		if latest && i == len(events)-1 {
			class = "now"
		}
		body := spaced(app.Span().Text(step(msg, e)), clock(msg, e.At, msg.Short))
		if reasons := why(msg, e); len(reasons) > 0 {
			list = app.Ol().Class("ledger tall")
			body = append(body, app.Text(" "), app.Span().Class("why").Body(spaced(reasons...)...))
		}
		items = append(items, app.Li().Class(class).Body(body...))
	}
	return list.Body(items...)
}

// step names one event: what it was about, when that was not a first post, and
// the state it led to.
func step(msg *message.Catalogue, e replica.Event) string {
	if e.State == "" {
		return cmp.Or(msg.Revisions.Steps[e.What], e.What)
	}
	name := cmp.Or(msg.Pages.Steps[string(e.State)], string(e.State))
	switch e.What {
	case "edit":
		return msg.Pages.Edited + ": " + name
	case "appeal":
		return msg.Pages.Appealed + ": " + name
	case "theirs":
		return msg.Clash.TookTheirs + ": " + name
	case "again":
		return msg.Clash.PostedAnew
	case "delete":
		if e.State != replica.Deleted {
			return msg.Pages.Deleting + ": " + name
		}
	}
	return name
}

// why are the reasons of an event: who did it, a moderator's words, the rules and
// the policy that they are of, the server's own reasons.
func why(msg *message.Catalogue, e replica.Event) []app.UI {
	var all []app.UI
	switch e.By {
	case replica.ByModerator:
		all = append(all, app.Span().Text(msg.Clash.ByModerator))
	case replica.ByDevice:
		all = append(all, app.Span().Text(msg.Clash.ByDevice))
	}
	if e.Reason != "" {
		all = append(all, app.Q().Dir("auto").Text(e.Reason))
	}
	for _, rule := range e.Rules {
		all = append(all, app.Code().Text(rule))
	}
	if len(e.Rules) > 0 && e.Policy != "" {
		all = append(all, app.Span().Body(app.Text(msg.Policy+" "), app.Code().Text(shortHash(e.Policy))))
	}
	for _, reason := range e.Reasons {
		if text := msg.Reasons[reason]; text != "" {
			all = append(all, app.Span().Text(text))
		} else {
			all = append(all, app.Code().Text(reason))
		}
	}
	if e.Problem != "" {
		all = append(all, app.Span().Text(e.Problem))
	}
	return all
}
