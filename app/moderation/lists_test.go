package moderation

import (
	"slices"
	"strings"
	"testing"
)

func TestListsAreRead(t *testing.T) {
	lists, err := readLists(listsFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{"es", "fr", "de", "ar"} {
		if lists[tag] == nil || len(lists[tag].classes) < 300 {
			t.Errorf("%s has no list to speak of", tag)
		}
	}
}

func TestReadListsRefuses(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"no language", "- hate: a\n", "line 1 stands under no language"},
		{"no rule", "[es]\nhate a\n", `line 2: "hate a" is not "severity rule: phrases"`},
		{"an unknown rule", "[es]\n- rude: a\n", `"rude" is none of`},
		{"an unknown severity", "[es]\nwarn hate: a\n", `"warn" is none of`},
		{"an unknown name", "[es]\n- hate: $who a\n", "$who is not defined above it"},
		{"nothing needed", "[es]\n- hate: a? b?\n", "every word of it may be left out"},
		{"a sign inside", "[es]\n- hate: a?|b c\n", ""},
		{"a name inside", "[es]\n- hate: x$who\n", "has a sign in its middle"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readLists(tt.file)
			if tt.want == "" {
				if err != nil {
					t.Errorf("readLists error = %v, want none", err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("readLists error = %v, want one with %q", err, tt.want)
			}
		})
	}
}

// TestSpellings wants a word of the lists found however it is written.
func TestSpellings(t *testing.T) {
	for _, tt := range []struct{ name, text, quote string }{
		{"Spanish plural", "Son todos unos pendejos, digo.", "pendejos"},
		{"no accent", "Vaya imbecil el que firmo esto.", "imbecil"},
		{"digits for letters", "Vaya imb3cil el que firma esto.", "imb3cil"},
		{"stretched", "Eres un idiotaaaa y lo sabes.", "idiotaaaa"},
		{"French elision", "Bande d'abrutis, lisez la page.", "d'abrutis"},
		{"umlaut as two letters", "Diese Arschloecher im Rathaus!", "Arschloecher"},
		{"sharp s as two letters", "Das ist ein Scheisskerl.", "Scheisskerl"},
		{"sharp s", "Das ist ein Scheißkerl.", "Scheißkerl"},
		{"Arabic vowel signs", "يَا كَلْب اخرج من هنا", "يَا كَلْب"},
		{"Arabic stretching", "يا كـــلب اخرج من هنا", "يا كـــلب"},
		{"Arabic article", "هو ابن الكلب", "ابن الكلب"},
		{"Arabic alef", "إنت أغبى إنسان هنا", "أغبى إنسان"},
		{"Arabic and", "هو نذل وشرموطة", "وشرموطة"},
		{"another language's word", "The FDP voted with Johnny Depp, con todo.", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := Check(shipped(), note(tt.text), Subject{})
			quotes := []string{}
			for _, f := range v.Findings {
				quotes = append(quotes, f.Quote)
			}
			if tt.quote == "" != (len(quotes) == 0) || tt.quote != "" && !slices.Contains(quotes, tt.quote) {
				t.Errorf("Check(%q) marks %q, want %q", tt.text, quotes, tt.quote)
			}
		})
	}
}
