package annotation_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marginalia/app/annotation"
)

// readStrict reads JSON into v and refuses keys that v does not have, so that no
// part of a test case is skipped by accident.
func readStrict(t testing.TB, file string, v any) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// sharedData is the folder of the W3C's documents, or the test is skipped.
func sharedData(t *testing.T) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data", "webannotation")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no W3C documents at %s: skipped", dir)
	}
	return dir
}

type validateCase struct {
	Name     string          `json:"name"`
	Doc      json.RawMessage `json:"doc"`
	Problems []string        `json:"problems"` // paths
}

func TestValidate(t *testing.T) {
	var cases []validateCase
	readStrict(t, filepath.Join("testdata", "validate.json"), &cases)
	for _, tc := range cases {
		t.Run(tc.Name, func(t *testing.T) {
			got := []string{}
			for _, p := range annotation.Validate(tc.Doc) {
				got = append(got, p.Path)
				if p.Detail == "" {
					t.Errorf("problem at %q has no detail", p.Path)
				}
			}
			if !slices.Equal(got, tc.Problems) {
				t.Errorf("Validate: problems at %q, want %q (%v)", got, tc.Problems, annotation.Validate(tc.Doc))
			}
		})
	}
}

func TestValidateNotJSON(t *testing.T) {
	tests := []struct{ name, doc, path string }{
		{"empty", "", ""},
		{"cut short", `{"id":`, ""},
		{"two documents", `{} {}`, ""},
		{"not UTF-8", "{\"id\":\"\xff\"}", ""},
		{"key twice", `{"a":[{"b/c":1,"b/c":2}]}`, "/a/0/b~1c"},
		{"half a surrogate pair", `{"id":"\ud83d"}`, ""},
		{"the other half", `{"id":"\\\ude00"}`, ""},
		{"too deep for a parser", strings.Repeat("[", 20000) + strings.Repeat("]", 20000), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := annotation.Validate([]byte(tt.doc))
			if len(got) != 1 || got[0].Path != tt.path {
				t.Errorf("Validate = %v, want one problem at %q", got, tt.path)
			}
		})
	}
}

// A document full of faults must not make an answer longer than itself.
func TestValidateManyProblems(t *testing.T) {
	doc := `{"@context":"` + annotation.ContextURI + `","id":"urn:x:1","type":"Annotation","target":[` +
		strings.TrimSuffix(strings.Repeat("7,", 5000), ",") + `]}`
	if got := len(annotation.Validate([]byte(doc))); got != 100 {
		t.Errorf("Validate gives %d problems, want 100", got)
	}
}

func TestValidateIsJSON(t *testing.T) {
	got, err := json.Marshal(annotation.Validate([]byte(`{"@context":"` + annotation.ContextURI + `","id":7,"type":"Annotation","target":"urn:x:1"}`)))
	if want := `[{"path":"/id","detail":"must be an IRI"}]`; err != nil || string(got) != want {
		t.Errorf("problems as JSON = %s, %v, want %s", got, err, want)
	}
}

// TestVectors runs the W3C's documents and mutations of them.
func TestVectors(t *testing.T) {
	dir := filepath.Join(sharedData(t), "vectors")
	var manifest struct {
		Suite   string `json:"suite"`
		Note    string `json:"note"`
		Vectors []struct {
			File    string   `json:"file"`
			Verdict string   `json:"verdict"`
			Fails   []string `json:"fails"` // the suite's own assertions
			Why     string   `json:"why"`
			Origin  string   `json:"origin"`
		} `json:"vectors"`
	}
	readStrict(t, filepath.Join(dir, "manifest.json"), &manifest)
	if len(manifest.Vectors) == 0 {
		t.Fatal("the manifest names no vectors")
	}
	for _, v := range manifest.Vectors {
		t.Run(v.File, func(t *testing.T) {
			doc, err := os.ReadFile(filepath.Join(dir, v.File))
			if err != nil {
				t.Fatal(err)
			}
			problems := annotation.Validate(doc)
			switch v.Verdict {
			case "valid":
				if len(problems) > 0 {
					t.Errorf("Validate = %v, want no problem (%s)", problems, v.Why)
				}
			case "invalid":
				if len(problems) == 0 {
					t.Errorf("Validate finds no problem, want one: %s", v.Why)
				}
				// Each vector has one fault: more than a few problems would mean
				// that they are found in the wrong places.
				if len(problems) > 3 {
					t.Errorf("Validate = %v, want the one fault: %s", problems, v.Why)
				}
			case "either":
			default:
				t.Errorf("unknown verdict %q", v.Verdict)
			}
		})
	}
}

func TestCorrectSamples(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedData(t), "samples", "correct", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			doc, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if problems := annotation.Validate(doc); len(problems) > 0 {
				t.Errorf("Validate = %v, want no problem", problems)
			}
		})
	}
}
