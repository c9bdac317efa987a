package ui

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
	xhtml "golang.org/x/net/html"
)

// drawn is the parsed page that ui writes, its root element. go-app quotes attributes as Go does,
// which is no HTML, and puts line breaks between children: both are mended first.
func drawn(t *testing.T, ui app.UI) *xhtml.Node {
	t.Helper()
	doc, err := xhtml.Parse(strings.NewReader(mend(t, app.HTMLString(ui))))
	if err != nil {
		t.Fatal(err)
	}
	body := all(doc, is("body"))[0]
	return body.FirstChild
}

// mend rewrites every tag with HTML quoting and drops the breaks; no text in these
// tests has a line break of its own. Text is escaped by go-app, so "<" only ever
// begins a tag.
func mend(t *testing.T, s string) string {
	t.Helper()
	var out strings.Builder
	for {
		text, rest, found := strings.Cut(s, "<")
		out.WriteString(strings.ReplaceAll(text, "\n", ""))
		if !found {
			return out.String()
		}
		out.WriteByte('<')
		s = rest
		for !strings.HasPrefix(s, ">") {
			if strings.HasPrefix(s, `"`) {
				quoted, err := strconv.QuotedPrefix(s)
				if err != nil {
					t.Fatalf("an attribute cannot be read at %.60q", s)
				}
				value, _ := strconv.Unquote(quoted)
				out.WriteString(`"` + html.EscapeString(value) + `"`)
				s = s[len(quoted):]
				continue
			}
			// A true flag is written without its value, which aria attributes need.
			if bare := flagAt(s); bare != "" {
				out.WriteString(bare + `="true"`)
				s = s[len(bare):]
				continue
			}
			out.WriteByte(s[0])
			s = s[1:]
		}
	}
}

// flagAt is the aria or spellcheck attribute without a value that s begins with.
func flagAt(s string) string {
	end := strings.IndexAny(s, " =>")
	if end <= 0 || s[end] == '=' || !strings.HasPrefix(s, "aria-") && s[:end] != "spellcheck" {
		return ""
	}
	return s[:end]
}

// outline writes a tree one node a line, attributes sorted, white space folded.
func outline(n *xhtml.Node) string {
	var b strings.Builder
	var walk func(n *xhtml.Node, depth int)
	walk = func(n *xhtml.Node, depth int) {
		switch n.Type {
		case xhtml.TextNode:
			if text := strings.Join(strings.Fields(n.Data), " "); text != "" {
				fmt.Fprintf(&b, "%s%q\n", strings.Repeat("  ", depth), text)
			}
		case xhtml.ElementNode:
			var attrs []string
			for _, a := range n.Attr {
				attrs = append(attrs, fmt.Sprintf(" %s=%q", a.Key, a.Val))
			}
			slices.Sort(attrs)
			fmt.Fprintf(&b, "%s%s%s\n", strings.Repeat("  ", depth), n.Data, strings.Join(attrs, ""))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
	}
	walk(n, 0)
	return b.String()
}

// all returns the elements that match, in document order.
func all(n *xhtml.Node, match func(*xhtml.Node) bool) []*xhtml.Node {
	var found []*xhtml.Node
	for d := range n.Descendants() {
		if d.Type == xhtml.ElementNode && match(d) {
			found = append(found, d)
		}
	}
	return found
}

// attr is an attribute's value and whether the element has it.
func attr(n *xhtml.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// is matches elements by tag, "" for any, and pairs of attribute and value.
func is(tag string, pairs ...string) func(*xhtml.Node) bool {
	return func(n *xhtml.Node) bool {
		if tag != "" && n.Data != tag {
			return false
		}
		for i := 0; i < len(pairs); i += 2 {
			if got, ok := attr(n, pairs[i]); !ok || got != pairs[i+1] {
				return false
			}
		}
		return true
	}
}

// named matches elements by tag and accessible name, as far as buttons need it.
func named(tag, name string) func(*xhtml.Node) bool {
	return func(n *xhtml.Node) bool { return n.Data == tag && text(n) == name }
}

// text is what is read aloud of an element: its words without what is hidden.
func text(n *xhtml.Node) string {
	var b strings.Builder
	var walk func(*xhtml.Node)
	walk = func(n *xhtml.Node) {
		if n.Type == xhtml.TextNode {
			b.WriteString(n.Data)
		}
		if _, hidden := attr(n, "aria-hidden"); hidden {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}
