package annotation_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marginalia/app/annotation"
)

func TestDecode(t *testing.T) {
	want := annotation.Annotation{
		ID: id, Type: "Annotation", Motivation: "commenting",
		Body: []annotation.Body{{Type: "TextualBody", Value: "a", Purpose: "commenting"}},
		Target: annotation.Target{Source: "harbour", Selector: []annotation.Selector{
			{Type: "TextQuoteSelector", Exact: "x"},
		}},
	}
	const head = `"id":"` + id + `","motivation":"commenting"`
	const body = `{"type":"TextualBody","value":"a","purpose":"commenting"}`
	const selector = `{"type":"TextQuoteSelector","exact":"x"}`
	tests := []struct{ name, doc string }{
		{"lists", `{` + head + `,"type":"Annotation","body":[` + body + `],"target":{"source":"harbour","selector":[` + selector + `]}}`},
		{"objects", `{` + head + `,"body":` + body + `,"target":{"source":"harbour","selector":` + selector + `}}`},
		{"target with its type", `{` + head + `,"body":` + body + `,"target":{"type":"SpecificResource","source":"harbour","selector":` + selector + `}}`},
		{"escapes", `{` + head + `,"body":` + strings.Replace(body, `"a"`, `"\u0061"`, 1) + `,"target":{"source":"harbour","selector":` + selector + `}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := annotation.Decode([]byte(tt.doc))
			if err != nil {
				t.Fatalf("Decode: %v", err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Decode differs (-want +got):\n%s", diff)
			}
		})
	}
	got, err := annotation.Decode([]byte(`{"target":"harbour"}`))
	if err != nil || got.Target.Source != "harbour" || got.Type != "Annotation" || got.Body == nil {
		t.Errorf("Decode with a bare target = %+v, %v", got, err)
	}
}

func TestDecodeAll(t *testing.T) {
	a := sample()
	a.Creator = &annotation.Agent{ID: "7f", Type: "Person", Nickname: "ana 🙂"}
	a.Modified = "2026-11-22T12:00:00Z"
	doc, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	got, err := annotation.Decode(doc)
	if err != nil {
		t.Fatalf("Decode: %v", err)
	}
	if diff := cmp.Diff(a, got); diff != "" {
		t.Errorf("Decode differs (-want +got):\n%s", diff)
	}
}

func TestDecodeErrors(t *testing.T) {
	const text = `{"type":"TextualBody","value":"a","purpose":"commenting"}`
	const stance = `{"type":"TextualBody","value":"dispute","purpose":"tagging"}`
	tests := []struct{ name, doc, field string }{
		{"not JSON", `{`, ""},
		{"not an object", `[]`, ""},
		{"null", `null`, ""},
		{"two documents", `{}{}`, ""},
		{"not UTF-8", "{\"id\":\"a\xc3\"}", ""},
		{"half a surrogate pair", `{"id":"\udc00"}`, ""},
		{"unknown field", `{"canonical":"urn:x:1"}`, "/canonical"},
		{"field in another case", `{"Body":[]}`, "/Body"},
		{"field twice", `{"id":"a","id":"b"}`, "/id"},
		{"field with a slash", `{"a/b~c":1}`, "/a~1b~0c"},
		{"id number", `{"id":7}`, "/id"},
		{"id null", `{"id":null}`, "/id"},
		{"context list", `{"@context":["x"]}`, "/@context"},
		{"type list", `{"type":["Annotation"]}`, "/type"},
		{"created number", `{"created":7}`, "/created"},
		{"creator string", `{"creator":"ana"}`, "/creator"},
		{"unknown field of the creator", `{"creator":{"name":"ana"}}`, "/creator/name"},
		{"body string", `{"body":"a"}`, "/body"},
		{"body in a list of lists", `{"body":[[` + text + `]]}`, "/body/0"},
		{"unknown field of a body", `{"body":[` + text + `,{"html":"<b>"}]}`, "/body/1/html"},
		{"body value list", `{"body":{"value":["a","b"]}}`, "/body/value"},
		{"body value object", `{"body":[{"value":{}}]}`, "/body/0/value"},
		{"body selector list", `{"body":[{"selector":[]}]}`, "/body/0/selector"},
		{"two texts", `{"body":[` + text + `,` + stance + `,` + text + `]}`, "/body/2/purpose"},
		{"two stances", `{"body":[` + stance + `,` + stance + `]}`, "/body/1/purpose"},
		{"target list", `{"target":["a","b"]}`, "/target"},
		{"target of another type", `{"target":{"type":"Image","source":"a"}}`, "/target/type"},
		{"unknown field of the target", `{"target":{"id":"a"}}`, "/target/id"},
		{"state list", `{"target":{"state":[]}}`, "/target/state"},
		{"unknown field of the state", `{"target":{"state":{"refinedBy":{}}}}`, "/target/state/refinedBy"},
		{"unknown field of a selector", `{"target":{"selector":[{"type":"TextQuoteSelector","exact":"a"},{"value":"p"}]}}`, "/target/selector/1/value"},
		{"one selector, wrong", `{"target":{"selector":{"exact":1}}}`, "/target/selector/exact"},
		{"start with a fraction", `{"target":{"selector":[{"start":1.5}]}}`, "/target/selector/0/start"},
		{"start as a string", `{"target":{"selector":[{"start":"1"}]}}`, "/target/selector/0/start"},
		{"end out of range", `{"target":{"selector":[{"end":99999999999999999999}]}}`, "/target/selector/0/end"},
		{"selector null", `{"target":{"selector":null}}`, "/target/selector"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := annotation.Decode([]byte(tt.doc))
			if err == nil {
				t.Fatalf("Decode = %+v, want an error at %q", got, tt.field)
			}
			if field := fieldOf(t, err); field != tt.field {
				t.Errorf("Decode: error %v at %q, want it at %q", err, field, tt.field)
			}
		})
	}
}
