package state_test

import (
	"slices"
	"strings"
	"testing"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

func note(id string, start, end textpos.Rune, mine bool) replica.Note {
	a := annotation.New(id, annotation.Note{Text: good, Stance: annotation.Support, Sources: []annotation.Source{{URL: link}}},
		annotation.Target{Source: "ferry"}, now)
	return replica.Note{
		ID: id, Article: "ferry", State: replica.Published, Mine: mine, ETag: "e", Annotation: a,
		Anchor: &anchor.Anchor{Start: start, End: end, Status: anchor.Exact, Confidence: 1},
	}
}

func answer(id, to string) replica.Note {
	return replica.Note{
		ID: id, Article: "ferry", State: replica.Published,
		Annotation: annotation.New(id, annotation.Note{Text: "Yes.", ReplyTo: to}, annotation.Target{Source: to}, now),
	}
}

func TestThread(t *testing.T) {
	whole := note("w", 0, 0, false)
	whole.Anchor = nil
	lost := note("l", 0, 0, false)
	lost.Anchor.Status = anchor.Orphan
	gone := note("g", 3, 5, true)
	gone.State = replica.Deleted
	got := state.Thread([]replica.Note{
		whole, answer("r2", "r1"), lost, note("b", 20, 25, false), gone, answer("r1", "b"), note("a", 4, 9, false), answer("r3", "missing"),
	})
	var order []string
	for _, n := range got {
		order = append(order, n.ID)
		for _, r := range n.Replies {
			order = append(order, "-"+r.ID)
		}
	}
	if want := "a b -r1 -r2 l r3 w"; strings.Join(order, " ") != want {
		t.Errorf("Thread gives %q, want %q", strings.Join(order, " "), want)
	}
}

func TestHighlightNeverMarksOtherWords(t *testing.T) {
	s := reading(t)
	n := note("a", 4, 11, false)
	n.Annotation.Target.Selector = []annotation.Selector{{Type: "TextQuoteSelector", Exact: "harbour"}}
	wrong := note("b", 12, 17, false)
	wrong.Annotation.Target.Selector = []annotation.Selector{{Type: "TextQuoteSelector", Exact: "tram"}}
	s, _ = after(s, state.Loaded{Notes: []replica.Note{n, wrong}}, state.OpenNote{ID: "a"})
	for _, g := range state.Highlights(s) {
		want := map[string]int{"support": 1, "open": 1}[g.Name]
		if len(g.Ranges) != want {
			t.Errorf("group %s has %d ranges, want %d", g.Name, len(g.Ranges), want)
		}
		for _, r := range g.Ranges {
			if r.From != (state.Point{Block: 0, Offset: 4}) || r.To != (state.Point{Block: 0, Offset: 11}) {
				t.Errorf("group %s paints %v to %v", g.Name, r.From, r.To)
			}
		}
	}
}

func TestDeleteNeedsTwoPresses(t *testing.T) {
	s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{note("a", 4, 11, true), note("b", 4, 11, false)}})
	once, effects := after(s, state.Delete{ID: "a"})
	if once.Deleting != "a" || len(effects) != 0 {
		t.Fatalf("first press: deleting %q, effects %v", once.Deleting, effects)
	}
	if kept, _ := after(once, state.KeepNote{}); kept.Deleting != "" {
		t.Error("Keep does not take it back")
	}
	if _, effects = after(once, state.Delete{ID: "a"}); !slices.Contains(effects, state.Effect(state.EnqueueDelete{ID: "a"})) {
		t.Errorf("second press: %v", effects)
	}
	if other, effects := after(s, state.Delete{ID: "b"}, state.Delete{ID: "b"}); other.Deleting != "" || len(effects) != 0 {
		t.Error("somebody else's note can be deleted")
	}
}

func TestEditIsBasedOnWhatTheReaderSaw(t *testing.T) {
	s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{note("a", 4, 11, true)}}, state.Edit{ID: "a"})
	if s.Composer == nil || s.Composer.Draft.IfMatch != "e" || s.Composer.Draft.Text != good || s.Composer.Draft.Kind != replica.EditNote {
		t.Fatalf("composer = %+v", s.Composer)
	}
	if same, effects := after(s, state.Post{}); same.Composer.Posted || len(effects) != 1 {
		t.Errorf("an unchanged edit is sent: %v", effects)
	}
	if _, effects := after(s, state.TypedText{Text: good + " So it says."}, state.Post{}); len(effects) != 1 {
		t.Errorf("a changed edit gives %v", effects)
	}
}

func TestParsePath(t *testing.T) {
	for path, want := range map[string]state.Route{
		"/": {Page: state.Home}, "/faq": {Page: state.FAQ}, "/me": {Page: state.Me},
		"/a/ferry": {Page: state.Reading, Slug: "ferry"}, "/a/": {Page: state.NotFound}, "/desk": {Page: state.NotFound},
		"/a/ferry/x": {Page: state.NotFound},
	} {
		if got := state.ParsePath(path); got != want {
			t.Errorf("ParsePath(%q) = %+v, want %+v", path, got, want)
		}
	}
}
