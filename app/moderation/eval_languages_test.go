package moderation

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"marginalia/app/annotation"
)

// sections reads a file of sentences under headings, "-- name --".
func sections(t *testing.T, path string) (names []string, lines map[string][]string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines = map[string][]string{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			names = append(names, strings.TrimSuffix(name, " --"))
			continue
		}
		if line != "" {
			lines[names[len(names)-1]] = append(lines[names[len(names)-1]], line)
		}
	}
	return names, lines
}

// abused reports whether an abuse rule holds or rejects a verdict's note.
func abused(v Verdict) bool {
	for _, f := range v.Findings {
		if strings.HasPrefix(f.Rule, familyAbuse+".") && f.Severity != Hint {
			return true
		}
	}
	return false
}

// TestEvalLanguages measures the word lists: of plain abuse at least nine in
// ten must be found, of civil sentences none.
func TestEvalLanguages(t *testing.T) {
	for _, tag := range []string{"es", "fr", "de", "ar"} {
		t.Run(tag, func(t *testing.T) {
			_, lines := sections(t, "testdata/languages/"+tag+".txt")
			found, alarms := 0, 0
			for _, text := range lines["abusive"] {
				if abused(Check(shipped(), note(text), Subject{})) {
					found++
				} else {
					t.Logf("missed: %s", text)
				}
			}
			for _, text := range lines["civil"] {
				if v := Check(shipped(), note(text), Subject{}); v.Decision != Publish {
					alarms++
					t.Errorf("%q gives %s", text, outline(v))
				}
			}
			t.Logf("%s: found %d of %d abusive, held or rejected %d of %d civil", tag, found, len(lines["abusive"]), alarms, len(lines["civil"]))
			if len(lines["abusive"]) < 40 || len(lines["civil"]) < 60 || 10*found < 9*len(lines["abusive"]) {
				t.Errorf("too few: %d found of %d abusive; %d civil", found, len(lines["abusive"]), len(lines["civil"]))
			}
		})
	}
}

// TestEvalLanguageGuess wants a note in a language that the policy does not list
// to be held, and never one in a language that it does.
func TestEvalLanguageGuess(t *testing.T) {
	names, lines := sections(t, "testdata/languages/other.txt")
	for _, tag := range names {
		held := 0
		for _, text := range lines[tag] {
			v := Check(shipped(), note(text), Subject{})
			if len(v.Findings) > 0 && v.Findings[0].Rule == ruleUnknown && v.Decision == Hold {
				held++
			} else {
				t.Errorf("%s: %q gives %s", tag, text, outline(v))
			}
		}
		t.Logf("%s: held %d of %d", tag, held, len(lines[tag]))
	}
	for _, tag := range []string{"es", "fr", "de", "ar", "en"} {
		texts := slices.DeleteFunc(slices.Clone(civil), func(s string) bool {
			return strings.HasPrefix(s, "Le bus") || strings.HasPrefix(s, "Der dicke")
		})
		if tag != "en" {
			_, lines := sections(t, "testdata/languages/"+tag+".txt")
			texts = append(lines["civil"], lines["abusive"]...)
		}
		long, right, wrong := 0, 0, 0
		for _, text := range texts {
			g := guessOf(new(arenas), tokens(text))
			if g.words < leastGuess {
				continue
			}
			long++
			switch g.tag {
			case tag:
				right++
			case "":
			default:
				wrong++
				t.Errorf("%s: %q seems to be %s", tag, text, g.tag)
			}
		}
		t.Logf("%s: of %d sentences of %d words or more %d are told, %d wrongly", tag, long, leastGuess, right, wrong)
	}
}

// TestEvalLanguageFalseAlarms counts English newspaper comments that are held for
// their language: at most one in a thousand.
func TestEvalLanguageFalseAlarms(t *testing.T) {
	data, err := os.ReadFile("../../../shared/data/moderation/eval/c3_public.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no labelled data")
	}
	if err != nil {
		t.Fatal(err)
	}
	all, held := 0, 0
	for line := range strings.Lines(string(data)) {
		var row struct{ Text string }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		all++
		j := newJob(Default(), Note{Note: annotation.Note{Text: row.Text}}, Subject{})
		j.language()
		if len(j.hits) > 0 {
			held++
			t.Logf("held (%s%s): %.80s", j.hits[0].kase, j.lang, row.Text)
		}
	}
	t.Logf("language.unknown: %d of %d English comments", held, all)
	if 1000*held > all {
		t.Errorf("%d of %d English comments are held for their language", held, all)
	}
}
