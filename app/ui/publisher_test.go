package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/maxence-charriere/go-app/v9/pkg/app"
	xhtml "golang.org/x/net/html"

	"marginalia/app/message"
	"marginalia/app/message/catalogues"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

// inSpanish is s as a mounted page in Spanish draws it, under a policy in English.
func inSpanish(t *testing.T, s state.State) *xhtml.Node { return inLanguage(t, "es", s) }

func inLanguage(t *testing.T, lang string, s state.State) *xhtml.Node {
	t.Helper()
	s.Msg, s.Publisher = catalogues.Get(lang), "en"
	root := &Root{Msg: s.Msg, State: s}
	d := app.NewClientTester(root)
	t.Cleanup(d.Close)
	d.SetState(StateName, s)
	d.Consume()
	return drawn(t, root)
}

// found are findings in the words of the shipped policy, the last one in the
// publisher's own.
func found() []moderation.Finding {
	return []moderation.Finding{
		{Rule: "privacy.phone", Severity: moderation.SeverityStop, Field: "text", Start: 4, End: 9, Quote: "count", Why: "This is a phone number.", Fix: "Take it out. Readers can answer you with Reply."},
		{Rule: "form.length", Severity: moderation.SeverityStop, Field: "text", Why: "The note is 12,001 characters long; there is room for 2,000.", Fix: "Take out what is over, or post it as a second note."},
		{Rule: "source.missing", Severity: moderation.SeverityStop, Field: "sources/0/url", Why: "We want to see where you have it from.", Fix: "Add a link to where the figure comes from."},
	}
}

// A finding is said in the page's language; words that only the publisher has are
// theirs, and marked so. The reader's own words are not.
func TestSpanishForm(t *testing.T) {
	s := withForm(readerState(t, plain()), draft(plain(), replica.NewNote, &textpos.Span{Start: 1, End: 5}))
	s.Composer.Verdict.Findings = found()
	got := outline(all(inSpanish(t, s), is("form"))[0])
	file := filepath.Join("testdata", "form-spanish.golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the form in Spanish is drawn otherwise (-want +got):\n%s", diff)
	}
}

// What is in the policy's language is marked on a page in another one, wherever it
// stands, and nothing else is.
func TestPublisherIsMarked(t *testing.T) {
	mine := up(readerState(t, plain()))
	mine.Notes[3].Verdict.Findings = found()
	me := mine
	me.Route, me.Article, me.Mine = state.Route{Page: state.Me}, nil, mine.Notes[3:4]
	faq := state.State{Route: state.Route{Page: state.FAQ}, FAQ: &moderation.FAQ{
		Language: "en",
		Sections: []moderation.Section{
			{ID: "abuse", Title: "Not abusive", Text: "Be kind.", Denied: "Not taken as a source here: a.example.", Passes: moderation.Example{Text: "A note.", Source: "x"}},
			{ID: "language", Title: "Our languages", Text: "The rules judge notes in these languages: English, español. A moderator reads the others first.", Passes: moderation.Example{Text: "Une note."}},
		},
		More: []moderation.Topic{
			{ID: "who", Title: "Who sees what I type?", Text: "Nobody, until you press Post. The check runs on your device, also offline. No outside service reads your text before or after."},
			{ID: "more", Title: "Opening hours", Text: "Never.\n\nOr always."},
		},
	}}
	for name, c := range map[string]struct {
		s       state.State
		in      func(*xhtml.Node) bool
		marked  []string
		Spanish []string // stands on the page
	}{
		"a note":                {mine, is("aside"), []string{"We want to see where you have it from."}, []string{"es un número de teléfono.", "La nota tiene 12.001 caracteres; caben 2000."}},
		"my note":               {me, is("main"), []string{"We want to see where you have it from."}, []string{"es un número de teléfono."}},
		"the policy's sentence": {mine, is("", "class", "policy"), []string{"Notes are moderated. For more, see our Comments FAQ."}, []string{"Preguntas sobre los comentarios"}},
		"the FAQ": {
			faq, is("main"),
			[]string{"Our languages", "Opening hours", "Be kind.", "A note.", "Our languages", "Opening hours", "Never.", "Or always."},
			[]string{"Sin insultos", "Aquí no se aceptan como fuente: a.example.", "Las normas juzgan notas en estos idiomas: English, español.", "¿Quién ve lo que escribo?", "Nadie, hasta"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			part := all(inSpanish(t, c.s), c.in)[0]
			var marked []string
			for _, n := range all(part, func(n *xhtml.Node) bool { lang, _ := attr(n, "lang"); return lang == "en" }) {
				if dir, _ := attr(n, "dir"); dir != "auto" {
					t.Errorf("%q has the direction %q", text(n), dir)
				}
				marked = append(marked, text(n))
			}
			if diff := cmp.Diff(c.marked, marked); diff != "" {
				t.Errorf("marked as English (-want +got):\n%s", diff)
			}
			for _, want := range c.Spanish {
				if !strings.Contains(text(part), want) {
					t.Errorf("%q does not stand in %q", want, text(part))
				}
			}
		})
	}
}

