package state

import (
	"cmp"
	"sort"
)

const (
	// MostDrawn is how many notes are drawn beside the text at a time: each is dozens
	// of elements, and thousands of them stop the page for seconds.
	MostDrawn = 200

	opened  = 150 // drawn from a note that is opened on
	further = 100 // how far one press of "Show more notes" goes
	ahead   = 75  // as near to the end as the reader comes before more are drawn
	behind  = 50  // as many are kept before what the reader looks at
)

// Window is which of the notes in [Parts.Margin] are drawn. The zero Window is the
// first ones; where there are few notes it is all.
type Window struct {
	From, To int // half open
	// Kept is one more than the index of a note outside it that is open or has the focus, or 0.
	// It stays in the page, so that the focus is not lost.
	Kept int
}

type (
	// Looked: the reader's place has changed, on a screen with notes beside the text.
	Looked struct {
		Note  string // the first note in sight, or ""
		Focus string // the note that has the focus, or ""
		At    Point  // the first words in sight
		Above int    // how many more notes have room above those that are drawn
	}
	// ShowMore draws the notes before (-1) or after (1) those that are drawn.
	ShowMore struct {
		Step  int
		Whole bool // of the notes on the whole article, not of those beside the text
	}
)

func (Looked) action()   {}
func (ShowMore) action() {}

// Shown is the window, within the notes that there are.
func (s State) Shown() Window {
	total := len(s.Parts().Margin)
	if total <= MostDrawn || s.Paper {
		return Window{To: total}
	}
	w := s.Window
	if w.To == 0 {
		w.To = opened
	}
	w.To = min(w.To, total)
	w.From = min(max(w.From, w.To-MostDrawn, 0), w.To)
	if w.Kept > total || w.has(w.Kept-1) {
		w.Kept = 0
	}
	return w
}

// browse handles what moves the window and nothing else.
func browse(s State, a Action, _ Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case Looked:
		return look(s, a), nil, true
	case ShowMore:
		if a.Whole {
			return moreWhole(s, a.Step)
		}
		return showMore(s, a.Step)
	case DrawNext:
		return drawNext(s), nil, true
	}
	return s, nil, false
}

// look lets the window follow the reader. Notes in sight stay in it.
func look(s State, a Looked) State {
	p := s.Parts()
	total := len(p.Margin)
	if total <= MostDrawn || s.Article == nil {
		return s
	}
	w, d := s.Shown(), s.Drawn()
	i, ok := p.at[a.Note]
	switch {
	case ok && w.has(i):
		if w.To < total && i >= w.To-ahead {
			w.To = min(total, i+MostDrawn-behind)
			w.From = max(w.From, w.To-MostDrawn)
		} else if room := min(a.Above, behind-(i-w.From), w.From); room > 0 && d.From <= w.From {
			w.From -= room
			w.To = min(w.To, w.From+MostDrawn)
		}
	case ok && d.has(i): // it was on its way out
		w.From = max(0, i-behind)
		w.To = min(total, w.From+MostDrawn)
	default:
		at := s.Article.Rune(a.At)
		w = from(sort.Search(total, func(i int) bool { return p.Margin[i].Anchor.Start >= at }), total)
	}
	w.Kept = 0
	// A note that was just opened may not have been in sight, nor had the focus, when
	// the reader's place was told: it stays in the page, and with the scrolling to it
	// the window follows.
	if s.led == a.Focus || s.led != s.Open {
		s.led = ""
	}
	kept := -1
	if i, ok := p.at[cmp.Or(s.led, a.Focus, s.Open)]; ok {
		kept = i
		if !w.has(i) {
			w.Kept = i + 1
		}
	}
	s.Window = w
	return s.redraw(d, -1, kept)
}

// from is the window that begins with note i, or with the last few.
func from(i, total int) Window {
	i = max(0, min(i, total-behind))
	return Window{From: i, To: min(i+opened, total)}
}

func showMore(s State, step int) (State, []Effect, bool) {
	p := s.Parts()
	w, at := s.Shown().more(step, len(p.Margin))
	if len(p.Margin) <= MostDrawn || at < 0 {
		return s, nil, true
	}
	s.Window = w
	return s.say(w, len(p.Margin)), toNote(p.Margin[at].ID), true
}

// more is w further on or back, and the note nearest to it that was not in it; -1 if
// there is none.
func (w Window) more(step, total int) (next Window, at int) {
	at, w.Kept = w.To, 0
	if step < 0 {
		at = w.From - 1
		w.From = max(0, w.From-further)
		w.To = min(w.To, w.From+MostDrawn)
	} else {
		w.To = min(total, w.To+further)
		w.From = max(w.From, w.To-MostDrawn)
	}
	if at >= total {
		at = -1
	}
	return w, at
}

// say has the reader told that the notes of w are shown.
func (s State) say(w Window, total int) State {
	words := s.words()
	s.Say = words.Said.NotesShown.With("from", words.Number(w.From+1), "to", words.Number(w.To), "all", words.Number(total))
	return s
}

// carry has the window hold what an action led to, and keeps it at its notes when
// others come or go before them.
func carry(was, s State, effects []Effect) State {
	s.parts = s.Parts()
	p := s.parts
	s = carryWhole(was, s, effects)
	if len(p.Margin) <= MostDrawn {
		s.Window, s.Part = Window{}, Window{}
		return s
	}
	w, d := s.Shown(), was.Drawn()
	if s.Part != was.Part {
		d = s.Drawn()
	}
	if old := was.Parts(); old != p && len(old.Margin) > 0 {
		if s.Window == was.Window {
			w = moved(was.Shown(), old, p)
		}
		last := d.To - 1
		d = moved(d, old, p)
		d.To = max(d.From, min(d.To, p.place(old, last)+1)) // no others are drawn at once
	}
	must := -1
	hold := func(id string) {
		i, ok := p.at[id]
		if !ok {
			return
		}
		if must = i; !w.has(i) {
			w = from(i, len(p.Margin))
		}
	}
	if s.Open != was.Open {
		hold(s.Open)
	}
	for _, e := range effects {
		if f, ok := e.(Focus); ok && f.On.Kind == FocusNote {
			hold(f.On.ID)
		}
	}
	s.Window = w
	return s.redraw(d, must, d.Kept-1)
}

// moved is where the notes of a window stand among others.
func moved(w Window, old, p *Parts) Window {
	size, total := w.To-w.From, len(p.Margin)
	next := Window{From: p.place(old, w.From)}
	// Notes that come in between make it longer, up to the limit.
	next.To = min(total, max(next.From+size, min(p.place(old, w.To), next.From+MostDrawn)))
	if w.Kept > 0 {
		if at, ok := p.at[old.Margin[w.Kept-1].ID]; ok && (at < next.From || at >= next.To) {
			next.Kept = at + 1
		}
	}
	return next
}

// place is where note i of the old ones stands, or would stand.
func (p *Parts) place(old *Parts, i int) int {
	if i >= len(old.Margin) {
		return len(p.Margin)
	}
	n := &old.Margin[i]
	if at, ok := p.at[n.ID]; ok {
		return at
	}
	return sort.Search(len(p.Margin), func(j int) bool { return p.Margin[j].Anchor.Start >= n.Anchor.Start })
}
