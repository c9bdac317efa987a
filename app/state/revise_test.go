package state_test

import (
	"strings"
	"testing"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

// paper is an article with two revisions: in the second a figure is corrected, a
// paragraph is put in front and another is cut.
type paper struct{ before, after article.Revision }

const (
	lead  = "The council met on Monday evening."
	fares = "Fares rise to 3.60 crowns in April. Season tickets stay as they are."
	cut   = "The pier will be closed for repairs in May, the harbour office said."
)

func newPaper(t *testing.T) paper {
	t.Helper()
	return paper{revision(t, 1, first, second, cut), revision(t, 2, lead, first, fares)}
}

func revision(t *testing.T, day int, blocks ...string) article.Revision {
	t.Helper()
	var all []article.Block
	for _, text := range blocks {
		all = append(all, article.Block{Kind: article.Paragraph, Text: text})
	}
	rev, err := article.NewRevision("Ferry", "en", all, now.AddDate(0, 0, day))
	if err != nil {
		t.Fatal(err)
	}
	return rev
}

func (p paper) versions() []article.Version {
	return []article.Version{{ID: p.before.ID, Created: p.before.Created}, {ID: p.after.ID, Created: p.after.Created}}
}

func (p paper) first() article.Article {
	return article.Article{Slug: "ferry", Revision: p.before, Versions: p.versions()[:1]}
}

func (p paper) second() article.Article {
	return article.Article{Slug: "ferry", Revision: p.after, Versions: p.versions()}
}

// page is the article page with the rules at hand, on a path and a text.
func page(path string, a article.Article, rows ...replica.Row) state.State {
	s := state.FromBoot(state.Boot{Route: state.ParsePath(path), Article: &a, Feed: &replica.Changes{Changes: rows}})
	s, _ = state.Update(s, state.Mounted{Loaded: state.Loaded{Policy: moderation.Default()}}, state.Input{Now: now})
	return s
}

// spanOf is where words stand in a revision.
func spanOf(t *testing.T, rev article.Revision, words string) textpos.Span {
	t.Helper()
	before, _, found := strings.Cut(rev.Text(), words)
	if !found {
		t.Fatalf("%q does not stand in the text", words)
	}
	start := textpos.Count(before)
	return textpos.Span{Start: start, End: start + textpos.Count(words)}
}

// noteOn is a published note on words of rev, placed in shown.
func noteOn(t *testing.T, id string, rev, shown article.Revision, words string, mine bool) replica.Note {
	t.Helper()
	a := annotation.New(id, annotation.Note{Text: good, Stance: annotation.Dispute, Sources: []annotation.Source{{URL: link}}},
		annotation.Target{
			Source:   "ferry",
			State:    &annotation.State{Type: "TimeState", Cached: rev.ID},
			Selector: anchor.Describe(rev.Text(), spanOf(t, rev, words)),
		}, now)
	at := anchor.Locate(shown.Text(), a.Target.Selector)
	return replica.Note{ID: id, Article: "ferry", State: replica.Published, ETag: "e", Mine: mine, Annotation: a, Anchor: &at}
}

func idOf(n byte) string { return "0190b6e0-0000-7000-8000-0000000000" + string([]byte{'a', n}) }

func TestParseRevisionPath(t *testing.T) {
	id := "sha256-" + strings.Repeat("0a", 32)
	tests := []struct {
		name, path string
		want       state.Route
	}{
		{"article", "/a/ferry", state.Route{Page: state.Reading, Slug: "ferry"}},
		{"older revision", "/a/ferry/r/" + id, state.Route{Page: state.Reading, Slug: "ferry", Revision: id}},
		{"no revision", "/a/ferry/r/", state.Route{Page: state.NotFound}},
		{"not a hash", "/a/ferry/r/sha256-xyz", state.Route{Page: state.NotFound}},
		{"more behind it", "/a/ferry/r/" + id + "/x", state.Route{Page: state.NotFound}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := state.ParsePath(tt.path); got != tt.want {
				t.Errorf("ParsePath(%q) = %+v, want %+v", tt.path, got, tt.want)
			}
		})
	}
}

