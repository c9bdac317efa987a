package moderation

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"marginalia/app/annotation"
)

func TestDefaultNamesItsModels(t *testing.T) {
	sum := sha256.Sum256(lexiconFile)
	want := "sha256-" + hex.EncodeToString(sum[:])
	if got := Default().doc.Models["lexicon"]; got != want {
		t.Errorf("default_policy.json names lexicon %s, want %s", got, want)
	}
}

func TestHashIsOverTheBytes(t *testing.T) {
	data := DefaultPolicy()
	sum := sha256.Sum256(data)
	if got, want := Default().Hash(), "sha256-"+hex.EncodeToString(sum[:]); got != want {
		t.Errorf("Hash() = %s, want %s", got, want)
	}
	p, err := Parse(append(data, '\n'))
	if err != nil {
		t.Fatal(err)
	}
	if p.Hash() == Default().Hash() {
		t.Error("one byte more gives the same hash")
	}
	data[0] = 'x'
	if DefaultPolicy()[0] != '{' {
		t.Error("the caller of DefaultPolicy can change the shipped policy")
	}
}

func TestDefaultSeverities(t *testing.T) {
	for i, rule := range Default().Rules() {
		if want := Rules()[i]; rule != want {
			t.Errorf("the shipped policy has %+v, want the default %+v", rule, want)
		}
	}
}

