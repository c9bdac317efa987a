package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marginalia/app/article"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// outline writes blocks in one line each, kinds by a letter.
func outline(rev article.Revision) string {
	var b strings.Builder
	for _, block := range rev.Blocks {
		kind := map[article.Kind]string{article.Paragraph: "p", article.Quotation: "q"}[block.Kind]
		switch {
		case block.Kind == article.Heading:
			kind = fmt.Sprintf("h%d", block.Level)
		case block.Kind == article.Item && block.Ordered:
			kind = fmt.Sprintf("ol%d", block.Level)
		case block.Kind == article.Item:
			kind = fmt.Sprintf("ul%d", block.Level)
		}
		fmt.Fprintf(&b, "%s %s\n", kind, block.Text)
	}
	return b.String()
}

type caseOf struct {
	name, file, in string
	title, blocks  string
}

func (c caseOf) run(t *testing.T, read func(string, []byte, time.Time) (Result, error)) {
	t.Run(c.name, func(t *testing.T) {
		if c.file == "" {
			c.file = "harbour-ferry.txt"
		}
		got, err := read(c.file, []byte(c.in), noon)
		if err != nil {
			t.Fatal(err)
		}
		if got.Revision.Title != c.title {
			t.Errorf("title = %q, want %q", got.Revision.Title, c.title)
		}
		if blocks := outline(got.Revision); blocks != c.blocks {
			t.Errorf("blocks:\n%s\nwant:\n%s", blocks, c.blocks)
		}
	})
}

func TestErrors(t *testing.T) {
	big := append(bytes.Repeat([]byte("a "), MaxBytes/2), 'b')
	tests := []struct {
		name, file string
		in         []byte
		want       string
	}{
		{"extension", "a.docx", []byte("x"), `a.docx:1: cannot read files with the extension ".docx"`},
		{"empty", "a.txt", nil, "a.txt:1: the file is empty"},
		{"white space alone", "a.txt", []byte(" \r\n\n"), "a.txt:1: the file is empty"},
		{"byte order mark alone", "a.md", []byte("\ufeff"), "a.md:1: the file is empty"},
		{"notice alone", "a.txt", []byte("COMMENTS\nBe kind."), "a.txt:1: the file holds no article text"},
		{"invalid UTF-8", "a.txt", []byte("one\ntwo\nca\xe9"), "a.txt:3: byte 0xe9 is not valid UTF-8"},
		{"binary", "a.md", []byte("one\n\x00\x01\x02"), "a.md:2: a NUL byte: this is not a text file"},
		{"UTF-16", "a.txt", []byte("\xff\xfeH\x00i\x00"), "a.txt:1: the file is UTF-16, not UTF-8"},
		{"UTF-16 without mark", "a.txt", []byte("\x00H\x00i\x00 \x00y\x00o\x00u"), "a.txt:1: the file is UTF-16, not UTF-8"},
		{"too large", "a.txt", big, "a.txt:1: the file has more than the 5242880 bytes that are read"},
		{"open front matter", "a.md", []byte("---\ntitle: A\n\nText"), "a.md:1: the front matter that starts here has no end"},
		{"broken front matter", "a.md", []byte("---\ntitle: A\nwhat\n---\nText"), `a.md:3: "what" is not a line of front matter`},
		{"open quotation mark", "a.md", []byte("---\ntitle: \"A\n---\nText"), `a.md:2: title: the value "A lacks its closing quotation mark`},
		{"language", "a.md", []byte("---\nlanguage: <b>\n---\nText"), `a.md:2: "<b>" is not a language tag like "en" or "pt-BR"`},
		{"HTML alone", "a.md", []byte("<div>\nx\n</div>"), "a.md:1: the file holds no article text"},
		{"too deep", "a.md", []byte("---\n---\nx\n" + strings.Repeat(">", 501)), "a.md:4: block quotations and lists lie too deep in each other"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := File(tt.file, tt.in, noon)
			var refused *Error
			if !errors.As(err, &refused) {
				t.Fatalf("err = %v, want an *Error", err)
			}
			if err.Error() != tt.want {
				t.Errorf("err = %q, want %q", err, tt.want)
			}
			if refused.Hint == "" {
				t.Error("no hint")
			}
		})
	}
}

