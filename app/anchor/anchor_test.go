package anchor

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

func quoteSelector(prefix, exact, suffix string) annotation.Selector {
	return annotation.Selector{Type: quoteType, Exact: exact, Prefix: prefix, Suffix: suffix}
}

func positionSelector(start, end int) annotation.Selector {
	return annotation.Selector{Type: positionType, Start: &start, End: &end}
}

const harbour = "The ferry left at six. The mayor said the ferry would be back by nine.\n" +
	"Nobody at the quay believed the mayor, who had said so on each of the last four evenings.\n" +
	"The ferry came at ten."

func TestDescribe(t *testing.T) {
	chinese := strings.Repeat("渡轮早上离开港口晚上回来", 12)
	families := strings.Repeat("👩‍👩‍👧‍👦", 40)
	tests := []struct {
		name, text            string
		start, end            int
		prefix, exact, suffix string
	}{
		{"cut at words", harbour, 75, 86, "ferry would be back by nine.\nNobo", "dy at the q", "uay believed the mayor, who had said"},
		{"start of the text", harbour, 0, 9, "", "The ferry", " left at six. The mayor said the"},
		{"end of the text", harbour, 170, 175, "the last four evenings.\nThe ferry", " came", " at ten."},
		{"whole text", "Short.", 0, 6, "", "Short.", ""},
		{"out of range", "Short.", -4, 99, "", "Short.", ""},
		{"no spaces", chinese, 72, 74, chinese[3*8 : 3*72], "渡轮", chinese[3*74 : 3*138]},
		{"emoji", families, 140, 147, strings.Repeat("👩‍👩‍👧‍👦", 9), "👩‍👩‍👧‍👦", strings.Repeat("👩‍👩‍👧‍👦", 9)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			span := textpos.Span{Start: textpos.Rune(tt.start), End: textpos.Rune(tt.end)}
			got := Describe(tt.text, span)
			span = textpos.NewMap(tt.text).Clamp(span)
			want := []annotation.Selector{quoteSelector(tt.prefix, tt.exact, tt.suffix), positionSelector(int(span.Start), int(span.End))}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Describe(%v), -want +got:\n%s", span, diff)
			}
		})
	}
	for _, span := range []textpos.Span{{Start: 3, End: 3}, {Start: 5, End: 2}, {Start: 900, End: 950}} {
		if got := Describe(harbour, span); got != nil {
			t.Errorf("Describe(%v) = %v, want nil", span, got)
		}
	}
}

func TestDescribeWidensUntilUnique(t *testing.T) {
	block := "one two three four five six seven eight nine ten QUOTE eleven twelve thirteen fourteen fifteen sixteen\n"
	text := "First came " + block + "Then came " + block
	at := strings.Index(text, "QUOTE")
	got := Describe(text, textpos.Span{Start: textpos.Rune(at), End: textpos.Rune(at + 5)})[0]
	if want := "First came one two three four five six seven eight nine ten "; got.Prefix != want {
		t.Errorf("prefix = %q, want %q", got.Prefix, want)
	}
	if strings.Count(text, got.Prefix+got.Exact+got.Suffix) != 1 {
		t.Errorf("%+v is not unique", got)
	}
}

