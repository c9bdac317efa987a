package browser

import (
	"cmp"
	"slices"
)

// NoteGap is the least distance between two notes in the margin, in CSS pixels.
const NoteGap = 28

const (
	markStep = 26 // the least distance between two marks on the rule
	ledFrom  = 14 // a note pushed less than this needs no line to its mark
)

// Row is a note of the margin before it is placed, in CSS pixels from the
// column's upper edge.
type Row struct {
	ID   string
	Want float64 // where its claim is
	High float64
	Open bool
	// Stays says that it goes to At, if it is Open, wherever its claim is.
	Stays bool
	At    float64
}

// Placed is where a note goes.
type Placed struct {
	ID      string
	Y, High float64
	Mark    float64 // where its mark on the rule goes
	Pushed  float64 // how far below its mark it stands, or 0 where that is not to be shown
}

// Place puts notes beside their claims, in the order of the claims. The open
// note (the first, if none is) is level with its claim; those after it are
// pushed down and those before it up, gap apart. None stands above ceiling, for
// which even the open one is pushed down.
func Place(rows []Row, ceiling, gap float64) []Placed {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(a.Want, b.Want) })
	open := max(0, slices.IndexFunc(rows, func(r Row) bool { return r.Open }))

	placed := make([]Placed, len(rows))
	least, need, mark := ceiling, ceiling, 0.0
	for i, r := range rows {
		mark = r.Want - 2
		if i > 0 {
			mark = max(mark, placed[i-1].Mark+markStep)
		}
		y := max(r.Want, least)
		if i == open {
			y = max(r.Want, need) // room for the notes before it, no more
			if r.Stays {
				y = max(r.At, need)
			}
		}
		placed[i] = Placed{ID: r.ID, Y: y, High: r.High, Mark: mark}
		least = y + r.High + gap
		need += r.High + gap
	}
	for i := open - 1; i >= 0; i-- {
		placed[i].Y = min(placed[i].Y, placed[i+1].Y-placed[i].High-gap)
	}
	for i, p := range placed {
		if p.Y-p.Mark > ledFrom {
			placed[i].Pushed = p.Y - p.Mark
		}
	}
	return placed
}