// TestCorrectionComes: the reader is told what a correction changed, and may see
// it without a network.
func TestCorrectionComes(t *testing.T) {
	p := newPaper(t)
	s := page("/a/ferry", p.first())
	notes := func(shown article.Revision) []replica.Note {
		return []replica.Note{
			noteOn(t, idOf('1'), p.before, shown, "Fares rise to 3.40 crowns in April.", true),
			noteOn(t, idOf('2'), p.before, shown, "24 sailings", false),
			noteOn(t, idOf('3'), p.before, shown, cut, true),
		}
	}
	s, _ = after(s, state.Loaded{Notes: notes(p.before)})
	if s.News != nil {
		t.Fatalf("News = %+v before a correction", s.News)
	}
	a := p.second()
	s, effects := after(s, state.Loaded{Article: &a, Notes: notes(p.after)})
	if s.News == nil || *s.News != (state.News{Revision: 2, Sentences: 3, Mine: 2}) {
		t.Fatalf("News = %+v, want revision 2, 3 sentences, 2 own notes", s.News)
	}
	if len(effects) != 0 || s.Changes.Blocks != nil {
		t.Errorf("the text shows changes before they are asked for: %v", effects)
	}
	for i, want := range []anchor.Status{anchor.Exact, anchor.Changed, anchor.Orphan} {
		if got := s.Notes[i].Anchor.Status; got != want {
			t.Errorf("note %d is %s, want %s", i, got, want)
		}
	}
	if got := s.Guesses[idOf('3')]; len(got) == 0 || len(got) > 3 {
		t.Errorf("guesses for the lost note = %v, want 1 to 3", got)
	}
	s, effects = after(s, state.ShowChanges{On: true})
	if _, asked := effect[state.FetchRevision](effects); asked || s.News != nil || len(s.Changes.Blocks) != 4 {
		t.Errorf("Changes = %+v, %v, want 4 blocks, without asking for the text that was just here", s.Changes, effects)
	}
	if s.Changes.Sentences != 3 || s.Changes.Notes != 1 {
		t.Errorf("Changes name %d sentences and %d notes, want 3 and 1", s.Changes.Sentences, s.Changes.Notes)
	}
	if s, _ = after(s, state.ShowChanges{}); s.Changes.Blocks != nil {
		t.Error("the changes stay when they are no longer wanted")
	}
}

// TestShowChangesAsks gets the earlier revision when it is not here.
func TestShowChangesAsks(t *testing.T) {
	p := newPaper(t)
	s := page("/a/ferry", p.second())
	s, effects := after(s, state.ShowChanges{On: true})
	if got, _ := effect[state.FetchRevision](effects); got != (state.FetchRevision{Slug: "ferry", ID: p.before.ID}) {
		t.Fatalf("effects = %v, want the earlier revision asked for", effects)
	}
	refused, _ := after(s, state.RevisionHere{ID: p.before.ID})
	if refused.Changes.Wanted || refused.Say == "" {
		t.Errorf("without the revision: %+v, said %q, want it taken back and said", refused.Changes, refused.Say)
	}
	s, _ = after(s, state.RevisionHere{ID: p.before.ID, Revision: &p.before})
	if len(s.Changes.Blocks) != 4 {
		t.Errorf("Changes = %+v, want 4 blocks", s.Changes)
	}
	if s := page("/a/ferry", p.first()); true {
		if s, effects := after(s, state.ShowChanges{On: true}); s.Changes.Wanted || len(effects) != 0 {
			t.Errorf("the first revision has nothing before it: %+v, %v", s.Changes, effects)
		}
	}
}

// TestPast: an older revision shows the notes on its own words, and cannot be
// written on.
func TestPast(t *testing.T) {
	p := newPaper(t)
	a := p.second()
	a.Revision = p.before
	n := noteOn(t, idOf('1'), p.before, p.after, cut, false)
	later := noteOn(t, idOf('2'), p.after, p.after, lead, false)
	row := func(n replica.Note) replica.Row {
		return replica.Row{Op: replica.RowPut, ETag: n.ETag, Annotation: &n.Annotation, Anchor: n.Anchor}
	}
	s := page("/a/ferry/r/"+p.before.ID, a, row(n), row(later))
	if !s.Past() || len(s.Notes) != 1 || s.Notes[0].ID != n.ID || s.Notes[0].Anchor.Span() != spanOf(t, p.before, cut) {
		t.Fatalf("Past = %t, notes %+v, want the one on the words of then, in its place", s.Past(), s.Notes)
	}
	newest := p.second()
	s, _ = after(s, state.Loaded{Article: &newest, Notes: []replica.Note{n, later}})
	if s.Article.Revision.ID != p.before.ID || len(s.Notes) != 1 || s.News != nil {
		t.Errorf("the device's text took the older revision's place: %s, %d notes", s.Article.Revision.ID, len(s.Notes))
	}
	for _, a := range []state.Action{state.Annotate{}, state.OpenPicker{}, state.NoteOnAll{}, state.Reply{ID: n.ID}, state.Edit{ID: n.ID}} {
		if s, _ := after(s, a); s.Composer != nil || s.Picker.Open || s.Say == "" {
			t.Errorf("%T does something on an older revision, or does not say why not", a)
		}
	}
	if s, _ := after(s, state.OpenNote{ID: n.ID}); s.Open != n.ID {
		t.Error("a note cannot be opened on an older revision")
	}
}

