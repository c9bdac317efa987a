package moderation

import (
	"cmp"
	"strings"
	"testing"
	"unicode/utf8"

	"marginalia/app/annotation"
)

// hostile are texts that are made to cost time or to break the map back to the
// writer's words. Each is repeated to any length.
var hostile = []struct{ name, part string }{
	{"one letter", "a"},
	{"single letters", "a "},
	{"single letters and dots", "k.i.l.l."},
	{"signs for letters", "@$€!"},
	{"signs and letters", "a@s$h!o"},
	{"stars", "*"},
	{"starred words", "s**t f*ck "},
	{"digits", "1d10t 4 "},
	{"no spaces", "youareallsuchidiots"},
	{"misspelled words", "idoit mroon "},
	{"half a phrase", "you are all so "},
	{"half a threat", "i will find and "},
	{"quotation marks", "\""},
	{"all kinds of quotation marks", "“„«‘'”»"},
	{"a quotation that does not end", "“you are an idiot "},
	{"zero-width spaces", "\u200b"},
	{"letters and zero-width spaces", "i\u200b\u200b"},
	{"stacked marks", "i\u0301\u0316\u0334\u0334\u0334"},
	{"marks alone", "\u0301"},
	{"ligatures", "ﷺﬃ"},
	{"Greek look-alikes", "ιδιοτ fοol "},
	{"emoji", "f🙂"},
	{"families", "👩‍👩‍👧"},
	{"addresses", "https://a.example/ "},
	{"half an address", "http://"},
	{"mail", "a@b."},
	{"numbers", "4111 1111 "},
	{"line breaks", "\n"},
	{"bytes that are no text", "\xff\xc0"},
	{"terms of many words", "kill yourself they are vermin "},
	{"groups and pronouns", "muslims and they are "},
}

// checkAll judges n and wants a verdict that keeps every promise.
func checkAll(t *testing.T, n Note, s Subject) {
	t.Helper()
	v := Check(shipped(), n, s)
	if len(v.Without) > 0 {
		t.Fatalf("rules failed: %v", v.Without)
	}
	strongest := 0
	for i, f := range v.Findings {
		strongest = max(strongest, f.Severity.weight())
		runes := []rune(fieldText(n, f.Field))
		if f.Start < 0 || f.End < f.Start || f.End > len(runes) {
			t.Fatalf("%+v is outside of %q", f, string(runes))
		}
		if got := string(runes[f.Start:f.End]); got != f.Quote || !utf8.ValidString(f.Quote) {
			t.Fatalf("%+v marks %q", f, got)
		}
		if f.Start == f.End && strings.HasPrefix(f.Rule, familyAbuse) {
			t.Fatalf("%+v marks nothing", f)
		}
		if f.Why == "" || f.Fix == "" {
			t.Fatalf("%+v is not explained", f)
		}
		if i == 0 {
			continue
		}
		last := v.Findings[i-1]
		if cmp.Or(last.Severity.weight()-f.Severity.weight(), compareFields(f.Field, last.Field), f.Start-last.Start) < 0 {
			t.Fatalf("%+v comes after %+v", f, last)
		}
	}
	long := false
	for _, text := range []string{n.Text, n.Nickname, fieldText(n, sourceField(0, "passage"))} {
		long = long || utf8.RuneCountInString(text) > maxJudged
	}
	want := []Decision{Publish, Publish, Hold, Reject}[strongest]
	if long && want == Publish {
		want = Hold
	}
	if v.Decision != want {
		t.Fatalf("decision %q with %+v", v.Decision, v.Findings)
	}
	if v.Scores.Abuse < 0 || v.Scores.Abuse > one || v.Scores.Topic < 0 || v.Scores.Topic > one {
		t.Fatalf("scores %+v", v.Scores)
	}
}

// FuzzCheck wants a verdict that keeps its promises from any note on anything.
func FuzzCheck(f *testing.F) {
	for i, text := range civil {
		f.Add(text, "Reader", "https://example.org/a", text, text, civil[(i+1)%len(civil)], uint16(0))
	}
	for _, h := range hostile {
		f.Add(h.part, h.part, h.part, h.part, h.part, h.part, uint16(40))
	}
	for i, s := range spellingSuite(f, "abusive") {
		d := disguises[i%len(disguises)]
		f.Add(d.disguised(s.text), s.text, "www.example.org", d.disguised(s.text), s.text, "The council said: "+s.text, uint16(i%3))
	}
	f.Fuzz(func(t *testing.T, text, nickname, url, passage, claim, article string, times uint16) {
		if len(text)*int(times) < 4*maxJudged {
			text += strings.Repeat(text, int(times))
		}
		n := Note{Note: annotation.Note{Text: text}, Nickname: nickname}
		n.Sources = []annotation.Source{{URL: url, Passage: passage}}
		checkAll(t, n, Subject{Article: NewArticle(article), Quote: claim, Self: []string{url}})
	})
}

// TestHostile has texts of ten thousand repeats keep every promise.
func TestHostile(t *testing.T) {
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			text := strings.Repeat(h.part, 10_000)
			n := Note{Note: annotation.Note{Text: text}, Nickname: text[:min(len(text), 300)]}
			n.Sources = []annotation.Source{{URL: "https://example.org/a", Passage: text[:min(len(text), 3000)]}}
			checkAll(t, n, Subject{Article: NewArticle(text[:min(len(text), 3000)]), Quote: "the bridge"})
		})
	}
}
