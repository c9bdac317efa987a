package ui

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/claims"
	"marginalia/app/message"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

var noon = time.Date(2026, 8, 15, 12, 0, 0, 0, time.UTC)

// words are what people write, wherever they can.
type words struct{ name, text, passage, url, title, block string }

func plain() words {
	return words{
		name: "reader-7f3a", text: "The count is of one year. See https://example.org/report, page 2.", passage: "one year",
		url: "https://www.example.org/report?page=2", title: "A bridge is closed", block: "The bridge carries 9,000 cars a day.",
	}
}

func document(t *testing.T, w words) article.Article {
	t.Helper()
	rev, err := article.NewRevision(w.title, "en", []article.Block{
		{Kind: article.Heading, Level: 1, Text: w.title},
		{Kind: article.Paragraph, Text: w.block},
		{Kind: article.Heading, Level: 2, Text: "What is known"},
		{Kind: article.Item, Level: 1, Ordered: true, Text: "It is shut."},
		{Kind: article.Item, Level: 2, Text: "Since Monday 🌉."},
		{Kind: article.Item, Level: 1, Ordered: true, Text: "Ferries run."},
		{Kind: article.Quotation, Text: "Nobody told us."},
		{Kind: article.Heading, Level: 3, Text: "What is not"},
	}, noon)
	if err != nil {
		t.Fatal(err)
	}
	return article.Article{Slug: "bridge", Revision: rev, URL: "https://news.example.org/a/bridge"}
}

// remark is a note as a device holds it.
func remark(w words, id string, s annotation.Stance, st replica.NoteState, at *anchor.Anchor) replica.Note {
	said := annotation.Note{Text: w.text, Stance: s, Sources: []annotation.Source{{URL: w.url, Passage: w.passage}}}
	target := annotation.Target{Source: "bridge"}
	if at != nil {
		target.Selector = []annotation.Selector{{Type: "TextQuoteSelector", Exact: w.block}}
	}
	a := annotation.New(id, said, target, noon)
	a.Creator = &annotation.Agent{Type: "Person", Nickname: w.name}
	return replica.Note{ID: id, Article: "bridge", State: st, Annotation: a, Anchor: at}
}

func findings() []moderation.Finding {
	return []moderation.Finding{
		{Rule: "privacy.phone", Severity: moderation.SeverityStop, Field: "text", Start: 4, End: 9, Quote: "count", Why: "This is a phone number.", Fix: "Take it out."},
		{Rule: "source.missing", Severity: moderation.SeverityStop, Field: "sources/0/url", Why: "The note has no source.", Fix: "Add a link."},
		{Rule: "abuse.insult", Severity: moderation.SeverityHold, Field: "text", Start: 7, End: 12, Quote: "nt is", Why: "This calls a person names.", Fix: "Say what is wrong."},
	}
}

// reader is the article's page with a note in every state and place.
func readerState(t *testing.T, w words) state.State {
	t.Helper()
	at := func(s anchor.Status) *anchor.Anchor {
		return &anchor.Anchor{Start: textpos.Count(w.title) + 1, End: textpos.Count(w.title) + 1 + textpos.Count(w.block), Status: s, Confidence: 1}
	}
	reply := annotation.New("r1", annotation.Note{Text: w.text, ReplyTo: "whole"}, annotation.Target{Source: "whole"}, noon)
	mine := remark(w, "own", annotation.Support, replica.Rejected, at(anchor.Exact))
	mine.Mine, mine.Reason, mine.Reasons = true, w.text, []string{"rate", w.name}
	mine.Verdict = &moderation.Verdict{Decision: moderation.Reject, Findings: findings()}
	clash := remark(w, "clash", annotation.Context, replica.Conflict, at(anchor.Exact))
	clash.Mine, clash.Theirs = true, &replica.Current{Annotation: &clash.Annotation}
	s := state.FromBoot(state.Boot{
		Route: state.Route{Page: state.Reading, Slug: "bridge"}, PolicyHash: "sha256-4be1000000000000000000000000000000000000000000000000000000000007",
		Sentence: "Notes are moderated. For more, see our Comments FAQ.",
	})
	doc := document(t, w)
	s.Article = state.Prepare(doc)
	s.Notes = []state.Note{
		{Note: remark(w, "exact", annotation.Dispute, replica.Published, at(anchor.Exact))},
		{Note: remark(w, "moved", annotation.Context, replica.Published, at(anchor.Moved))},
		{Note: remark(w, "changed", annotation.Question, replica.Published, at(anchor.Changed))},
		{Note: mine},
		{Note: clash},
		{Note: remark(w, "lost", annotation.Support, replica.Published, &anchor.Anchor{Status: anchor.Orphan})},
		{
			Note:    remark(w, "whole", annotation.Question, replica.Published, nil),
			Replies: []state.Note{{Note: replica.Note{ID: "r1", Article: "bridge", State: replica.Published, Annotation: reply}}},
		},
	}
	return s
}

