package moderation_test

import (
	"os"
	"strings"
	"testing"
)

// kinds are the rules that find what the labelled set names.
var kinds = map[string]string{
	"EMAIL_ADDRESS": "privacy.email", "PHONE_NUMBER": "privacy.phone", "CREDIT_CARD": "privacy.card",
	"IBAN_CODE": "privacy.iban", "STREET_ADDRESS": "privacy.address",
}

// TestEvalPrivacy prints how the rules for personal data do, span by span: a
// finding is right if it overlaps a span of its kind, a span is found if a
// finding overlaps it.
func TestEvalPrivacy(t *testing.T) {
	type count struct{ right, found, hit, spans int }
	by := map[string]*count{}
	for _, rule := range kinds {
		by[rule] = &count{}
	}
	for _, r := range setOf[privateRow](t, "personal_data") {
		findings := verdict(r.Text).Findings
		for _, f := range findings {
			c := by[f.Rule]
			if c == nil {
				continue
			}
			c.found++
			for _, s := range r.Spans {
				if kinds[s.Type] == f.Rule && f.Start < s.End && s.Start < f.End {
					c.right++
					break
				}
			}
		}
		for _, s := range r.Spans {
			c := by[kinds[s.Type]]
			if c == nil {
				continue
			}
			c.spans++
			for _, f := range findings {
				if f.Rule == kinds[s.Type] && f.Start < s.End && s.Start < f.End {
					c.hit++
					break
				}
			}
		}
	}
	for _, rule := range []string{"privacy.email", "privacy.phone", "privacy.card", "privacy.iban", "privacy.address"} {
		c := by[rule]
		t.Logf("%s, by span: precision %.3f of %d findings, recall %.3f of %d spans", rule, float64(c.right)/float64(max(1, c.found)), c.found, float64(c.hit)/float64(max(1, c.spans)), c.spans)
	}
}

type privateRow struct {
	Text  string `json:"text"`
	Spans []struct {
		Type  string `json:"type"`
		Start int    `json:"start"`
		End   int    `json:"end"`
	} `json:"spans"`
}

// TestEvalFigures judges notes with all the figures that news has, and notes that
// give away a telephone number or where somebody lives.
func TestEvalFigures(t *testing.T) {
	data, err := os.ReadFile("testdata/figures.txt")
	if err != nil {
		t.Fatal(err)
	}
	n, alarms := 0, 0
	want, hit := map[string]int{}, map[string]int{}
	for line := range strings.Lines(string(data)) {
		kind, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch kind {
		case "-":
			if n++; finds(text, "privacy") {
				alarms++
				t.Logf("false alarm: %s", text)
			}
		case "p", "a":
			rule := map[string]string{"p": "privacy.phone", "a": "privacy.address"}[kind]
			if want[rule]++; finds(text, rule) {
				hit[rule]++
			} else {
				t.Logf("%s missed: %s", rule, text)
			}
		}
	}
	t.Logf("figures in the news: %d of %d taken for personal data; phones found %d of %d, addresses %d of %d", alarms, n,
		hit["privacy.phone"], want["privacy.phone"], hit["privacy.address"], want["privacy.address"])
	if percent(alarms, n) > 1 || n < 150 {
		t.Errorf("%d false alarms in %d sentences, the limit is 1 %% of at least 150", alarms, n)
	}
	for rule, of := range want {
		if percent(hit[rule], of) < 85 || of < 50 {
			t.Errorf("%s: %d of %d found, the limit is 85 %% of at least 50", rule, hit[rule], of)
		}
	}
}
