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
	// Stays says that it goes to At, and its mark to AtMark, if it is Open, wherever
	// its claim is.
	Stays      bool
	At, AtMark float64
	// Amid says, of the one that stays, that notes stand before the first row.
	Amid bool
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
// which even the open one is pushed down. Where one stays, what goes or comes at
// either end moves no other.
func Place(rows []Row, ceiling, gap float64) []Placed {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(a.Want, b.Want) })
	open := max(0, slices.IndexFunc(rows, func(r Row) bool { return r.Open }))

	placed, room := make([]Placed, len(rows)), make([]float64, len(rows))
	least, need := ceiling, ceiling
	for i, r := range rows {
		y := max(r.Want, least)
		if i == open {
			y = max(r.Want, need) // room for the notes before it, no more
			if r.Stays {
				y = max(r.At, need)
			}
		}
		placed[i], room[i] = Placed{ID: r.ID, Y: y, High: r.High}, need
		least = y + r.High + gap
		need += r.High + gap
	}
	amid := open < len(rows) && rows[open].Stays && rows[open].Amid
	for i := open - 1; i >= 0; i-- {
		above := placed[i+1].Y - placed[i].High - gap
		if amid {
			// The one after it is below its own claim only because this one is in its way.
			placed[i].Y = above
			if placed[i+1].Y <= rows[i+1].Want {
				placed[i].Y = min(max(rows[i].Want, room[i]), above)
			}
			continue
		}
		placed[i].Y = min(placed[i].Y, above)
	}
	mark(placed, rows, open)
	return placed
}

// mark puts the marks on the rule, each a step from the next.
func mark(placed []Placed, rows []Row, open int) {
	first := 0
	if open < len(rows) && rows[open].Stays {
		first = open
		placed[open].Mark = rows[open].AtMark
		for i := open - 1; i >= 0; i-- {
			placed[i].Mark = placed[i+1].Mark - markStep
			if placed[i+1].Mark <= rows[i+1].Want-2 { // else it is where it is because of this one
				placed[i].Mark = min(rows[i].Want-2, placed[i].Mark)
			}
		}
		if placed[0].Mark < -2 { // there is no such room: the first of all is drawn
			first = 0
		}
	}
	for i, r := range rows {
		if i < first || i == first && first > 0 {
			continue
		}
		placed[i].Mark = r.Want - 2
		if i > 0 {
			placed[i].Mark = max(r.Want-2, placed[i-1].Mark+markStep)
		}
	}
	for i, p := range placed {
		if p.Y-p.Mark > ledFrom {
			placed[i].Pushed = p.Y - p.Mark
		}
	}
}
