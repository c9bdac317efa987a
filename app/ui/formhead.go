package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
)

func formName(msg *message.Catalogue, k replica.DraftKind) string {
	switch k {
	case replica.EditNote:
		return msg.Form.EditNote
	case replica.ReplyTo:
		return msg.Form.Reply
	}
	return msg.Form.New
}

// head names what the note is about.
func (c *composer) head() app.UI {
	form := c.seen.Composer
	d := form.Draft
	var body []app.UI
	switch {
	case d.Kind == replica.ReplyTo && form.Base != nil:
		body = append(body, app.H2().Text(c.Msg.Form.ReplyTo.With("name", nameOf(c.Msg, form.Base))),
			app.Blockquote().Class("meta").Dir("auto").Text(form.Base.Annotation.Text()))
	case d.Kind == replica.ReplyTo:
		body = append(body, app.H2().Text(c.Msg.Form.Reply))
	case d.Quote == "":
		body = append(body, app.H2().Text(c.Msg.Form.YourNoteAll))
	case d.Kind == replica.EditNote:
		body = append(body, app.H2().Text(c.Msg.Form.YourEdit), claim(d.Quote), c.moved())
	default:
		body = append(body, app.H2().Text(c.Msg.Form.YourNote), claim(d.Quote), c.moved())
	}
	if form.Elsewhere {
		return app.Div().Class("head").Body(body...)
	}
	if v := c.seen.Versions(); v != nil {
		body = append(body, app.Div().Class("versions").DataSet("state", string(replica.Conflict)).Body(versions(c.Msg, v), meta(c.Msg.Clash.Joining)))
	}
	if c.seen.Unanswerable() {
		body = append(body, notice(iconInfo, c.Msg.Clash.ParentGone, c.Msg.Clash.ParentGoneText, button("btn", true, state.StandAlone{}, app.Text(c.Msg.Clash.Alone))).DataSet("severity", "hold"))
	}
	if d.Kind != replica.ReplyTo && d.ReplyTo == "" {
		body = append(body, stanceChoice(c.Msg, d.Stance))
	}
	if c.seen.Policy == nil {
		body = append(body, notice(iconShield, c.Msg.NoRules, c.Msg.NoRulesText).DataSet("severity", "hold"))
	}
	return app.Div().Class("head").Body(body...)
}

// moved says what became of the claim in a revision that came while the reader
// was writing; nil if it stands as it did.
func (c *composer) moved() app.UI {
	form := c.seen.Composer
	if form.Place == nil || c.seen.Article == nil {
		return nil
	}
	switch form.Place.Status {
	case anchor.Changed:
		now := c.seen.Article.Map.Slice(form.Place.Span())
		return app.Div().Class("change").Body(
			app.P().Body(app.Strong().Text(c.Msg.Revisions.DraftChanged)),
			wasNow(c.Msg, form.Draft.Quote, now),
			meta(c.Msg.Revisions.DraftChangedText),
			app.Div().Class("row").Body(button("btn", true, state.TakeWords{}, app.Text(c.Msg.Revisions.TakeWords))),
		)
	case anchor.Orphan:
		return app.Div().Class("change").Body(meta(c.Msg.Revisions.DraftLost))
	}
	return nil
}

func claim(quote string) app.UI {
	return app.Blockquote().Class("claim").Dir("auto").Text(quote)
}

func nameOf(msg *message.Catalogue, n *replica.Note) string {
	if n.Annotation.Creator != nil && n.Annotation.Creator.Nickname != "" {
		return n.Annotation.Creator.Nickname
	}
	return msg.Anonymous
}

func stanceChoice(msg *message.Catalogue, chosen annotation.Stance) app.UI {
	var all []app.UI
	for _, s := range stances() {
		a := state.SetStance{Stance: s}
		radio := app.Input().Type("radio").Name("stance").Value(string(s)).OnChange(press(a), scope(a))
		if s == chosen {
			radio = radio.Checked(true)
		}
		all = append(all, app.Label().DataSet("stance", string(s)).Body(radio, stanceIcon(s).ui(), app.Text(msg.Choices[string(s)])))
	}
	return app.Div().Class("stances").Role("radiogroup").Aria("label", msg.Form.Stance).Body(all...)
}
