package annotation_test

import (
	"strings"
	"testing"

	"marginalia/app/annotation"
)

func TestCheck(t *testing.T) {
	type edit = func(*annotation.Annotation)
	selector := func(i int, f func(*annotation.Selector)) edit {
		return func(a *annotation.Annotation) { f(&a.Target.Selector[i]) }
	}
	body := func(i int, f func(*annotation.Body)) edit {
		return func(a *annotation.Annotation) { f(&a.Body[i]) }
	}
	text := func(s string) edit { return body(0, func(b *annotation.Body) { b.Value = s }) }
	language := func(s string) edit { return body(0, func(b *annotation.Body) { b.Language = s }) }
	nickname := func(s string) edit {
		return func(a *annotation.Annotation) { a.Creator = &annotation.Agent{Nickname: s} }
	}
	sources := func(n int) edit {
		return func(a *annotation.Annotation) {
			a.Body = a.Body[:2]
			for range n {
				a.Body = append(a.Body, annotation.Body{Type: "SpecificResource", Purpose: "linking", Source: "https://a.example/"})
			}
		}
	}
	tests := []struct {
		name  string
		edit  edit
		field string // empty: no error
	}{
		{"as made", func(*annotation.Annotation) {}, ""},
		{"no context", func(a *annotation.Annotation) { a.Context = "" }, ""},
		{"another context", func(a *annotation.Annotation) { a.Context = "x" }, "/@context"},
		{"id of version 4", func(a *annotation.Annotation) { a.ID = "019a8f00-0000-4000-8000-000000000001" }, "/id"},
		{"id as an address", func(a *annotation.Annotation) { a.ID = "urn:uuid:" + id }, "/id"},
		{"type", func(a *annotation.Annotation) { a.Type = "annotation" }, "/type"},
		{"motivation unknown", func(a *annotation.Annotation) { a.Motivation = "tagging" }, "/motivation"},
		{"motivation of another stance", func(a *annotation.Annotation) { a.Motivation = "questioning" }, "/motivation"},
		{"created with an offset", func(a *annotation.Annotation) { a.Created = "2026-11-22T12:00:00+01:00" }, "/created"},
		{"created with milliseconds", func(a *annotation.Annotation) { a.Created = "2026-11-22T12:00:00.123Z" }, ""},
		{"modified in words", func(a *annotation.Annotation) { a.Modified = "now" }, "/modified"},

		{"nickname at the limit", nickname(strings.Repeat("é", annotation.MaxNickname)), ""},
		{"nickname too long", nickname(strings.Repeat("é", annotation.MaxNickname+1)), "/creator/nickname"},
		{"nickname with an override", nickname("ana\u202e"), "/creator/nickname"},
		{"nickname with a line break", nickname("ana\n"), "/creator/nickname"},
		{"creator of another type", func(a *annotation.Annotation) { a.Creator = &annotation.Agent{Type: "Software"} }, "/creator/type"},

		{"text at the limit", text(strings.Repeat("🙂", annotation.MaxText)), ""},
		{"text too long", text(strings.Repeat("🙂", annotation.MaxText+1)), "/body/0/value"},
		{"text empty", text(""), "/body/0/value"},
		{"text of white space", text(" \n\t\u00a0"), "/body/0/value"},
		{"text of nothing to see", text("\u200b \u2060"), "/body/0/value"},
		{"text with lines", text("a\n\tb"), ""},
		{"text with a control character", text("a\u0000b"), "/body/0/value"},
		{"text with lines as some systems end them", text("a\r\nb"), ""},
		{"text not UTF-8", text("a\xff"), "/body/0/value"},
		{"text as HTML", body(0, func(b *annotation.Body) { b.Format = "text/html" }), "/body/0/format"},
		{"text without a format", body(0, func(b *annotation.Body) { b.Format = "" }), ""},
		{"text of another type", body(0, func(b *annotation.Body) { b.Type = "Text" }), "/body/0/type"},
		{"text with a source", body(0, func(b *annotation.Body) { b.Source = "x" }), "/body/0/source"},
		{"no text", func(a *annotation.Annotation) { a.Body = a.Body[1:] }, "/body"},
		{"two texts", func(a *annotation.Annotation) { a.Body = append(a.Body, a.Body[0]) }, "/body/4"},
		{"purpose unknown", body(3, func(b *annotation.Body) { b.Purpose = "describing" }), "/body/3/purpose"},

		{"language", language("zh-Hant-TW"), ""},
		{"language private", language("x-klingon"), ""},
		{"language in words", language("English language"), "/body/0/language"},
		{"language of one letter", language("e"), "/body/0/language"},
		{"language with an empty part", language("en--US"), "/body/0/language"},
		{"language with a long part", language("en-abcdefghi"), "/body/0/language"},
		{"language beyond ASCII", language("ën"), "/body/0/language"},

		{"no stance", func(a *annotation.Annotation) { a.Body = a.Body[:1] }, "/body"},
		{"stance unknown", body(1, func(b *annotation.Body) { b.Value = "agree" }), "/body/1/value"},
		{"stance as HTML", body(1, func(b *annotation.Body) { b.Format = "text/html" }), "/body/1/format"},
		{"stance of another type", body(1, func(b *annotation.Body) { b.Type = "Tag" }), "/body/1/type"},
		{"stance with a selector", body(1, func(b *annotation.Body) { b.Selector = &annotation.Selector{} }), "/body/1/selector"},
		{"two stances", func(a *annotation.Annotation) { a.Body = append(a.Body, a.Body[1]) }, "/body/4"},

		{"no sources", sources(0), ""},
		{"as many sources as can be", sources(annotation.MaxSources), ""},
		{"too many sources", sources(annotation.MaxSources + 1), "/body/7"},
		{"source empty", body(3, func(b *annotation.Body) { b.Source = " " }), "/body/3/source"},
		{"source at the limit", body(3, func(b *annotation.Body) { b.Source = strings.Repeat("a", annotation.MaxURL) }), ""},
		{"source too long in bytes", body(3, func(b *annotation.Body) { b.Source = strings.Repeat("é", annotation.MaxURL/2) + "a" }), "/body/3/source"},
		{"source that is no address", body(3, func(b *annotation.Body) { b.Source = "my neighbour" }), ""}, // a rule's business
		{"source with a text", body(3, func(b *annotation.Body) { b.Value = "x" }), "/body/3/value"},
		{"source of another type", body(3, func(b *annotation.Body) { b.Type = "TextualBody" }), "/body/3/type"},
		{"source with a format", body(3, func(b *annotation.Body) { b.Format = "text/html" }), "/body/3/format"},
		{"source with a language", body(3, func(b *annotation.Body) { b.Language = "en" }), "/body/3/language"},
		{"source with a line break", body(3, func(b *annotation.Body) { b.Source = "https://a.example/\nx" }), "/body/3/source"},
		{"passage with a control character", body(2, func(b *annotation.Body) { b.Selector.Exact = "a\u0007" }), "/body/2/selector/exact"},
		{"passage with a place", body(2, func(b *annotation.Body) { b.Selector.End = new(int) }), "/body/2/selector"},
		{"passage at the limit", body(2, func(b *annotation.Body) { b.Selector.Exact = strings.Repeat("é", annotation.MaxPassage) }), ""},
		{"passage too long", body(2, func(b *annotation.Body) { b.Selector.Exact = strings.Repeat("é", annotation.MaxPassage+1) }), "/body/2/selector/exact"},
		{"passage empty", body(2, func(b *annotation.Body) { b.Selector.Exact = "" }), "/body/2/selector/exact"},
		{"passage by place", body(2, func(b *annotation.Body) { b.Selector.Type = "TextPositionSelector" }), "/body/2/selector/type"},
		{"passage with context", body(2, func(b *annotation.Body) { b.Selector.Prefix = "a" }), "/body/2/selector"},

		{"whole article", func(a *annotation.Annotation) { a.Target = annotation.Target{Source: "harbour"} }, ""},
		{"target missing", func(a *annotation.Annotation) { a.Target.Source = "" }, "/target/source"},
		{"target as an address", func(a *annotation.Annotation) { a.Target.Source = "https://n.example/a/x" }, "/target/source"},
		{"target a note, but no reply", func(a *annotation.Annotation) { a.Target.Source = otherID }, "/target/source"},
		{"state of another type", func(a *annotation.Annotation) { a.Target.State.Type = "" }, "/target/state/type"},
		{"state without a date", func(a *annotation.Annotation) { a.Target.State.SourceDate = "" }, ""},
		{"state with a bad date", func(a *annotation.Annotation) { a.Target.State.SourceDate = "2026-11-20" }, "/target/state/sourceDate"},
		{"state with an address", func(a *annotation.Annotation) { a.Target.State.Cached = "https://n.example/r/" + revision }, "/target/state/cached"},
		{"selector unknown", selector(0, func(s *annotation.Selector) { s.Type = "CssSelector" }), "/target/selector/0/type"},
		{"selector twice", func(a *annotation.Annotation) { a.Target.Selector[1] = a.Target.Selector[0] }, "/target/selector/1/type"},
		{"quote empty", selector(0, func(s *annotation.Selector) { s.Exact = "" }), "/target/selector/0/exact"},
		{"quote with a place", selector(0, func(s *annotation.Selector) { s.Start = new(int) }), "/target/selector/0"},
		{"place with a quote", selector(1, func(s *annotation.Selector) { s.Exact = "x" }), "/target/selector/1"},
		{"start missing", selector(1, func(s *annotation.Selector) { s.Start = nil }), "/target/selector/1/start"},
		{"end missing", selector(1, func(s *annotation.Selector) { s.End = nil }), "/target/selector/1/end"},
		{"start negative", selector(1, func(s *annotation.Selector) { *s.Start = -1 }), "/target/selector/1/start"},
		{"end before start", selector(1, func(s *annotation.Selector) { *s.Start = 13 }), "/target/selector/1/end"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := sample()
			tt.edit(&a)
			err := annotation.Check(a)
			if field := fieldOf(t, err); field != tt.field || (err == nil) != (tt.field == "") {
				t.Errorf("Check: error %v, want one at %q", err, tt.field)
			}
		})
	}
}

