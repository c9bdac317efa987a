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

	notes []Note         // what it was made of
	at    map[string]int // where in Margin a note stands, by its id or that of a reply
	whole map[string]int // the same for Whole
}

// Parts returns the notes by where they stand.
func (s State) Parts() *Parts {
	if s.parts == nil || !sameSlice(s.parts.notes, s.Notes) {
		return partsOf(s.Notes)
	}
	return s.parts
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
	s.Notes, s.parts = notes, partsOf(notes)
	return s
}
