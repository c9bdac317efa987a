package state_test

import (
	"slices"
	"strings"
	"testing"

	"marginalia/app/anchor"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// onScreen lists the notes that are shown, replies after a "-".
func onScreen(s state.State) string {
	var ids []string
	for _, n := range s.Notes {
		ids = append(ids, n.ID)
		for _, r := range n.Replies {
			ids = append(ids, "-"+r.ID)
		}
	}
	return strings.Join(ids, " ")
}

// TestFresh: what others write while the page is open waits; nothing else does.
func TestFresh(t *testing.T) {
	a, b, c := note("a", 4, 9, false), note("b", 10, 12, false), note("c", 2, 3, false)
	own := note("o", 14, 17, true)
	ownReply := answer("r", "c")
	ownReply.Mine = true
	edited := a
	edited.ETag = "e2"
	loaded := func(whole bool, notes ...replica.Note) state.Loaded {
		return state.Loaded{Notes: append([]replica.Note{}, notes...), Whole: whole}
	}
	for _, tc := range []struct {
		name    string
		actions []state.Action
		shown   string
		waiting int
	}{
		{"the first notes are no news", []state.Action{loaded(true, a, b)}, "a b", 0},
		{"before the feed was read to its end none is", []state.Action{loaded(false, a), loaded(true, a, b)}, "a b", 0},
		{"from then on they wait", []state.Action{loaded(true, a), loaded(true, a, b)}, "a", 1},
		{"also while more is coming", []state.Action{loaded(true, a), loaded(false, a, b)}, "a", 1},
		{"and go on waiting", []state.Action{loaded(true, a), loaded(true, a, b), loaded(true, a, b, c)}, "a", 2},
		{"until the reader asks", []state.Action{loaded(true, a), loaded(true, a, b, c), state.ShowFresh{}}, "c a b", 0},
		{"asking twice does no harm", []state.Action{loaded(true, a), loaded(true, a, b), state.ShowFresh{}, state.ShowFresh{}}, "a b", 0},
		{"what comes after that waits again", []state.Action{loaded(true, a), loaded(true, a, b), state.ShowFresh{}, loaded(true, a, b, c)}, "a b", 1},
		{"own notes never wait", []state.Action{loaded(true, a), loaded(true, a, own, b)}, "a o", 1},
		{"a note that an own reply answers comes with it", []state.Action{loaded(true, a), loaded(true, a, b, c, ownReply)}, "c -r a", 1},
		{"replies of others wait too", []state.Action{loaded(true, a), loaded(true, a, answer("r2", "a"))}, "a", 1},
		{"a delete is seen at once", []state.Action{loaded(true, a, b), loaded(true, b)}, "b", 0},
		{"what was deleted before it was shown waits no more", []state.Action{loaded(true, a), loaded(true, a, b), loaded(true, a)}, "a", 0},
		{"an edit changes in its place", []state.Action{loaded(true, a), loaded(true, edited)}, "a", 0},
		{"a link to a waiting note shows it", []state.Action{loaded(true, a), loaded(true, a, b), state.HashChanged{Hash: "n-b"}}, "a b", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s, _ := after(reading(t), tc.actions...)
			if got := onScreen(s); got != tc.shown || s.Fresh.Count() != tc.waiting {
				t.Errorf("shown %q with %d waiting, want %q with %d", got, s.Fresh.Count(), tc.shown, tc.waiting)
			}
			if tc.name == "an edit changes in its place" && s.Notes[0].ETag != "e2" {
				t.Error("the edit is not shown")
			}
		})
	}
}

// TestFreshLeadsToTheFirst: the focus goes to the first new note of the text, and
// is not lost with the button.
func TestFreshLeadsToTheFirst(t *testing.T) {
	a, b, c := note("a", 4, 9, false), note("b", 10, 12, false), note("c", 2, 3, false)
	_, effects := after(reading(t), state.Loaded{Notes: []replica.Note{a}, Whole: true},
		state.Loaded{Notes: []replica.Note{a, b, c}, Whole: true}, state.ShowFresh{})
	if f, ok := effect[state.Focus](effects); !ok || f.On != (state.FocusTarget{Kind: state.FocusNote, ID: "c"}) {
		t.Errorf("effects = %+v, want the focus on c", effects)
	}
}

// TestRest: a page with some of the notes says so until all are here, and opens the
// note of its address when that comes.
func TestRest(t *testing.T) {
	a, b := note("a", 4, 9, false), note("b", 10, 12, false)
	s := reading(t)
	s.Rest = &state.Rest{Total: 2, Page: 1, Pages: 2}
	s, _ = after(s, state.Loaded{Notes: []replica.Note{a}}, state.HashChanged{Hash: "n-b"})
	if s.Rest == nil || s.Open != "" {
		t.Fatalf("rest = %v, open %q, want the page's part", s.Rest, s.Open)
	}
	s, effects := after(s, state.Loaded{Notes: []replica.Note{a, b}, Whole: true})
	if s.Rest != nil || s.Open != "b" || onScreen(s) != "a b" {
		t.Errorf("rest = %v, open %q, shown %q, want b open among all", s.Rest, s.Open, onScreen(s))
	}
	if _, ok := effect[state.Show](effects); !ok {
		t.Errorf("effects = %+v, want the note shown", effects)
	}
}

func TestSplit(t *testing.T) {
	var rows []replica.Row
	add := func(n replica.Note) {
		rows = append(rows, replica.Row{Op: replica.RowPut, Annotation: &n.Annotation, Anchor: n.Anchor})
	}
	for _, n := range []replica.Note{note("d", 30, 31, false), note("a", 1, 2, false), answer("r1", "a"), note("b", 3, 4, false), note("c", 9, 10, false), answer("r2", "c"), answer("r3", "c")} {
		add(n)
	}
	for _, tc := range []struct {
		size int
		want []string
	}{
		{100, []string{"a r1 b c r2 r3 d"}},
		{3, []string{"a r1 b", "c r2 r3", "d"}},
		{2, []string{"a r1", "b", "c r2", "r3 d"}},
	} {
		var got []string
		for _, page := range state.Split("ferry", rows, tc.size) {
			var ids []string
			for _, r := range page {
				ids = append(ids, r.Annotation.ID)
			}
			got = append(got, strings.Join(ids, " "))
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("Split into pages of %d = %q, want %q", tc.size, got, tc.want)
		}
	}
	if got := state.Split("ferry", nil, 10); len(got) != 1 || len(got[0]) != 0 {
		t.Errorf("Split of nothing = %v, want one empty page", got)
	}
}

// TestSameNotesStayTheSame: notes that did not change are not made anew, so that a
// screen with thousands need not look at each.
func TestSameNotesStayTheSame(t *testing.T) {
	a, b := note("a", 4, 9, false), note("b", 10, 12, false)
	s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{a}, Whole: true})
	next, _ := after(s, state.Loaded{Notes: []replica.Note{a, b}, Whole: true})
	if &next.Notes[0] != &s.Notes[0] {
		t.Error("a note that waits makes the shown ones others")
	}
	a.Anchor = &anchor.Anchor{Start: 5, End: 9, Status: anchor.Moved}
	next, _ = after(next, state.Loaded{Notes: []replica.Note{a, b}, Whole: true})
	if next.Notes[0].Anchor.Start != 5 {
		t.Error("another place is not shown")
	}
}
