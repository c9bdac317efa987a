package ui

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// ruleCheck lists what the rules found, heaviest first, then what passed. Before
// anything was written it only says what every note needs.
func (c *composer) ruleCheck() app.UI {
	form := c.seen.Composer
	list := app.Ul().Class("checks").Aria("label", c.Msg.Form.RuleCheck)
	if !form.Typed {
		if form.Draft.Kind == replica.ReplyTo {
			return list
		}
		return list.Body(app.Li().Class("check").DataSet("severity", string(moderation.Hint)).Body(
			iconInfo.ui(), app.Div().Body(app.P().Class("why").Text(c.Msg.Form.NeedsSource)),
		))
	}
	var items []app.UI
	for i, f := range form.Verdict.Findings {
		items = append(items, findingItem(c.Msg, c.seen.Publisher, f, findingActs(c.Msg, i, f)...))
	}
	for _, family := range passed(form.Verdict, c.seen.Policy != nil) {
		said := []app.UI{iconCheck.ui(), app.Text(c.Msg.Form.Passed[family])}
		if family == "topic" && len(form.Shared) > 0 {
			said = append(said, app.Span().Class("shared").Text(c.Msg.Form.Shared.With("words", strings.Join(form.Shared, c.Msg.List))))
		}
		items = append(items, app.Li().Class("check").DataSet("passed", family).DataSet("severity", "ok").Body(said...))
	}
	return list.Body(items...)
}

// findingItem is one finding of a policy in that language: the exact words, why,
// what to do, the rule.
func findingItem(msg *message.Catalogue, language string, f moderation.Finding, acts ...app.UI) app.UI {
	var words app.UI
	why := published(msg, language, f.Why)
	if f.Quote != "" {
		words = app.Q().Dir("auto").Text(f.Quote)
	}
	if f.Quote != "" && !strings.HasPrefix(f.Rule, "source.") { // those say what the words are: This page is ...
		why = ofWords(msg, language, f.Why)
	}
	line := spaced(words, app.Span().Class("why").Body(why), app.Code().Text(f.Rule))
	fix := append([]app.UI{published(msg, language, f.Fix)}, acts...)
	return app.Li().Class("check").DataSet("rule", f.Rule).DataSet("severity", string(f.Severity)).Body(
		severityIcon(f.Severity).ui(),
		app.Div().Body(app.P().Body(line...), app.P().Class("fix").Body(fix...)),
	)
}

// findingActs are the buttons of a finding whose words can be pointed at.
func findingActs(msg *message.Catalogue, i int, f moderation.Finding) []app.UI {
	if f.End <= f.Start || f.Field == "nickname" {
		return nil
	}
	var acts []app.UI
	if f.Field == "text" && strings.HasPrefix(f.Rule, "privacy.") {
		acts = append(acts, app.Text(" "), act(true, state.TakeOut{Finding: i}, msg.Form.TakeOut))
	}
	return append(acts, app.Text(" "), act(true, state.ShowWords{Finding: i}, msg.Form.ShowWords))
}

// passed lists the families of rules that ran and found nothing.
func passed(v moderation.Verdict, rules bool) []string {
	if !rules {
		return nil
	}
	var ok []string
	for _, family := range []string{"abuse", "topic", "source", "privacy", "spam"} {
		found := slices.ContainsFunc(v.Findings, func(f moderation.Finding) bool { return strings.HasPrefix(f.Rule, family+".") })
		// One half is the score of a topic that could not be judged.
		unjudged := family == "topic" && v.Scores.Topic == 5000
		if !found && !unjudged && !slices.Contains(v.Without, family) {
			ok = append(ok, family)
		}
	}
	return ok
}

// decisionOf is the form's decision. Without rules every note is held.
func decisionOf(form *state.Composer) moderation.Decision {
	if form.Verdict.Decision == "" {
		return moderation.Hold
	}
	return form.Verdict.Decision
}

// decide is the last row: what will happen, and the buttons.
func (c *composer) decide() app.UI {
	form := c.seen.Composer
	post := app.Button().Type("submit").Class("btn primary").Text(c.Msg.Form.Post)
	if decisionOf(form) == moderation.Reject || strings.TrimSpace(form.Draft.Text) == "" || form.Posted {
		// Not disabled: it keeps the focus and says why when it is pressed.
		post = post.Aria("disabled", true)
	}
	ask := button("btn", true, state.AskModerator{}, app.Text(c.Msg.Form.Ask))
	if decisionOf(form) != moderation.Reject || !form.Typed {
		ask = ask.Hidden(true)
	}
	decision := app.P().Class("decision").Role("status")
	if i, text := c.announce(); text != "" {
		decision = decision.Body(i.ui(), app.Span().Text(text))
	}
	return app.Div().Class("decide").Body(
		c.risk(),
		decision,
		app.Div().Class("row").Body(post, ask, button("btn quiet", true, state.Cancel{}, app.Text(c.Msg.Cancel))),
	)
}

// announce says in one line what the rules make of the note.
func (c *composer) announce() (icon, string) {
	form := c.seen.Composer
	mend, needed := 0, 0
	for _, f := range form.Verdict.Findings {
		switch f.Severity {
		case moderation.SeverityStop:
			mend, needed = mend+1, needed+1
		case moderation.SeverityHold:
			mend++
		}
	}
	switch {
	case form.Posted:
		return iconQueued, c.Msg.Form.Sending
	case !form.Typed:
		return "", ""
	case form.Appeal && decisionOf(form) == moderation.Reject:
		return iconRejected, c.Msg.Form.Overrule
	case decisionOf(form) == moderation.Reject:
		return iconRejected, rejectOf(c.Msg, mend, needed)
	case decisionOf(form) == moderation.Hold && mend == 0:
		return iconHeld, c.Msg.Form.HoldPlain
	case decisionOf(form) == moderation.Hold:
		return iconHeld, c.Msg.Form.Hold.N(mend)
	case c.seen.Sync.State == state.Offline && c.seen.Blocked:
		return iconAlert, c.Msg.Device.BlockedReady
	case c.seen.Sync.State == state.Offline:
		return iconCheck, c.Msg.Form.ReadyOffline
	}
	return iconCheck, c.Msg.Form.Ready
}