func TestLocate(t *testing.T) {
	const text = "One red ship, one blue ship, one red ship again."
	tests := []struct {
		name      string
		text      string
		selectors []annotation.Selector
		want      Anchor
	}{
		{"position and quote", text, []annotation.Selector{quoteSelector("One ", "red ship", ", one"), positionSelector(4, 12)}, Anchor{4, 12, Exact, 1}},
		{"shifted", "Well! " + text, []annotation.Selector{quoteSelector("One ", "red ship", ", one"), positionSelector(4, 12)}, Anchor{10, 18, Exact, 1}},
		{"one side adjoins", text, []annotation.Selector{quoteSelector("Two ", "red ship", ", one"), positionSelector(4, 12)}, Anchor{4, 12, Exact, .8125}},
		{"neither side adjoins", text, []annotation.Selector{quoteSelector("xxxx", "blue ship", "yyyy"), positionSelector(4, 13)}, Anchor{18, 27, Moved, .5}},
		{"in place, neither side adjoins", text, []annotation.Selector{quoteSelector("xxxx", "blue", "yyyy"), positionSelector(18, 22)}, Anchor{18, 22, Moved, .5}},
		{"too short without context", text, []annotation.Selector{quoteSelector("xxxx", "blue", "yyyy"), positionSelector(3, 7)}, Anchor{Status: Orphan}},
		{"two, no context agrees", text, []annotation.Selector{quoteSelector("xxxx", "red ship", "yyyy"), positionSelector(20, 28)}, Anchor{Status: Orphan}},
		{"two, position decides in place", text, []annotation.Selector{quoteSelector("xxxx", "red ship", "yyyy"), positionSelector(33, 41)}, Anchor{33, 41, Moved, .5}},
		{"position holds a look-alike", "The red ship. " + text, []annotation.Selector{quoteSelector("One ", "red ship", ", one"), positionSelector(4, 12)}, Anchor{18, 26, Exact, 1}},
		{"same context twice, much nearer", "a b c. ---------------------------------------- a b c.", []annotation.Selector{quoteSelector("a ", "b", " c"), positionSelector(3, 4)}, Anchor{2, 3, Exact, 1}},
		{"same context twice, in between", "a b c. a b c.", []annotation.Selector{quoteSelector("a ", "b", " c"), positionSelector(5, 6)}, Anchor{Status: Orphan}},
		{"same context twice, no position", "a b c. a b c.", []annotation.Selector{quoteSelector("a ", "b", " c")}, Anchor{Status: Orphan}},
		{"quote alone", text, []annotation.Selector{quoteSelector("", "blue", "")}, Anchor{18, 22, Exact, .75}},
		{"quote alone, twice", text, []annotation.Selector{quoteSelector("", "red", "")}, Anchor{4, 7, Moved, .25}},
		{"quote alone, twice, at its position", text, []annotation.Selector{quoteSelector("", "red", ""), positionSelector(33, 36)}, Anchor{33, 36, Exact, .75}},
		{"position alone", text, []annotation.Selector{positionSelector(4, 12)}, Anchor{4, 12, Exact, .5}},
		{"position alone, end of the text", text, []annotation.Selector{positionSelector(0, 48)}, Anchor{0, 48, Exact, .5}},
		{"position alone, too far", text, []annotation.Selector{positionSelector(4, 49)}, Anchor{Status: Orphan}},
		{"position alone, negative", text, []annotation.Selector{positionSelector(-1, 4)}, Anchor{Status: Orphan}},
		{"position alone, reversed", text, []annotation.Selector{positionSelector(8, 4)}, Anchor{Status: Orphan}},
		{"position alone, half", text, []annotation.Selector{{Type: positionType, Start: new(int)}}, Anchor{Status: Orphan}},
		{"huge position", text, []annotation.Selector{quoteSelector("", "blue", ""), positionSelector(1<<62, 1<<62)}, Anchor{18, 22, Exact, .75}},
		{"gone", text, []annotation.Selector{quoteSelector("One ", "green ship", ", one"), positionSelector(4, 14)}, Anchor{Status: Orphan}},
		{"part of a word", "A partial artist", []annotation.Selector{quoteSelector("the ", "art", " of"), positionSelector(3, 6)}, Anchor{Status: Orphan}},
		{"part of a longer word", "Many shipwrecks", []annotation.Selector{quoteSelector("the ", "shipwreck", " of"), positionSelector(0, 9)}, Anchor{Status: Orphan}},
		{"part of a character", "cafe\u0301 noir", []annotation.Selector{quoteSelector("", "cafe", "")}, Anchor{Status: Orphan}},
		{"start of the text is context", "Ships sail. New end.", []annotation.Selector{quoteSelector("", "Ships", " sink. Old"), positionSelector(0, 5)}, Anchor{0, 5, Exact, .85}},
		{"code points", "😃😃 שלום 😃", []annotation.Selector{quoteSelector("😃 ", "שלום", " 😃")}, Anchor{3, 7, Exact, 1}},
		{"no selector", text, nil, Anchor{Status: Orphan}},
		{"empty quote", text, []annotation.Selector{quoteSelector("One ", "", "red")}, Anchor{4, 4, Exact, 1}},
		{"unknown selector", text, []annotation.Selector{{Type: "XPathSelector"}}, Anchor{Status: Orphan}},
		{"empty text", "", []annotation.Selector{quoteSelector("", "a", ""), positionSelector(0, 1)}, Anchor{Status: Orphan}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Locate(tt.text, tt.selectors); got != tt.want {
				t.Errorf("Locate = %+v, want %+v", got, tt.want)
			}
		})
	}
}

