package annotation_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

const (
	id       = "019a8f00-0000-7000-8000-000000000001"
	otherID  = "019a8f00-0000-7000-8000-000000000002"
	revision = "sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.FixedZone("", 3600))

// span is a target as a device makes it.
func span() annotation.Target {
	start, end := 0, 12
	return annotation.Target{
		Source: "harbour-bridge",
		State:  &annotation.State{Type: "TimeState", SourceDate: "2026-11-20T08:00:00Z", Cached: revision},
		Selector: []annotation.Selector{
			{Type: "TextQuoteSelector", Exact: "Nine bridges", Suffix: " cross the harbour"},
			{Type: "TextPositionSelector", Start: &start, End: &end},
		},
	}
}

func sample() annotation.Annotation {
	return annotation.New(id, annotation.Note{
		Text: "There are ten.", Language: "en", Stance: annotation.Dispute,
		Sources: []annotation.Source{
			{URL: "https://port.example/bridges", Passage: "the ten bridges of the port"},
			{URL: "https://maps.example/harbour"},
		},
	}, span(), noon)
}

func TestNew(t *testing.T) {
	got, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"` + id + `","type":"Annotation",` +
		`"motivation":"assessing","created":"2026-11-22T11:00:00Z","body":[` +
		`{"type":"TextualBody","value":"There are ten.","format":"text/plain","language":"en","purpose":"commenting"},` +
		`{"type":"TextualBody","value":"dispute","purpose":"tagging"},` +
		`{"type":"SpecificResource","purpose":"linking","source":"https://port.example/bridges",` +
		`"selector":{"type":"TextQuoteSelector","exact":"the ten bridges of the port"}},` +
		`{"type":"SpecificResource","purpose":"linking","source":"https://maps.example/harbour"}],` +
		`"target":{"source":"harbour-bridge","state":{"type":"TimeState","sourceDate":"2026-11-20T08:00:00Z","cached":"` + revision + `"},` +
		`"selector":[{"type":"TextQuoteSelector","exact":"Nine bridges","suffix":" cross the harbour"},` +
		`{"type":"TextPositionSelector","start":0,"end":12}]}}`
	if string(got) != want {
		t.Errorf("New gives\n%s\nwant\n%s", got, want)
	}
}

func TestNoteRoundTrip(t *testing.T) {
	tests := []struct {
		name       string
		note       annotation.Note
		motivation string
	}{
		{"dispute", annotation.Note{Text: "no", Stance: annotation.Dispute}, "assessing"},
		{"support", annotation.Note{Text: "yes", Stance: annotation.Support}, "assessing"},
		{"context", annotation.Note{Text: "and", Stance: annotation.Context}, "commenting"},
		{"question", annotation.Note{Text: "why?", Stance: annotation.Question, Language: "pt-BR"}, "questioning"},
		{"reply", annotation.Note{Text: "so", ReplyTo: otherID}, "replying"},
		{"reply with a source", annotation.Note{Text: "so", ReplyTo: otherID, Sources: []annotation.Source{{URL: "https://a.example/"}}}, "replying"},
		{"sources", annotation.Note{Text: "see", Stance: annotation.Support, Sources: []annotation.Source{
			{URL: "https://a.example/", Passage: "a \"passage\""}, {URL: "https://b.example/"},
		}}, "assessing"},
		{"text with lines and marks", annotation.Note{Text: " a\n\tb <b>&amp; 🙂", Stance: annotation.Context}, "commenting"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := annotation.New(id, tt.note, span(), noon)
			if a.Motivation != tt.motivation {
				t.Errorf("motivation = %q, want %q", a.Motivation, tt.motivation)
			}
			if diff := cmp.Diff(tt.note, a.Note()); diff != "" {
				t.Errorf("New(…).Note() differs (-want +got):\n%s", diff)
			}
			if a.Text() != tt.note.Text {
				t.Errorf("Text() = %q, want %q", a.Text(), tt.note.Text)
			}
			if err := annotation.Check(a); err != nil {
				t.Errorf("Check: %v", err)
			}
		})
	}
}

func TestNewReplyHasNoStanceAndNoSelector(t *testing.T) {
	a := annotation.New(id, annotation.Note{Text: "so", Stance: annotation.Dispute, ReplyTo: otherID}, span(), noon)
	if got := a.Note().Stance; got != "" {
		t.Errorf("stance of a reply = %q, want none", got)
	}
	if a.Target.Source != otherID || a.Target.Selector != nil || a.Target.State != nil {
		t.Errorf("target of a reply = %+v, want the note alone", a.Target)
	}
}

func TestTargetParts(t *testing.T) {
	a := sample()
	if q, ok := a.Quote(); !ok || q.Exact != "Nine bridges" {
		t.Errorf("Quote() = %+v, %v", q, ok)
	}
	if s, ok := a.Position(); !ok || s != (textpos.Span{Start: 0, End: 12}) {
		t.Errorf("Position() = %v, %v, want [0,12)", s, ok)
	}
	if got := a.Revision(); got != revision {
		t.Errorf("Revision() = %q, want %q", got, revision)
	}
	if got := annotation.ToIRI(a, "https://n.example", "harbour-bridge").Revision(); got != revision {
		t.Errorf("Revision() of an IRI = %q, want %q", got, revision)
	}

	whole := annotation.New(id, annotation.Note{Text: "x", Stance: annotation.Context}, annotation.Target{Source: "s"}, time.Time{})
	if _, ok := whole.Quote(); ok {
		t.Error("a note on a whole article has a quote")
	}
	if _, ok := whole.Position(); ok {
		t.Error("a note on a whole article has a position")
	}
	if whole.Revision() != "" || whole.Created != "" {
		t.Errorf("revision %q and created %q, want neither", whole.Revision(), whole.Created)
	}
	half := whole
	half.Target.Selector = []annotation.Selector{{Type: "TextPositionSelector", Start: new(int)}}
	if _, ok := half.Position(); ok {
		t.Error("a position without an end is one")
	}
}

func TestETag(t *testing.T) {
	base := annotation.ETag(sample())
	if len(base) < 22 || strings.Trim(base, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		t.Errorf("ETag = %q, want 22 or more of base64url", base)
	}
	// It is stored and sent, so it must not change from one version to the next.
	if want := "KJ993gEanoZWvJbKTsPuF167"; base != want {
		t.Errorf("ETag = %q, want %q", base, want)
	}
	tests := []struct {
		name string
		edit func(*annotation.Annotation)
		same bool
	}{
		{"id", func(a *annotation.Annotation) { a.ID = otherID }, true},
		{"times", func(a *annotation.Annotation) { a.Created, a.Modified = "", "2026-11-23T00:00:00Z" }, true},
		{"nickname", func(a *annotation.Annotation) { a.Creator = &annotation.Agent{ID: "7f", Nickname: "ana"} }, true},
		{"context", func(a *annotation.Annotation) { a.Context = "" }, true},
		{"text", func(a *annotation.Annotation) { a.Body[0].Value += "!" }, false},
		{"stance", func(a *annotation.Annotation) { a.Body[1].Value = "support" }, false},
		{"source", func(a *annotation.Annotation) { a.Body = a.Body[:3] }, false},
		{"motivation", func(a *annotation.Annotation) { a.Motivation = "commenting" }, false},
		{"words", func(a *annotation.Annotation) { a.Target.Selector[0].Exact = "Ten bridges" }, false},
		{"place", func(a *annotation.Annotation) { *a.Target.Selector[1].Start = 1 }, false},
		{"revision", func(a *annotation.Annotation) { a.Target.State.Cached = "sha256-00" }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := sample()
			tt.edit(&a)
			if got := annotation.ETag(a) == base; got != tt.same {
				t.Errorf("same etag = %v, want %v", got, tt.same)
			}
		})
	}
	none := annotation.Annotation{Body: []annotation.Body{}, Target: annotation.Target{Selector: []annotation.Selector{}}}
	if annotation.ETag(none) != annotation.ETag(annotation.Annotation{}) {
		t.Error("no bodies and an empty list of bodies have two etags")
	}
}

func TestNewID(t *testing.T) {
	var low, high [10]byte
	for i := range high {
		high[i] = 0xff
	}
	at := time.UnixMilli(0x0123456789ab)
	if got, want := annotation.NewID(at, low), "01234567-89ab-7000-8000-000000000000"; got != want {
		t.Errorf("NewID = %s, want %s", got, want)
	}
	if got, want := annotation.NewID(at, high), "01234567-89ab-7fff-bfff-ffffffffffff"; got != want {
		t.Errorf("NewID = %s, want %s", got, want)
	}
	if got, want := annotation.NewID(time.Unix(-5, 0), low), "00000000-0000-7000-8000-000000000000"; got != want {
		t.Errorf("NewID before 1970 = %s, want %s", got, want)
	}
	var ids []string
	for i := range 2000 {
		random := high
		if i%2 == 1 {
			random = low
		}
		ids = append(ids, annotation.NewID(noon.Add(time.Duration(i)*time.Millisecond), random))
		if !annotation.ValidID(ids[i]) {
			t.Fatalf("NewID gives %q, which is not valid", ids[i])
		}
	}
	if !slices.IsSorted(ids) {
		t.Error("ids of later milliseconds do not sort after earlier ones")
	}
}

func TestValidID(t *testing.T) {
	tests := []struct {
		name, id string
		want     bool
	}{
		{"version 7", id, true},
		{"upper case", strings.ToUpper(id), false},
		{"version 4", "019a8f00-0000-4000-8000-000000000001", false},
		{"another variant", "019a8f00-0000-7000-c000-000000000001", false},
		{"no hyphens", strings.ReplaceAll(id, "-", ""), false},
		{"hyphens elsewhere", "019a8f0-00000-7000-8000-000000000001", false},
		{"braces", "{" + id + "}", false},
		{"urn", "urn:uuid:" + id, false},
		{"empty", "", false},
		{"letters beyond f", "019a8g00-0000-7000-8000-000000000001", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := annotation.ValidID(tt.id); got != tt.want {
				t.Errorf("ValidID(%q) = %v, want %v", tt.id, got, tt.want)
			}
		})
	}
}

// What is stored is compared and hashed, so encoding must not depend on how the
// annotation came about.
func TestMarshalIsStable(t *testing.T) {
	first, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	a, err := annotation.Decode(first)
	if err != nil {
		t.Fatal(err)
	}
	second, err := json.Marshal(a)
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("marshalled again:\n%s\nwant\n%s (%v)", second, first, err)
	}
}

func TestMade(t *testing.T) {
	const early, late = "2026-11-22T20:00:00Z", "2026-11-23T20:00:00.5Z"
	for name, c := range map[string]struct{ created, modified, want string }{
		"as it says":              {early, late, early},
		"a clock that runs ahead": {late, early, early},
		"not at the server yet":   {late, "", late},
		"says nothing":            {"", early, ""},
		"says nonsense":           {"soon", early, "soon"},
	} {
		if got := (annotation.Annotation{Created: c.created, Modified: c.modified}).Made(); got != c.want {
			t.Errorf("%s: Made = %q, want %q", name, got, c.want)
		}
	}
}
