package moderation

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/weights"
)

// policyWith reads a policy and loads every model that comes with the program.
func policyWith(data string) (*Policy, error) {
	p, err := Parse([]byte(data))
	if err != nil {
		return nil, err
	}
	return p.Complete(weights.Get)
}

// shipped is the shipped policy with all its models.
var shipped = sync.OnceValue(func() *Policy {
	p, err := policyWith(string(DefaultPolicy()))
	if err != nil {
		panic(err)
	}
	return p
})

func TestDefaultNamesShippedModels(t *testing.T) {
	for name, hash := range Default().Models() {
		if name != modelLexicon && hash != digest(weights.Get(name)) {
			t.Errorf("default_policy.json names %s %s, want %s", name, hash, digest(weights.Get(name)))
		}
	}
}

func TestWith(t *testing.T) {
	p := Default()
	data := weights.Get(modelSuffixes)
	full, err := p.With(modelSuffixes, data)
	if err != nil || full == p || p.models.suffixes != nil || full.models.suffixes == nil || full.Hash() != p.Hash() {
		t.Fatalf("With gives %p, %v and leaves %p with %v", full, err, p, p.models.suffixes)
	}
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"vectors", data, "the policy does not name it"},
		{modelSuffixes, data[1:], "the policy wants sha256-"},
		{modelSuffixes, nil, "the policy wants sha256-"},
	} {
		if _, err := p.With(tt.name, tt.data); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("With(%q) error = %v, want one with %q", tt.name, err, tt.want)
		}
	}
	damaged := []byte("not a table")
	named, err := Parse([]byte(strings.Replace(string(DefaultPolicy()), p.Models()[modelSuffixes], digest(damaged), 1)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := named.With(modelSuffixes, damaged); err == nil || !strings.Contains(err.Error(), "not a table of public suffixes") {
		t.Errorf("With(damaged) error = %v", err)
	}
}

// TestWithoutModel wants a model named only where it could have changed the
// verdict, and never a decision from its absence.
func TestWithoutModel(t *testing.T) {
	question := Note{Note: annotation.Note{Text: "Who counted?", Stance: annotation.Question}}
	private := note("The figure is wrong.")
	private.Sources[0].URL = "http://localhost/"
	for _, tt := range []struct {
		name    string
		note    Note
		without []string
	}{
		{"a source", note("The figure is wrong."), []string{modelAbuse, modelTopic, modelSpam, modelSuffixes}},
		{"no source", question, []string{modelAbuse, modelTopic, modelSpam}},
		{"no source that leads anywhere", private, []string{modelAbuse, modelTopic, modelSpam}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			part, full := Check(Default(), tt.note, Subject{}), Check(shipped(), tt.note, Subject{})
			if !slices.Equal(part.Without, tt.without) || full.Without != nil {
				t.Errorf("without = %v, loaded %v, want %v and none", part.Without, full.Without, tt.without)
			}
			if part.Decision != full.Decision {
				t.Errorf("the table's absence decides %q, with it %q", part.Decision, full.Decision)
			}
		})
	}
}

// TestSuffixesDecide has a pair of sites that only the table tells apart.
func TestSuffixesDecide(t *testing.T) {
	n := note("The figure is wrong.")
	n.Sources[0].URL = "https://other.herokuapp.com/a"
	s := Subject{Self: []string{"https://notes.herokuapp.com/a/bridge"}}
	if got := outline(Check(shipped(), n, s)); got != "publish\n" {
		t.Errorf("two readers' sites on one host give %s", got)
	}
}

func TestFAQNamesDeniedSites(t *testing.T) {
	for _, s := range strict(t).FAQ().Sections {
		if s.ID == familySource && s.Denied != "Not taken as a source here: rumours.example, example.com.rumours.example." {
			t.Errorf("the FAQ says %q", s.Denied)
		}
	}
	for _, s := range Default().FAQ().Sections {
		if s.Denied != "" || strings.Contains(s.Text, "Not taken") {
			t.Errorf("the FAQ says %q %q", s.Text, s.Denied)
		}
	}
}
