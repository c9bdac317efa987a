package state

import (
	"strings"

	"marginalia/app/replica"
	"marginalia/app/textpos"
)

// Find is the search. On an article's page it looks in the text and in its notes,
// on the page of own notes in those and in drafts.
type Find struct {
	Open      bool
	Filtering bool   // the controls of the filter are shown
	Words     string // as they were typed
	At        int    // the place of Hits that the reader is at
	Hits      []textpos.Span
	Notes     int // notes with the words
}

func (f Find) folded() string { return textpos.FoldWords(f.Words) }

type (
	// OpenFind opens the search, ready to type.
	OpenFind struct{}
	// CloseFind closes it; the focus goes back to where it was.
	CloseFind struct{}
	// TypedFind is what stands in its field.
	TypedFind struct{ Words string }
	// FindNext goes to the next (1) or previous (-1) place, round and round.
	FindNext struct{ Step int }
	// FindNotes shows only the notes with the words, or all again.
	FindNotes struct{ Only bool }
)

func (OpenFind) action()  {}
func (CloseFind) action() {}
func (TypedFind) action() {}
func (FindNext) action()  {}
func (FindNotes) action() {}

// Overtaken reports whether b, which comes next, makes a needless: of keys that come
// faster than drawings the last word counts.
func Overtaken(a, b Action) bool {
	_, is := a.(TypedFind)
	_, next := b.(TypedFind)
	return is && next
}

// seek handles the search and the filter.
func seek(s State, a Action, _ Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case OpenFind:
		if s.Route.Page != Reading || s.Article == nil {
			return s, []Effect{Focus{FocusTarget{Kind: FocusFind}}}, true
		}
		s.Find.Open, s.Sheet = true, false
		return searched(s), []Effect{FillFind{Words: s.Find.Words}, Focus{FocusTarget{Kind: FocusFind}}}, true
	case CloseFind:
		s.Find = Find{Filtering: s.Find.Filtering}
		s.Filter.Words = ""
		return s, []Effect{FillFind{}, Focus{FocusTarget{Kind: FocusBack}}}, true
	case TypedFind:
		return typedFind(s, a.Words)
	case FindNext:
		return findNext(s, a.Step)
	case FindNotes:
		s.Filter.Words = ""
		if a.Only {
			s.Filter.Words = s.Find.folded()
			s.Sheet = true
		}
		return s, nil, true
	case SetFilter:
		s.Filter = a.Filter
		return s, nil, true
	case OpenFilter:
		s.Find.Filtering = a.Open
		return s, nil, true
	}
	return s, nil, false
}

func typedFind(s State, words string) (State, []Effect, bool) {
	before := s.Find.folded()
	s.Find.Words = words
	if s.Find.folded() == before {
		return s, nil, true
	}
	if s.Filter.Words != "" {
		s.Filter.Words = s.Find.folded()
	}
	s.Find.At = 0
	s = searched(s)
	return s, shown(s), true
}

// searched is s with the places of its words.
func searched(s State) State {
	f := &s.Find
	f.Hits, f.Notes = nil, 0
	words := f.folded()
	if !f.Open || words == "" || s.Article == nil {
		return s
	}
	f.Hits = s.Article.folded().Find(words)
	f.At = max(0, min(f.At, len(f.Hits)-1))
	s = s.indexed()
	for _, text := range s.haystack() {
		if strings.Contains(text, words) {
			f.Notes++
		}
	}
	return s
}

// indexed is s with its notes ready to be searched, while that is wanted.
func (s State) indexed() State {
	switch {
	case s.Filter.Words == "" && !s.Find.Open:
		s.index = nil
	case s.index == nil || !sameSlice(s.index.notes, s.Notes):
		s.index = &index{notes: s.Notes, folded: foldNotes(s.Notes)}
	}
	return s
}

// refound looks again where an action brought other notes or another text.
func refound(was, s State) State {
	if s.Find.Open && (was.Article != s.Article && (was.Article == nil || s.Article == nil || was.Article.Canon != s.Article.Canon) ||
		!sameSlice(was.Notes, s.Notes)) {
		s = searched(s)
	}
	return s.indexed().sited()
}

func findNext(s State, step int) (State, []Effect, bool) {
	if n := len(s.Find.Hits); n > 0 {
		s.Find.At = ((s.Find.At+step)%n + n) % n
	}
	return s, shown(s), true
}

// shown scrolls to the place that the reader is at.
func shown(s State) []Effect {
	if len(s.Find.Hits) == 0 {
		return nil
	}
	span := s.Find.Hits[s.Find.At]
	return []Effect{Show{Span: &span}}
}

// mostPainted is how many places are painted, around the one the reader is at.
const mostPainted = 400

// founds is what is painted for the search: all places, and the one the reader is at.
func (s State) founds() (all, at Group) {
	all, at = Group{Name: "found", Priority: 3}, Group{Name: "here", Priority: 4}
	if hits := s.Find.Hits; s.Find.Open && len(hits) > 0 {
		from := max(0, min(s.Find.At-mostPainted/2, len(hits)-mostPainted))
		for _, h := range hits[from:min(from+mostPainted, len(hits))] {
			all.Ranges = append(all.Ranges, s.Article.span16(h))
		}
		at.Ranges = []Range{s.Article.span16(hits[s.Find.At])}
	} else if t := s.Target; t != nil && t.Revision == s.Article.Revision.ID && s.Composer == nil && s.Open == "" {
		at.Ranges = []Range{s.Article.span16(t.Span)}
	}
	return all, at
}

// Own is the reader's notes and drafts, on their page only those with the words
// that are looked for.
func (s State) Own() (notes []Note, drafts []replica.DraftNote) {
	words := s.Find.folded()
	if words == "" || s.Route.Page != Me {
		return s.Mine, s.Drafts
	}
	for i, text := range foldNotes(s.Mine) {
		if strings.Contains(text, words) {
			notes = append(notes, s.Mine[i])
		}
	}
	for _, d := range s.Drafts {
		said, _ := NoteOf(d)
		if strings.Contains(textpos.FoldWords(readable(said)+d.Quote), words) {
			drafts = append(drafts, d)
		}
	}
	return notes, drafts
}
