package state_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/state"
)

func withNotes(t *testing.T, notes ...replica.Note) state.State {
	t.Helper()
	s, _ := after(reading(t), state.Loaded{Notes: notes})
	return s
}

func TestFindInTextAndNotes(t *testing.T) {
	a, b := note("a", 4, 11, false), note("b", 12, 17, false)
	b.Annotation = annotation.New("b", annotation.Note{Text: "Café prices", Stance: annotation.Dispute}, annotation.Target{Source: "ferry"}, now)
	s := withNotes(t, a, b, answer("r", "b"))
	for _, c := range []struct {
		name, words string
		want        []string
		notes       int
	}{
		{"case", "FERRY", []string{"ferry"}, 1},
		{"after an emoji", "sailings", []string{"sailings"}, 1},
		{"several", "es", []string{"es", "es"}, 1},
		{"marks", "cafe", nil, 1},
		{"a reply", "yes.", nil, 1},
		{"a source", "example.org", nil, 1},
		{"nowhere", "zeppelin", nil, 0},
		{"nothing", "  ", nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := after(s, state.OpenFind{}, state.TypedFind{Words: c.words})
			var got []string
			for _, h := range s.Find.Hits {
				got = append(got, s.Article.Map.Slice(h))
			}
			if !slices.Equal(got, c.want) || s.Find.Notes != c.notes {
				t.Errorf("found %q and %d notes, want %q and %d", got, s.Find.Notes, c.want, c.notes)
			}
		})
	}
}

func TestFindGoesRound(t *testing.T) {
	s, _ := after(reading(t), state.OpenFind{}, state.TypedFind{Words: "es"})
	for _, c := range []struct{ step, want int }{{1, 1}, {1, 0}, {-1, 1}} {
		var effects []state.Effect
		s, effects = after(s, state.FindNext{Step: c.step})
		show, ok := effect[state.Show](effects)
		if s.Find.At != c.want || !ok || *show.Span != s.Find.Hits[c.want] {
			t.Errorf("step %d leads to %d and shows %+v, want %d", c.step, s.Find.At, show, c.want)
		}
	}
	painted := map[string]int{}
	for _, g := range state.Highlights(s) {
		painted[g.Name] = len(g.Ranges)
	}
	if painted["found"] != 2 || painted["here"] != 1 {
		t.Errorf("painted: %v", painted)
	}
	s, effects := after(s, state.CloseFind{})
	if f, ok := effect[state.Focus](effects); !ok || f.On.Kind != state.FocusBack || s.Find.Open || len(s.Find.Hits) != 0 {
		t.Errorf("closed: %+v, effects %v", s.Find, effects)
	}
}

// TestFindFollowsTheNotes: notes that come while words are looked for count too.
func TestFindFollowsTheNotes(t *testing.T) {
	s, _ := after(reading(t), state.OpenFind{}, state.TypedFind{Words: "authority"}, state.Loaded{Notes: []replica.Note{note("a", 4, 11, true)}})
	if s.Find.Notes != 1 {
		t.Errorf("%d notes have the word, want the one that came", s.Find.Notes)
	}
	if s, _ = after(s, state.Loaded{Notes: []replica.Note{}}); s.Find.Notes != 0 {
		t.Errorf("%d notes have the word, want none", s.Find.Notes)
	}
}

func TestFindNotesIsAFilter(t *testing.T) {
	other := note("b", 12, 17, false)
	other.Annotation = annotation.New("b", annotation.Note{Text: "Something else"}, annotation.Target{Source: "ferry"}, now)
	s, _ := after(withNotes(t, note("a", 4, 11, false), other), state.OpenFind{}, state.TypedFind{Words: "timetable"}, state.FindNotes{Only: true})
	if p := s.Parts(); len(p.Margin) != 1 || p.Margin[0].ID != "a" || p.Fits != 1 || p.Total != 2 {
		t.Errorf("shown %d of %d", p.Fits, p.Total)
	}
	if s, _ = after(s, state.TypedFind{Words: "something"}); s.Parts().Margin[0].ID != "b" {
		t.Error("the filter does not follow the words")
	}
	if s, _ = after(s, state.CloseFind{}); s.Filter.On() || len(s.Parts().Margin) != 2 {
		t.Error("the filter stays when the search is closed")
	}
}

func TestOwnNotesAndDrafts(t *testing.T) {
	s := state.FromBoot(state.Boot{Route: state.Route{Page: state.Me}})
	s, _ = after(s, state.Mounted{Loaded: state.Loaded{
		Mine:   []replica.Note{note("a", 4, 11, true)},
		Drafts: []replica.DraftNote{{ID: "d", Text: "Fährplan im Winter"}, {ID: "e", Quote: "other"}},
	}})
	for words, want := range map[string]string{"": "1 2", "timetable": "1 0", "FAHRPLAN": "0 1", "other": "0 1", "none": "0 0"} {
		s, _ := after(s, state.TypedFind{Words: words})
		notes, drafts := s.Own()
		if got := fmt.Sprint(len(notes), len(drafts)); got != want {
			t.Errorf("%q finds %s notes and drafts, want %s", words, got, want)
		}
	}
	if _, effects := after(s, state.OpenFind{}); len(effects) != 1 {
		t.Errorf("the key leads to %v, want the field", effects)
	}
}

func TestOvertaken(t *testing.T) {
	for _, c := range []struct {
		a, b state.Action
		want bool
	}{
		{state.TypedFind{Words: "a"}, state.TypedFind{Words: "ab"}, true},
		{state.TypedFind{Words: "a"}, state.FindNext{Step: 1}, false},
		{state.TypedText{Text: "a"}, state.TypedText{Text: "ab"}, false},
	} {
		if got := state.Overtaken(c.a, c.b); got != c.want {
			t.Errorf("Overtaken(%T, %T) = %v", c.a, c.b, got)
		}
	}
}

// Of very many places all count, but only those near the reader are painted.
func TestFindInALongText(t *testing.T) {
	s := ofBlocks(t, strings.Repeat("a", 90_000))
	s, _ = after(s, state.OpenFind{}, state.TypedFind{Words: "a"})
	if len(s.Find.Hits) != 90_000 {
		t.Fatalf("%d places", len(s.Find.Hits))
	}
	for _, g := range state.Highlights(s) {
		if len(g.Ranges) > 400 {
			t.Errorf("%s paints %d places", g.Name, len(g.Ranges))
		}
	}
	s, _ = after(s, state.FindNext{Step: -1})
	if s.Find.At != 89_999 {
		t.Errorf("at %d, want the last", s.Find.At)
	}
}
