package state

import "marginalia/app/textpos"

// Parts is an article's notes by where they stand on the page. With thousands of
// notes it is made once for each [State.Notes], not at each drawing.
type Parts struct {
	Margin []Note // beside the text, in its order
	Lost   []Note // whose words are gone
	Whole  []Note // on the whole article
	// Claims is how many places the notes in the margin are about, Changed how many
	// of these notes stand at words that were edited.
	Claims, Changed int
	// Fits is how many of all Total notes the filter lets through; replies are not
	// counted. An open note that it would not stands among the others all the same.
	Fits, Total int

	notes  []Note          // what it was made of
	filter Filter          // by which it was cut
	open   string          // the note that was open
	shown  map[string]bool // while a filter is on: the notes and replies in it
	at     map[string]int  // where in Margin a note stands, by its id or that of a reply
	whole  map[string]int  // the same for Whole
}

// Parts returns the notes by where they stand.
func (s State) Parts() *Parts {
	p := s.parts
	if p == nil || p.filter != s.Filter || !sameSlice(p.notes, s.Notes) {
		return s.cut()
	}
	// A note that is open stays in sight, whatever the filter.
	if s.Filter.On() && s.Open != "" && s.Open != p.open && !p.shown[s.Open] {
		return s.cut()
	}
	return p
}

// cut is the parts of the notes that the filter lets through.
func (s State) cut() *Parts {
	if !s.Filter.On() {
		p := partsOf(s.Notes)
		p.Total = len(s.Notes)
		return p
	}
	notes, fits, shown := s.sift()
	p := partsOf(notes)
	p.notes, p.filter, p.open, p.shown = s.Notes, s.Filter, s.Open, shown
	p.Fits, p.Total = fits, len(s.Notes)
	return p
}

// sameSlice reports whether two lists are one, not only alike: lists are never
// changed in place.
func sameSlice(a, b []Note) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// partsOf cuts notes in the order of Thread.
func partsOf(notes []Note) *Parts {
	var ends [3]int
	for i := range notes {
		ends[rank(&notes[i])] = i + 1
	}
	margin := ends[0]
	lost := max(margin, ends[1])
	p := &Parts{
		Margin: notes[:margin:margin], Lost: notes[margin:lost:lost], Whole: notes[lost:],
		notes: notes,
	}
	p.at, p.whole = places(p.Margin), places(p.Whole)
	claims := make(map[textpos.Span]bool, margin)
	for i := range p.Margin {
		n := &p.Margin[i]
		claims[n.Anchor.Span()] = true
		if changedWords(n) {
			p.Changed++
		}
	}
	p.Claims = len(claims)
	return p
}

// places is where in a list its notes and their replies stand, by id.
func places(notes []Note) map[string]int {
	at := make(map[string]int, len(notes))
	for i := range notes {
		at[notes[i].ID] = i
		for j := range notes[i].Replies {
			at[notes[i].Replies[j].ID] = i
		}
	}
	return at
}

// with is s with other notes.
func (s State) with(notes []Note) State {
	s.Notes, s.parts = notes, nil
	s.parts = s.Parts()
	return s
}
