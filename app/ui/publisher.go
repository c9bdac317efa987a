package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
)

// published is what a text of the publisher's policy says, in the page's language if
// that has words for it; otherwise in the publisher's own, marked with the policy's
// language where the page is in another.
func published(msg *message.Catalogue, language, text string) app.UI {
	if said, ok := msg.Publisher(text); ok {
		return app.Text(said)
	}
	return own(msg, language, text)
}

// own is words in the policy's language.
func own(msg *message.Catalogue, language, text string) app.UI {
	if language == "" || language == msg.Lang {
		return app.Text(text)
	}
	return app.Span().Attr("lang", language).Dir("auto").Text(text)
}

// ofWords is why a rule objects to the words that stand before it. They themselves
// are the subject: “fool” calls a person names.
func ofWords(msg *message.Catalogue, language, why string) app.UI {
	if said, ok := msg.Publisher(why); ok {
		return app.Text(strings.TrimPrefix(said, msg.Form.Subject+" "))
	}
	return own(msg, language, strings.TrimPrefix(why, message.English().Form.Subject+" "))
}
