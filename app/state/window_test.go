package state

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

// crowd is an article with n notes, one for each of its words.
func crowd(tb testing.TB, n int) (State, []replica.Note) {
	tb.Helper()
	rev, err := article.NewRevision("Many words", "en", []article.Block{
		{Kind: article.Paragraph, Text: strings.TrimSpace(strings.Repeat("word ", n))},
	}, time.Unix(1_700_000_000, 0))
	if err != nil {
		tb.Fatal(err)
	}
	s := FromBoot(Boot{Route: Route{Page: Reading, Slug: "many"}, Article: &article.Article{Slug: "many", Revision: rev}})
	s.Ready = true
	var notes []replica.Note
	for i := range n {
		at := textpos.Rune(5 * i)
		a := annotation.New(fmt.Sprintf("n%04d", i), annotation.Note{Text: "Which one?", Stance: annotation.Question}, annotation.Target{
			Source: "many", Selector: []annotation.Selector{{Type: "TextQuoteSelector", Exact: "word"}},
		}, time.Unix(1_700_000_000, 0))
		notes = append(notes, replica.Note{
			ID: a.ID, Article: "many", State: replica.Published, ETag: "e", Annotation: a,
			Anchor: &anchor.Anchor{Start: at, End: at + 4, Status: anchor.Exact, Confidence: 1},
		})
	}
	return s, notes
}

func TestWindow(t *testing.T) {
	at := func(note int) Point { return Point{Offset: textpos.UTF16(5 * note)} }
	cases := []struct {
		name    string
		notes   int
		actions []Action
		want    Window
	}{
		{"few notes are all drawn", 200, nil, Window{To: 200}},
		{"few notes are all drawn wherever the reader is", 200, []Action{Looked{At: at(180)}, ShowMore{Step: 1}}, Window{To: 200}},
		{"the first of many", 5000, nil, Window{To: 150}},
		{"a note that is opened", 5000, []Action{OpenNote{ID: "n3000"}}, Window{From: 3000, To: 3150}},
		{"the last note", 5000, []Action{HashChanged{Hash: "n-n4999"}}, Window{From: 4950, To: 5000}},
		{"the one before the first is the last", 5000, []Action{NextNote{Step: -1}}, Window{From: 4950, To: 5000}},
		{"a drawn note that is opened", 5000, []Action{OpenNote{ID: "n0100"}}, Window{To: 150}},
		{"text without its notes in sight", 5000, []Action{Looked{At: at(2000)}}, Window{From: 2000, To: 2150}},
		{"the end of the text", 5000, []Action{Looked{At: Point{Block: 9}}}, Window{From: 4950, To: 5000}},
		{"a note in sight, with enough after it", 5000, []Action{Looked{Note: "n0070", At: at(4000)}}, Window{To: 150}},
		{"a note in sight near the end", 5000, []Action{Looked{Note: "n0140"}}, Window{From: 90, To: 290}},
		{"room before the first", 5000, []Action{OpenNote{ID: "n3000"}, Looked{Note: "n3000", Above: 7}}, Window{From: 2993, To: 3150}},
		{"the focus stays", 5000, []Action{Looked{At: at(2000), Focus: "n0003"}}, Window{From: 2000, To: 2150, Kept: 4}},
		{"the focus in the window", 5000, []Action{Looked{At: at(2000), Focus: "n2003"}}, Window{From: 2000, To: 2150}},
		{"more", 5000, []Action{ShowMore{Step: 1}}, Window{From: 50, To: 250}},
		{"earlier", 5000, []Action{OpenNote{ID: "n3000"}, ShowMore{Step: -1}}, Window{From: 2900, To: 3100}},
		{"nothing earlier", 5000, []Action{ShowMore{Step: -1}}, Window{To: 150}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, notes := crowd(t, c.notes)
			s, _ = Update(s, Loaded{Notes: notes, Whole: true}, Input{})
			for _, a := range c.actions {
				s, _ = Update(s, a, Input{})
			}
			if got := s.Shown(); got != c.want {
				t.Errorf("drawn are %+v, want %+v", got, c.want)
			}
		})
	}
}