// TestLocateCommonWord: a word that stands there ten thousand times is found by
// its context, and never guessed.
func TestLocateCommonWord(t *testing.T) {
	text := strings.Repeat("word ", 10_000) + "the one word here " + strings.Repeat("word ", 10_000)
	at := 50_008
	tests := []struct {
		name      string
		selectors []annotation.Selector
		want      Anchor
	}{
		{"described", []annotation.Selector{quoteSelector("the one ", "word", " here "), positionSelector(3, 7)}, Anchor{textpos.Rune(at), textpos.Rune(at + 4), Exact, 1}},
		{"half the context", []annotation.Selector{quoteSelector("the one ", "word", " there")}, Anchor{textpos.Rune(at), textpos.Rune(at + 4), Exact, .9583}},
		{"common context", []annotation.Selector{quoteSelector("word ", "word", " word"), positionSelector(3, 7)}, Anchor{Status: Orphan}},
		{"in place", []annotation.Selector{quoteSelector("", "word", ""), positionSelector(15, 19)}, Anchor{15, 19, Exact, .75}},
		{"no context", []annotation.Selector{quoteSelector("", "word", "")}, Anchor{Status: Orphan}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Locate(text, tt.selectors); got != tt.want {
				t.Errorf("Locate = %+v, want %+v", got, tt.want)
			}
		})
	}
}

var pieces = []string{
	"a", "Zebra ", "e\u0301", "ß ", " ", "\n", "日本", "한국 ", "שלום ", "السلام ", "हिन्दी ", "ไทย", "😃",
	"👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "𝒳 ", "0", "— ", "40,005 ", "the ferry ",
}

func mixed(most int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, most).Draw(t, "pieces"), "")
	})
}

// spanOf draws a span that cuts no grapheme cluster and is not empty.
func spanOf(t *rapid.T, text string) textpos.Span {
	n := int(textpos.Count(text))
	start := rapid.IntRange(0, n-1).Draw(t, "start")
	end := rapid.IntRange(start+1, n).Draw(t, "end")
	return textpos.SnapGraphemes(text, textpos.Span{Start: textpos.Rune(start), End: textpos.Rune(end)})
}

func TestLocateInvertsDescribe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := mixed(150).Draw(t, "text")
		span := spanOf(t, text)
		selectors := Describe(text, span)
		want := Anchor{span.Start, span.End, Exact, 1}
		if got := Locate(text, selectors); got != want {
			t.Fatalf("Locate(Describe(%v)) = %+v, want %+v\nselectors %+v", span, got, want, selectors)
		}
		quote := selectors[0]
		for _, context := range []string{quote.Prefix, quote.Suffix} {
			if n := textpos.Count(context); n > maxContext {
				t.Fatalf("context %q has %d code points", context, n)
			}
		}
		at := strings.Index(text, quote.Prefix+quote.Exact+quote.Suffix)
		for _, b := range []int{at, at + len(quote.Prefix+quote.Exact+quote.Suffix)} {
			if quoteAt := int(textpos.NewMap(text).ToByte(span.Start)) - len(quote.Prefix); at == quoteAt && !textpos.GraphemeBorder(text, textpos.Byte(b)) {
				t.Fatalf("context of %v cuts a grapheme cluster", span)
			}
		}
	})
}

