package catalogues

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"marginalia/app/message"
	"marginalia/app/moderation"
)

// policyTexts are what the shipped policy says to readers. Examples of the FAQ are
// notes, and stay as they are; the titles of what passes are the catalogue's own.
func policyTexts(t *testing.T) map[string]bool {
	t.Helper()
	var p struct {
		Sentence string
		Rules    map[string]struct {
			Why, Fix string
			Cases    map[string]struct{ Why, Fix string }
		}
		FAQ struct {
			Families []struct{ Title, Text, Denied string }
			More     []struct{ Title, Text string }
		}
	}
	if err := json.Unmarshal(moderation.DefaultPolicy(), &p); err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{p.Sentence: true}
	add := func(texts ...string) {
		for _, text := range texts {
			all[text] = true
		}
	}
	for _, r := range p.Rules {
		add(r.Why, r.Fix)
		for _, c := range r.Cases {
			add(c.Why, c.Fix)
		}
	}
	for _, f := range p.FAQ.Families {
		add(f.Title, f.Text, f.Denied)
	}
	for _, m := range p.FAQ.More {
		add(m.Title, m.Text)
	}
	delete(all, "")
	return all
}

// Every language but English says all that the shipped policy says, with the same
// names in braces, and nothing else.
func TestPolicyIsTranslated(t *testing.T) {
	texts := policyTexts(t)
	if len(texts) < 100 {
		t.Fatalf("the policy has %d texts", len(texts))
	}
	for _, lang := range Languages() {
		if lang == "en" {
			if n := len(Get(lang).Translations); n > 0 {
				t.Errorf("%d texts in English have another in English", n)
			}
			continue
		}
		said := Get(lang).Translations
		for text := range texts {
			if said[text] == "" {
				t.Errorf("%s does not say %q", lang, text)
				continue
			}
			if want, got := names(text), names(said[text]); !maps.Equal(want, got) {
				t.Errorf("%s: %q has the names %v, want %v", lang, said[text], got, want)
			}
			if strings.TrimSpace(said[text]) != said[text] {
				t.Errorf("%s: %q", lang, said[text])
			}
		}
		for text := range said {
			if !texts[text] {
				t.Errorf("%s says %q, which the policy does not", lang, text)
			}
		}
	}
}

// samples are values as the policy fills them in.
var samples = strings.NewReplacer("{n}", "1,234", "{max}", "3", "{host}", "news.example.org", "{hosts}", "a.example, b.example",
	"{language}", "bahasa Indonesia", "{languages}", "English, español", "{topic}", "10 %", "{topicWords}", "8", "{links}", "3",
	"{repeats}", "5", "{marks}", "6", "{text}", "2,000", "{passage}", "500", "{sources}", "5")

// A text with its figures is recognised as itself, and as no other one.
func TestPolicyWithFigures(t *testing.T) {
	for _, lang := range Languages()[1:] {
		msg := Get(lang)
		for text := range policyTexts(t) {
			filled := samples.Replace(text)
			said, ok := msg.Publisher(filled)
			if !ok || strings.ContainsAny(said, "{}") {
				t.Errorf("%s: Publisher(%q) = %q, %v", lang, filled, said, ok)
			}
			for template, translation := range msg.Translations {
				one := &message.Catalogue{Locale: msg.Locale, Translations: map[string]string{template: translation}}
				if _, ok := one.Publisher(filled); ok != (template == text) {
					t.Errorf("%s: %q is taken for %q: %v", lang, filled, template, ok)
				}
			}
		}
	}
}

// What the shipped policy makes of its FAQ and of its examples is said in every language.
func TestFAQIsTranslated(t *testing.T) {
	policy, err := moderation.Parse([]byte(strings.Replace(string(moderation.DefaultPolicy()), `"deny": []`, `"deny": ["a.example", "b.example"]`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	faq := policy.FAQ()
	texts := []string{faq.Sentence}
	for _, s := range faq.Sections {
		texts = append(texts, s.Title, s.Text)
		if s.Denied != "" {
			texts = append(texts, s.Denied)
		}
		for _, e := range s.Examples {
			for _, f := range e.Fails.Findings {
				texts = append(texts, f.Why, f.Fix)
			}
		}
	}
	for _, m := range faq.More {
		texts = append(texts, m.Title, m.Text)
	}
	for _, lang := range Languages()[1:] {
		for _, text := range texts {
			if _, ok := Get(lang).Publisher(text); !ok {
				t.Errorf("%s does not say %q", lang, text)
			}
		}
	}
}
