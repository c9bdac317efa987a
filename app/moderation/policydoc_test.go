package moderation

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// keysOf lists the keys of a policy file by the type that reads it. Examples are
// alike: those of the pairs are listed once.
func keysOf(typ reflect.Type, at string) []string {
	var keys []string
	switch typ.Kind() {
	case reflect.Pointer:
		return keysOf(typ.Elem(), at)
	case reflect.Slice:
		if typ.Elem().Kind() == reflect.Struct {
			return keysOf(typ.Elem(), at+".N")
		}
	case reflect.Map:
		if typ.Elem().Kind() == reflect.Struct {
			name := ".ID"
			if strings.HasSuffix(at, ".cases") {
				name = ".CASE"
			}
			return keysOf(typ.Elem(), at+name)
		}
	case reflect.Struct:
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			key := strings.TrimPrefix(at+"."+name, ".")
			keys = append(keys, key)
			if typ.Field(i).Type != reflect.TypeFor[exampleText]() || key == "faq.examples.ID.passes" {
				keys = append(keys, keysOf(typ.Field(i).Type, key)...)
			}
		}
	}
	return keys
}

// TestPolicyIsDocumented wants every key in POLICY.md and no other, and every
// rule, case, model and language named.
func TestPolicyIsDocumented(t *testing.T) {
	data, err := os.ReadFile("POLICY.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	documented := map[string]bool{}
	for line := range strings.Lines(doc) {
		if key, _, ok := strings.Cut(strings.TrimPrefix(line, "| `"), "` |"); ok && strings.HasPrefix(line, "| `") {
			documented[key] = true
		}
	}
	known := map[string]bool{}
	for _, key := range keysOf(reflect.TypeFor[document](), "") {
		known[key] = true
		if !documented[key] {
			t.Errorf("POLICY.md does not tell of %s", key)
		}
	}
	for name := range loaders {
		known["models."+name] = true
	}
	known["models."+modelLexicon] = true
	for _, rule := range Rules() {
		known[rule.ID] = true
		if !strings.Contains(doc, "`"+rule.ID+"`") {
			t.Errorf("POLICY.md does not name %s", rule.ID)
		}
		for _, name := range cases(rule.ID) {
			if !documented[rule.ID] || !strings.Contains(doc, "`"+name+"`") {
				t.Errorf("POLICY.md does not tell of the case %s of %s", name, rule.ID)
			}
		}
	}
	for key := range documented {
		if !known[key] {
			t.Errorf("POLICY.md tells of %s, which there is not", key)
		}
	}
	for key := range known {
		if strings.HasPrefix(key, "models.") && !documented[key] {
			t.Errorf("POLICY.md does not tell of %s", key)
		}
	}
	for _, l := range languages {
		if !strings.Contains(doc, "`"+l.tag+"`") && !strings.Contains(doc, " "+l.tag+" ") && !strings.Contains(doc, "`"+l.tag+" ") && !strings.Contains(doc, " "+l.tag+"`") {
			t.Errorf("POLICY.md does not name the language %s", l.tag)
		}
	}
}