// TestParseRefuses changes one thing in the shipped policy at a time.
func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, old, with, want string }{
		{"an unknown key", `"version": 1,`, `"version": 1, "extra": 2,`, `unknown field "extra"`},
		{"an unknown key below", `"threshold"`, `"limit"`, `unknown field "limit"`},
		{"another version", `"version": 1,`, `"version": 2,`, "version: 2 is not known"},
		{"a wrong type", `"version": 1,`, `"version": "1",`, "version: a string cannot stand here"},
		{"no language", `"language": "en"`, `"language": ""`, "language: it is missing"},
		{"another lexicon", `"lexicon": "sha256-`, `"lexicon": "sha256-0`, "models.lexicon:"},
		{"a hash of another form", `"suffixes": "sha256-`, `"suffixes": "sha256:`, "models.suffixes:"},
		{"an unknown model", `"models": {`, `"models": {"vectors": "sha256-00",`, "models.vectors: no such model"},
		{"an unknown rule", `"abuse.threat": {`, `"abuse.tone": {`, "rules.abuse.threat: it is missing"},
		{"one rule too many", `"rules": {`, `"rules": {"abuse.tone": {"severity": "hold", "why": "a", "fix": "b"},`, "rules.abuse.tone: no such rule"},
		{"an unknown severity", `"severity": "hint"`, `"severity": "warn"`, `severity: "warn" is none of hint, hold, reject`},
		{"a rule without a reason", `"why": "This is a coarse word."`, `"why": ""`, "rules.abuse.profanity.why and fix"},
		{"an unknown case", `"question": {`, `"doubt": {`, "rules.source.missing.cases.question"},
		{"a threshold too high", `"threshold": 0.1`, `"threshold": 0.6`, "topic.threshold"},
		{"a threshold too fine", `"threshold": 0.1`, `"threshold": 0.12345`, "at most four decimals"},
		{"a negative threshold", `"threshold": 0.1`, `"threshold": -0.1`, "want a number from 0 to 1"},
		{"too few words", `"words": 8`, `"words": 2`, "topic.words: 2 is not from 8 to 1000"},
		{"no limit of links", `"links": 3,`, ``, "spam.links: it is missing"},
		{"a bad line for the lexicon", `"add": []`, `"add": ["hold tone meh"]`, "lexicon.add.0:"},
		{"an empty phrase", `"allow": []`, `"allow": [" "]`, "lexicon.allow.0:"},
		{"no languages", `"languages": ["en", "es", "fr", "de", "ar"]`, `"languages": []`, "languages: it is missing"},
		{"an unknown language", `"es", "fr"`, `"es", "xx"`, `languages.2: "xx" is not a language that can be told apart`},
		{"a language twice", `"es", "fr"`, `"es", "es"`, `languages.2: "es" is there twice`},
		{"without its own language", `["en", "es"`, `["es"`, `languages: "en", the policy's own, is missing`},
		{"an address as a shortener", `"shorteners": []`, `"shorteners": ["https://a.b"]`, "shorteners.0"},
		{"an address as an allowed host", `"allow": [],
    "deny"`, `"allow": ["https://a.example"],
    "deny"`, `sources.allow.0: "https://a.example" is not a host in lower case`},
		{"a denied host in capitals", `"deny": []`, `"deny": ["A.example"]`, "sources.deny.0:"},
		{"a denied host with a star", `"deny": []`, `"deny": ["*.a.example"]`, "sources.deny.0:"},
		{"a denied host with a port", `"deny": []`, `"deny": ["a.example:81"]`, "sources.deny.0:"},
		{"an empty host", `"userGenerated": []`, `"userGenerated": [""]`, "sources.userGenerated.0:"},
		{"a host both welcome and not", `"allow": [],
    "deny": []`, `"allow": ["a.example"],
    "deny": ["a.example"]`, `sources.allow.0: "a.example" stands under deny too`},
		{"a source of the FAQ denied", `"deny": []`, `"deny": ["example.org"]`, `faq.families.0.passes: this policy gives it "reject"`},
		{"an example that does not pass", "The estimate was wrong from the start", "The estimate was made by an idiot from the start", `faq.families.0.passes: this policy gives it "hold"`},
		{"a family out of order", `"id": "topic"`, `"id": "topics"`, `faq.families.1: want "topic"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := string(DefaultPolicy())
			changed := strings.Replace(data, tt.old, tt.with, 1)
			if changed == data {
				t.Fatalf("the shipped policy does not hold %q", tt.old)
			}
			_, err := Parse([]byte(changed))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Parse error = %v, want one with %q", err, tt.want)
			}
		})
	}
	for _, data := range []string{"", "{}", "[]", "null", "{", string(DefaultPolicy()) + "{}"} {
		if _, err := Parse([]byte(data)); err == nil {
			t.Errorf("Parse(%.20q) gives no error", data)
		}
	}
}

func strict(t *testing.T) *Policy {
	t.Helper()
	data, err := os.ReadFile("../../testdata/policies/strict.json")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parse(data)
	if err != nil {
		t.Fatalf("strict.json: %v", err)
	}
	return p
}

func TestCustomPolicy(t *testing.T) {
	tests := []struct {
		name, text, source string
		want               string
	}{
		{"an allowed word", "Only a fool believes this.", "", "publish\n"},
		{"an added word", "What gobbledegook.", "", "reject\nabuse.insult reject text 5-17 \"gobbledegook\"\n"},
		{"an added word keeps its own limit", "Ты дурак, друг.", "", "hold\nabuse.insult hold text 3-8 \"дурак\"\n"},
		{"a raised severity", "This is crap.", "", "hold\nabuse.profanity hold text 8-12 \"crap\"\n"},
		{"a raised severity keeps a term's limit", "A stupid count.", "", "publish\nabuse.insult hint text 2-8 \"stupid\"\n"},
		{"a rule that is off", "THE FIGURE IS WRONG, SAYS THE COUNCIL!!!!!!", "", "publish\n"},
		{"no links", "See www.example.org/a now.", "", "hold\nspam.links hold text 4-21 \"www.example.org/a\"\n"},
		{"a denied site", "See the source.", "https://www.rumours.example/a", "reject\nsource.denied reject sources/0/url 0-29 \"https://www.rumours.example/a\"\n"},
		{"a copy of a denied site", "See the source.", "https://archive.ph/2024/https://a.rumours.example/b", "reject\nsource.denied reject sources/0/url 0-51 \"https://archive.ph/2024/https://a.rumours.example/b\"\n"},
		{"not a denied site", "See the source.", "https://norumours.example/a", "publish\n"},
		{"its own forum", "See the source.", "https://forum.example.com/a", "publish\nsource.weak hint sources/0/url 0-27 \"https://forum.example.com/a\"\n"},
		{"an allowed site", "See the source.", "https://blog.council.example.com/a", "publish\n"},
		{"posing as an allowed site", "See the source.", "https://council.example.com.example.net/", "hold\nsource.lookalike hold sources/0/url 0-40 \"https://council.example.com.example.net/\"\n"},
		{"its own shortener", "See the source.", "https://kurz.example.com/a", "hold\nsource.shortened hold sources/0/url 0-26 \"https://kurz.example.com/a\"\n"},
	}
	p := strict(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := Note{Note: annotation.Note{Text: tt.text, Sources: []annotation.Source{{URL: "https://example.org/a"}}}}
			if tt.source != "" {
				n.Sources[0].URL = tt.source
			}
			if got := outline(Check(p, n, Subject{})); got != tt.want {
				t.Errorf("Check(%q) gives\n%swant\n%s", tt.text, got, tt.want)
			}
		})
	}
	if Check(p, Note{}, Subject{}).Policy != p.Hash() {
		t.Error("the verdict does not name the policy that gave it")
	}
}
