package state

import (
	"marginalia/app/article"
	"marginalia/app/textpos"
)

// Stretch is a part of the article, whole blocks, and how many notes begin in it.
type Stretch struct {
	From, To int // its blocks, half open
	Notes    int
	Level    int  // 1 to 5, of the most on one stretch
	Busy     bool // one of the busiest
	// First and Last are its paragraphs' numbers, as a reader would count them; 0
	// when it has headings only, of which Heading is the first.
	First, Last int
	Heading     string
}

const (
	mostStretches = 48 // into which an article is cut
	leastHeat     = 8  // notes: fewer are seen at a glance
	mostBusy      = 5  // of them are offered to the keyboard
)

// Heat is where the discussion is: the stretches of the text that notes of the
// margin are about, in the order of the text. However many notes and blocks there
// are it is a few dozen.
func (s State) Heat() []Stretch {
	if s.Article == nil || s.Article.Map == nil || len(s.Parts().Margin) < leastHeat {
		return nil
	}
	all := s.Article.stretches()
	at := 0
	for i := range s.Parts().Margin { // in the order of the text
		from := s.Parts().Margin[i].Anchor.Start
		for at+1 < len(all) && s.Article.Offsets[all[at+1].From] <= from {
			at++
		}
		if at < len(all) {
			all[at].Notes++
		}
	}
	heat := all[:0]
	most := 0
	for _, x := range all {
		most = max(most, x.Notes)
		if x.Notes > 0 {
			heat = append(heat, x)
		}
	}
	for i := range heat {
		heat[i].Level = 1 + (heat[i].Notes-1)*5/max(most, 5)
		more := 0
		for j := range heat {
			if heat[j].Notes > heat[i].Notes || heat[j].Notes == heat[i].Notes && j < i {
				more++
			}
		}
		heat[i].Busy = more < mostBusy
	}
	return heat
}

// stretches cuts the text into parts of whole blocks, about alike in length.
func (t *Text) stretches() []Stretch {
	blocks := t.Revision.Blocks
	least := textpos.Rune(0) // a short text is cut into its blocks
	if len(blocks) > mostStretches {
		least = t.Map.Len()/mostStretches + 1
	}
	var all []Stretch
	number := 0
	var end textpos.Rune
	for i, b := range blocks {
		if len(all) == 0 || t.Offsets[i] >= end {
			all = append(all, Stretch{From: i})
			end = t.Offsets[i] + least
		}
		x := &all[len(all)-1]
		x.To = i + 1
		if b.Kind == article.Heading {
			if x.Heading == "" {
				x.Heading = b.Text
			}
			continue
		}
		number++
		if x.First == 0 {
			x.First = number
		}
		x.Last = number
	}
	return all
}
