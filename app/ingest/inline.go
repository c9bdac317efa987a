package ingest

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// text is the plain text of a block that holds no other blocks.
func (w *walker) text(n ast.Node) string {
	var b strings.Builder
	switch n := n.(type) {
	case *ast.HTMLBlock, *ast.ThematicBreak:
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		lines := n.Lines()
		for i := range lines.Len() {
			line := lines.At(i)
			b.Write(line.Value(w.source))
		}
	default:
		w.inline(&b, n)
	}
	return b.String()
}

// inline writes the plain text of parent's children: of links their text, of
// images their description.
func (w *walker) inline(b *strings.Builder, parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			value := string(n.Segment.Value(w.source))
			if _, code := parent.(*ast.CodeSpan); !code && !n.IsRaw() {
				value = unescape(value)
			}
			b.WriteString(value)
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(w.source))
		case *ast.RawHTML:
		default:
			w.inline(b, n)
		}
	}
}

// unescape resolves backslash escapes and character references in one pass, so
// that "\&amp;" stays "&amp;".
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			ref := reference(s[i:])
			b.Write(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(ref))))
			i += len(ref) - 1
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// maxReference is more than the longest character reference of HTML has bytes.
const maxReference = 40

// reference is the possible character reference at the start of s, which begins
// with "&", or the "&" alone.
func reference(s string) string {
	end := strings.IndexByte(s[:min(len(s), maxReference)], ';')
	if end < 0 || strings.ContainsAny(s[1:end], "&\\") {
		return s[:1]
	}
	return s[:end+1]
}
