package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
	xhtml "golang.org/x/net/html"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/message"
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

// BenchmarkFirstDrawing draws a page with 5,000 notes.
func BenchmarkFirstDrawing(b *testing.B) {
	s := crowded(b, 5000)
	s.Composer = nil
	for b.Loop() {
		client(b, s)
	}
}

// BenchmarkKeystroke draws what one key changes with 5,000 notes on the page.
func BenchmarkKeystroke(b *testing.B) {
	s := crowded(b, 5000)
	_, d := client(b, s)
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
	i := 0
	for b.Loop() {
		i = (i + 1) % 5000
		s.Open = s.Notes[i].ID
		d.SetState(StateName, s)
		d.Consume()
	}
}

// Of thousands of notes a few are drawn, on the server as on the device.
func TestThousandsOfNotes(t *testing.T) {
	s := crowded(t, 5000)
	root, d := client(t, s)
	if got := strings.Count(app.HTMLString(root), "data-annotation-id="); got == 0 || got > state.MostDrawn {
		t.Errorf("%d notes are drawn, want some, at most %d", got, state.MostDrawn)
	}
	if got := len(all(drawn(t, Page(message.English(), s)), is("article", "class", "note"))); got == 0 || got > state.MostDrawn {
		t.Errorf("the server draws %d notes, want some, at most %d", got, state.MostDrawn)
	}
	s.Window = state.Window{From: 4810, To: 5000, Kept: 3}
	d.SetState(StateName, s)
	d.Consume()
	doc := drawn(t, root)
	for _, f := range []struct {
		what  string
		match func(*xhtml.Node) bool
		count int
	}{
		{"the last note", is("article", "data-annotation-id", "note4999"), 1},
		{"its mark", is("a", "href", "#n-note4999"), 1},
		{"the first of the window", is("article", "data-annotation-id", "note4810"), 1},
		{"the one before", is("article", "data-annotation-id", "note4809"), 0},
		{"the one with the focus", is("article", "data-annotation-id", "note2"), 1},
		{"the notes", is("article", "class", "note"), 191},
		{"which they are", named("p", "Showing notes 4,811 to 5,000 of 5,000"), 1},
		{"the way back", named("button", "Show earlier notes (4,810)"), 1},
	} {
		if got := len(all(doc, f.match)); got != f.count {
			t.Errorf("%s: there %d times, want %d", f.what, got, f.count)
		}
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
