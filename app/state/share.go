package state

import (
	"net/url"
	"strings"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

// Shared is what another app sent into this one.
type Shared struct{ Title, Text, URL string }

// UseShared begins a note on an article with what was sent as its source.
type UseShared struct{ Slug string }

func (UseShared) action() {}

// ParseShared reads the query of the page that takes in what other apps send (see
// https://w3c.github.io/web-share-target/). Many put the address into the text.
func ParseShared(query string) Shared {
	values, err := url.ParseQuery(strings.TrimPrefix(query, "?"))
	if err != nil {
		return Shared{}
	}
	s := Shared{
		Title: strings.TrimSpace(values.Get("title")), Text: strings.TrimSpace(values.Get("text")), URL: strings.TrimSpace(values.Get("url")),
	}
	if s.URL == "" {
		for word := range strings.FieldsSeq(s.Text) {
			if strings.HasPrefix(word, "https://") || strings.HasPrefix(word, "http://") {
				s.URL = word
				break
			}
		}
	}
	if s.URL != "" {
		s.Text = strings.TrimSpace(strings.Replace(s.Text, s.URL, "", 1))
	}
	// A browser that sends selected words puts them in quotation marks.
	if inner, ok := strings.CutPrefix(s.Text, "\""); ok && strings.Count(s.Text, "\"") == 2 {
		s.Text = strings.TrimSpace(strings.TrimSuffix(inner, "\""))
	} else if inner, ok := strings.CutPrefix(s.Text, "“"); ok && strings.Count(s.Text, "“") == 1 {
		s.Text = strings.TrimSpace(strings.TrimSuffix(inner, "”"))
	}
	return s
}

// taking goes on with what was sent: to our own page that it names, with the form on
// its words, else the reader chooses the article.
func taking(s State, sent Shared, origin string) (State, []Effect, bool) {
	s.Shared = &sent
	at, err := url.Parse(sent.URL)
	if err != nil || origin == "" || at.Scheme+"://"+at.Host != origin {
		return s, nil, true
	}
	route := ParsePath(at.Path)
	if route.Page != Reading {
		return s, nil, true
	}
	path := "/a/" + route.Slug
	_, fragment, _ := strings.Cut(sent.URL, "#")
	d, named := ParseDirective(fragment)
	switch {
	case sent.Text != "":
		path += "#claim-" + url.PathEscape(sent.Text)
	case named && d.End == "":
		path += "#claim-" + url.PathEscape(d.Start)
	case fragment != "":
		path += "#" + fragment
	}
	return s, []Effect{Go{Path: path, Instead: true}}, true
}

// receive handles what the reader does with what was sent.
func receive(s State, a Action, in Input) (State, []Effect, bool) {
	use, ok := a.(UseShared)
	if !ok {
		return s, nil, false
	}
	if s.Shared == nil {
		return s, nil, true
	}
	d := replica.DraftNote{
		ID: in.ID, Kind: replica.NewNote, Article: use.Slug, Target: annotation.Target{Source: use.Slug}, Stance: s.Stance,
		Sources: []annotation.Source{{URL: s.Shared.URL, Passage: s.Shared.Text}}, Saved: in.Now,
	}
	for _, known := range s.Articles {
		if known.Slug == use.Slug {
			d.Revision = known.Revision
		}
	}
	// It is a draft on this device before the page is left.
	return s, []Effect{SaveDraft{Draft: d}, Go{Path: "/a/" + use.Slug + "#draft-" + d.ID, Instead: true}}, true
}

// quoted opens the form on words that were sent into the app, once the article is
// here. Words that are not in it are looked for, so that the reader sees what is.
func quoted(s State, in Input) (State, []Effect) {
	words := s.Quoted
	if words == "" || s.Article == nil {
		return s, nil
	}
	s.Quoted = ""
	var span textpos.Span
	if found := s.Article.folded().Find(textpos.FoldWords(words)); len(found) > 0 {
		span = found[0]
	} else if at := anchor.Locate(s.Article.Canon, []annotation.Selector{{Type: "TextQuoteSelector", Exact: words}}); at.Status != anchor.Orphan {
		span = at.Span()
	}
	span = textpos.TrimSpace(s.Article.Canon, span)
	if span.Empty() || s.Past() {
		s.Find = Find{Open: true, Words: words}
		s.Say = s.said().WordsGone
		return searched(s), []Effect{FillFind{Words: words}, Focus{FocusTarget{Kind: FocusFind}}}
	}
	span = s.Article.Map.SnapGraphemes(span)
	return compose(s, newDraft(s, &span, in))
}