func TestFileByExtension(t *testing.T) {
	for name, want := range map[string]string{"a.txt": "p # One\np Two.\n", "a.MD": "h1 One\np Two.\n", "a.markdown": "h1 One\np Two.\n"} {
		got, err := File(name, []byte("# One\n\nTwo."), noon)
		if err != nil {
			t.Fatal(err)
		}
		if name == "a.txt" {
			want = "h1 # One\np Two.\n"
		}
		if blocks := outline(got.Revision); blocks != want {
			t.Errorf("File(%q) has blocks %q, want %q", name, blocks, want)
		}
		if got.Slug != "a" || !Accepts(name) || !got.Revision.Created.Equal(noon) {
			t.Errorf("File(%q): slug %q, created %v", name, got.Slug, got.Revision.Created)
		}
	}
	if Accepts("notes") || Accepts("a.html") {
		t.Error("Accepts says yes to a file that File refuses")
	}
}

func TestLanguage(t *testing.T) {
	tests := map[string]string{
		"en": "The ferry left the harbour in the morning and came back at night.",
		"es": "El barco salió del puerto por la mañana y los pasajeros se quedaron con una hora de espera.",
		"fr": "Le bateau est parti du port dans la matinée et les passagers ont attendu une heure sur le quai.",
		"de": "Die Fähre verließ am Morgen den Hafen, und der Kapitän ist nicht mit auf die Insel gefahren.",
		"ar": "غادرت العبارة الميناء في الصباح وعادت في الليل.",
		"fa": "کشتی صبح از بندر رفت و شب برگشت و مسافران یک ساعت در اسکله ماندند.",
		"ur": "کشتی صبح بندرگاہ سے نکلی اور رات کو واپس آئی، اور لوگوں نے ٹکٹ بڑے شوق سے لیے ہیں۔",
		"he": "המעבורת יצאה מהנמל בבוקר וחזרה בלילה.",
		"zh": "渡轮早上离开港口,晚上回来。",
		"ja": "フェリーは朝に港を出て、夜に戻った。",
		"ru": "Паром вышел из порта утром и вернулся ночью, пассажиры были рады.",
		"uk": "Пором вийшов із порту вранці й повернувся вночі, її пасажири раділи.",
		"ko": "페리는 아침에 항구를 떠났다.",
	}
	for want, text := range tests {
		got, err := Plain("a.txt", []byte(text), noon)
		if err != nil {
			t.Fatal(err)
		}
		if got.Revision.Language != want {
			t.Errorf("language of %q = %q, want %q", text, got.Revision.Language, want)
		}
	}
	got, err := Plain("a.txt", []byte("1234 — 5678"), noon)
	if err != nil || got.Revision.Language != "en" {
		t.Errorf("language of figures = %q (err %v), want en", got.Revision.Language, err)
	}
}

// shared finds a file of the project's neighbour folder, or skips.
func shared(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", filepath.FromSlash(path)))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("shared/%s is not here", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAgencyStory(t *testing.T) {
	const name = "gaza-ceasefire-talks.txt"
	got, err := File(name, shared(t, "articles/"+name), noon)
	if err != nil {
		t.Fatal(err)
	}
	rev := got.Revision
	if got.Slug != "gaza-ceasefire-talks" || rev.Title != "Gaza ceasefire talks" || rev.Language != "en" {
		t.Errorf("slug %q, title %q, language %q", got.Slug, rev.Title, rev.Language)
	}
	if len(rev.Blocks) != 13 || strings.Contains(rev.Text(), "COMMENTS") {
		t.Errorf("%d blocks, want 13 without the notice", len(rev.Blocks))
	}
	for i, b := range rev.Blocks {
		if b.Kind != article.Paragraph {
			t.Errorf("block %d is a %s", i, b.Kind)
		}
	}
}

func TestSampleArticles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "articles", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := File(filepath.Base(file), data, noon)
			if err != nil {
				t.Fatal(err)
			}
			rev := got.Revision
			if rev.Blocks[0].Kind != article.Heading || rev.Blocks[0].Text != rev.Title {
				t.Errorf("block 0 is %+v, want the title %q", rev.Blocks[0], rev.Title)
			}
			if want := strings.HasSuffix(got.Slug, "-ar"); (rev.Language == "ar") != want {
				t.Errorf("language = %q", rev.Language)
			}
		})
	}
}
