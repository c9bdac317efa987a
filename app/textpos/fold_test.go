package textpos_test

import (
	"slices"
	"strings"
	"testing"

	"marginalia/app/textpos"
)

func TestFoldedFind(t *testing.T) {
	for _, c := range []struct {
		name, text, words string
		want              []string
	}{
		{"letter case", "Ferry, ferry, FERRY", "fErRy", []string{"Ferry", "ferry", "FERRY"}},
		{"marks in the text", "Señor Dvořák’s café", "senor dvorak's cafe", []string{"Señor Dvořák’s café"}},
		{"marks in the words", "a resume", "résumé", []string{"resume"}},
		{"marks that stand alone", "cafe\u0301s", "CAFE", []string{"cafe\u0301"}},
		{"letters without a decomposition", "Straße, Łódź, København", "lodz", []string{"Łódź"}},
		{"one letter for two", "Straße", "strasse", []string{"Straße"}},
		{"half of one letter", "Straße", "s", []string{"S", "ß"}},
		{"across blocks", "the end\nThe start", "end the", []string{"end\nThe"}},
		{"white space at the ends", "one two", "  two ", []string{"two"}},
		{"emoji before", "🚢🚢 ship", "ship", []string{"ship"}},
		{"an emoji", "a 🚢 b", "🚢", []string{"🚢"}},
		{"dashes and quotes", "“1–2”", "\"1-2\"", []string{"“1–2”"}},
		{"Arabic without its vowels", "كِتَابٌ", "كتاب", []string{"كِتَابٌ"}},
		{"a soft hyphen", "time\u00adtable", "timetable", []string{"time\u00adtable"}},
		{"no overlap", "aaaa", "aa", []string{"aa", "aa"}},
		{"nothing", "text", "  ", nil},
		{"nowhere", "text", "other", nil},
		{"nowhere in nothing", "", "a", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, span := range textpos.Fold(c.text).Find(textpos.FoldWords(c.words)) {
				got = append(got, textpos.Slice(c.text, span))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("Find(%q) in %q = %q, want %q", c.words, c.text, got, c.want)
			}
		})
	}
}

// FuzzFold: what is found lies in the text, and a text is found in itself.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "Café ß…", "e\u0301\u0301", "한글 가", "\xff a", "İi"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, text, words string) {
		count := textpos.Count(text)
		for _, span := range textpos.Fold(text).Find(textpos.FoldWords(words)) {
			if span.Start < 0 || span.End > count || span.Empty() {
				t.Fatalf("Find(%q) in %q gives %v of %d", words, text, span, count)
			}
		}
		if own := textpos.FoldWords(text); own != strings.Trim(textpos.Fold(text).Text(), " ") {
			t.Fatalf("FoldWords(%q) = %q, not what Fold says", text, own)
		}
	})
}
