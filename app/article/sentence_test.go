package article

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"marginalia/app/textpos"
)

func TestSentences(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"two", "One ship. Two ships!", []string{"One ship.", "Two ships!"}},
		{"titles", "Mr. Vale met Dr. Oduya. They spoke.", []string{"Mr. Vale met Dr. Oduya.", "They spoke."}},
		{"initials", "J. K. Aster wrote it. It sold.", []string{"J. K. Aster wrote it.", "It sold."}},
		{"country", "The U.S. Senate met. It rose.", []string{"The U.S. Senate met.", "It rose."}},
		{"number", "See No. 5 there. He said no. They left.", []string{"See No. 5 there.", "He said no.", "They left."}},
		{"month", "On Jan. 5 it rained. It was Jan. We froze.", []string{"On Jan. 5 it rained.", "It was Jan.", "We froze."}},
		{"clock", "It left at 7 p.m. Nobody saw.", []string{"It left at 7 p.m.", "Nobody saw."}},
		{"decimal", "It rose 3.5 percent. Then it fell.", []string{"It rose 3.5 percent.", "Then it fell."}},
		{"quoted question", `"Will it stop?" he asked. "Yes."`, []string{`"Will it stop?" he asked.`, `"Yes."`}},
		{"curly question", "“Will it stop?” she asked. Nobody knew.", []string{"“Will it stop?” she asked.", "Nobody knew."}},
		{"inside a quotation", "“Stop! now,” he said. She did.", []string{"“Stop! now,” he said.", "She did."}},
		{"ellipsis", `"Given the... number of people," he said.`, []string{`"Given the... number of people," he said.`}},
		{"bracket", "(It sank.) He swam.", []string{"(It sank.)", "He swam."}},
		{"chinese", "船开了。人们很高兴!你去吗?“去。”他说。", []string{"船开了。", "人们很高兴!", "你去吗?", "“去。”", "他说。"}},
		{"arabic", "وصل القطار. هل تأخر؟ لا.", []string{"وصل القطار.", "هل تأخر؟", "لا."}},
		{"arabic title", "قال د. سامي إنه وصل. ثم نام.", []string{"قال د. سامي إنه وصل.", "ثم نام."}},
		{"no stop", "A headline", []string{"A headline"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rev, err := NewRevision("T", "en", []Block{{Kind: Paragraph, Text: "😃"}, {Kind: Paragraph, Text: tt.text}}, noon)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range rev.Sentences()[1:] {
				if s.Block != 1 {
					t.Errorf("%q is in block %d, want 1", s.Text, s.Block)
				}
				got = append(got, s.Text)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Sentences(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestSentencesHoldTheirText(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"One ", "two. ", "Mr. ", "“", "”", "\"", "why? ", "No. 5", "船。", "نعم؟ ", "😃 ", "U.S. ", "e\u0301", "… "})
	rapid.Check(t, func(t *rapid.T) {
		var blocks []Block
		for range rapid.IntRange(1, 4).Draw(t, "blocks") {
			text := "x"
			for range rapid.IntRange(0, 30).Draw(t, "length") {
				text += pieces.Draw(t, "piece")
			}
			blocks = append(blocks, Block{Kind: Paragraph, Text: text})
		}
		rev, err := NewRevision("T", "en", blocks, noon)
		if err != nil {
			t.Fatal(err)
		}
		text := rev.Text()
		var end textpos.Rune
		for _, s := range rev.Sentences() {
			if got := textpos.Slice(text, s.Span); got != s.Text || got == "" {
				t.Fatalf("sentence at %v says %q, the text has %q", s.Span, s.Text, got)
			}
			if s.Span.Start < end {
				t.Fatalf("sentence at %v overlaps the one before, which ends at %d", s.Span, end)
			}
			if between := Canonical(textpos.Slice(text, textpos.Span{Start: end, End: s.Span.Start})); between != "" {
				t.Fatalf("%q is in no sentence", between)
			}
			end = s.Span.End
		}
		if end != textpos.Count(text) {
			t.Fatalf("the last sentence ends at %d, the text at %d", end, textpos.Count(text))
		}
	})
}

func BenchmarkSentencesOfOddText(b *testing.B) {
	for name, text := range map[string]string{
		"marks": strings.Repeat("! ", 50_000), "open quotation": "\"" + strings.Repeat("a? ", 50_000),
	} {
		b.Run(name, func(b *testing.B) {
			rev := Revision{Blocks: []Block{{Kind: Paragraph, Text: text}}}
			for b.Loop() {
				rev.Sentences()
			}
		})
	}
}
