package anchor

import (
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"case", "ÉCOLE Straße ΛΟΓΟΣ λόγος", "école straße λογοσ λόγοσ"},
		{"white space", " a\u00a0\u2009\n b\t", " a b "},
		{"quotation marks", "“naïve” ‘it’s’ «non»", "\"naïve\" 'it's' \"non\""},
		{"dashes", "a–b—c−5\u2011d", "a-b-c-5-d"},
		{"NFD", "cafe\u0301 e\u0301\u0323x", "café \u1eb9\u0301x"},
		{"invisible", "so\u00adft\u200b \ufeffhy\u200ephen", "soft hyphen"},
		{"compatibility forms stay", "5² ﬁ ½", "5² ﬁ ½"},
		{"joiners stay", "👨\u200d👩\u200d👧 क्\u200dष", "👨\u200d👩\u200d👧 क्\u200dष"},
		{"ellipsis", "wait…", "wait..."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := fold(tt.text).text; got != tt.want {
				t.Errorf("fold(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// TestFoldMapsBack: what a part of the folded text came from folds to that part.
func TestFoldMapsBack(t *testing.T) {
	words := []string{"Ferry", "cafe\u0301", "“x”", "–", "渡轮", "ÉCOLE", "40,005", "שלום", "👨\u200d👩\u200d👧", "हिन्दी"}
	spaces := []string{" ", "\u00a0 ", "\n", "  "}
	rapid.Check(t, func(t *rapid.T) {
		text, bounds := "", []int{}
		for range rapid.IntRange(1, 30).Draw(t, "words") {
			bounds = append(bounds, len(text))
			text += rapid.SampledFrom(words).Draw(t, "word")
			bounds = append(bounds, len(text))
			text += rapid.SampledFrom(spaces).Draw(t, "space")
		}
		i := 2 * rapid.IntRange(0, len(bounds)/2-1).Draw(t, "first")
		j := i + 1 + 2*rapid.IntRange(0, (len(bounds)-i)/2-1).Draw(t, "more")
		f := fold(text)
		from := f.fromSource(bounds[i])
		to := from + len(fold(text[bounds[i]:bounds[j]]).text)
		if start, end := f.sourceRange(from, to); start != bounds[i] || end != bounds[j] {
			t.Fatalf("sourceRange(%d, %d) = %d, %d %q, want %d, %d in %q", from, to, start, end, text[start:end], bounds[i], bounds[j], text)
		}
	})
}
