package article

import (
	"testing"

	"pgregory.net/rapid"

	"marginalia/app/textpos"
)

func TestSlug(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"file", "gaza-ceasefire-talks.txt", "gaza-ceasefire-talks"},
		{"folders", "/tmp/In Box/Harbour Ferry_2026.md", "harbour-ferry-2026"},
		{"windows", `C:\news\Ferry.TXT`, "ferry"},
		{"diacritics", "Élan Vital à Gdańsk.md", "elan-vital-a-gdansk"},
		{"letters without decomposition", "Straße nach Łódź, Ærø.txt", "strasse-nach-lodz-aero"},
		{"apostrophe", "the river's keepers.md", "the-rivers-keepers"},
		{"turkish", "İzmir ışığı", "izmir-isigi"},
		{"arabic", "قطار الليل.txt", "قطار-الليل"},
		{"hindi", "हिन्दी समाचार.txt", "हिन्दी-समाचार"},
		{"russian", "Новый мост.md", "новый-мост"},
		{"dots", "report.v2.final.txt", "report-v2-final"},
		{"not an extension", "Dr. Vale speaks", "dr-vale-speaks"},
		{"hidden file", ".txt", "txt"},
		{"nothing left", "!!!.txt", "article"},
		{"empty", "", "article"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Slug(tt.in); got != tt.want {
				t.Errorf("Slug(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestSlugIsAlwaysValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringN(0, 200, -1).Draw(t, "name")
		if got := Slug(name); !ValidSlug(got) {
			t.Fatalf("Slug(%q) = %q, which is not valid", name, got)
		}
	})
}

func TestValidSlug(t *testing.T) {
	for _, s := range []string{"a", "ferry-2026", "قطار-الليل", "हिन्दी"} {
		if !ValidSlug(s) {
			t.Errorf("ValidSlug(%q) = false, want true", s)
		}
	}
	long := make([]byte, 101)
	for i := range long {
		long[i] = 'a'
	}
	for _, s := range []string{"", "-a", "a-", "a--b", "A", "a b", "a/b", "..", "a\u0301", "a\xff", "\u0301a", string(long)} {
		if ValidSlug(s) {
			t.Errorf("ValidSlug(%q) = true, want false", s)
		}
	}
}

func TestDirection(t *testing.T) {
	tests := map[string]string{
		"en": "ltr", "ar": "rtl", "AR-eg": "rtl", "fa": "rtl", "he-IL": "rtl", "ckb": "rtl", "syr": "rtl",
		"az-Arab": "rtl", "ar-Latn": "ltr", "yi-Hebr": "rtl", "en-x-arab": "ltr", "": "ltr", "zh-Hans-CN": "ltr",
	}
	for language, want := range tests {
		if got := Direction(language); got != want {
			t.Errorf("Direction(%q) = %q, want %q", language, got, want)
		}
	}
}

func TestWordsAndDeck(t *testing.T) {
	rev, err := NewRevision("T", "en", []Block{
		{Kind: Heading, Text: "The title", Level: 1},
		{Kind: Paragraph, Text: "Forty ferries — so they say — left today, and more will."},
		{Kind: Paragraph, Text: "船开了。"},
	}, noon)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := rev.Words(), 2+10+3; got != want {
		t.Errorf("Words() = %d, want %d", got, want)
	}
	for limit, want := range map[int]string{
		200: "Forty ferries — so they say — left today, and more will.",
		31:  "Forty ferries — so they say…",
		28:  "Forty ferries — so they say…",
		14:  "Forty ferries…",
		0:   "",
	} {
		if got := Deck(rev, limit); got != want {
			t.Errorf("Deck(%d) = %q, want %q", limit, got, want)
		}
	}
}

func TestDeckWithoutSpacesOrParagraphs(t *testing.T) {
	tests := []struct {
		name  string
		block Block
		limit int
		want  string
	}{
		{"chinese", Block{Kind: Paragraph, Text: "船开了,人们很高兴。"}, 5, "船开了…"},
		{"family", Block{Kind: Paragraph, Text: "ab👩‍👩‍👧‍👦cd"}, 5, "ab…"},
		{"list only", Block{Kind: Item, Text: "First item"}, 50, "First item"},
		{"headings only", Block{Kind: Heading, Text: "Title"}, 50, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rev, err := NewRevision("T", "en", []Block{tt.block}, noon)
			if err != nil {
				t.Fatal(err)
			}
			got := Deck(rev, tt.limit)
			if got != tt.want || int(textpos.Count(got)) > tt.limit {
				t.Errorf("Deck(%q, %d) = %q, want %q", tt.block.Text, tt.limit, got, tt.want)
			}
		})
	}
}