// Notes that come or go before the window leave it at its notes.
func TestWindowStaysAtItsNotes(t *testing.T) {
	s, notes := crowd(t, 1000)
	s, _ = Update(s, Loaded{Notes: notes[10:], Whole: true}, Input{})
	s, _ = Update(s, OpenNote{ID: "n0500"}, Input{})
	s, _ = Update(s, Loaded{Notes: notes, Whole: true}, Input{})
	if got, want := s.Shown(), (Window{From: 490, To: 640}); got != want || s.Fresh.Count() != 10 {
		t.Errorf("with %d notes that wait drawn are %+v, want %+v and 10", s.Fresh.Count(), got, want)
	}
	s, effects := Update(s, ShowFresh{}, Input{})
	if s.Shown().From != 0 || !hasFocus(effects, "n0000") {
		t.Errorf("drawn are %+v, want the note that waited, focused", s.Shown())
	}
	s, _ = Update(s, OpenNote{ID: "n0500"}, Input{})
	s, _ = Update(s, Loaded{Notes: notes[100:], Whole: true}, Input{})
	if got := s.Parts().Margin[s.Shown().From].ID; got != "n0500" {
		t.Errorf("the window begins with %s, want n0500 as before", got)
	}
}

func hasFocus(effects []Effect, note string) bool {
	for _, e := range effects {
		if f, ok := e.(Focus); ok && f.On.ID == note {
			return true
		}
	}
	return false
}

// BenchmarkWindow5000 is what the state does at each step on an article with 5,000
// notes: one new note comes, the reader scrolls, opens a note.
func BenchmarkWindow5000(b *testing.B) {
	s, notes := crowd(b, 5000)
	s, _ = Update(s, Loaded{Notes: notes[1:], Whole: true}, Input{})
	b.Run("NewNote", func(b *testing.B) {
		for b.Loop() {
			next, _ := Update(s, Loaded{Notes: notes}, Input{})
			Highlights(next)
		}
	})
	b.Run("ShowNewNote", func(b *testing.B) {
		waits, _ := Update(s, Loaded{Notes: notes}, Input{})
		for b.Loop() {
			next, _ := Update(waits, ShowFresh{}, Input{})
			Highlights(next)
		}
	})
	b.Run("Scroll", func(b *testing.B) {
		for b.Loop() {
			next, _ := Update(s, Looked{At: Point{Offset: 9000}}, Input{})
			Highlights(next)
		}
	})
	b.Run("Open", func(b *testing.B) {
		for b.Loop() {
			next, _ := Update(s, OpenNote{ID: "n2500"}, Input{})
			Highlights(next)
		}
	})
}

// TestPaper: what is printed has all notes, and the screen goes on as if nothing were.
func TestPaper(t *testing.T) {
	s, notes := crowd(t, 500)
	s, _ = Update(s, Loaded{Notes: notes}, Input{})
	s, _ = Update(s, OpenNote{ID: "n0300"}, Input{})
	shown, drawn := s.Shown(), s.Drawn()
	s, _ = Update(s, Print{On: true}, Input{})
	if all := (Window{To: 500}); s.Shown() != all || s.Drawn() != all || s.Filling() {
		t.Errorf("printed are %+v and %+v, want all", s.Shown(), s.Drawn())
	}
	s, _ = Update(s, Looked{Note: "n0310"}, Input{}) // the world goes on meanwhile
	if !s.Paper {
		t.Error("another action ended the printing")
	}
	s, _ = Update(s, Print{}, Input{})
	if s.Shown() != shown || s.Drawn() != drawn {
		t.Errorf("after printing %+v and %+v, want %+v and %+v", s.Shown(), s.Drawn(), shown, drawn)
	}
}

// TestLedToANote: where the reader was before does not take the note away that they
// were just led to, nor does the focus that is still elsewhere.
func TestLedToANote(t *testing.T) {
	s, notes := crowd(t, 5000)
	s, _ = Update(s, Loaded{Notes: notes}, Input{})
	s, _ = Update(s, OpenNote{ID: "n4999"}, Input{})
	before := Looked{Focus: "n0200", At: Point{Offset: 5 * 60}}
	s, _ = Update(s, before, Input{})
	if d := s.Drawn(); d.Kept != 5000 && !d.has(4999) {
		t.Errorf("drawn are %+v, not the note that was opened", d)
	}
	s, _ = Update(s, Looked{Focus: "n4999", At: Point{Offset: 5 * 4999}}, Input{})
	s, _ = Update(s, before, Input{})
	if d := s.Drawn(); d.Kept != 201 {
		t.Errorf("drawn are %+v, not the note that has the focus", d)
	}
}
