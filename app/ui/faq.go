package ui

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// faqPage is the Comments FAQ, drawn from the live policy.
type faqPage struct {
	app.Compo

	Msg *message.Catalogue
	FAQ *moderation.FAQ
}

func (p *faqPage) Render() app.UI {
	main := app.Main().Class("wrap faq").ID("main").TabIndex(-1)
	if p.FAQ == nil {
		return main.Body(app.Header().Body(app.H1().Text(p.Msg.FAQ), app.P().Class("deck").Text(p.Msg.Pages.NoFAQ)))
	}
	toc := make([]app.UI, 0, len(p.FAQ.Sections)+len(p.FAQ.More)+3)
	var body []app.UI
	add := func(id, language, title string, section app.UI) {
		toc = append(toc, app.Li().Body(app.A().Attr("href", "#"+id).Body(published(p.Msg, language, title))))
		body = append(body, section)
	}
	for _, s := range p.FAQ.Sections {
		add(s.ID, p.FAQ.Language, s.Title, p.section(s))
	}
	if !p.has("happens") {
		add("happens", p.Msg.Lang, p.Msg.Pages.Happens, happens(p.Msg))
	}
	for _, t := range p.FAQ.More {
		add(t.ID, p.FAQ.Language, t.Title, topic(p.Msg, t, p.FAQ.Language))
	}
	for _, t := range ownTopics(p.Msg) {
		if !p.has(t.ID) {
			add(t.ID, p.Msg.Lang, t.Title, topic(p.Msg, t, p.Msg.Lang))
		}
	}
	return main.Body(
		p.header(),
		app.Nav().Class("toc").Aria("label", p.Msg.Pages.OnThisPage).Body(app.Ol().Class("plain").Body(toc...)),
		app.Div().Class("rules").Body(body...),
	)
}

// has reports whether the policy itself speaks about a topic: its words then
// stand in place of ours.
func (p *faqPage) has(id string) bool {
	return slices.ContainsFunc(p.FAQ.More, func(t moderation.Topic) bool { return t.ID == id })
}

func ownTopics(msg *message.Catalogue) []moderation.Topic {
	return []moderation.Topic{
		{ID: "disagree", Title: msg.Pages.Disagree, Text: msg.Pages.DisagreeText},
		{ID: "who", Title: msg.Pages.Who, Text: msg.Pages.WhoText},
	}
}

func (p *faqPage) header() app.UI {
	return app.Header().Body(
		app.H1().Text(p.Msg.FAQ),
		app.P().Class("deck").Text(p.Msg.Pages.FAQDeck), // the policy's sentence names this page
		app.P().Class("meta").Body(app.Text(p.Msg.Policy+" "), app.Code().Text(shortHash(p.FAQ.Policy))),
	)
}

func (p *faqPage) section(s moderation.Section) app.UI {
	language := p.FAQ.Language
	text := []app.UI{published(p.Msg, language, s.Text)}
	if s.Denied != "" {
		text = append(text, app.Text(" "), published(p.Msg, language, s.Denied))
	}
	if s.ID == "language" { // its examples are in others
		language = ""
	}
	examples := app.Dl().Class("examples").Body(slices.Concat(example(p.Msg, language, s.Passes), example(p.Msg, language, s.Fails))...)
	return app.Section().Attr("id", s.ID).Body(
		app.H2().Body(published(p.Msg, p.FAQ.Language, s.Title)), app.P().Body(text...), examples, rules(p.Msg, language, s),
	)
}

// example shows a note in a language and what the policy does with it; none for an
// empty one.
func example(msg *message.Catalogue, language string, e moderation.Example) []app.UI {
	if e.Text == "" && e.Source == "" {
		return nil
	}
	severity, mark, word := "ok", iconCheck, msg.Pages.Passes
	switch {
	case e.Decision == moderation.Hold:
		severity, mark, word = "hold", iconHeld, msg.Pages.Held
	case e.Decision == moderation.Reject:
		severity, mark, word = "reject", iconRejected, msg.Pages.NotPosted
	case len(e.Findings) > 0:
		severity, mark, word = "hint", iconInfo, msg.Pages.PassesHint
	}
	note := app.Dd().Dir("auto").Body(mirror(e.Text, e.Findings)...)
	if language != "" && language != msg.Lang {
		note = note.Attr("lang", language)
	}
	if e.Text == "" {
		note = app.Dd().Class("meta").Text(msg.Pages.EmptyNote)
	}
	cited := e.Source
	if cited == "" {
		cited = msg.Pages.NoLink
	}
	body := []app.UI{app.Dt().Body(mark.ui(), app.Text(word)), note, app.Dd().Class("meta").Body(bdi(cited))}
	for _, m := range e.More {
		more := bdi(m.URL)
		if m.Passage != "" {
			more = app.Q().Dir("auto").Text(m.Passage)
		}
		body = append(body, app.Dd().Class("meta").Body(more))
	}
	return []app.UI{app.Div().DataSet("severity", severity).Body(body...)}
}

// rules lists a section's rules, each with its pair of examples folded away.
func rules(msg *message.Catalogue, language string, s moderation.Section) app.UI {
	list := app.Ul().Class("each plain")
	items := make([]app.UI, 0, len(s.Rules))
	for _, r := range s.Rules {
		name := []app.UI{app.Code().Text(r.ID), app.Text(" " + msg.Pages.Severities[string(r.Severity)])}
		at := slices.IndexFunc(s.Examples, func(e moderation.RuleExample) bool { return e.Rule.ID == r.ID })
		if at < 0 {
			items = append(items, app.Li().Body(name...))
			continue
		}
		pair := s.Examples[at]
		items = append(items, app.Li().Body(app.Details().Body(
			app.Summary().Body(name...),
			app.Dl().Class("examples").Body(slices.Concat(example(msg, language, pair.Passes), example(msg, language, pair.Fails))...),
		)))
	}
	return list.Body(items...)
}

func happens(msg *message.Catalogue) app.UI {
	var items []app.UI
	for _, s := range []replica.NoteState{replica.Published, replica.Held, replica.Rejected} {
		items = append(items, app.Li().Body(badge(msg, s), app.Text(" "+msg.Pages.Outcomes[string(s)])))
	}
	return app.Section().ID("happens").Body(
		app.H2().Text(msg.Pages.Happens),
		app.Ul().Class("outcomes plain").Body(items...),
		app.P().Text(msg.Pages.HappensAgain),
	)
}

func topic(msg *message.Catalogue, t moderation.Topic, language string) app.UI {
	body := []app.UI{app.H2().Body(published(msg, language, t.Title))}
	text := t.Text
	if said, ok := msg.Publisher(text); ok {
		text, language = said, msg.Lang
	}
	for para := range strings.SplitSeq(text, "\n\n") {
		body = append(body, app.P().Body(own(msg, language, para)))
	}
	return app.Section().Attr("id", t.ID).Body(body...)
}
