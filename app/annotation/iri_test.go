package annotation_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marginalia/app/annotation"
)

func TestToIRI(t *testing.T) {
	a := sample()
	a.Creator = &annotation.Agent{ID: "7f3a", Type: "Person", Nickname: "ana"}
	before := sample()
	before.Creator = &annotation.Agent{ID: "7f3a", Type: "Person", Nickname: "ana"}

	got := annotation.ToIRI(a, "https://n.example/", "harbour-bridge")
	for _, f := range []struct{ name, got, want string }{
		{"id", got.ID, "https://n.example/a/harbour-bridge/annotations/" + id},
		{"creator", got.Creator.ID, "https://n.example/readers/7f3a"},
		{"source", got.Target.Source, "https://n.example/a/harbour-bridge"},
		{"cached", got.Target.State.Cached, "https://n.example/a/harbour-bridge/r/" + revision},
	} {
		if f.got != f.want {
			t.Errorf("%s = %q, want %q", f.name, f.got, f.want)
		}
	}
	if diff := cmp.Diff(before, a); diff != "" {
		t.Errorf("ToIRI changed its argument:\n%s", diff)
	}
	if diff := cmp.Diff(got, annotation.ToIRI(got, "https://m.example", "harbour-bridge")); diff != "" {
		t.Errorf("ToIRI of IRIs changed them:\n%s", diff)
	}
}

func TestIRIRoundTrip(t *testing.T) {
	reply := annotation.New(id, annotation.Note{Text: "so", ReplyTo: otherID}, annotation.Target{}, noon)
	withCreator := sample()
	withCreator.Creator = &annotation.Agent{ID: "7f3a", Nickname: "ana"}
	tests := []struct {
		name, base, slug string
		a                annotation.Annotation
	}{
		{"note", "https://n.example", "harbour-bridge", sample()},
		{"creator", "http://127.0.0.1:8080", "harbour-bridge", withCreator},
		{"base with a path", "https://n.example/comments/", "harbour-bridge", sample()},
		{"reply", "https://n.example", "harbour-bridge", reply},
		{"slug of another script", "https://n.example", "γέφυρα", func() annotation.Annotation {
			a := sample()
			a.Target.Source = "γέφυρα"
			return a
		}()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := annotation.ToIRI(tt.a, tt.base, tt.slug)
			got, slug, err := annotation.FromIRI(out)
			if err != nil {
				t.Fatalf("FromIRI: %v", err)
			}
			if slug != tt.slug {
				t.Errorf("slug = %q, want %q", slug, tt.slug)
			}
			if diff := cmp.Diff(tt.a, got); diff != "" {
				t.Errorf("there and back differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFromIRI(t *testing.T) {
	upper := strings.ToUpper(id)
	tests := []struct {
		name, id, source, cached string
		wantSource, wantSlug     string
		field                    string // of the error
	}{
		{"bare", id, "harbour", "", "harbour", "harbour", ""},
		{"upper case", upper, "harbour", "", "harbour", "harbour", ""},
		{"urn", "urn:uuid:" + id, "/a/harbour", "", "harbour", "harbour", ""},
		{"urn in upper case", "URN:UUID:" + upper, "/a/harbour/", "", "harbour", "harbour", ""},
		{"address", "https://n.example/a/harbour/annotations/" + upper, "https://n.example/a/harbour?x=/a/y#n-1", revision, "harbour", "harbour", ""},
		{"address elsewhere", "https://other.example/annotations/" + id, "https://n.example/a/harbour", "https://n.example/a/harbour/r/" + revision, "harbour", "harbour", ""},
		{"escaped slug", id, "https://n.example/a/%CE%B3%CE%B5", "", "γε", "γε", ""},
		{"reply, bare", id, strings.ToUpper(otherID), "", otherID, "", ""},
		{"reply, urn", id, "urn:uuid:" + otherID, "", otherID, "", ""},
		{"reply, address", id, "https://n.example/a/harbour/annotations/" + otherID, "", otherID, "harbour", ""},
		{"reply, slug from the id", "https://n.example/a/harbour/annotations/" + id, otherID, "", otherID, "harbour", ""},
		{"no id yet", "", "harbour", "", "harbour", "harbour", ""},

		{"id of no note", "https://n.example/1", "harbour", "", "", "", "/id"},
		{"id short", id[1:], "harbour", "", "", "", "/id"},
		{"source missing", id, "", "", "", "", "/target/source"},
		{"source of another kind", id, "https://n.example/faq", "", "", "", "/target/source"},
		{"source is a host named a", id, "https://a/harbour", "", "", "", "/target/source"},
		{"source is a revision", id, "https://n.example/a/harbour/r/" + revision, "", "", "", "/target/source"},
		{"source in words", id, "the harbour", "", "", "", "/target/source"},
		{"source escapes its folder", id, "/a/x%2Fy", "", "", "", "/target/source"},
		{"cached in words", id, "harbour", "yesterday", "", "", "/target/state/cached"},
		{"cached elsewhere", id, "harbour", "https://n.example/" + revision, "", "", "/target/state/cached"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := annotation.Annotation{ID: tt.id, Target: annotation.Target{Source: tt.source}}
			if tt.cached != "" {
				in.Target.State = &annotation.State{Type: "TimeState", Cached: tt.cached}
			}
			got, slug, err := annotation.FromIRI(in)
			if field := fieldOf(t, err); err != nil || tt.field != "" {
				if field != tt.field {
					t.Errorf("FromIRI: error %v, want one at %q", err, tt.field)
				}
				return
			}
			if want := strings.ToLower(tt.id); want != "" && got.ID != id {
				t.Errorf("id = %q, want %q", got.ID, id)
			}
			if got.Target.Source != tt.wantSource || slug != tt.wantSlug {
				t.Errorf("source %q, slug %q, want %q, %q", got.Target.Source, slug, tt.wantSource, tt.wantSlug)
			}
			if tt.cached != "" && got.Target.State.Cached != revision {
				t.Errorf("cached = %q, want %q", got.Target.State.Cached, revision)
			}
			if tt.cached != "" && in.Target.State.Cached != tt.cached {
				t.Error("FromIRI changed its argument")
			}
		})
	}
}

// fieldOf is the field that err names; the test fails when err is no FieldError.
func fieldOf(t *testing.T, err error) string {
	t.Helper()
	var fe *annotation.FieldError
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &fe):
		t.Fatalf("error %v is a %T, want a *FieldError", err, err)
	case fe.Detail == "":
		t.Errorf("error %v has no detail", err)
	}
	return fe.Field
}