func TestCheckReply(t *testing.T) {
	tests := []struct {
		name  string
		edit  func(*annotation.Annotation)
		field string
	}{
		{"as made", func(*annotation.Annotation) {}, ""},
		{"stance", func(a *annotation.Annotation) {
			a.Body = append(a.Body, annotation.Body{Type: "TextualBody", Value: "dispute", Purpose: "tagging"})
		}, "/body/1"},
		{"to an article", func(a *annotation.Annotation) { a.Target.Source = "harbour" }, "/target/source"},
		{"to itself", func(a *annotation.Annotation) { a.Target.Source = a.ID }, "/target/source"},
		{"to a part of a note", func(a *annotation.Annotation) { a.Target.Selector = span().Selector }, "/target/selector"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := annotation.New(id, annotation.Note{Text: "so", ReplyTo: otherID}, annotation.Target{}, noon)
			tt.edit(&a)
			err := annotation.Check(a)
			if field := fieldOf(t, err); field != tt.field || (err == nil) != (tt.field == "") {
				t.Errorf("Check: error %v, want one at %q", err, tt.field)
			}
		})
	}
}

func TestFieldErrorText(t *testing.T) {
	tests := []struct {
		err  annotation.FieldError
		want string
	}{
		{annotation.FieldError{Field: "/body/0/value", Detail: "is empty"}, "/body/0/value: is empty"},
		{annotation.FieldError{Detail: "is not UTF-8"}, "annotation: is not UTF-8"},
	}
	for _, tt := range tests {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("Error() = %q, want %q", got, tt.want)
		}
	}
}