func TestEditsOutsideShift(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := mixed(120).Draw(t, "text")
		span := spanOf(t, text)
		selectors := Describe(text, span)
		before := rapid.StringMatching(`[xyz ]{0,80}\n`).Draw(t, "before")
		after := rapid.StringMatching(`\n[xyz ]{0,80}`).Draw(t, "after")
		edited := before + text + after
		whole := selectors[0].Prefix + selectors[0].Exact + selectors[0].Suffix
		if !NewText(edited).unique(whole) || selectors[0].Prefix+selectors[0].Suffix == "" {
			t.Skip("the same words in the same context stand there twice")
		}
		shift := textpos.Count(before)
		got := Locate(edited, selectors)
		if got.Start != span.Start+shift || got.End != span.End+shift || got.Status != Exact {
			t.Fatalf("Locate = %+v, want %v shifted by %d, exact", got, span, shift)
		}
	})
}

// TestDeletionsOutsideShift is the way back: what stood outside goes.
func TestDeletionsOutsideShift(t *testing.T) {
	// Longer than any context.
	const head = "Down by the old stone quay the nets hung drying while nine gulls argued over one fish.\n"
	const tail = "\nUp in the village a bell rang twice, dogs barked, and every window along the lane lit up."
	rapid.Check(t, func(t *rapid.T) {
		inner := mixed(120).Draw(t, "text")
		span := spanOf(t, inner)
		text := head + inner + tail
		span = textpos.Span{Start: span.Start + textpos.Count(head), End: span.End + textpos.Count(head)}
		before := rapid.StringMatching(`[xyz ]{0,80}\n`).Draw(t, "before")
		after := rapid.StringMatching(`\n[xyz ]{0,80}`).Draw(t, "after")
		shift := textpos.Count(before)
		selectors := Describe(before+text+after, textpos.Span{Start: span.Start + shift, End: span.End + shift})
		whole := selectors[0].Prefix + selectors[0].Exact + selectors[0].Suffix
		if at := strings.Index(text, whole); at < 0 || !NewText(text).unique(whole) {
			t.Skip("the context reaches outside, or stands there twice")
		}
		if got := Locate(text, selectors); got.Span() != span || got.Status != Exact {
			t.Fatalf("Locate = %+v, want %v, exact", got, span)
		}
	})
}

func FuzzLocate(f *testing.F) {
	f.Add(harbour, "The mayor said ", "the ferry", " would", 40, 49)
	f.Add("aaaa", "a", "a", "a", -1, 1<<40)
	f.Add("\xff\xfe", "", "\xfe", "", 1, 2)
	f.Add("The mayor said it would rain on Sunday.", "The mayor said ", "it would snow", " on Sunday.", 15, 28)
	f.Add("Cafe\u0301  “noir” – NON\u00a0STOP", "", "café \"noir\" - non stop", "", 0, 21)
	f.Add("e\u0301\u0323x\u00ad\u200b y…", "e", "x y", "...", 2, 5)
	f.Fuzz(func(t *testing.T, text, prefix, exact, suffix string, start, end int) {
		got := Locate(text, []annotation.Selector{quoteSelector(prefix, exact, suffix), positionSelector(start, end)})
		switch {
		case got.Status == Orphan:
			if got != (Anchor{Status: Orphan}) {
				t.Errorf("orphan with a place: %+v", got)
			}
		case got.Confidence < 0 || got.Confidence > 1 || got.Start < 0 || got.End > textpos.Count(text):
			t.Errorf("%+v is out of range", got)
		case exact != "" && isUTF8(text) && !sameAsFound(got, text, exact):
			t.Errorf("%+v holds %q, want %q", got, textpos.Slice(text, got.Span()), exact)
		}
		_, work := NewText(text).locate([]annotation.Selector{quoteSelector(prefix, exact, suffix), positionSelector(start, end)})
		if most := workPerByte*(len(text)+len(prefix)+len(exact)+len(suffix)) + workFixed; work > most {
			t.Errorf("%d steps, want %d at most", work, most)
		}
	})
}

// sameAsFound reports whether an anchor's words are the quote's, folded alike, or
// said to be other words.
func sameAsFound(a Anchor, text, exact string) bool {
	words := textpos.Slice(text, a.Span())
	_, want, _ := foldParts("", exact, "")
	_, got, _ := foldParts("", words, "")
	if got == want && a.Status == Changed {
		return recased(exact, words, false)
	}
	return words == exact || got == want || a.Status == Changed
}

func isUTF8(s string) bool {
	return strings.ToValidUTF8(s, "") == s && !strings.ContainsRune(s, unicode.ReplacementChar)
}
