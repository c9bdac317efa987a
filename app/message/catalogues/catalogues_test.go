package catalogues

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"marginalia/app/message"
)

var inBraces = regexp.MustCompile(`\{[a-zA-Z]+\}`)

// flat is a catalogue as paths and texts; a message that counts has a path for
// each of its forms.
func flat(t *testing.T, data []byte) map[string]string {
	t.Helper()
	var tree map[string]any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	delete(tree, "Locale")
	delete(tree, "Translations") // see policy_test.go
	out := map[string]string{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, x := range v {
				walk(path+"/"+key, x)
			}
		case string:
			out[path] = v
		default:
			t.Fatalf("%s is %T, want a text", path, v)
		}
	}
	walk("", tree)
	return out
}

// messages joins the forms of each message that counts, by path.
func messages(texts map[string]string) map[string]map[string]string {
	out := map[string]map[string]string{}
	for path, text := range texts {
		at := strings.LastIndexByte(path, '/')
		form := path[at+1:]
		if !slices.Contains([]string{"zero", "one", "two", "few", "many", "other"}, form) {
			at, form = len(path), ""
		}
		if out[path[:at]] == nil {
			out[path[:at]] = map[string]string{}
		}
		out[path[:at]][form] = text
	}
	return out
}

// Every language has every message of English and no other, with the same names
// in braces, and each message that counts has all its language's plural forms.
func TestComplete(t *testing.T) {
	english, err := os.ReadFile("../en.json")
	if err != nil {
		t.Fatal(err)
	}
	want := messages(flat(t, english))
	for _, lang := range Languages() {
		data := english
		if lang != "en" {
			if data, err = files.ReadFile(lang + ".json"); err != nil {
				t.Fatal(err)
			}
		}
		got := messages(flat(t, data))
		for path := range want {
			if got[path] == nil {
				t.Errorf("%s lacks %s", lang, path)
			}
		}
		for path, forms := range got {
			if want[path] == nil {
				t.Errorf("%s has %s, English has not", lang, path)
				continue
			}
			sameNames(t, lang+path, want[path], forms)
			if _, literal := forms[""]; literal {
				continue
			}
			for _, category := range message.Categories(lang) {
				if forms[string(category)] == "" {
					t.Errorf("%s%s has no form %q", lang, path, category)
				}
			}
			if len(forms) != len(message.Categories(lang)) {
				t.Errorf("%s%s has the forms %v, want %v", lang, path, slices.Sorted(maps.Keys(forms)), message.Categories(lang))
			}
		}
	}
}

// sameNames holds the forms of a translation to the names that English has in
// braces. The forms for none, one and two may say the number in words.
func sameNames(t *testing.T, path string, want, got map[string]string) {
	t.Helper()
	most := names(want[""] + want["other"])
	for form, text := range got {
		have := names(text)
		for name := range have {
			if !most[name] {
				t.Errorf("%s: %q has %s, which English has not", path, text, name)
			}
		}
		for name := range most {
			if !have[name] && (name != "{n}" || form == "" || form == "other" || form == "few" || form == "many") {
				t.Errorf("%s: %q lacks %s", path, text, name)
			}
		}
		if strings.TrimSpace(text) != text || text == "" {
			t.Errorf("%s: %q", path, text)
		}
	}
}

func names(text string) map[string]bool {
	set := map[string]bool{}
	for _, name := range inBraces.FindAllString(text, -1) {
		set[name] = true
	}
	return set
}

// A key that no field reads would be a word that is never said.
func TestKeysAreRead(t *testing.T) {
	for _, lang := range Languages() {
		data := Data(lang)
		if lang == "en" {
			data, _ = os.ReadFile("../en.json")
		}
		d := json.NewDecoder(strings.NewReader(string(data)))
		d.DisallowUnknownFields()
		if err := d.Decode(new(message.Catalogue)); err != nil {
			t.Errorf("%s: %v", lang, err)
		}
	}
}

func TestOffered(t *testing.T) {
	var tags []string
	for _, l := range message.Offered() {
		tags = append(tags, l.Tag)
		if Get(l.Tag) == nil {
			t.Errorf("%s is offered and not there", l.Tag)
		}
	}
	slices.Sort(tags)
	if all := Languages(); !slices.Equal(tags, slices.Sorted(slices.Values(all))) {
		t.Errorf("offered are %v, there are %v", tags, all)
	}
}
