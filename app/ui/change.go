package ui

import (
	"maps"
	"strconv"
	"strings"
	"unicode"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/state"
)

// wasNow shows words that were edited, what went in the old ones and what came in
// the new ones.
func wasNow(msg *message.Catalogue, was, now string) app.UI {
	runs := article.CompareWords(was, now)
	return app.Dl().Body(
		app.Dt().Text(msg.Was), app.Dd().Dir("auto").Body(marked(runs, article.Added)...),
		app.Dt().Text(msg.Now), app.Dd().Dir("auto").Body(marked(runs, article.Removed)...),
	)
}

// marked draws runs without those of one part.
func marked(runs []article.Run, without article.Part) []app.UI {
	var out []app.UI
	for _, r := range runs {
		switch {
		case r.Part == without:
		case r.Part == article.Added:
			out = append(out, app.Ins().Text(r.Text))
		case r.Part == article.Removed:
			out = append(out, app.Del().Text(r.Text))
		default:
			out = append(out, app.Text(r.Text))
		}
	}
	return out
}

// addressed reports whether a correction changed the words that a note disputes.
func addressed(n *state.Note, now string) bool {
	return now != "" && n.Annotation.Note().Stance == annotation.Dispute
}

// change is the card of a note whose words were edited; nil for any other.
func (n card) change(was string) app.UI {
	if n.now == "" {
		return nil
	}
	v := n.note
	body := []app.UI{app.P().Body(app.Strong().Text(n.view.Msg.WasChanged)), wasNow(n.view.Msg, was, n.now)}
	if addressed(v, n.now) {
		body = append(body, app.P().Body(app.Span().Class("badge").DataSet("state", "published").Body(iconCheck.ui(), app.Text(n.view.Msg.Revisions.Addressed))))
	}
	match := strconv.FormatFloat(v.Anchor.Confidence, 'f', 2, 64)
	line := app.P().Class("meta")
	text := n.view.Msg.Revisions.Match
	if !maps.Equal(figures(was), figures(n.now)) {
		text = n.view.Msg.Revisions.MatchFigure
	}
	said := text.With("match", match)
	if when := clock(n.view.Msg, n.in.Created, n.view.Msg.Short); n.in.Number > 0 && when != nil {
		line = line.Body(app.Text(n.view.Msg.Revisions.N.N(n.in.Number)+", "), when, app.Text(". "+said))
	} else {
		line = line.Text(said)
	}
	body = append(body, line)
	var acts []app.UI
	if v.Mine {
		acts = append(acts, button("btn", n.view.Ready, state.Attach{ID: v.ID, Span: v.Anchor.Span()}, app.Text(n.view.Msg.Revisions.KeepHere)))
	} else {
		body = append(body, meta(n.view.Msg.Revisions.ForChecking))
	}
	if link := n.then("btn quiet", n.view.Msg.Revisions.See); link != nil {
		acts = append(acts, link)
	}
	if len(acts) > 0 {
		body = append(body, app.Div().Class("row").Body(acts...))
	}
	return app.Div().Class("change").Body(body...)
}

// then is the way to the note in the revision that it was written on; nil if that
// is the shown one.
func (n card) then(class string, say message.Count) app.UI {
	if n.in.WrittenID == "" {
		return nil
	}
	text := n.view.Msg.Revisions.SeeThen
	if n.in.Written > 0 {
		text = say.N(n.in.Written)
	}
	return app.A().Class(class).Attr("href", olderPath(n.in.Slug, n.in.WrittenID)+"#"+noteID(n.note.ID)).Text(text)
}

// figures counts the words with a digit in them.
func figures(text string) map[string]int {
	counts := map[string]int{}
	for word := range strings.FieldsSeq(text) {
		if strings.ContainsFunc(word, unicode.IsDigit) {
			counts[strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '%' })]++
		}
	}
	return counts
}
