package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

func crowded(tb testing.TB, n int) state.State {
	tb.Helper()
	s := state.State{Ready: true, Route: state.Route{Page: state.Reading}, Article: &state.Text{}}
	for i := range n {
		r := remark(plain(), fmt.Sprint("note", i), annotation.Dispute, replica.Published, &anchor.Anchor{Status: anchor.Exact})
		s.Notes = append(s.Notes, state.Note{Note: r})
	}
	span := textpos.Span{End: 1}
	s.Composer = &state.Composer{Typed: true, Draft: draft(plain(), replica.NewNote, &span)}
	return s
}

// BenchmarkKeystroke draws what one key changes with 5,000 notes on the page.
func BenchmarkKeystroke(b *testing.B) {
	s := crowded(b, 5000)
	_, d := client(b, s)
	settle(d, 5000)
	for b.Loop() {
		typeKey(d, &s)
		if len(s.Composer.Draft.Text) > 1000 {
			s.Composer.Draft.Text = ""
		}
	}
}

// BenchmarkOpen opens one note after the other of 5,000.
func BenchmarkOpen(b *testing.B) {
	s := crowded(b, 5000)
	s.Composer = nil
	_, d := client(b, s)
	settle(d, 5000)
	i := 0
	for b.Loop() {
		i = (i + 1) % 5000
		s.Open = s.Notes[i].ID
		d.SetState(StateName, s)
		d.Consume()
	}
}

// settle lets the margin draw all of n notes, a batch a frame.
func settle(d app.ClientDispatcher, n int) {
	for range n/batch + 1 {
		d.Consume()
	}
}

// More notes than go-app can mount in one go appear all the same.
func TestThousandsOfNotes(t *testing.T) {
	const n = 5000
	root, d := client(t, crowded(t, n))
	settle(d, n)
	if got := strings.Count(app.HTMLString(root), "data-annotation-id="); got != n {
		t.Errorf("%d notes are drawn, want %d", got, n)
	}
	if got := len(all(drawn(t, Page(crowded(t, n))), is("article", "class", "note"))); got != batch {
		t.Errorf("the server draws %d notes, want %d as the first mount", got, batch)
	}
}

// A key that is typed must not draw the notes: their number would make typing slow.
func TestTypingDrawsNoNote(t *testing.T) {
	s := crowded(t, 3)
	_, d := client(t, s)
	before := testing.AllocsPerRun(5, func() { typeKey(d, &s) })
	s = crowded(t, 600)
	_, d = client(t, s)
	if after := testing.AllocsPerRun(5, func() { typeKey(d, &s) }); after > 2*before {
		t.Errorf("a key makes %v allocations beside 600 notes, %v beside 3", after, before)
	}
}

func typeKey(d app.ClientDispatcher, s *state.State) {
	form := *s.Composer
	form.Draft.Text += "a"
	s.Composer = &form
	d.SetState(StateName, *s)
	d.Consume()
}
