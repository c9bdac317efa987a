package annotation_test

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"marginalia/app/annotation"
)

// seed adds the test's own documents to a corpus.
func seed(f *testing.F) {
	f.Helper()
	var cases []validateCase
	readStrict(f, filepath.Join("testdata", "validate.json"), &cases)
	for _, tc := range cases {
		f.Add([]byte(tc.Doc))
	}
	reply := annotation.New(id, annotation.Note{Text: "so", ReplyTo: otherID}, annotation.Target{}, noon)
	for _, a := range []annotation.Annotation{sample(), reply, annotation.ToIRI(sample(), "https://n.example", "harbour-bridge")} {
		doc, err := json.Marshal(a)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(doc)
	}
	f.Add([]byte(`{"id":"\ud83d\ude00\ud83d"}`))
	f.Add([]byte(`{"a":{"a":1,"a":2}}`))
	f.Add([]byte(strings.Repeat(`{"refinedBy":`, 500) + `1` + strings.Repeat(`}`, 500)))
}

// Validate answers for any bytes, always the same, and within its bounds.
func FuzzValidate(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, doc []byte) {
		problems := annotation.Validate(doc)
		if problems == nil || len(problems) > 100 {
			t.Errorf("Validate gives %d problems (nil: %v)", len(problems), problems == nil)
		}
		if again := annotation.Validate(doc); !slices.Equal(problems, again) {
			t.Errorf("Validate = %v, and then %v", problems, again)
		}
		for _, p := range problems {
			if p.Path != "" && !strings.HasPrefix(p.Path, "/") {
				t.Errorf("path %q is no JSON pointer", p.Path)
			}
		}
	})
}

// What Decode takes it gives back, and what passes Check is a valid W3C document
// when it is exported.
func FuzzDecode(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, doc []byte) {
		a, err := annotation.Decode(doc)
		if err != nil {
			fieldOf(t, err)
			return
		}
		out, err := json.Marshal(a)
		if err != nil {
			t.Fatalf("marshal: %v", err)
		}
		again, err := annotation.Decode(out)
		if err != nil || !reflect.DeepEqual(a, again) {
			t.Fatalf("decoded again: %+v, %v, want %+v", again, err, a)
		}
		bare, slug, err := annotation.FromIRI(a)
		if err != nil {
			fieldOf(t, err)
			return
		}
		if err := annotation.Check(bare); err != nil {
			fieldOf(t, err)
			return
		}
		checkExport(t, bare, slug)
	})
}

func checkExport(t *testing.T, bare annotation.Annotation, slug string) {
	t.Helper()
	if slug == "" { // a reply that does not tell its article
		slug = "harbour-bridge"
	}
	exported := annotation.ToIRI(bare, "https://n.example", slug)
	out, err := json.Marshal(exported)
	if err != nil {
		t.Fatalf("marshal: %v", err)
	}
	for _, p := range annotation.Validate(out) {
		// What addresses a note may cite is for a rule to say.
		if !strings.HasSuffix(p.Path, "/source") || !strings.HasPrefix(p.Path, "/body/") {
			t.Errorf("export of %s: %s %s", out, p.Path, p.Detail)
		}
	}
	back, of, err := annotation.FromIRI(exported)
	if err != nil || of != slug || annotation.ETag(back) != annotation.ETag(bare) {
		t.Errorf("back from the export: %+v, %q, %v, want %+v, %q", back, of, err, bare, slug)
	}
}
