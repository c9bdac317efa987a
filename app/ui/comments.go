package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// comments are the notes on the article as a whole, below its text.
type comments struct {
	app.Compo

	Msg      *message.Catalogue
	Notes    []state.Note // those that are drawn
	Shown    state.Window // which they are
	Total    int
	View     viewing
	Sentence string
}

func (c *comments) Render() app.UI {
	return app.Section().Class("comments").Aria("labelledby", "comments").Body(
		app.H2().ID("comments").Text(c.Msg.Comments),
		meta(c.Msg.CommentsHint),
		c.thread(),
		&composer{Msg: c.Msg, Where: formBelow},
		c.addNote(),
		policyLine(c.Msg, c.View.Publisher, c.Sentence),
	)
}

// thread is the notes, with the ways to the others if these are not all.
func (c *comments) thread() app.UI {
	list := cards(c.Notes, c.View)
	if before, after := c.Shown.From, c.Total-c.Shown.To; before+after > 0 {
		list = append([]app.UI{c.turn(-1, c.Msg.ShowEarlier.N(before), before)}, list...)
		list = append(list, c.turn(1, c.Msg.ShowMore.N(after), after))
	}
	return app.Div().Class("thread").Body(list...)
}

// turn is the button to n notes more; it keeps its place when there are none.
func (c *comments) turn(step int, text string, n int) app.UI {
	return button("act", c.View.Ready, state.ShowMore{Step: step, Whole: true}, app.Text(text)).Hidden(n == 0)
}

// addNote opens the form on the whole article; an older revision takes no notes.
func (c *comments) addNote() app.UI {
	if c.View.Past {
		return hiddenSlot()
	}
	return button("btn", c.View.Ready, state.NoteOnAll{}, iconContext.ui(), app.Text(c.Msg.NoteOn))
}

// cards are notes in the flow of the page. They are no components: few of them are
// drawn, and few of those change at a time.
func cards(notes []state.Note, v viewing) []app.UI {
	list := make([]app.UI, 0, len(notes))
	for i := range notes {
		list = append(list, card{note: &notes[i], view: v, in: v.In}.ui())
	}
	return list
}

// policyLine is the policy's sentence; its "Comments FAQ" is the link, which is
// added when the sentence does not name it in the page's language.
func policyLine(msg *message.Catalogue, language, sentence string) app.UI {
	if said, ok := msg.Publisher(sentence); ok {
		sentence, language = said, msg.Lang
	}
	link := app.A().Href("/faq").Text(msg.PolicyLink)
	before, after, found := strings.Cut(sentence, msg.PolicyLink)
	switch {
	case found:
		return app.P().Class("policy").Body(own(msg, language, before), link, own(msg, language, after))
	case sentence == "":
		return app.P().Class("policy").Body(link)
	}
	return app.P().Class("policy").Body(own(msg, language, sentence), app.Text(" "), link)
}
