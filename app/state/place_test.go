package state_test

import (
	"testing"

	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

// lead is long enough for what is kept of a place to be told from the rest.
const (
	leadWords = "The harbour board met in the old customs house on Tuesday evening and talked for three hours."
	nextWords = "The largest growth was after six, when the number of travellers almost tripled within a year."
	lastWords = "Nobody asked the fishing boats that land their catch at the inner berth every morning."
)

func TestReadingPlace(t *testing.T) {
	s := ofBlocks(t, leadWords, nextWords, lastWords)
	read := func(p state.Point) replica.Place {
		_, effects := after(s, state.ReadTo{At: p})
		kept, ok := effect[state.KeepPlace](effects)
		if !ok || kept.Slug != s.Article.Slug {
			t.Fatalf("ReadTo(%v) has the effects %v", p, effects)
		}
		return kept.Place
	}
	if got := read(state.Point{Block: -1}); got.Revision != "" {
		t.Errorf("at the beginning %+v is kept, want nothing", got)
	}
	place := read(state.Point{Block: 1, Offset: 4})
	if want := s.Article.Offsets[1] + 4; place.At != want || place.Revision != s.Article.Revision.ID {
		t.Errorf("kept is %+v, want %d of this revision", place, want)
	}
	for name, tc := range map[string]struct {
		blocks []string
		want   string // what stands at the place, in the text of another revision
	}{
		"a paragraph more before it": {[]string{leadWords, "A correction.", nextWords, lastWords}, "largest"},
		"a paragraph less before it": {[]string{nextWords, lastWords}, "largest"},
		"its words are gone":         {[]string{leadWords, lastWords}, "dy asked"}, // as far from the beginning as before
	} {
		t.Run(name, func(t *testing.T) {
			now := ofBlocks(t, tc.blocks...)
			_, effects := after(now, state.Mounted{Place: place})
			got, ok := effect[state.GoTo](effects)
			if !ok {
				t.Fatal("the page stays at its beginning")
			}
			text := now.Article.Map.Slice(textpos.Span{Start: got.At, End: min(got.At+textpos.Count(tc.want), now.Article.Map.Len())})
			if text != tc.want {
				t.Errorf("the place is at %q, want %q", text, tc.want)
			}
		})
	}
}

// A page that was opened for something else stays there.
func TestReadingPlaceGivesWay(t *testing.T) {
	place := replica.Place{At: 30}
	for name, tc := range map[string]struct {
		mounted state.Mounted
		other   bool // no place is known
		want    bool
	}{
		"opened by its address":  {state.Mounted{}, false, true},
		"for a note":             {state.Mounted{Hash: "n-x"}, false, false},
		"for a part of the page": {state.Mounted{Hash: "comments"}, false, false},
		"for words":              {state.Mounted{Directive: "text=harbour"}, false, false},
		"with a draft that was open": {state.Mounted{Loaded: state.Loaded{Drafts: []replica.DraftNote{
			{ID: "d", Article: "ferry", Text: good, Open: true},
		}}}, false, false},
		"the first time": {state.Mounted{}, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := reading(t)
			if !tc.other {
				tc.mounted.Place = place
				tc.mounted.Place.Revision = s.Article.Revision.ID
			}
			_, effects := after(s, tc.mounted)
			if got, ok := effect[state.GoTo](effects); ok != tc.want || ok && got.At != place.At {
				t.Errorf("goes to %+v, %v, want %v", got, ok, tc.want)
			}
		})
	}
}