func TestAttach(t *testing.T) {
	p := newPaper(t)
	lost := noteOn(t, idOf('3'), p.before, p.after, cut, true)
	with := func(n replica.Note, drafts ...replica.DraftNote) state.State {
		s := page("/a/ferry", p.second())
		s, _ = after(s, state.Loaded{Notes: []replica.Note{n}, Drafts: drafts})
		return s
	}
	span := spanOf(t, p.after, lead)
	check := func(t *testing.T, effects []state.Effect) {
		t.Helper()
		e, ok := effect[state.Enqueue](effects)
		position, _ := annotation.Annotation{Target: e.Draft.Target}.Position()
		if !ok || e.Draft.ID != lost.ID || e.Draft.Text != good || e.Draft.IfMatch != "e" || e.Draft.Revision != p.after.ID || position != span {
			t.Errorf("effects = %+v, want the note sent with its place at %v", effects, span)
		}
	}
	t.Run("guess", func(t *testing.T) {
		s, effects := after(with(lost), state.Attach{ID: lost.ID, Span: span})
		check(t, effects)
		if s.Say == "" || s.Composer != nil {
			t.Errorf("said %q, composer %v", s.Say, s.Composer)
		}
	})
	t.Run("picker", func(t *testing.T) {
		s, _ := after(with(lost), state.SetSheet{Open: true}, state.ChoosePlace{ID: lost.ID}, state.PickAt{Index: 0})
		if !s.Picker.Open || s.Moving != lost.ID || s.Sheet {
			t.Fatalf("picker %+v, moving %q, sheet over it %v", s.Picker, s.Moving, s.Sheet)
		}
		s, effects := after(s, state.PickChosen{})
		check(t, effects)
		if s.Picker.Open || s.Moving != "" {
			t.Errorf("picker %+v, moving %q, want both done", s.Picker, s.Moving)
		}
	})
	t.Run("picker closed", func(t *testing.T) {
		s, effects := after(with(lost), state.ChoosePlace{ID: lost.ID}, state.ClosePicker{})
		if f, _ := effect[state.Focus](effects); s.Moving != "" || f.On.ID != lost.ID {
			t.Errorf("moving %q, focus %+v, want back to the note", s.Moving, f)
		}
	})
	t.Run("selection", func(t *testing.T) {
		_, effects := after(with(lost), state.ChoosePlace{ID: lost.ID},
			state.Selected{From: state.Point{Block: 0}, To: state.Point{Block: 0, Offset: textpos.UTF16(len(lead))}}, state.Annotate{})
		check(t, effects)
	})
	t.Run("an edit was begun", func(t *testing.T) {
		d := replica.DraftNote{
			ID: lost.ID, Kind: replica.EditNote, Article: "ferry", Stance: annotation.Dispute, Text: "half a thought", IfMatch: "e",
			Target: lost.Annotation.Target, Revision: p.before.ID,
		}
		s, effects := after(with(lost, d), state.Attach{ID: lost.ID, Span: span})
		if _, sent := effect[state.Enqueue](effects); sent || s.Composer == nil || s.Composer.Draft.Text != "half a thought" || *s.Composer.Draft.Span != span {
			t.Errorf("composer %+v, want the begun edit open on the new place", s.Composer)
		}
		_, effects = after(s, state.TypedText{Text: good}, state.TypedURL{Text: link}, state.Post{})
		check(t, effects) // the place alone is a change
	})
	t.Run("a rule objects", func(t *testing.T) {
		n := lost
		n.Annotation = annotation.New(n.ID, annotation.Note{Text: good, Stance: annotation.Dispute}, lost.Annotation.Target, now)
		s, effects := after(with(n), state.Attach{ID: n.ID, Span: span})
		if _, sent := effect[state.Enqueue](effects); sent || s.Composer == nil || s.Composer.Verdict.Decision != moderation.Reject {
			t.Errorf("composer %+v, want the form open with the finding", s.Composer)
		}
	})
	t.Run("not mine", func(t *testing.T) {
		n := lost
		n.Mine = false
		s, effects := after(with(n), state.Attach{ID: n.ID, Span: span})
		if len(effects) != 0 || len(s.Guesses) != 0 {
			t.Errorf("effects = %v, guesses %v, want none for another reader's note", effects, s.Guesses)
		}
	})
	t.Run("beyond the text", func(t *testing.T) {
		if _, effects := after(with(lost), state.Attach{ID: lost.ID, Span: textpos.Span{Start: 100_000, End: 100_001}}); len(effects) != 0 {
			t.Errorf("effects = %v, want none", effects)
		}
	})
}

