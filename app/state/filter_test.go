package state_test

import (
	"slices"
	"strings"
	"testing"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// ofBlocks is the page of an article with those paragraphs; "# " begins a heading.
func ofBlocks(t *testing.T, texts ...string) state.State {
	t.Helper()
	var blocks []article.Block
	for _, text := range texts {
		if heading, ok := strings.CutPrefix(text, "# "); ok {
			blocks = append(blocks, article.Block{Kind: article.Heading, Level: 2, Text: heading})
			continue
		}
		blocks = append(blocks, article.Block{Kind: article.Paragraph, Text: text})
	}
	rev, err := article.NewRevision("Many", "en", blocks, now)
	if err != nil {
		t.Fatal(err)
	}
	s := state.FromBoot(state.Boot{
		Route: state.Route{Page: state.Reading, Slug: "ferry"}, Article: &article.Article{Slug: "ferry", Revision: rev}, Feed: &replica.Changes{},
	})
	s, _ = after(s, state.Mounted{})
	return s
}

// several are notes of all kinds.
func several() []replica.Note {
	cited := func(id, url string, stance annotation.Stance) replica.Note {
		n := note(id, 4, 11, false)
		n.Annotation = annotation.New(id, annotation.Note{Text: "x", Stance: stance, Sources: []annotation.Source{{URL: url}}}, annotation.Target{Source: "ferry"}, now)
		return n
	}
	a := cited("a", "https://news.example.co.uk/1", annotation.Dispute)
	b := cited("b", "https://www.example.co.uk/2", annotation.Support)
	c := cited("c", "https://stats.example.org/3", annotation.Support)
	c.Mine, c.State = true, replica.Queued
	d := cited("d", "https://example.org/4", annotation.Context)
	d.Anchor.Status = anchor.Changed
	e := cited("e", "not an address", annotation.Question)
	e.Anchor = &anchor.Anchor{Status: anchor.Orphan}
	f := cited("f", "https://example.org/5", annotation.Question)
	f.Anchor, f.Mine, f.State = nil, true, replica.Rejected
	reply := answer("r", "a")
	reply.Mine = true
	return []replica.Note{a, b, c, d, e, f, reply}
}

func shownIDs(s state.State) string {
	p := s.Parts()
	var ids []string
	for _, part := range [][]state.Note{p.Margin, p.Lost, p.Whole} {
		for _, n := range part {
			ids = append(ids, n.ID)
		}
	}
	slices.Sort(ids)
	return strings.Join(ids, "")
}

func TestFilter(t *testing.T) {
	s := withNotes(t, several()...)
	for name, c := range map[string]struct {
		filter state.Filter
		want   string
	}{
		"none":                {state.Filter{}, "abcdef"},
		"a stance":            {state.Filter{Stance: annotation.Support}, "bc"},
		"a registered domain": {state.Filter{Site: "example.co.uk"}, "ab"},
		"another":             {state.Filter{Site: "example.org"}, "cdf"},
		"mine, also replies":  {state.Filter{State: state.OwnNotes}, "acf"},
		"published":           {state.Filter{State: state.PublicNotes}, "abde"},
		"waiting":             {state.Filter{State: state.WaitingNotes}, "c"},
		"refused":             {state.Filter{State: state.RefusedNotes}, "f"},
		"changed":             {state.Filter{State: state.ChangedClaims}, "d"},
		"lost":                {state.Filter{State: state.HomelessClaims}, "e"},
		"two parts":           {state.Filter{Stance: annotation.Support, Site: "example.org"}, "c"},
		"nothing fits":        {state.Filter{Stance: annotation.Dispute, State: state.RefusedNotes}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := after(s, state.SetFilter{Filter: c.filter})
			if got := shownIDs(s); got != c.want {
				t.Errorf("shown %q, want %q", got, c.want)
			}
			if p := s.Parts(); c.filter.On() && (p.Fits != len(c.want) || p.Total != 6) {
				t.Errorf("%d of %d notes, want %d of 6", p.Fits, p.Total, len(c.want))
			}
			if s, _ = after(s, state.SetFilter{}); shownIDs(s) != "abcdef" {
				t.Errorf("without the filter %q are left", shownIDs(s))
			}
		})
	}
}