// up is s once the app runs.
func up(s state.State) state.State {
	s.Ready, s.Policy = true, &moderation.Policy{}
	return s
}

// withForm is s with a form that was written in.
func withForm(s state.State, d replica.DraftNote) state.State {
	s = up(s)
	s.Composer = &state.Composer{
		Draft: d, Typed: true, Saved: true,
		Verdict: moderation.Verdict{Decision: moderation.Reject, Scores: moderation.Scores{Topic: 9000}, Findings: findings()},
	}
	return s
}

func draft(w words, kind replica.DraftKind, span *textpos.Span) replica.DraftNote {
	return replica.DraftNote{
		ID: "d1", Kind: kind, Article: "bridge", Span: span, Quote: w.block, Stance: annotation.Dispute, Text: w.text,
		Sources: []annotation.Source{{URL: w.url, Passage: w.passage}, {URL: w.url}}, Saved: noon,
	}
}

func myState(t *testing.T, w words) state.State {
	t.Helper()
	s := up(readerState(t, w))
	s.Route = state.Route{Page: state.Me}
	s.Reader = replica.Reader{ID: "x", Nickname: w.name}
	s.Article, s.Notes = nil, nil
	for _, st := range []replica.NoteState{replica.Queued, replica.Sending, replica.Held, replica.Published, replica.Rejected, replica.Conflict, replica.Deleted} {
		n := remark(w, string(st), annotation.Dispute, st, &anchor.Anchor{Status: anchor.Exact})
		n.Mine = true
		n.Events = []replica.Event{{State: replica.Draft, At: noon}, {State: replica.Queued, At: noon}, {State: st, At: noon, What: "edit"}}
		s.Mine = append(s.Mine, state.Note{Note: n})
	}
	s.Drafts = []replica.DraftNote{draft(w, replica.NewNote, nil)}
	s.Articles = []article.Summary{summary(w)}
	return s
}

func summary(w words) article.Summary {
	return article.Summary{
		Slug: "bridge", Title: w.title, Language: "en", Deck: w.block, Created: noon, Words: 410,
		Notes: map[string]int{"dispute": 2, "question": 1},
	}
}

func homeState(t *testing.T, w words) state.State {
	t.Helper()
	arabic := summary(w)
	arabic.Slug, arabic.Language, arabic.Notes = "jisr", "ar", nil
	return state.State{
		Route: state.Route{Page: state.Home}, Sync: state.Sync{State: state.Synced},
		Articles: []article.Summary{summary(w), arabic}, Saved: map[string]bool{"jisr": true},
	}
}

