package state_test

import (
	"net/url"
	"strings"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/state"
)

const origin = "https://paper.example"

func TestParseShared(t *testing.T) {
	for name, c := range map[string]struct {
		title, text, url string
		want             state.Shared
	}{
		"all three":             {"T", "words", "https://a.example/1", state.Shared{Title: "T", Text: "words", URL: "https://a.example/1"}},
		"address in the text":   {"", "Look: https://a.example/1", "", state.Shared{Text: "Look:", URL: "https://a.example/1"}},
		"selected words":        {"", "\"some words\"\n https://a.example/1#:~:text=some", "", state.Shared{Text: "some words", URL: "https://a.example/1#:~:text=some"}},
		"quotes inside":         {"", "\"A\" and \"b\"", "", state.Shared{Text: "\"A\" and \"b\""}},
		"the address twice":     {"", "https://a.example/1", "https://a.example/1", state.Shared{URL: "https://a.example/1"}},
		"words alone":           {"", "only words", "", state.Shared{Text: "only words"}},
		"nothing":               {"", "", "", state.Shared{}},
		"what is no address":    {"", "javascript:alert(1)", "", state.Shared{Text: "javascript:alert(1)"}},
		"typographic quotation": {"", "“some words”", "", state.Shared{Text: "some words"}},
	} {
		query := url.Values{"title": {c.title}, "text": {c.text}, "url": {c.url}}.Encode()
		if got := state.ParseShared("?" + query); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if got := state.ParseShared("?text=%zz"); got != (state.Shared{}) {
		t.Errorf("a broken query gives %+v", got)
	}
}

// sentIn is the page for what other apps send, after it has started.
func sentIn(query url.Values) (state.State, []state.Effect) {
	s := state.FromBoot(state.Boot{Route: state.ParsePath("/share")})
	return after(s, state.Mounted{Query: "?" + query.Encode(), Origin: origin, Loaded: state.Loaded{
		Articles: []article.Summary{{Slug: "ferry", Title: "Ferry", Revision: "sha256-1"}},
	}})
}

func TestOwnPagesAreOpened(t *testing.T) {
	for name, c := range map[string]struct{ text, url, want string }{
		"an article":            {"", origin + "/a/ferry", "/a/ferry"},
		"with words":            {"24 sailings", origin + "/a/ferry", "/a/ferry#claim-24%20sailings"},
		"with a text directive": {"", origin + "/a/ferry#:~:text=24%20sailings,-a", "/a/ferry#claim-24%20sailings"},
		"a note":                {"", origin + "/a/ferry#n-1", "/a/ferry#n-1"},
		"an older revision":     {"", origin + "/a/ferry/r/sha256-" + strings.Repeat("a", 64), "/a/ferry"},
		"another page of ours":  {"", origin + "/faq", ""},
		"another site":          {"", "https://other.example/a/ferry", ""},
		"a name like ours":      {"", origin + ".evil.example/a/ferry", ""},
	} {
		s, effects := sentIn(url.Values{"text": {c.text}, "url": {c.url}})
		got, _ := effect[state.Go](effects)
		if got.Path != c.want || c.want != "" && !got.Instead || s.Shared == nil {
			t.Errorf("%s: goes to %+v, want %q", name, got, c.want)
		}
	}
}

func TestForeignLinkBecomesADraft(t *testing.T) {
	s, _ := sentIn(url.Values{"text": {"24 sailings a day"}, "url": {link}})
	_, effects := after(s, state.UseShared{Slug: "ferry"})
	save, ok := effects[0].(state.SaveDraft)
	if !ok {
		t.Fatalf("effects = %v, want the draft stored first", effects)
	}
	d := save.Draft
	if want := (annotation.Source{URL: link, Passage: "24 sailings a day"}); d.Sources[0] != want || d.Article != "ferry" || d.Revision != "sha256-1" || d.Saved.IsZero() {
		t.Errorf("draft = %+v", d)
	}
	if got, _ := effect[state.Go](effects); got.Path != "/a/ferry#draft-"+d.ID || !got.Instead {
		t.Errorf("goes to %+v", got)
	}
	// On the article's page it opens.
	r, _ := after(reading(t), state.Loaded{Drafts: []replica.DraftNote{d}}, state.HashChanged{Hash: "draft-" + d.ID})
	if r.Composer == nil || r.Composer.Draft.Sources[0].URL != link {
		t.Errorf("the form is %+v", r.Composer)
	}
}

func TestSentWordsOpenTheForm(t *testing.T) {
	for words, want := range map[string]string{
		"24 sailings":   "24 sailings",
		"HARBOUR ferry": "harbour ferry",
		"zeppelins":     "",
	} {
		s, _ := after(reading(t), state.HashChanged{Hash: "claim-" + url.PathEscape(words)})
		switch {
		case want == "" && (s.Composer != nil || !s.Find.Open || s.Find.Words != words || s.Say == ""):
			t.Errorf("%q: form %v, search %+v, says %q", words, s.Composer, s.Find, s.Say)
		case want != "" && (s.Composer == nil || s.Composer.Draft.Quote != want):
			t.Errorf("%q: the form is %+v, want it on %q", words, s.Composer, want)
		}
	}
}

// TestSentWordsWaitForTheArticle: without a network the article may come later.
func TestSentWordsWaitForTheArticle(t *testing.T) {
	full := reading(t)
	s := state.FromBoot(state.Boot{Route: full.Route})
	s, _ = after(s, state.Mounted{Hash: "claim-24%20sailings"})
	if s.Composer != nil || s.Quoted == "" {
		t.Fatal("the words are lost")
	}
	s, _ = after(s, state.Loaded{Article: &full.Article.Article})
	if s.Composer == nil || s.Composer.Draft.Quote != "24 sailings" {
		t.Errorf("the form is %+v", s.Composer)
	}
}

func TestLinks(t *testing.T) {
	n := note("a", 4, 17, false)
	lost := note("l", 0, 0, false)
	lost.Anchor.Status = "orphan"
	s := withNotes(t, n, lost)
	for name, c := range map[string]struct {
		actions []state.Action
		want    string
	}{
		"a selection":                {[]state.Action{selectSailings(), state.CopyLink{}}, "/a/ferry#:~:text=makes%2024%20sailings"},
		"a note":                     {[]state.Action{state.CopyLink{Note: "a"}}, "/a/ferry#n-a:~:text=harbour%20ferry"},
		"a note that lost its place": {[]state.Action{state.CopyLink{Note: "l"}}, "/a/ferry#n-l"},
		"nothing":                    {[]state.Action{state.CopyLink{}}, ""},
		"a note that is not here":    {[]state.Action{state.CopyLink{Note: "x"}}, ""},
	} {
		_, effects := after(s, c.actions...)
		if got, _ := effect[state.Clip](effects); got.Text != c.want {
			t.Errorf("%s: %q, want %q", name, got.Text, c.want)
		}
	}
	_, effects := after(s, selectSailings(), state.ShareLink{})
	if got, _ := effect[state.PassOn](effects); got != (state.PassOn{Title: "Ferry", Text: "“makes 24 sailings”", Link: "/a/ferry#:~:text=makes%2024%20sailings"}) {
		t.Errorf("shared: %+v", got)
	}
	for name, c := range map[string]struct {
		answer state.Action
		says   bool
	}{
		"copied": {state.Copied{}, true}, "passed on": {state.PassedOn{}, false}, "thought better of": {state.PassedOn{Gone: true, Err: errNo}, false}, "refused": {state.PassedOn{Err: errNo}, true},
	} {
		if s, _ := after(s, c.answer); (s.Say != "") != c.says {
			t.Errorf("%s: says %q", name, s.Say)
		}
	}
}

var errNo = url.InvalidHostError("no")
