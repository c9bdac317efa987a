package ingest

import (
	"strings"
	"testing"

	"marginalia/app/article"
)

func TestPlain(t *testing.T) {
	long := strings.Repeat("x", 121)
	for _, c := range []caseOf{
		{name: "lines", in: "A title\nOne.\nTwo.\n", title: "A title", blocks: "h1 A title\np One.\np Two.\n"},
		{name: "blank lines", in: "A title\n\nOne\nand more.\n\n\nTwo.", title: "A title", blocks: "h1 A title\np One and more.\np Two.\n"},
		{name: "blank lines around do not count", in: "\n\nA title\nOne.\n\n\n", title: "A title", blocks: "h1 A title\np One.\n"},
		{name: "CRLF and mark", in: "\ufeffA title\r\n\r\nOne.\r\n", title: "A title", blocks: "h1 A title\np One.\n"},
		{name: "white space is blank", in: "A title\n \u00a0\t\nOne\nmore.", title: "A title", blocks: "h1 A title\np One more.\n"},
		{name: "full stop", in: "It began.\nIt ended.", title: "Harbour ferry", blocks: "p It began.\np It ended.\n"},
		{name: "120", in: long[:120] + "\nOne.", title: long[:120], blocks: "h1 " + long[:120] + "\np One.\n"},
		{name: "121", in: long + "\nOne.", title: "Harbour ferry", blocks: "p " + long + "\np One.\n"},
		{name: "alone", in: "No full stop", title: "Harbour ferry", blocks: "p No full stop\n"},
		{name: "notice", in: "T\nOne.\nCOMMENTS\nBe kind.\nSee the FAQ", title: "T", blocks: "h1 T\np One.\n"},
		{name: "notice with three", in: "T\n\nOne.\n\n COMMENTS \n\na\n\nb\n\nc", title: "T", blocks: "h1 T\np One.\n"},
		{name: "no notice with four", in: "T\nCOMMENTS\na\nb\nc\nd", title: "T", blocks: "h1 T\np COMMENTS\np a\np b\np c\np d\n"},
		{name: "no notice in a sentence", in: "T\nCOMMENTS are open.", title: "T", blocks: "h1 T\np COMMENTS are open.\n"},
		{name: "notice leaves one block", in: "Hello\nCOMMENTS\nx", title: "Harbour ferry", blocks: "p Hello\n"},
		{name: "name in words", file: "in/the_RIVER--keeps.v2.txt", in: "It is so.", title: "The RIVER keeps.v2", blocks: "p It is so.\n"},
	} {
		c.run(t, Plain)
	}
}

func FuzzPlain(f *testing.F) {
	for _, s := range []string{"A title\n\nOne.\n", "a\r\nCOMMENTS\rx", "\ufeff\n\n", "\xff", "é\u0301\u00a0\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Plain("a.txt", data, noon)
		if err != nil {
			return
		}
		checkResult(t, got)
		var kept, given int
		for _, b := range got.Revision.Blocks {
			kept += len(strings.Fields(b.Text))
		}
		for line := range strings.Lines(string(data)) {
			given += len(strings.Fields(article.Canonical(line)))
		}
		if !strings.Contains(string(data), noticeMark) && kept != given && !strings.Contains(string(data), "\r") {
			t.Fatalf("%d words of %d were kept", kept, given)
		}
	})
}

// checkResult checks what holds for every article.
func checkResult(t *testing.T, got Result) {
	t.Helper()
	if !article.ValidSlug(got.Slug) {
		t.Errorf("slug %q is not valid", got.Slug)
	}
	rev := got.Revision
	if rev.Title == "" || len(rev.Blocks) == 0 || !article.ValidLanguage(rev.Language) {
		t.Errorf("title %q, %d blocks, language %q", rev.Title, len(rev.Blocks), rev.Language)
	}
	for i, b := range rev.Blocks {
		if b.Text == "" || article.Canonical(b.Text) != b.Text {
			t.Errorf("block %d is %q, not canonical", i, b.Text)
		}
	}
}