func TestPolicyLine(t *testing.T) {
	shipped := moderation.Default().Sentence()
	for name, c := range map[string]struct {
		page, policy, sentence, want string
		marked                       int
	}{
		"names the FAQ":       {"en", "en", "See our Comments FAQ.", "See our Comments FAQ.", 0},
		"does not":            {"en", "en", "Notes are moderated.", "Notes are moderated. Comments FAQ", 0},
		"none":                {"en", "en", "", "Comments FAQ", 0},
		"shipped":             {"en", "en", shipped, shipped, 0},
		"shipped, in German":  {"de", "en", shipped, "Notizen werden geprüft, bevor sie erscheinen: Bleiben Sie bei der Aussage, nennen Sie eine Quelle und argumentieren Sie ohne Beleidigungen. Alle Regeln stehen unter Fragen zu Kommentaren.", 0},
		"their own":           {"de", "en", "See our Comments FAQ.", "See our Comments FAQ. Fragen zu Kommentaren", 1},
		"theirs, same":        {"de", "de", "Siehe Fragen zu Kommentaren.", "Siehe Fragen zu Kommentaren.", 0},
		"theirs, of a region": {"de", "de-CH", "Siehe Fragen zu Kommentaren", "Siehe Fragen zu Kommentaren", 2},
		"language unknown":    {"de", "", "See here.", "See here. Fragen zu Kommentaren", 0},
	} {
		doc := drawn(t, policyLine(catalogues.Get(c.page), c.policy, c.sentence))
		if got := text(doc); got != c.want || len(all(doc, is("a", "href", "/faq"))) != 1 {
			t.Errorf("%s: policyLine = %q, want %q and one link", name, got, c.want)
		}
		if got := len(all(doc, is("span", "lang", c.policy))); got != c.marked {
			t.Errorf("%s: %d parts are marked, want %d", name, got, c.marked)
		}
	}
}

// Every shipped sentence names the FAQ as its link does: the link is in it.
func TestSentenceHoldsItsLink(t *testing.T) {
	for _, l := range message.Offered() {
		msg := catalogues.Get(l.Tag)
		said, ok := msg.Publisher(moderation.Default().Sentence())
		if !ok {
			said = moderation.Default().Sentence()
		}
		if !strings.Contains(said, msg.PolicyLink) {
			t.Errorf("%s: %q does not name %q", l.Tag, said, msg.PolicyLink)
		}
	}
}

// Why a rule objects goes on from the words where they are its subject, and is said
// whole where it names what they are.
func TestWordsAndWhy(t *testing.T) {
	s := withForm(readerState(t, plain()), draft(plain(), replica.NewNote, &textpos.Span{Start: 1, End: 5}))
	s.Composer.Verdict.Findings = []moderation.Finding{
		{Rule: "abuse.insult", Severity: moderation.SeverityHold, Field: "text", End: 4, Quote: "fool", Why: "This calls a person names."},
		{Rule: "source.shortened", Severity: moderation.SeverityHold, Field: "sources/0/url", End: 7, Quote: "bit.ly/a", Why: "This short address hides where it leads."},
	}
	whole := text(inLanguage(t, "en", s))
	for _, want := range []string{"fool calls a person names.", "bit.ly/a This short address hides where it leads."} {
		if !strings.Contains(whole, want) {
			t.Errorf("the form does not say %q", want)
		}
	}
}
