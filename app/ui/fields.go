package ui

import (
	"strconv"
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// typed is a handler that reports what stands in a text field. The form is drawn
// when the state answers, so the press itself draws nothing.
func typed(action func(text string) state.Action) app.EventHandler {
	return func(ctx app.Context, _ app.Event) {
		ctx.PreventUpdate()
		send(ctx, action(ctx.JSSrc().Get("value").String()))
	}
}

// noteField is the note's text over its mirror, which marks the exact words that
// the rules found.
func (c *composer) noteField() app.UI {
	form := c.seen.Composer
	area := app.Textarea().ID("c-text").Dir("auto").Spellcheck(true).DataSet("field", "text").Aria("describedby", "c-ask c-left").
		OnInput(typed(func(text string) state.Action { return state.TypedText{Text: text} }), "text")
	if form.Typed && heaviest(form.Verdict.Findings, "text") == moderation.SeverityStop {
		area = area.Aria("invalid", true)
	}
	// What is not yet written is not yet wrong.
	var findings []moderation.Finding
	if form.Typed {
		findings = form.Verdict.Findings
	}
	left := annotation.MaxText - utf8.RuneCountInString(form.Draft.Text)
	room := c.Msg.Form.Left.N(left)
	if left < 0 {
		room = c.Msg.Form.TooMany.N(-left)
	}
	return app.Div().Class("field").Body(
		app.Label().For("c-text").Text(c.Msg.Form.Note),
		app.Div().Class("mirror").Body(
			app.Div().Aria("hidden", true).Dir("auto").Body(mirror(form.Draft.Text, findings)...),
			area,
		),
		app.P().Class("meta").Body(
			app.Span().ID("c-ask").Text(c.line()),
			app.Span().ID("c-left").Text(room),
		),
	)
}

// line stands under the note: the stance's question at first, then what became
// of the draft.
func (c *composer) line() string {
	form := c.seen.Composer
	switch {
	case form.Fault != "":
		return c.Msg.Device.NotSaved
	case c.seen.Blocked:
		return c.Msg.Form.NotKept
	case !form.Typed && form.Draft.Kind == replica.ReplyTo:
		return c.Msg.Form.ReplyAsk
	case !form.Typed:
		return c.Msg.Asks[string(form.Draft.Stance)]
	case !form.Saved:
		return c.Msg.Form.Saving
	case form.Draft.Saved.IsZero():
		return c.Msg.Form.EditHint // nothing has been written yet
	}
	return c.Msg.Form.DraftSaved
}

// mirror is a note's text, cut into the words that were found in it and the rest.
func mirror(text string, findings []moderation.Finding) []app.UI {
	runes := []rune(text)
	marks := make([]moderation.Severity, len(runes))
	for _, f := range findings {
		if f.Field != "text" {
			continue
		}
		for i := max(f.Start, 0); i < min(f.End, len(runes)); i++ {
			// Findings come heaviest first: what is marked stays.
			if marks[i] == "" {
				marks[i] = f.Severity
			}
		}
	}
	var out []app.UI
	for from := 0; from < len(runes); {
		to := from + 1
		for to < len(runes) && marks[to] == marks[from] {
			to++
		}
		run := string(runes[from:to])
		if marks[from] == "" {
			out = append(out, app.Text(run))
		} else {
			out = append(out, app.Mark().DataSet("severity", string(marks[from])).Text(run))
		}
		from = to
	}
	return out
}

// heaviest is the severity of a field's heaviest finding, "" without one.
func heaviest(findings []moderation.Finding, field string) moderation.Severity {
	for _, f := range findings {
		if f.Field == field {
			return f.Severity
		}
	}
	return ""
}

// sourceSet are the fields for the sources. There is always one row.
func (c *composer) sourceSet() app.UI {
	form := c.seen.Composer
	n := max(1, len(form.Draft.Sources))
	rows := make([]app.UI, 0, n)
	for i := range n {
		rows = append(rows, c.sourceRow(i))
	}
	more := button("act", true, state.AddSource{}, iconContext.ui(), app.Text(c.Msg.Form.Another))
	if n >= annotation.MaxSources {
		more = more.Hidden(true)
	}
	return app.FieldSet().Class("sourceset").Body(
		app.Legend().Class("sr").Text(c.Msg.Form.SourcesOf),
		// In a box of its own the button is no neighbour of the rows, so a new row
		// does not take its place.
		app.Div().Class("rows").Body(rows...),
		more,
	)
}

func (c *composer) sourceRow(i int) app.UI {
	form := c.seen.Composer
	n := strconv.Itoa(i)
	urlID, passID := "c-url-"+n, "c-pass-"+n
	address := app.Input().Class("input").ID(urlID).Type("url").Attr("inputmode", "url").Attr("autocomplete", "off").Dir("ltr").
		Placeholder("https://").DataSet("field", "sources/"+n+"/url").
		OnInput(typed(func(text string) state.Action { return state.TypedURL{Source: i, Text: text} }), "url", n)
	passage := app.Textarea().Class("input").ID(passID).Rows(2).Dir("auto").DataSet("field", "sources/"+n+"/passage").
		OnInput(typed(func(text string) state.Action { return state.TypedPassage{Source: i, Text: text} }), "passage", n)
	if form.Typed && heaviest(form.Verdict.Findings, "sources/"+n+"/url") == moderation.SeverityStop {
		address = address.Aria("invalid", true)
	}
	if form.Typed && heaviest(form.Verdict.Findings, "sources/"+n+"/passage") == moderation.SeverityStop {
		passage = passage.Aria("invalid", true)
	}
	first := app.Div().Class("field").Body(app.Label().For(urlID).Text(c.Msg.Form.URL), address)
	second := app.Div().Class("field").Body(app.Label().For(passID).Text(c.Msg.Form.Passage), passage)
	if i > 0 {
		return app.Div().Class("one").Body(first, second,
			button("act", true, state.RemoveSource{Source: i}, iconTrash.ui(), app.Text(c.Msg.Form.Remove.N(i+1))))
	}
	return app.Div().Class("one").Body(
		app.Div().Class("field").Body(
			app.Label().For(urlID).Text(c.Msg.Form.URL), address.Aria("describedby", "c-urlhint"),
			app.P().Class("hint").ID("c-urlhint").Text(c.Msg.Form.URLHint)),
		app.Div().Class("field").Body(
			app.Label().For(passID).Text(c.Msg.Form.Passage), passage.Aria("describedby", "c-passhint"),
			app.P().Class("hint").ID("c-passhint").Text(c.Msg.Form.PassHint)),
	)
}

// reasonField asks why a rejected note should be posted all the same.
func (c *composer) reasonField() app.UI {
	if !c.seen.Composer.Appeal {
		return app.Div().Class("field").Hidden(true)
	}
	return app.Div().Class("field").Body(
		app.Label().For("c-why").Text(c.Msg.Form.Why),
		app.Textarea().Class("input").ID("c-why").Rows(3).Dir("auto").DataSet("field", "reason").Aria("describedby", "c-whyhint").
			OnInput(typed(func(text string) state.Action { return state.TypedReason{Text: text} }), "reason"),
		app.P().Class("hint").ID("c-whyhint").Text(c.Msg.Form.WhyHint),
	)
}