func faqState(w words) state.State {
	return state.State{Route: state.Route{Page: state.FAQ}, FAQ: &moderation.FAQ{
		Policy: "sha256-4be1000000000000000000000000000000000000000000000000000000000007", Language: "en", Sentence: w.block,
		Sections: []moderation.Section{{
			ID: "abuse", Title: "Not abusive", Pass: "Not abusive", Text: w.text,
			Passes: moderation.Example{Text: w.text, Source: w.url, Decision: moderation.Publish},
			Fails:  moderation.Example{Text: w.text, Decision: moderation.Reject, Findings: findings()},
			Rules:  []moderation.RuleInfo{{ID: "abuse.insult", Family: "abuse", Severity: moderation.SeverityHold}, {ID: "abuse.hate", Severity: moderation.SeverityStop}},
			Examples: []moderation.RuleExample{{
				Rule:   moderation.RuleInfo{ID: "abuse.insult", Severity: moderation.SeverityHold},
				Passes: moderation.Example{Text: w.text, Source: w.url, More: []annotation.Source{{Passage: w.text}, {URL: w.url}}, Decision: moderation.Publish},
				Fails:  moderation.Example{Text: w.text, Decision: moderation.Hold, Findings: findings()},
			}},
		}},
		More: []moderation.Topic{{ID: "disagree", Title: "Appeals", Text: "One.\n\nTwo."}},
	}}
}

// everyState names one state of every page, and more of the article's.
func everyState(t *testing.T, w words) map[string]state.State {
	t.Helper()
	span := &textpos.Span{Start: 1, End: 5}
	reading := readerState(t, w)
	busy := up(reading)
	busy.Open, busy.Deleting, busy.Update, busy.Full = "exact", "own", true, true
	busy.Selection = &state.Selection{Span: *span, Quote: w.block}
	busy.Sync = state.Sync{State: state.Failed, Pending: 2, Retry: 39500 * time.Millisecond}
	picking := up(reading)
	text := *picking.Article
	text.Sentences = text.Revision.Sentences()
	picking.Article, picking.Picker = &text, state.Picker{Open: true, Active: 1}
	reply := draft(w, replica.ReplyTo, nil)
	reply.ReplyTo, reply.Stance = "exact", ""
	answer := withForm(reading, reply)
	answer.Composer.Base = &reading.Notes[0].Note
	appeal := withForm(reading, draft(w, replica.NewNote, span))
	appeal.Composer.Appeal = true
	noRules := withForm(reading, draft(w, replica.NewNote, span))
	noRules.Policy, noRules.Composer.Verdict, noRules.Blocked = nil, moderation.Verdict{}, true
	empty := withForm(reading, replica.DraftNote{ID: "d", Kind: replica.NewNote, Span: span, Quote: "x", Stance: annotation.Context})
	empty.Composer.Typed = false
	part := reading
	part.Rest = &state.Rest{Snapshot: 9, Total: 1250, Page: 2, Pages: 13}
	news3 := up(reading)
	news3.Fresh.Waits = map[string]bool{"x": true, "y": true, "z": true}
	corrected := correctedState(t, w)
	news := up(corrected)
	news.News = &state.News{Revision: 2, Sentences: 2, Mine: 1}
	picked := picking
	picked.Moving = "gone"
	changes := up(corrected)
	was := document(t, w)
	was.Revision.Blocks[5].Text = "Trams run."
	was.Revision.Blocks = slices.Insert(was.Revision.Blocks, 6, article.Block{Kind: article.Item, Level: 1, Ordered: true, Text: "So do buses."})
	changes.Changes = state.Changes{
		Wanted: true, Was: &was.Revision, Blocks: article.Compare(was.Revision, corrected.Article.Revision), Sentences: 2, Notes: 1,
	}
	moved := withForm(corrected, draft(w, replica.NewNote, span))
	place := spanIn(corrected, "Ferries run.")
	moved.Composer.Draft.Quote = "Trams run."
	moved.Composer.Place = &anchor.Anchor{Start: place.Start, End: place.End, Status: anchor.Changed, Confidence: 0.5}
	gone := withForm(corrected, draft(w, replica.NewNote, span))
	gone.Composer.Place = &anchor.Anchor{Status: anchor.Orphan}
	elsewhere := withForm(reading, draft(w, replica.NewNote, span))
	elsewhere.Composer.Elsewhere = true
	worthy := up(reading)
	worthy.Claims = []claims.Claim{{Span: *span, Text: w.block, Score: 9000}, {Span: textpos.Span{Start: 6, End: 9}, Text: w.text, Score: 6000}}
	all := map[string]state.State{
		"article-claims": worthy, "form-elsewhere": elsewhere,
		"corrected": corrected, "corrected-news": news, "corrected-changes": changes, "corrected-picking": picked,
		"article-part": part, "article-fresh": news3,
		"past": pastState(t, w), "form-moved": moved, "form-lost": gone,
		"article": reading, "article-up": up(reading), "article-busy": busy, "article-picking": picking,
		"form-new": withForm(reading, draft(w, replica.NewNote, span)), "form-edit": withForm(reading, draft(w, replica.EditNote, span)),
		"form-reply": answer, "form-whole": withForm(reading, draft(w, replica.NewNote, nil)), "form-appeal": appeal,
		"form-no-rules": noRules, "form-empty": empty,
		"home": homeState(t, w), "faq": faqState(w), "me": {Route: state.Route{Page: state.Me}}, "me-up": myState(t, w),
		"missing": {Route: state.Route{Page: state.Reading, Slug: "x"}, Ready: true}, "nowhere": {Route: state.Route{Page: state.NotFound}},
	}
	connected := withForm(reading, draft(w, replica.NewNote, span))
	connected.Composer.Shared = []string{w.text, "ferries"}
	all["form-connected"] = connected
	maps.Copy(all, deviceStates(t, w, reading, span))
	return all
}

