package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

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
