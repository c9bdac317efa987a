package state_test

import (
	"testing"

	"marginalia/app/moderation"
	"marginalia/app/state"
)

// The page comes with examples that were judged with all models. The device, which
// gets those later, must not say something else of them until then.
func TestExamplesOfTheFAQStay(t *testing.T) {
	p := moderation.Default()
	if len(p.Lacking()) == 0 {
		t.Fatal("the policy has its models")
	}
	served := moderation.FAQ{Policy: p.Hash(), Sentence: "as the server wrote it"}
	page := state.FromBoot(state.Boot{Route: state.Route{Page: state.FAQ}, FAQ: &served})
	if s, _ := after(page, state.Loaded{Policy: p}); s.FAQ != &served {
		t.Errorf("the page was written anew without models: %q", s.FAQ.Sentence)
	}
	served.Policy = "another"
	if s, _ := after(page, state.Loaded{Policy: p}); s.FAQ == &served {
		t.Error("the page still shows another policy")
	}
	bare := state.FromBoot(state.Boot{Route: state.Route{Page: state.FAQ}})
	if s, _ := after(bare, state.Loaded{Policy: p}); s.FAQ == nil {
		t.Error("without a page of the server there is none at all")
	}
}
