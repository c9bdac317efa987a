package ingest

import (
	"strings"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"marginalia/app/article"
)

// maxDepth is how many block quotations and lists may open on one line. The
// parser's time grows with the square of that.
const maxDepth = 500

// Markdown reads CommonMark: headings, paragraphs, lists, block quotations and
// code become blocks of plain text; images leave their descriptions, HTML leaves
// nothing. Front matter may give title and language. Else a heading of level 1
// at the top is the title, or the file's name in words. The comment notice is
// cut as in [Plain].
func Markdown(name string, data []byte, now time.Time) (Result, error) {
	content, err := decode(name, data)
	if err != nil {
		return Result{}, err
	}
	d, body, err := frontMatter(name, content)
	if err != nil {
		return Result{}, err
	}
	if n := tooDeep(body); n > 0 {
		// Lines count from the file's start, front matter included.
		n += strings.Count(content[:len(content)-len(body)], "\n")
		return Result{}, &Error{
			File: name, Line: n, Detail: "block quotations and lists lie too deep in each other",
			Hint: "Indent less, or put a backslash before the first mark.",
		}
	}
	w := walker{source: []byte(body)}
	w.blocks(goldmark.DefaultParser().Parse(text.NewReader(w.source)), place{})
	d.blocks = cutNotice(w.out)
	return finish(name, d, now)
}

// tooDeep is the first line, from 1, that opens more than maxDepth block
// quotations and lists, or 0.
func tooDeep(source string) int {
	n := 0
	for line := range strings.SplitSeq(source, "\n") {
		n++
		marks := line[:len(line)-len(strings.TrimLeft(line, "> \t-+*"))]
		// A list's mark has white space behind it, a quotation's need not.
		if strings.Count(marks, ">")+strings.Count(marks, "- ")+strings.Count(marks, "+ ")+strings.Count(marks, "* ") > maxDepth {
			return n
		}
	}
	return 0
}

// walker turns a syntax tree into blocks.
type walker struct {
	source []byte
	out    []article.Block
}

// place is where in the document a node lies.
type place struct {
	quoted  bool
	level   int // of the list, 0 outside
	ordered bool
}

func (w *walker) blocks(parent ast.Node, at place) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n, at)
	}
}

func (w *walker) block(n ast.Node, at place) {
	switch n := n.(type) {
	case *ast.Heading:
		w.add(article.Block{Kind: article.Heading, Level: n.Level, Text: w.text(n)}, at)
	case *ast.Blockquote:
		at.quoted = true
		w.blocks(n, at)
	case *ast.List:
		at = place{quoted: at.quoted, level: at.level + 1, ordered: n.IsOrdered()}
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			w.item(item, at)
		}
	default:
		w.add(article.Block{Kind: article.Paragraph, Text: w.text(n)}, at)
	}
}

// item makes one block of what stands in a list item before, between and behind
// the lists inside it.
func (w *walker) item(item ast.Node, at place) {
	var parts []string
	flush := func() {
		w.add(article.Block{Kind: article.Item, Level: at.level, Ordered: at.ordered, Text: strings.Join(parts, " ")}, at)
		parts = nil
	}
	for n := item.FirstChild(); n != nil; n = n.NextSibling() {
		switch n.(type) {
		case *ast.List, *ast.Blockquote:
			flush()
			w.block(n, at)
		default:
			parts = append(parts, w.text(n))
		}
	}
	flush()
}

// add appends b; everything inside a block quotation is a quotation.
func (w *walker) add(b article.Block, at place) {
	if at.quoted {
		b = article.Block{Kind: article.Quotation, Text: b.Text}
	}
	if b.Text = article.Canonical(b.Text); b.Text != "" {
		w.out = append(w.out, b)
	}
}
