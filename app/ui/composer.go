package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// formPlace is where the open form stands.
type formPlace int

const (
	formNone   formPlace = iota
	formBeside           // in the margin: on a claim, or a reply to a note there
	formBelow            // in the comments: on the whole article, or a reply below the text
)

func formOf(s state.State) formPlace {
	if s.Composer == nil {
		return formNone
	}
	d := s.Composer.Draft
	if d.ReplyTo != "" {
		return formOfReply(s.Notes, d.ReplyTo)
	}
	if d.Span == nil && d.Kind != replica.ReplyTo {
		return formBelow
	}
	return formBeside
}

// formOfReply is where the note that is answered stands.
func formOfReply(notes []state.Note, id string) formPlace {
	for i := range notes {
		if within(&notes[i], id) != "" && placementOf(&notes[i]) != inMargin {
			return formBelow
		}
	}
	return formBeside
}

// composer is the place of the form in one part of the page. It observes the
// state itself, the one component beside [Root] that does: a keystroke then draws
// the form and not the thousands of notes around it.
//
// Its text fields are uncontrolled: what stands in them is the reader's and is
// never written by a drawing. Everything around them keeps its place.
type composer struct {
	app.Compo

	Msg   *message.Catalogue
	Where formPlace

	seen state.State
}

func (c *composer) OnMount(ctx app.Context) {
	ctx.ObserveState(StateName).Value(&c.seen)
}

func (c *composer) Render() app.UI {
	if formOf(c.seen) != c.Where {
		return hiddenSlot()
	}
	form := c.seen.Composer
	el := app.Form().Class("composer").ID("compose").NoValidate(true).Attr("autocomplete", "off").
		Aria("label", formName(c.Msg, form.Draft.Kind)).DataSet("decision", string(decisionOf(form))).
		OnSubmit(c.onSubmit).OnKeyDown(c.onKey)
	if form.Draft.Stance != "" {
		el = el.DataSet("stance", string(form.Draft.Stance))
	}
	if !form.Typed {
		// Not "": go-app does not set an empty attribute that was not there before.
		el = el.DataSet("fresh", true)
	}
	if form.Elsewhere {
		return el.Body(c.head(), elsewhere(c.Msg, form.Draft.Text))
	}
	return el.Body(c.head(), c.noteField(), c.ruleCheck(), c.sourceSet(), c.reasonField(), c.decide())
}

// elsewhere stands in place of the fields while another window has the draft.
func elsewhere(msg *message.Catalogue, text string) app.UI {
	return app.Div().Class("field").Body(
		app.P().Class("text").Dir("auto").Text(text),
		notice(iconInfo, msg.Form.Elsewhere, msg.Form.ElsewhereText, button("btn primary", true, state.TakeOver{}, app.Text(msg.Form.TakeOver)),
			button("btn quiet", true, state.Cancel{}, app.Text(msg.Close)),
		).Role("status").DataSet("draft", "elsewhere"),
	)
}

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

func (c *composer) onSubmit(ctx app.Context, e app.Event) {
	e.PreventDefault()
	send(ctx, state.Post{})
}

// onKey posts at Ctrl+Enter and closes at Escape. Enter alone in a one-line field
// does nothing: a note is not sent by accident.
func (c *composer) onKey(ctx app.Context, e app.Event) {
	if e.Get("isComposing").Truthy() {
		return
	}
	chord := e.Get("ctrlKey").Truthy() || e.Get("metaKey").Truthy()
	a, handled := formKey(e.Get("key").String(), chord, e.Get("target").Get("tagName").String())
	if !handled {
		return
	}
	e.PreventDefault()
	e.Call("stopPropagation")
	if a != nil {
		send(ctx, a)
	}
}

// formKey is what a key does in the form; handled keys do nothing else.
func formKey(key string, chord bool, element string) (a state.Action, handled bool) {
	switch {
	case key == "Escape":
		return state.Cancel{}, true
	case key == "Enter" && chord:
		return state.Post{}, true
	case key == "Enter" && element == "INPUT":
		return nil, true
	}
	return nil, false
}
