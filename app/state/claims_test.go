package state_test

import (
	"testing"

	"marginalia/app/article"
	"marginalia/app/claims"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/textpos"
	"marginalia/app/weights"
)

func finder(t *testing.T) state.FinderHere {
	t.Helper()
	m, err := claims.Parse(weights.Get("claims"))
	if err != nil {
		t.Fatal(err)
	}
	return state.FinderHere{Finder: m}
}

// ticketed is the page of an article with two sentences that are worth checking.
func ticketed(t *testing.T) state.State {
	t.Helper()
	rev, err := article.NewRevision("Fares", "en", []article.Block{
		{Kind: article.Paragraph, Text: "What a year 🚢! The ferry carried 41,000 people in 2024, 12 percent more than in 2023."},
		{Kind: article.Paragraph, Text: "Fares have risen by a third since 2015. Let us wait and see."},
	}, now)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := after(reading(t), state.Loaded{Article: &article.Article{Slug: "ferry", Revision: rev}}, state.CloseNews{})
	return s
}

func TestClaimsComeWithTheModel(t *testing.T) {
	s := ticketed(t)
	if s.Claims != nil {
		t.Fatalf("without the model there are claims: %v", s.Claims)
	}
	s.Say = "Saved."
	s, effects := after(s, finder(t))
	if len(s.Claims) != 2 || len(effects) != 0 {
		t.Fatalf("claims = %v, effects %v, want the two sentences with figures and no effect", s.Claims, effects)
	}
	if s.Say != "Saved." {
		t.Errorf("the model's coming cuts a message short: %q", s.Say)
	}
	for _, c := range s.Claims {
		if got := s.Article.Map.Slice(c.Span); got != c.Text {
			t.Errorf("a claim's span holds %q, its text is %q", got, c.Text)
		}
	}
}

func TestTakeClaim(t *testing.T) {
	start, _ := after(ticketed(t), finder(t))
	for name, c := range map[string]struct {
		claim  claims.Claim
		before []state.Action
		opens  bool
	}{
		"the best":               {claim: start.Claims[0], opens: true},
		"another":                {claim: start.Claims[1], opens: true},
		"while the picker opens": {claim: start.Claims[0], before: []state.Action{state.OpenPicker{}}, opens: true},
		"one that is gone":       {claim: claims.Claim{Span: textpos.Span{Start: 1, End: 4}, Text: "he "}},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := after(start, c.before...)
			s, effects := after(s, state.TakeClaim{Claim: c.claim})
			if !c.opens {
				if s.Composer != nil || len(effects) != 0 {
					t.Errorf("the form opened on words that are not listed: %+v", s.Composer)
				}
				return
			}
			if s.Composer == nil || *s.Composer.Draft.Span != c.claim.Span || s.Composer.Draft.Quote != c.claim.Text || s.Picker.Open {
				t.Fatalf("composer = %+v, picker %+v, want the form on %v", s.Composer, s.Picker, c.claim)
			}
			if show, ok := effect[state.Show](effects); !ok || *show.Span != c.claim.Span {
				t.Errorf("effects = %v, want the sentence in sight", effects)
			}
			if focus, ok := effect[state.Focus](effects); !ok || focus.On.Kind != state.FocusText {
				t.Errorf("effects = %v, want the focus in the note", effects)
			}
		})
	}
}

// What is listed is always of the text that is shown.
func TestClaimsFollowTheArticle(t *testing.T) {
	s, _ := after(ticketed(t), finder(t))
	rev, err := article.NewRevision("Ferry", "en", []article.Block{{Kind: article.Paragraph, Text: "Corrected. The ferry made 9,412 sailings in 2024."}}, now)
	if err != nil {
		t.Fatal(err)
	}
	old := s.Article.Article
	corrected := article.Article{Slug: "ferry", Revision: rev, Versions: []article.Version{{ID: old.Revision.ID}, {ID: rev.ID}}}
	s, _ = after(s, state.Loaded{Article: &corrected})
	if len(s.Claims) != 1 || s.Claims[0].Text != "The ferry made 9,412 sailings in 2024." {
		t.Errorf("claims after a correction = %v", s.Claims)
	}

	german := corrected
	if german.Revision, err = article.NewRevision("Fähre", "de", []article.Block{{Kind: article.Paragraph, Text: "Die Fähre fuhr 2024 9.412 Mal."}}, now); err != nil {
		t.Fatal(err)
	}
	german.Versions = append(german.Versions, article.Version{ID: german.Revision.ID})
	if s, _ = after(s, state.Loaded{Article: &german}); s.Claims != nil {
		t.Errorf("claims in German = %v, want none", s.Claims)
	}

	past := state.FromBoot(state.Boot{
		Route:   state.Route{Page: state.Reading, Slug: "ferry", Revision: old.Revision.ID},
		Article: &article.Article{Slug: "ferry", Revision: old.Revision, Versions: corrected.Versions}, Feed: &replica.Changes{},
	})
	if past, _ = after(past, finder(t)); past.Claims != nil {
		t.Errorf("claims on an older revision = %v, want none: it takes no notes", past.Claims)
	}
	home, _ := after(state.FromBoot(state.Boot{Route: state.Route{Page: state.Home}}), finder(t))
	if home.Claims != nil {
		t.Errorf("claims without an article = %v", home.Claims)
	}
}
