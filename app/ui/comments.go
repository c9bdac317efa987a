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
	Notes    []state.Note
	View     viewing
	Sentence string
}

func (c *comments) Render() app.UI {
	return app.Section().Class("comments").Aria("labelledby", "comments").Body(
		app.H2().ID("comments").Text(c.Msg.Comments),
		meta(c.Msg.CommentsHint),
		thread(c.Notes, c.View),
		&composer{Msg: c.Msg, Where: formBelow},
		c.addNote(),
		policyLine(c.Msg, c.Sentence),
	)
}

// addNote opens the form on the whole article; an older revision takes no notes.
func (c *comments) addNote() app.UI {
	if c.View.Past {
		return hiddenSlot()
	}
	return button("btn", c.View.Ready, state.NoteOnAll{}, iconContext.ui(), app.Text(c.Msg.NoteOn))
}

// thread lists notes in the flow of the page. They are no components: few of them
// change at a time, and a page may have thousands (see [margin]).
func thread(notes []state.Note, v viewing) app.UI {
	list := make([]app.UI, 0, len(notes))
	for i := range notes {
		list = append(list, card{note: &notes[i], view: v, in: v.In}.ui())
	}
	return app.Div().Class("thread").Body(list...)
}

// policyLine is the policy's sentence; its "Comments FAQ" is the link, which is
// added when the sentence does not name it.
func policyLine(msg *message.Catalogue, sentence string) app.UI {
	link := app.A().Href("/faq").Text(msg.PolicyLink)
	before, after, found := strings.Cut(sentence, msg.PolicyLink)
	switch {
	case found:
		return app.P().Class("policy").Body(app.Text(before), link, app.Text(after))
	case sentence == "":
		return app.P().Class("policy").Body(link)
	}
	return app.P().Class("policy").Body(app.Text(sentence+" "), link)
}
