package state

const (
	// AtOnce is how many notes are drawn in one go: what a screen has room for, and
	// some more. A note costs about as much as a tenth of a frame.
	AtOnce = 24

	slice = 6 // as many more are drawn, and as many taken away, with each frame after that
)

// DrawNext draws the next few notes of the window. It is asked for between two
// frames for as long as [State.Filling] says so.
type DrawNext struct{}

func (DrawNext) action() {}

// Drawn is which notes of [Parts.Margin] are drawn. It follows the window, see
// [State.Shown], in steps small enough for a page that is scrolled: a hundred notes
// drawn at once would stop it for many frames.
func (s State) Drawn() Window {
	w, d := s.Shown(), s.Part
	if d.To == 0 || s.Paper {
		return w
	}
	total := len(s.Parts().Margin)
	if d.To = min(d.To, total); d.From >= d.To {
		return w
	}
	if w.Kept > 0 {
		d.Kept = w.Kept
	}
	if d.Kept > total || d.has(d.Kept-1) {
		d.Kept = 0
	}
	return d
}

// Filling reports whether notes of the window are still to be drawn, or others to go.
func (s State) Filling() bool {
	w, d := s.Shown(), s.Drawn()
	return d.From != w.From || d.To != w.To
}

// has reports whether note i is in the window itself.
func (w Window) has(i int) bool { return w.From <= i && i < w.To }

// drawNext takes what is drawn a step towards the window.
func drawNext(s State) State {
	d, w := s.Drawn(), s.Shown()
	return s.draw(Window{From: toward(d.From, w.From), To: toward(d.To, w.To), Kept: s.Part.Kept})
}

// toward is from, a step nearer to to.
func toward(from, to int) int { return from + min(max(to-from, -slice), slice) }

// draw has the notes of d drawn; all of the window needs no remembering.
func (s State) draw(d Window) State {
	if w := s.Shown(); d.From == w.From && d.To == w.To {
		d = Window{}
	}
	s.Part = d
	return s
}

// redraw has the notes of d, those that are there already, be drawn as long as they
// can be of use. The note must (-1: none), which the reader was led to, is drawn at
// once. The note kept (-1: none) has the focus: it stays wherever it is.
func (s State) redraw(d Window, must, kept int) State {
	w := s.Shown()
	d.Kept = kept + 1
	far := must >= 0 && (must < d.From-AtOnce || must >= d.To+AtOnce)
	if far || d.From >= w.To || d.To <= w.From {
		d.From = max(w.From, min(max(w.From, must), w.To-AtOnce))
		d.To = min(w.To, d.From+AtOnce)
		return s.draw(d)
	}
	if must >= 0 {
		d.From, d.To = min(d.From, must), max(d.To, min(w.To, must+slice))
	}
	if d.To-d.From > MostDrawn {
		d.From = max(d.From, min(d.To-MostDrawn, w.From))
		d.To = min(d.To, d.From+MostDrawn)
	}
	return s.draw(d)
}
