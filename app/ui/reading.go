package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/state"
)

// reading is the page of an article: text, margin rule, notes.
func reading(msg *message.Catalogue, s state.State) app.UI {
	form := formOf(s)
	past, parts, drawn := s.Past(), s.Parts(), windowOf(s)
	shown := s.ShownWhole()
	whole := parts.Whole[shown.From:shown.To]
	seen := viewing{Msg: msg, Publisher: s.Publisher, CanShare: s.CanShare, Open: s.Open, Deleting: s.Deleting, Ready: s.Ready, Past: past, In: edition{Slug: s.Article.Slug, Past: past}}
	return app.Div().Class("spread").Body(
		app.Main().ID("main").TabIndex(-1).Body(
			above(msg, s),
			finderOf(msg, s),
			&newsNotice{Msg: msg, News: s.News},
			&story{
				Msg: msg, Article: &s.Article.Article, Offsets: s.Article.Offsets, Sentences: s.Article.Sentences, Changes: s.Changes,
				Picker: s.Picker, Moving: s.Moving != "", Ready: s.Ready, Finding: s.Find.Open, NoKeys: s.Prefs.NoKeys, Saved: s.Saved[s.Article.Slug], Past: past,
			},
			&worth{Msg: msg, Claims: s.Claims, Language: s.Article.Revision.Language},
			&orphans{Msg: msg, Notes: parts.Lost, View: seen.narrow(pointers(parts.Lost)...), Text: s.Article, Guesses: s.Guesses},
			&comments{Msg: msg, Notes: whole, Shown: shown, Total: len(parts.Whole), View: seen.narrow(pointers(whole)...), Sentence: s.Sentence},
			&toolbar{Msg: msg, Selection: s.Selection, Ready: s.Ready, NoKeys: s.Prefs.NoKeys, Past: past, CanShare: s.CanShare},
			&dock{Msg: msg, Notes: len(parts.Margin), Fresh: s.Fresh.Count(), Ready: s.Ready, Picking: s.Picker.Open, Past: past},
		),
		&pins{Msg: msg, Drawn: drawn, Text: s.Article, Open: s.Open},
		&margin{
			Msg: msg, Drawn: drawn, Text: s.Article, View: seen, Fresh: s.Fresh.Count(), Rest: s.Rest,
			Sieve: sieveOf(msg, s), Held: len(s.Notes), Claims: parts.Claims, Changed: parts.Changed,
			// A form in the comments is no reason to cover them with the sheet; on paper is none.
			Sheet: !s.Paper && (form == formBeside || s.Sheet && form == formNone), Writing: !s.Paper && form == formBeside,
		},
		heat(msg, s.Heat()),
	)
}

// above is what stands over the article: on an older revision, that it is one.
func above(msg *message.Catalogue, s state.State) app.UI {
	if !s.Past() {
		return hiddenSlot()
	}
	return pastNotice(msg, s.Article.Article)
}

// viewing is what a list of notes shows of itself.
type viewing struct {
	Msg            *message.Catalogue
	Publisher      string // the policy's language
	Open, Deleting string
	Ready, Past    bool
	CanShare       bool
	In             edition // without what is a note's own
}

// byline says when the article came and how long it is.
type byline struct {
	app.Compo

	Msg      *message.Catalogue
	Revision *article.Revision
}

// wordsPerMinute is how fast people read news on a screen.
const wordsPerMinute = 230

func (b *byline) Render() app.UI {
	words := b.Revision.Words()
	line := app.P().Class("meta").Attr("lang", b.Msg.Lang).Attr("dir", b.Msg.Dir)
	length := app.Text(lengthOf(b.Msg, words))
	if when := clock(b.Msg, b.Revision.Created, b.Msg.Long); when != nil {
		return line.Body(when, app.Text(" · "), length)
	}
	return line.Body(length)
}

// storyBar is the row of controls under the headline.
func (p *story) storyBar() app.UI {
	// Its room is kept: only the device knows, and nothing may move when it says so.
	saved := app.Span().Class("meta").DataSet("room", p.Msg.SavedHere)
	if p.Saved {
		saved = app.Span().Class("meta").Text(p.Msg.SavedHere)
	}
	return app.Div().Class("story-bar").Attr("lang", p.Msg.Lang).Attr("dir", p.Msg.Dir).Body(
		chooser(p.Msg, p.Ready, p.Picker.Open, p.Past), searcher(p.Msg, p.Ready, p.Finding, p.NoKeys), app.Button().Type("button").Class("btn quiet").Attr("popovertarget", displayID).Text("Aa "+p.Msg.Comfort.Display), changesToggle(p.Msg, *p.Article, p.Changes.Wanted, p.Ready), saved)
}

// chooser is the button that opens and closes the claim picker. An older revision
// is for reading only.
func chooser(msg *message.Catalogue, ready, picking, past bool) app.UI {
	if past {
		return hiddenSlot()
	}
	var a state.Action = state.OpenPicker{}
	if picking {
		a = state.ClosePicker{}
	}
	return button("btn", ready, a, iconClaim.ui(), app.Text(msg.Choose)).
		Aria("expanded", picking).Aria("controls", pickerID).DataSet("picker", "")
}