// TestDraftMoves: a correction comes while a note is being written.
func TestDraftMoves(t *testing.T) {
	p := newPaper(t)
	draft := func(words string) state.State {
		s := page("/a/ferry", p.first())
		from := spanOf(t, p.before, words)
		s, _ = after(s, state.Selected{From: s.Article.Point(from.Start), To: s.Article.Point(from.End)}, state.Annotate{},
			state.TypedText{Text: good}, state.TypedURL{Text: link})
		a := p.second()
		s, _ = after(s, state.Loaded{Article: &a})
		return s
	}
	t.Run("same words", func(t *testing.T) {
		s := draft("24 sailings")
		c := s.Composer
		if c.Draft.Revision != p.after.ID || *c.Draft.Span != spanOf(t, p.after, "24 sailings") || c.Place.Status != anchor.Exact || c.Draft.Text != good {
			t.Errorf("composer %+v, want it on the same words of the new text", c.Draft)
		}
	})
	t.Run("changed words", func(t *testing.T) {
		s := draft("Fares rise to 3.40 crowns in April.")
		if c := s.Composer; c.Draft.Revision != p.before.ID || c.Place.Status != anchor.Changed {
			t.Fatalf("composer on %s, %+v, want it on what its author saw, shown as changed", c.Draft.Revision, c.Place)
		}
		s, effects := after(s, state.TakeWords{})
		e, saved := effect[state.SaveDraft](effects)
		if !saved || e.Draft.Quote != "Fares rise to 3.60 crowns in April." || s.Composer.Place.Status != anchor.Exact || s.Composer.Draft.Revision != p.after.ID {
			t.Errorf("draft on %q, %+v, want it on the new words", s.Composer.Draft.Quote, s.Composer.Place)
		}
	})
	t.Run("words that are gone", func(t *testing.T) {
		s := draft(cut)
		if c := s.Composer; c.Draft.Revision != p.before.ID || c.Place.Status != anchor.Orphan {
			t.Fatalf("composer on %s, %+v, want it kept on what its author saw", c.Draft.Revision, c.Place)
		}
		_, effects := after(s, state.TakeWords{}, state.Post{})
		e, ok := effect[state.Enqueue](effects)
		quote, _ := annotation.Annotation{Target: e.Draft.Target}.Quote()
		if !ok || quote.Exact != cut {
			t.Errorf("effects = %v, want the note sent about the words of then", effects)
		}
	})
}

func TestPaintsFoldedWords(t *testing.T) {
	was := revision(t, 1, "He called it \"a clear breach\" of the terms.")
	is := revision(t, 2, "He called it “a clear breach” of the terms.")
	n := noteOn(t, idOf('1'), was, is, "called it \"a clear breach\" of", false)
	s := page("/a/ferry", article.Article{Slug: "ferry", Revision: is})
	s, _ = after(s, state.Loaded{Notes: []replica.Note{n}})
	if got := len(state.Highlights(s)[0].Ranges); n.Anchor.Status != anchor.Exact || got != 1 {
		t.Errorf("%d highlights of a note that is %s, want 1 and exact", got, n.Anchor.Status)
	}
}
