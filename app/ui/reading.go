package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/state"
)

// reading is the page of an article: text, margin rule, notes.
func reading(s state.State) app.UI {
	form := formOf(s)
	past, parts, drawn := s.Past(), s.Parts(), windowOf(s)
	shown := s.ShownWhole()
	whole := parts.Whole[shown.From:shown.To]
	seen := viewing{Open: s.Open, Deleting: s.Deleting, Ready: s.Ready, Past: past, In: edition{Slug: s.Article.Slug, Past: past}}
	return app.Div().Class("spread").Body(
		app.Main().ID("main").TabIndex(-1).Body(
			above(s),
			&newsNotice{News: s.News},
			&story{
				Article: &s.Article.Article, Offsets: s.Article.Offsets, Sentences: s.Article.Sentences, Changes: s.Changes,
				Picker: s.Picker, Moving: s.Moving != "", Ready: s.Ready, Saved: s.Saved[s.Article.Slug], Past: past,
			},
			&worth{Claims: s.Claims, Language: s.Article.Revision.Language},
			&orphans{Notes: parts.Lost, View: seen.narrow(pointers(parts.Lost)...), Text: s.Article, Guesses: s.Guesses},
			&comments{Notes: whole, Shown: shown, Total: len(parts.Whole), View: seen.narrow(pointers(whole)...), Sentence: s.Sentence},
			&toolbar{Selection: s.Selection, Ready: s.Ready, Past: past},
			&dock{Notes: len(parts.Margin), Fresh: s.Fresh.Count(), Ready: s.Ready, Picking: s.Picker.Open, Past: past},
		),
		&pins{Drawn: drawn, Text: s.Article, Open: s.Open},
		&margin{
			Drawn: drawn, Text: s.Article, View: seen, Fresh: s.Fresh.Count(), Rest: s.Rest,
			Held: len(s.Notes), Claims: parts.Claims, Changed: parts.Changed,
			// A form in the comments is no reason to cover them with the sheet.
			Sheet: form == formBeside || s.Sheet && form == formNone, Writing: form == formBeside,
		},
	)
}

// above is what stands over the article: on an older revision, that it is one.
func above(s state.State) app.UI {
	if !s.Past() {
		return hiddenSlot()
	}
	return pastNotice(s.Article.Article)
}

// viewing is what a list of notes shows of itself.
type viewing struct {
	Open, Deleting string
	Ready, Past    bool
	In             edition // without what is a note's own
}

// byline says when the article came and how long it is.
type byline struct {
	app.Compo

	Revision *article.Revision
}

// wordsPerMinute is how fast people read news on a screen.
const wordsPerMinute = 230

func (b *byline) Render() app.UI {
	words := b.Revision.Words()
	line := app.P().Class("meta").Attr("lang", en.Lang).Attr("dir", en.Dir)
	length := app.Text(en.Words(words, max(1, (words+wordsPerMinute/2)/wordsPerMinute)))
	if when := clock(b.Revision.Created, longTime); when != nil {
		return line.Body(when, app.Text(" · "), length)
	}
	return line.Body(length)
}

// storyBar is the row of controls under the headline.
func (p *story) storyBar() app.UI {
	saved := app.Span().Class("meta")
	if p.Saved {
		saved = saved.Text(en.SavedHere)
	}
	return app.Div().Class("story-bar").Attr("lang", en.Lang).Attr("dir", en.Dir).Body(
		chooser(p.Ready, p.Picker.Open, p.Past), changesToggle(*p.Article, p.Changes.Wanted, p.Ready), saved)
}

// chooser is the button that opens and closes the claim picker. An older revision
// is for reading only.
func chooser(ready, picking, past bool) app.UI {
	if past {
		return hiddenSlot()
	}
	var a state.Action = state.OpenPicker{}
	if picking {
		a = state.ClosePicker{}
	}
	return button("btn", ready, a, iconClaim.ui(), app.Text(en.Choose)).
		Aria("expanded", picking).Aria("controls", pickerID).DataSet("picker", "")
}
