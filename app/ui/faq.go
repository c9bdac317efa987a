package ui

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// faqPage is the Comments FAQ, drawn from the live policy.
type faqPage struct {
	app.Compo

	FAQ *moderation.FAQ
}

func (p *faqPage) Render() app.UI {
	main := app.Main().Class("wrap faq").ID("main").TabIndex(-1)
	if p.FAQ == nil {
		return main.Body(app.Header().Body(app.H1().Text(en.FAQ), app.P().Class("deck").Text(en.pages.NoFAQ)))
	}
	toc := make([]app.UI, 0, len(p.FAQ.Sections)+len(p.FAQ.More)+3)
	var body []app.UI
	add := func(id, title string, section app.UI) {
		toc = append(toc, app.Li().Body(app.A().Attr("href", "#"+id).Text(title)))
		body = append(body, section)
	}
	for _, s := range p.FAQ.Sections {
		add(s.ID, s.Title, p.section(s))
	}
	if !p.has("happens") {
		add("happens", en.pages.Happens, happens())
	}
	for _, t := range p.FAQ.More {
		add(t.ID, t.Title, topic(t, p.FAQ.Language))
	}
	for _, t := range ownTopics() {
		if !p.has(t.ID) {
			add(t.ID, t.Title, topic(t, en.Lang))
		}
	}
	return main.Body(
		p.header(),
		app.Nav().Class("toc").Aria("label", en.pages.OnThisPage).Body(app.Ol().Class("plain").Body(toc...)),
		app.Div().Class("rules").Body(body...),
	)
}

// has reports whether the policy itself speaks about a topic: its words then
// stand in place of ours.
func (p *faqPage) has(id string) bool {
	return slices.ContainsFunc(p.FAQ.More, func(t moderation.Topic) bool { return t.ID == id })
}

func ownTopics() []moderation.Topic {
	return []moderation.Topic{
		{ID: "disagree", Title: en.pages.Disagree, Text: en.pages.DisagreeText},
		{ID: "who", Title: en.pages.Who, Text: en.pages.WhoText},
	}
}

func (p *faqPage) header() app.UI {
	return app.Header().Body(
		app.H1().Text(en.FAQ),
		inLanguage(app.P().Class("deck"), p.FAQ.Language).Text(p.FAQ.Sentence),
		app.P().Text(en.pages.FAQDeck),
		app.P().Class("meta").Body(app.Text(en.Policy+" "), app.Code().Text(shortHash(p.FAQ.Policy))),
	)
}

// inLanguage marks what the policy says, which has a language of its own.
func inLanguage(e app.HTMLP, language string) app.HTMLP {
	if language == "" || language == en.Lang {
		return e
	}
	return e.Attr("lang", language).Attr("dir", article.Direction(language))
}

func (p *faqPage) section(s moderation.Section) app.UI {
	examples := app.Dl().Class("examples").Body(slices.Concat(example(s.Passes), example(s.Fails))...)
	return app.Section().Attr("id", s.ID).Body(
		app.H2().Text(s.Title), inLanguage(app.P(), p.FAQ.Language).Text(s.Text), examples, rules(s),
	)
}

// example shows a note and what the policy does with it; none for an empty one.
func example(e moderation.Example) []app.UI {
	if e.Text == "" && e.Source == "" {
		return nil
	}
	severity, mark, word := "ok", iconCheck, en.pages.Passes
	switch {
	case e.Decision == moderation.Hold:
		severity, mark, word = "hold", iconHeld, en.pages.Held
	case e.Decision == moderation.Reject:
		severity, mark, word = "reject", iconRejected, en.pages.NotPosted
	case len(e.Findings) > 0:
		severity, mark, word = "hint", iconInfo, en.pages.PassesHint
	}
	note := app.Dd().Dir("auto").Body(mirror(e.Text, e.Findings)...)
	if e.Text == "" {
		note = app.Dd().Class("meta").Text(en.pages.EmptyNote)
	}
	cited := e.Source
	if cited == "" {
		cited = en.pages.NoLink
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
func rules(s moderation.Section) app.UI {
	list := app.Ul().Class("each plain")
	items := make([]app.UI, 0, len(s.Rules))
	for _, r := range s.Rules {
		name := []app.UI{app.Code().Text(r.ID), app.Text(" " + en.pages.Severities[string(r.Severity)])}
		at := slices.IndexFunc(s.Examples, func(e moderation.RuleExample) bool { return e.Rule.ID == r.ID })
		if at < 0 {
			items = append(items, app.Li().Body(name...))
			continue
		}
		pair := s.Examples[at]
		items = append(items, app.Li().Body(app.Details().Body(
			app.Summary().Body(name...),
			app.Dl().Class("examples").Body(slices.Concat(example(pair.Passes), example(pair.Fails))...),
		)))
	}
	return list.Body(items...)
}

func happens() app.UI {
	var items []app.UI
	for _, s := range []replica.NoteState{replica.Published, replica.Held, replica.Rejected} {
		items = append(items, app.Li().Body(badge(s), app.Text(" "+en.pages.Outcomes[s])))
	}
	return app.Section().ID("happens").Body(
		app.H2().Text(en.pages.Happens),
		app.Ul().Class("outcomes plain").Body(items...),
		app.P().Text(en.pages.HappensAgain),
	)
}

func topic(t moderation.Topic, language string) app.UI {
	body := []app.UI{app.H2().Text(t.Title)}
	for para := range strings.SplitSeq(t.Text, "\n\n") {
		body = append(body, inLanguage(app.P(), language).Text(para))
	}
	return app.Section().Attr("id", t.ID).Body(body...)
}
