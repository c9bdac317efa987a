package browser

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marginalia/app/annotation"
	"marginalia/app/replica"
)

func TestFields(t *testing.T) {
	cases := []struct {
		name string
		in   replica.DraftNote
		want map[string]any
	}{
		{"empty draft has a first source", replica.DraftNote{}, map[string]any{
			"text": "", "reason": "", "sources/0/url": "", "sources/0/passage": "",
		}},
		{"all", replica.DraftNote{Text: " kept as typed\n", Appeal: "why", Sources: []annotation.Source{{URL: "https://a.example"}, {URL: "b", Passage: "“p”"}}}, map[string]any{
			"text": " kept as typed\n", "reason": "why",
			"sources/0/url": "https://a.example", "sources/0/passage": "", "sources/1/url": "b", "sources/1/passage": "“p”",
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, fields(c.in)); diff != "" {
				t.Errorf("fields: -want +got\n%s", diff)
			}
		})
	}
}

func TestSelector(t *testing.T) {
	cases := []struct {
		name string
		in   Target
		want string
	}{
		{"note field", Target{Kind: AtText}, `form.composer [data-field="text"]`},
		{"source", Target{Kind: AtField, ID: "sources/1/url"}, `form.composer [data-field="sources/1/url"]`},
		{"note", Target{Kind: AtNote, ID: "019154a3-11f0"}, `[data-annotation-id="019154a3-11f0"]`},
		{"a quote mark", Target{Kind: AtNote, ID: `x"],body["`}, ""},
		{"a backslash", Target{Kind: AtNote, ID: `x\`}, ""},
		{"no id", Target{Kind: AtNote}, ""},
		{"unknown", Target{Kind: "elsewhere"}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := selector(c.in); got != c.want {
				t.Errorf("selector(%+v) = %s, want %s", c.in, got, c.want)
			}
		})
	}
}

func TestPack(t *testing.T) {
	want := []float64{0, -1.5, 1e300, math.Inf(1)}
	if got := floats(appendFloats(nil, want...)); !slices.Equal(got, want) {
		t.Errorf("floats(appendFloats(%v)) = %v", want, got)
	}
	if got, want := appendInts(nil, 1, -1, 258), []byte{1, 0, 0, 0, 255, 255, 255, 255, 2, 1, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("appendInts = %v, want %v", got, want)
	}
	if got := lines(""); got != nil {
		t.Errorf("lines of nothing = %q, want none", got)
	}
	if got, want := lines("a\nb"), []string{"a", "b"}; !slices.Equal(got, want) {
		t.Errorf("lines = %q, want %q", got, want)
	}
}
