package ingest

import "testing"

func TestMarkdown(t *testing.T) {
	for _, c := range []caseOf{
		{name: "title", in: "# The *river*\n\nOne\nline.\n\n## Part\n\nTwo.", title: "The river", blocks: "h1 The river\np One line.\nh2 Part\np Two.\n"},
		{name: "setext", in: "The river\n=========\n\nOne.", title: "The river", blocks: "h1 The river\np One.\n"},
		{name: "no heading", in: "Short line\n\nOne.", title: "Harbour ferry", blocks: "p Short line\np One.\n"},
		{name: "second-level heading", in: "## Part\n\nOne.", title: "Harbour ferry", blocks: "h2 Part\np One.\n"},
		{name: "late first-level heading", in: "One.\n\n# Late", title: "Harbour ferry", blocks: "p One.\nh1 Late\n"},
		{name: "lists", in: "- a\n- b\n  1. c\n\n     more\n  2. d\n\n  tail\n- e", title: "Harbour ferry", blocks: "ul1 a\nul1 b\nol2 c more\nol2 d\nul1 tail\nul1 e\n"},
		{name: "quotation", in: "> one\n> two\n>\n> - three\n\nfour", title: "Harbour ferry", blocks: "q one two\nq three\np four\n"},
		{name: "quotation in an item", in: "- a\n  > said\n- b", title: "Harbour ferry", blocks: "ul1 a\nq said\nul1 b\n"},
		{name: "code", in: "    a  b\n\n```go\nx := 1\ny\n```\n\nUse `a \\* b`.", title: "Harbour ferry", blocks: "p a b\np x := 1 y\np Use a \\* b.\n"},
		{name: "inline", in: "**Bold**, [a link](https://e.org \"t\"), ![a boat](b.png), <https://e.org/x>, hard  \nbreak\\\nhere.", title: "Harbour ferry", blocks: "p Bold, a link, a boat, https://e.org/x, hard break here.\n"},
		{name: "raw HTML", in: "a <b onclick=x>b</b> c<br>d\n\n<script>\nalert(1)\n</script>\n\ne", title: "Harbour ferry", blocks: "p a b cd\np e\n"},
		{name: "escapes", in: `\# 3 &lt; 4 &amp; \&amp; &#x41;&nope; AT&T \a`, title: "Harbour ferry", blocks: "p # 3 < 4 & &amp; A&nope; AT&T \\a\n"},
		{name: "rule and reference", in: "a\n\n***\n\n[x]: /y\n\nb [x].", title: "Harbour ferry", blocks: "p a\np b x.\n"},
		{name: "front matter", in: "---\ntitle: \"The \\\"river\\\"\"\nauthors:\n  - A\n# c\nlanguage: fr # tag\n---\nOne.", title: `The "river"`, blocks: "p One.\n"},
		{name: "front matter and heading", in: "---\ntitle: 'It''s'\n...\n# Other\n\nOne.", title: "It's", blocks: "h1 Other\np One.\n"},
		{name: "front matter without title", in: "---\ndate: 2026\n---\n# T\n\nOne.", title: "T", blocks: "h1 T\np One.\n"},
		{name: "notice", in: "# T\n\nOne.\n\n## COMMENTS\n\nBe kind.", title: "T", blocks: "h1 T\np One.\n"},
	} {
		c.run(t, Markdown)
	}
}

func TestMarkdownLanguage(t *testing.T) {
	got, err := Markdown("a.md", []byte("---\nlang: pt-BR\n---\nThe and of to in."), noon)
	if err != nil {
		t.Fatal(err)
	}
	if got.Revision.Language != "pt-BR" {
		t.Errorf("language = %q, want pt-BR", got.Revision.Language)
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"# T\n\n- a\n  > b\n", "---\ntitle: x\n---\ny", "&#0; \\& <b>", "![a [b](c)](d)", "```\n\x0b\n```", "1. a\n\n   - b\n2. c"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Markdown("a.md", data, noon)
		if err != nil {
			return
		}
		checkResult(t, got)
	})
}
