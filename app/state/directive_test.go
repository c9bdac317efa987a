package state

import (
	"strings"
	"testing"
	"time"

	"marginalia/app/article"
	"marginalia/app/textpos"
)

func textOf(t *testing.T, blocks ...string) *Text {
	t.Helper()
	var all []article.Block
	for _, b := range blocks {
		all = append(all, article.Block{Kind: article.Paragraph, Text: b})
	}
	rev, err := article.NewRevision("Ferry", "en", all, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return Prepare(article.Article{Slug: "ferry", Revision: rev})
}

func TestDirective(t *testing.T) {
	long := "The harbour board counts sailings in another way in its report on the winter months, so that the figures differ."
	text := textOf(t, "The ferry sails at ten. The ferry sails at ten, daily.", "No ferry on Sunday-night & after 1,000 cars.", long, "Same words here.", "Same words here.")
	for _, c := range []struct {
		name, words string
		nth         int // which of the places with these words
		want        string
	}{
		{"unique words", "on Sunday", 0, "text=on%20Sunday"},
		{"what has a meaning in a directive", "Sunday-night & after 1,000", 0, "text=Sunday%2Dnight%20%26%20after%201%2C000"},
		{"the first of two", "ferry sails", 0, "text=ferry%20sails,-at%20ten.%20The"},
		{"the second of two", "ferry sails", 1, "text=ten.%20The-,ferry%20sails"},
		{"told apart by what follows", "sails at ten", 1, "text=sails%20at%20ten,-%2C%20daily"},
		{"half words", "unday", 0, "text=Sunday"},
		{"a long claim", long, 0, "text=The%20harbour%20board%20counts%20sailings,so%20that%20the%20figures%20differ."},
		{"over a border", "daily.\nNo ferry", 0, "text=daily.,No%20ferry"},
		{"nothing can tell them apart", "Same words here.", 1, "text=Same%20words%20here."},
	} {
		t.Run(c.name, func(t *testing.T) {
			at, from := -1, 0
			for range c.nth + 1 {
				at = strings.Index(text.Canon[from:], c.words) + from
				from = at + len(c.words)
			}
			span := textpos.Span{Start: text.Map.FromByte(textpos.Byte(at)), End: text.Map.FromByte(textpos.Byte(from))}
			d := text.directive(span)
			if d.String() != c.want {
				t.Errorf("directive = %s, want %s", d, c.want)
			}
			back, ok := ParseDirective("n-1:~:" + d.String())
			if !ok || back != d {
				t.Errorf("read again: %+v, want %+v", back, d)
			}
			if found, _, ok := text.locate(back); c.nth == 0 && (!ok || found != text.wholeWords(span)) {
				t.Errorf("it leads to %q", text.Map.Slice(found))
			}
		})
	}
}

func TestParseDirective(t *testing.T) {
	for in, want := range map[string]Directive{
		"text=a":                {Start: "a"},
		":~:text=a%20b,c":       {Start: "a b", End: "c"},
		"x:~:text=p-,a,c,-s":    {Prefix: "p", Start: "a", End: "c", Suffix: "s"},
		":~:text=a,-s&text=b":   {Start: "a", Suffix: "s"},
		":~:other=1&text=b":     {Start: "b"},
		":~:text=a%2Cb%2D":      {Start: "a,b-"},
		":~:text=":              {},
		":~:text=a,b,c,d":       {},
		":~:text=%zz":           {},
		"n-018f":                {},
		"":                      {},
		":~:text=p-,a":          {Prefix: "p", Start: "a"},
		":~:selector(value=no)": {},
	} {
		d, ok := ParseDirective(in)
		if ok != (want != Directive{}) || ok && d != want {
			t.Errorf("ParseDirective(%q) = %+v, %v, want %+v", in, d, ok, want)
		}
	}
}

func TestTargetOfTheAddress(t *testing.T) {
	text := textOf(t, "The ferry sails at ten.")
	s := State{Article: text, Route: Route{Page: Reading, Slug: "ferry"}}
	s, effects := Update(s, Mounted{Directive: "text=FERRY,ten"}, Input{})
	if s.Target == nil || text.Map.Slice(s.Target.Span) != "ferry sails at ten" {
		t.Fatalf("target = %+v", s.Target)
	}
	if show, ok := effects[0].(Show); !ok || *show.Span != s.Target.Span {
		t.Errorf("effects = %v, want the words in view", effects)
	}
	if last := Highlights(s)[len(Highlights(s))-1]; last.Name != "here" || len(last.Ranges) != 1 {
		t.Errorf("painted: %+v", last)
	}
	if s, _ = Update(s, Mounted{Directive: "text=zeppelin"}, Input{}); len(s.Say) > 0 {
		t.Errorf("says %q", s.Say)
	}
}
