package article

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"marginalia/app/textpos"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

func TestCanonical(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "One two.", "One two."},
		{"white space folded", "  one \t\r\n two\u00a0\u2003three\u2028", "one two three"},
		{"composed", "Cafe\u0301", "Café"},
		{"a dropped character joins letter and mark", "e\u0007\u0301", "é"},
		{"controls and byte order marks", "\ufeffa\x00b\u009fc\x7f", "abc"},
		{"joiners stay", "می\u200cشود 👩\u200d🔬", "می\u200cشود 👩\u200d🔬"},
		{"invalid bytes", "a\xffb", "a\ufffdb"},
		{"white space alone", " \n\u3000 ", ""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Canonical(tt.in); got != tt.want {
				t.Errorf("Canonical(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestCanonicalIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := Canonical(rapid.String().Draw(t, "text"))
		if twice := Canonical(once); twice != once {
			t.Fatalf("Canonical(%q) = %q", once, twice)
		}
		if !norm.NFC.IsNormalString(once) || strings.Contains(once, "  ") || strings.TrimSpace(once) != once {
			t.Fatalf("%q is not canonical", once)
		}
	})
}

func TestNewRevision(t *testing.T) {
	blocks := []Block{
		{Kind: Heading, Text: " A  title ", Level: 9, Ordered: true},
		{Kind: Paragraph, Text: " \n"},
		{Kind: Paragraph, Text: "Text.", Level: 3},
		{Kind: Item, Text: "Item"},
	}
	rev, err := NewRevision(" A  title ", "", blocks, noon)
	if err != nil {
		t.Fatal(err)
	}
	if want := "A title\nText.\nItem"; rev.Text() != want {
		t.Errorf("Text() = %q, want %q", rev.Text(), want)
	}
	if rev.Title != "A title" || rev.Language != "en" || !rev.Created.Equal(noon) {
		t.Errorf("title %q, language %q, created %v", rev.Title, rev.Language, rev.Created)
	}
	if b := rev.Blocks[0]; b.Level != 6 || b.Ordered {
		t.Errorf("heading is %+v, want level 6, not ordered", b)
	}
	if rev.Blocks[1].Level != 0 || rev.Blocks[2].Level != 1 {
		t.Errorf("blocks are %+v", rev.Blocks)
	}
	if blocks[0].Text != " A  title " {
		t.Error("NewRevision changed its input")
	}
	if !regexp.MustCompile(`^sha256-[0-9a-f]{64}$`).MatchString(rev.ID) {
		t.Errorf("ID = %q", rev.ID)
	}
}

func TestRevisionIDIsStable(t *testing.T) {
	rev, err := NewRevision("Title", "en", []Block{{Kind: Paragraph, Text: "Text."}}, noon)
	if err != nil {
		t.Fatal(err)
	}
	const want = "sha256-78f086a5228b305baf6ab19a95eb47b99a1ecafee275e7f3b8ae5b4bf42249c6"
	if rev.ID != want {
		t.Errorf("ID = %s, want %s: stored revisions would lose their names", rev.ID, want)
	}
}

func TestRevisionIDNamesTheContent(t *testing.T) {
	base := []Block{{Kind: Paragraph, Text: "One"}, {Kind: Item, Text: "Two", Level: 1}}
	id := func(title, language string, created time.Time, blocks ...Block) string {
		t.Helper()
		rev, err := NewRevision(title, language, blocks, created)
		if err != nil {
			t.Fatal(err)
		}
		return rev.ID
	}
	first := id("T", "en", noon, base...)
	if id("T", "en", noon.Add(time.Hour), base...) != first {
		t.Error("the time of import changed the ID")
	}
	others := map[string]string{
		"title":    id("U", "en", noon, base...),
		"language": id("T", "de", noon, base...),
		"kind":     id("T", "en", noon, Block{Kind: Quotation, Text: "One"}, base[1]),
		"level":    id("T", "en", noon, base[0], Block{Kind: Item, Text: "Two", Level: 2}),
		"ordered":  id("T", "en", noon, base[0], Block{Kind: Item, Text: "Two", Level: 1, Ordered: true}),
		"order":    id("T", "en", noon, base[1], base[0]),
		"joined":   id("T", "en", noon, Block{Kind: Paragraph, Text: "One Two"}),
	}
	for name, other := range others {
		if other == first {
			t.Errorf("another %s gave the same ID", name)
		}
	}
}

func TestNewRevisionRefuses(t *testing.T) {
	text := []Block{{Kind: Paragraph, Text: "Text."}}
	if _, err := NewRevision("T", "en", []Block{{Kind: Paragraph, Text: " "}}, noon); !errors.Is(err, ErrEmpty) {
		t.Errorf("no text: err = %v, want ErrEmpty", err)
	}
	if _, err := NewRevision(" ", "en", text, noon); err == nil {
		t.Error("no title: no error")
	}
	if _, err := NewRevision("T", "en\"><script>", text, noon); err == nil {
		t.Error("bad language: no error")
	}
	if _, err := NewRevision("T", "en", []Block{{Kind: "table", Text: "x"}}, noon); err == nil {
		t.Error("unknown kind: no error")
	}
}

func TestBlockAtInvertsOffsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.SampledFrom([]string{"One", "😃é", "שלום", "x"}), 1, 12).Draw(t, "texts")
		var blocks []Block
		for _, text := range texts {
			blocks = append(blocks, Block{Kind: Paragraph, Text: text})
		}
		rev, err := NewRevision("T", "en", blocks, noon)
		if err != nil {
			t.Fatal(err)
		}
		text, offsets := []rune(rev.Text()), rev.Offsets()
		for r := range textpos.Rune(len(text)) {
			i, within := rev.BlockAt(r)
			if offsets[i]+within != r {
				t.Fatalf("BlockAt(%d) = %d, %d, but that block starts at %d", r, i, within, offsets[i])
			}
			if body := []rune(rev.Blocks[i].Text); int(within) < len(body) && body[within] != text[r] {
				t.Fatalf("BlockAt(%d) names %q, the text has %q", r, body[within], text[r])
			}
		}
		last := len(texts) - 1
		if i, within := rev.BlockAt(1 << 50); i != last || within != textpos.Count(texts[last]) {
			t.Fatalf("BlockAt(behind the text) = %d, %d", i, within)
		}
		if i, within := rev.BlockAt(-7); i != 0 || within != 0 {
			t.Fatalf("BlockAt(before the text) = %d, %d", i, within)
		}
	})
	if i, within := (Revision{}).BlockAt(3); i != 0 || within != 0 {
		t.Errorf("BlockAt of an empty revision = %d, %d, want 0, 0", i, within)
	}
}