// correctedState is the page of an article with two revisions: one own note is on
// words that were edited, another lost its place.
func correctedState(t *testing.T, w words) state.State {
	t.Helper()
	s := readerState(t, w)
	a := document(t, w)
	a.Versions = []article.Version{{ID: "sha256-" + strings.Repeat("0a", 32), Created: noon.Add(-time.Hour)}, {ID: a.Revision.ID, Created: noon}}
	s.Article = state.Prepare(a)
	span := spanIn(s, "Ferries run.")
	changed := remark(w, "edited", annotation.Dispute, replica.Published, &anchor.Anchor{
		Start: span.Start, End: span.End, Status: anchor.Changed, Confidence: 0.857,
	})
	changed.Annotation.Target.Selector = []annotation.Selector{{Type: "TextQuoteSelector", Exact: "Trams run 4 times."}}
	changed.Annotation.Target.State = &annotation.State{Type: "TimeState", Cached: a.Versions[0].ID}
	lost := remark(w, "gone", annotation.Context, replica.Published, &anchor.Anchor{Status: anchor.Orphan})
	lost.Annotation.Target.State = changed.Annotation.Target.State
	theirs := changed
	theirs.ID = "theirs"
	theirs.Annotation.ID = "theirs"
	changed.Mine, lost.Mine = true, true
	s.Notes = []state.Note{{Note: changed}, {Note: theirs}, {Note: lost}}
	s.Guesses = map[string][]state.Guess{"gone": {
		{Span: span, Quote: "Ferries run.", Confidence: 0.5}, {Span: spanIn(s, "It is shut."), Quote: "It is shut.", Confidence: 0.2},
	}}
	return s
}

// pastState is the page of the first of two revisions.
func pastState(t *testing.T, w words) state.State {
	t.Helper()
	s := readerState(t, w)
	a := document(t, w)
	a.Revision.ID = "sha256-" + strings.Repeat("0c", 32)
	a.Versions = []article.Version{{ID: a.Revision.ID, Created: noon}, {ID: "sha256-" + strings.Repeat("0b", 32), Created: noon.Add(time.Hour)}}
	s.Route.Revision, s.Article = a.Revision.ID, state.Prepare(a)
	s.Notes = []state.Note{s.Notes[0], s.Notes[len(s.Notes)-1]}
	return s
}

// spanIn is where words stand in the article of s.
func spanIn(s state.State, words string) textpos.Span {
	before, _, _ := strings.Cut(s.Article.Canon, words)
	start := textpos.Count(before)
	return textpos.Span{Start: start, End: start + textpos.Count(words)}
}

// client draws s as the browser does: mounted, with s observed.
func client(t testing.TB, s state.State) (*Root, app.ClientDispatcher) {
	t.Helper()
	root := &Root{Msg: message.English(), State: s}
	d := app.NewClientTester(root)
	t.Cleanup(d.Close)
	d.SetState(StateName, s)
	d.Consume()
	return root, d
}
