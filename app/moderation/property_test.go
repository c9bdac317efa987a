package moderation

import (
	"encoding/json"
	"testing"

	"marginalia/app/annotation"

	"pgregory.net/rapid"
)

// textOf draws a text of words that rules react to, of disguises and of any
// code points.
func textOf(t *rapid.T, name string) string {
	piece := rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{
			"idiot", "k i l l yourself", "f*ck", "a$$hole", "ｆｏｏｌ", "𝓲𝓭𝓲𝓸𝓽", "іdіоt", "idioooot", "f\u0301o\u200bol", "🅵🅾🅾🅻",
			"+44 7700 900123", "jo@example.org", "4111 1111 1111 1111", "GB82 WEST 1234 5698 7654 32", "12 Example Street",
			"https://example.org/a", "www.a.org", "!!!!!", "AAAAAAAAAAAAAAAAAAAAAA", "\"", "“", "”", "\n", ". ", " ", "-", "👩‍👩‍👧", "\xff", "٤٠", "ﬃ", "İ",
		}),
	)
	text := ""
	for _, p := range rapid.SliceOfN(piece, 0, 12).Draw(t, name) {
		text += p + rapid.SampledFrom([]string{"", " ", "\n", ", "}).Draw(t, "gap")
	}
	return text
}

// fieldText is the field of n that a finding names.
func fieldText(n Note, name string) string {
	for i, s := range n.Sources {
		switch name {
		case sourceField(i, "url"):
			return s.URL
		case sourceField(i, "passage"):
			return s.Passage
		}
	}
	if name == "nickname" {
		return n.Nickname
	}
	return n.Text
}

// TestFindingsMarkTheirWords wants each finding inside its field, quoting
// exactly what it marks, in order, and the verdict the same a second time.
func TestFindingsMarkTheirWords(t *testing.T) {
	article := NewArticle("He was called a fool and an idiot by 40,005 people.")
	policy := shipped()
	rapid.Check(t, func(t *rapid.T) {
		n := Note{Note: annotation.Note{Text: textOf(t, "text")}, Nickname: textOf(t, "nickname")}
		n.Sources = []annotation.Source{{URL: rapid.String().Draw(t, "url"), Passage: textOf(t, "passage")}}
		s := Subject{Article: article, Quote: textOf(t, "quote")}
		v := Check(policy, n, s)
		if len(v.Without) > 0 {
			t.Fatalf("rules failed: %v", v.Without)
		}
		last := Finding{Severity: SeverityStop, Field: "text"}
		for _, f := range v.Findings {
			runes := []rune(fieldText(n, f.Field))
			if f.Start < 0 || f.End < f.Start || f.End > len(runes) {
				t.Fatalf("%+v is outside of %q", f, string(runes))
			}
			if got := string(runes[f.Start:f.End]); got != f.Quote {
				t.Fatalf("%+v marks %q", f, got)
			}
			if f.Severity.weight() > last.Severity.weight() ||
				f.Severity == last.Severity && compareFields(f.Field, last.Field) < 0 ||
				f.Severity == last.Severity && f.Field == last.Field && f.Start < last.Start {
				t.Fatalf("%+v comes after %+v", f, last)
			}
			last = f
		}
		if v.Scores.Abuse < 0 || v.Scores.Abuse > one || v.Scores.Topic < 0 || v.Scores.Topic > one {
			t.Fatalf("scores %+v", v.Scores)
		}
		first, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		second, _ := json.Marshal(Check(policy, n, s))
		if string(first) != string(second) {
			t.Fatalf("the second verdict differs:\n%s\n%s", first, second)
		}
	})
}

// FuzzParsePolicy wants no panic, and a policy that works from what is accepted.
func FuzzParsePolicy(f *testing.F) {
	f.Add(DefaultPolicy())
	f.Add([]byte(`{"version":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse(data)
		if err != nil {
			return
		}
		p.FAQ()
		if v := Check(p, note("The council said so, and it was right."), Subject{}); len(v.Without) > len(p.Models()) {
			t.Fatalf("rules failed: %v", v.Without)
		}
	})
}
