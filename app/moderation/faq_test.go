package moderation

import (
	"strings"
	"testing"
)

// TestFAQExamples wants each example of the shipped policy to come out as the
// reader is told, by a rule of its own family alone.
func TestFAQExamples(t *testing.T) {
	want := map[string]struct {
		rule    string
		outcome Decision
	}{
		"abuse":    {ruleInsult, Hold},
		"topic":    {ruleOffTopic, Hold},
		"source":   {ruleMissing, Reject},
		"privacy":  {rulePhone, Reject},
		"spam":     {ruleShouting, Hold},
		"language": {ruleUnknown, Hold},
		"form":     {ruleLength, Reject},
	}
	faq := shipped().FAQ()
	if len(faq.Sections) != len(want) {
		t.Fatalf("the FAQ has %d sections, want %d", len(faq.Sections), len(want))
	}
	for _, s := range faq.Sections {
		t.Run(s.ID, func(t *testing.T) {
			if s.Passes.Decision != Publish || len(s.Passes.Findings) > 0 {
				t.Errorf("%q gives %v %v, want publish", s.Passes.Text, s.Passes.Decision, s.Passes.Findings)
			}
			if s.Fails.Decision != want[s.ID].outcome || len(s.Fails.Findings) != 1 || s.Fails.Findings[0].Rule != want[s.ID].rule {
				t.Errorf("%q gives %v %v, want %+v", s.Fails.Text, s.Fails.Decision, s.Fails.Findings, want[s.ID])
			}
			if strings.ContainsAny(s.Text, "{}") {
				t.Errorf("a figure is missing: %q", s.Text)
			}
			if len(s.Rules) == 0 || s.Title == "" || s.Pass == "" {
				t.Errorf("section %+v is not complete", s)
			}
			for _, f := range s.Fails.Findings {
				if f.Why == "" || f.Fix == "" || strings.ContainsAny(f.Why+f.Fix, "{}") {
					t.Errorf("finding %+v is not put into words", f)
				}
			}
		})
	}
	for _, topic := range faq.More {
		if strings.ContainsAny(topic.Text, "{}") {
			t.Errorf("a figure is missing: %q", topic.Text)
		}
	}
}

func TestFAQFollowsThePolicy(t *testing.T) {
	faq := strict(t).FAQ()
	if faq.Sentence != strict(t).Sentence() || faq.Policy != strict(t).Hash() {
		t.Errorf("the FAQ is of %q %q", faq.Policy, faq.Sentence)
	}
	for _, s := range faq.Sections {
		switch s.ID {
		case "abuse":
			// This policy allows the word that the example is about.
			if s.Fails.Decision != Publish {
				t.Errorf("%q: the FAQ says %v, the rules say publish", s.Fails.Text, s.Fails.Decision)
			}
		case "topic":
			if !strings.Contains(s.Text, "30 %") || !strings.Contains(s.Text, "under 12 words") {
				t.Errorf("the FAQ does not tell this policy's figures: %q", s.Text)
			}
		case "spam":
			for _, r := range s.Rules {
				if r.ID == ruleShouting {
					t.Error("the FAQ tells of a rule that is off")
				}
			}
		}
	}
}

// TestVoice keeps the policy's texts in the project's manner.
func TestVoice(t *testing.T) {
	check := func(id, text string) {
		if !strings.HasSuffix(text, ".") || strings.ContainsAny(text, "!") {
			t.Errorf("%s: %q is no plain sentence", id, text)
		}
		for _, word := range []string{"please", "oops", "invalid", "violat", "inappropriate", "sorry"} {
			if strings.Contains(strings.ToLower(text), word) {
				t.Errorf("%s: %q says %q", id, text, word)
			}
		}
	}
	for id, rule := range Default().doc.Rules {
		check(id, rule.Why)
		check(id, rule.Fix)
		for name, c := range rule.Cases {
			check(id+"/"+name, c.Why)
			check(id+"/"+name, c.Fix)
		}
	}
}

// TestFAQExamplesOfEachRule wants, for every rule that is on, an example with no
// finding of it and one with a finding of it alone.
func TestFAQExamplesOfEachRule(t *testing.T) {
	data := strings.Replace(string(DefaultPolicy()), `"deny": []`, `"deny": ["rumours.example"]`, 1)
	p, err := policyWith(data)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]RuleExample{}
	for _, s := range p.FAQ().Sections {
		for _, e := range s.Examples {
			got[e.Rule.ID] = e
		}
	}
	for _, rule := range Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			e, ok := got[rule.ID]
			if !ok {
				_, err := p.pair(p.rules[rule.ID], p.faqSubject())
				t.Fatalf("the FAQ has no examples: %v", err)
			}
			if e.Fails.Decision != rule.Severity.decision() || len(e.Fails.Findings) == 0 || e.Fails.Findings[0].Rule != rule.ID {
				t.Errorf("%q gives %v %v", e.Fails.Text, e.Fails.Decision, e.Fails.Findings)
			}
			if e.Passes.Decision != Publish || len(e.Passes.Findings) > 0 {
				t.Errorf("%q gives %v %v", e.Passes.Text, e.Passes.Decision, e.Passes.Findings)
			}
		})
	}
	if err := p.CheckExamples(); err != nil {
		t.Error(err)
	}
}

func TestCheckExamples(t *testing.T) {
	for _, tt := range []struct{ name, old, with, want string }{
		{"as shipped", "", "", ""},
		{"a rule that lets its example through", `"allow": []
  },`, `"allow": ["crap"]
  },`, "policy: faq.examples.abuse.profanity.fails: no rule finds anything in it, want abuse.profanity"},
		{"an example that breaks another rule", "Call me on +44 7700 900123 about the bridge.\"}", "Call me or m@example.org.\"}", "policy: faq.examples.privacy.phone.fails: privacy.email finds something in it, want privacy.phone alone"},
		{"a passing one that does not", "The estimate for the bridge was far too low.", "The estimate was crap.", "policy: faq.examples.abuse.profanity.passes: abuse.profanity finds something in it"},
		{"a rule that is off", `"abuse.profanity": {
      "severity"`, `"abuse.profanity": {
      "off": true, "severity"`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := strings.Replace(string(DefaultPolicy()), tt.old, tt.with, 1)
			if tt.old != "" && data == string(DefaultPolicy()) {
				t.Fatalf("the shipped policy does not hold %q", tt.old)
			}
			p, err := policyWith(data)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if err := p.CheckExamples(); err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("CheckExamples() = %q, want %q", got, tt.want)
			}
		})
	}
}

// TestFAQWithoutModels wants nothing told of rules that decide by a model that
// has not come, and no complaint about their examples.
func TestFAQWithoutModels(t *testing.T) {
	if err := Default().CheckExamples(); err != nil {
		t.Error(err)
	}
	for _, s := range Default().FAQ().Sections {
		for _, e := range s.Examples {
			if e.Rule.ID == ruleOffTopic || e.Rule.ID == ruleInsult {
				t.Errorf("the FAQ tells of %s without its model", e.Rule.ID)
			}
		}
		if s.ID == familySource && len(s.Examples) != 8 {
			t.Errorf("%d rules of sources have examples", len(s.Examples))
		}
	}
}