// TestFilterLosesNothing: what the reader has open stays, and what is not shown is
// still there for a link to it.
func TestFilterLosesNothing(t *testing.T) {
	s, _ := after(withNotes(t, several()...), state.OpenNote{ID: "a"}, state.SetFilter{Filter: state.Filter{Stance: annotation.Support}})
	if got := shownIDs(s); got != "abc" || s.Parts().Fits != 2 {
		t.Errorf("shown %q, want the open note too", got)
	}
	if s, _ = after(s, state.HashChanged{Hash: "n-d"}); s.Open != "d" || shownIDs(s) != "bcd" {
		t.Errorf("a link opens %q among %q", s.Open, shownIDs(s))
	}
	if s, _ = after(s, state.Reply{ID: "d"}, state.TypedText{Text: "Half"}, state.SetFilter{Filter: state.Filter{State: state.OwnNotes}}); s.Composer == nil || s.Composer.Draft.Text != "Half" {
		t.Error("the open form is lost")
	}
}

func TestSites(t *testing.T) {
	s := withNotes(t, several()...)
	if len(s.Sites()) != 0 {
		t.Error("sites are counted before they are wanted")
	}
	s, _ = after(s, state.OpenFilter{Open: true})
	want := []state.Site{{Name: "example.org", Notes: 3}, {Name: "example.co.uk", Notes: 2}}
	if got := s.Sites(); !slices.Equal(got, want) {
		t.Errorf("Sites() = %v, want %v", got, want)
	}
}

func TestHeat(t *testing.T) {
	s := ofBlocks(t, "# Head", "One one.", "Two two.", "Three three.")
	var notes []replica.Note
	add := func(from, n int) {
		for range n {
			at := s.Article.Offsets[from]
			notes = append(notes, note("n"+string(rune('a'+len(notes))), at, at+3, false))
		}
	}
	add(0, 1)
	add(1, 8)
	if few, _ := after(s, state.Loaded{Notes: notes[:7]}); few.Heat() != nil {
		t.Error("seven notes have a strip")
	}
	add(3, 2)
	s, _ = after(s, state.Loaded{Notes: notes})
	want := []state.Stretch{
		{From: 0, To: 1, Notes: 1, Level: 1, Busy: true, Heading: "Head"},
		{From: 1, To: 2, Notes: 8, Level: 5, Busy: true, First: 1, Last: 1},
		{From: 3, To: 4, Notes: 2, Level: 1, Busy: true, First: 3, Last: 3},
	}
	if got := s.Heat(); !slices.Equal(got, want) {
		t.Errorf("Heat() = %+v\nwant %+v", got, want)
	}
}

// The strip is drawn in a few dozen elements, however long the article.
func TestHeatIsBounded(t *testing.T) {
	texts := make([]string, 700)
	for i := range texts {
		texts[i] = strings.Repeat("word ", 1+i%7) + "end."
	}
	s := ofBlocks(t, texts...)
	var notes []replica.Note
	for i := range 5000 {
		at := s.Article.Offsets[i%len(texts)]
		n := note("n", at, at+4, false)
		n.ID = strings.Repeat("n", 1+i%9) + string(rune(0x4e00+i))
		notes = append(notes, n)
	}
	s, _ = after(s, state.Loaded{Notes: notes})
	heat, sum, busy := s.Heat(), 0, 0
	for i, x := range heat {
		sum += x.Notes
		if x.Busy {
			busy++
		}
		if i > 0 && x.From < heat[i-1].To || x.Level < 1 || x.Level > 5 {
			t.Errorf("stretch %d: %+v after %+v", i, x, heat[max(0, i-1)])
		}
	}
	if len(heat) > 60 || len(heat) < 30 || sum != 5000 || busy != 5 {
		t.Errorf("%d stretches, %d busy, with %d notes", len(heat), busy, sum)
	}
}
