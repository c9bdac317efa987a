package moderation

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marginalia/app/annotation"
)

// ruleCase is one pair of sections of a file in testdata/rules: lines that
// begin with @ set up what is around the text.
type ruleCase struct{ name, in, want string }

func readRuleCases(t *testing.T, path string) []ruleCase {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []ruleCase
	into := new(string)
	for line := range strings.Lines(string(data)) {
		name, ok := strings.CutPrefix(line, "-- ")
		if !ok {
			*into += line
			continue
		}
		name = strings.TrimSuffix(strings.TrimSpace(name), " --")
		if name == "want" {
			into = &list[len(list)-1].want
			continue
		}
		list = append(list, ruleCase{name: name})
		into = &list[len(list)-1].in
	}
	return list
}

func (c ruleCase) note(t *testing.T) (Note, Subject) {
	t.Helper()
	var n Note
	var s Subject
	var text []string
	sources := []annotation.Source{{URL: "https://example.org/a"}}
	given, passages := false, 0
	for line := range strings.Lines(c.in) {
		line = strings.TrimSuffix(line, "\n")
		key, value, _ := strings.Cut(line, " ")
		switch key {
		case "@source":
			if !given {
				sources, given = nil, true
			}
			if value != "none" {
				sources = append(sources, annotation.Source{URL: value})
			}
		case "@passage":
			if passages >= len(sources) {
				sources = append(sources, annotation.Source{URL: "https://example.org/b"})
			}
			sources[passages].Passage = value
			passages++
		case "@nick":
			n.Nickname = value
		case "@stance":
			n.Stance = annotation.Stance(value)
		case "@reply":
			n.ReplyTo = value
		case "@self":
			s.Self = append(s.Self, value)
		case "@article":
			s.Article = NewArticle(value)
		case "@quote":
			s.Quote = value
		default:
			if strings.HasPrefix(line, "@") {
				t.Fatalf("unknown line %q", line)
			}
			text = append(text, line)
		}
	}
	n.Sources = sources
	n.Text = strings.TrimSpace(strings.Join(text, "\n"))
	return n, s
}

func outline(v Verdict) string {
	var b strings.Builder
	fmt.Fprintln(&b, v.Decision)
	for _, f := range v.Findings {
		fmt.Fprintf(&b, "%s %s %s %d-%d %q\n", f.Rule, f.Severity, f.Field, f.Start, f.End, f.Quote)
	}
	return b.String()
}

func TestRules(t *testing.T) {
	files, err := filepath.Glob("testdata/rules/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in testdata/rules (%v)", err)
	}
	for _, file := range files {
		for _, c := range readRuleCases(t, file) {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+c.name, func(t *testing.T) {
				n, s := c.note(t)
				got := outline(Check(shipped(), n, s))
				if want := strings.TrimLeft(strings.TrimSpace(c.want)+"\n", "\n"); got != want {
					t.Errorf("Check(%q) gives\n%swant\n%s", n.Text, got, want)
				}
			})
		}
	}
}
