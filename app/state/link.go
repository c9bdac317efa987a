package state

type (
	// CopyLink puts a link to the selection, or to a note's claim, on the clipboard.
	CopyLink struct{ Note string }
	// ShareLink hands it to other apps.
	ShareLink struct{ Note string }
	// Copied answers Clip.
	Copied struct{ Err error }
	// PassedOn answers PassOn. Gone says that the reader thought better of it.
	PassedOn struct {
		Gone bool
		Err  error
	}
)

func (CopyLink) action()  {}
func (ShareLink) action() {}
func (Copied) action()    {}
func (PassedOn) action()  {}

// link handles links to claims.
func link(s State, a Action, _ Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case CopyLink:
		if path, _ := linkTo(s, a.Note); path != "" {
			return s, []Effect{Clip{Text: path}}, true
		}
		return s, nil, true
	case ShareLink:
		if path, quote := linkTo(s, a.Note); path != "" {
			return s, []Effect{PassOn{Title: s.Article.Revision.Title, Text: quote, Link: path}}, true
		}
		return s, nil, true
	case Copied:
		s.Say = s.said().LinkCopied
		if a.Err != nil {
			s.Say = s.said().LinkNotCopied
		}
		return s, nil, true
	case PassedOn:
		if a.Err != nil && !a.Gone {
			s.Say = s.said().NotShared
		}
		return s, nil, true
	}
	return s, nil, false
}

// linkTo is the path of a link to the selection, or to a note, with the words it
// leads to. A note that stands at no place of the text has a link of its own alone.
func linkTo(s State, note string) (path, quote string) {
	switch {
	case s.Article == nil:
		return "", ""
	case note == "" && s.Selection == nil:
		return "", ""
	case note == "":
		return s.Article.claimLink(s.Selection.Span, ""), "“" + s.Selection.Quote + "”"
	}
	n, ok := find(s.Notes, note)
	if !ok {
		return "", ""
	}
	if at := (Note{Note: n}); placed(&at) && holds(s.Article, &at) {
		return s.Article.claimLink(n.Anchor.Span(), note), "“" + s.Article.Map.Slice(n.Anchor.Span()) + "”"
	}
	return "/a/" + s.Article.Slug + "#n-" + note, n.Annotation.Note().Text
}

// target finds the words that the address names. Browsers do it too, but what they
// found goes when the app draws the page, and without a network there was no page.
func target(s State, directive string) (State, []Effect) {
	d, ok := ParseDirective(directive)
	if !ok || s.Article == nil {
		return s, nil
	}
	span, _, ok := s.Article.locate(d)
	if !ok {
		return s, nil
	}
	s.Target = &Target{Revision: s.Article.Revision.ID, Span: span}
	return s, []Effect{Show{Span: &span}}
}
