// Package page writes go-app components as HTML that is safe to send.
//
// What go-app itself prints is not: attribute values are quoted as in Go, not
// escaped as in HTML, so a nickname with a quotation mark becomes markup; their
// order is random; false flags print as hidden="false", which hides; line breaks
// stand between elements where the browser's tree has none. [HTML] reads go-app's
// output piece by piece, as it is written, and writes each piece anew.
//
//	golden(t, page.HTML(&ui.Thread{Note: n}))
package page

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
)

// HTML draws a component that is not mounted. The same component always gives
// the same bytes: attributes are sorted, flags that are false are left out, and
// nothing stands between elements that is not a text of the component.
//
// Markup from [app.Raw] is copied as it is.
func HTML(ui app.UI) string {
	var w writer
	app.PrintHTML(&w, ui)
	return w.out.String()
}

// writer receives what go-app prints. It relies on go-app v9.8.0 writing each
// piece of a tag, each text and each raw markup with one call of Write (html.go,
// text.go, raw.go there): only so can a line break in a text be told from one
// that go-app puts between children.
type writer struct {
	out   strings.Builder
	in    place
	tag   tag
	depth []string // the open elements, for textarea and pre
	fresh bool     // nothing was written since the last start tag
}

// place is where in go-app's output the next piece stands.
type place int

const (
	content place = iota
	tagName
	attrs    // after a tag's name or an attribute
	attrName // after the space before an attribute
	attrMark // after the equals sign
	endName  // after "</"
	endMark  // after an end tag's name
)

// Write takes one piece. It never fails.
func (w *writer) Write(p []byte) (int, error) {
	piece := string(p)
	switch w.in {
	case content:
		w.content(piece)
	case tagName:
		w.tag, w.in = tag{name: piece}, attrs
	case attrs:
		switch piece {
		case " ":
			w.in = attrName
		case "=":
			w.in = attrMark
		case ">":
			w.open()
		}
	case attrName:
		w.tag.attrs, w.in = append(w.tag.attrs, attr{name: piece}), attrs
	case attrMark:
		w.tag.attrs[len(w.tag.attrs)-1].set(piece)
		w.in = attrs
	case endName:
		w.out.WriteString("</" + piece)
		if n := len(w.depth); n > 0 {
			w.depth = w.depth[:n-1]
		}
		w.in = endMark
	case endMark:
		w.out.WriteByte('>')
		w.in, w.fresh = content, false
	}
	return len(p), nil
}

// content takes what stands between tags.
func (w *writer) content(piece string) {
	switch {
	case piece == "<":
		w.in = tagName
	case piece == "</":
		w.in = endName
	case piece == "\n" || piece == "":
		// go-app's line break between children; a text of nothing else is no loss.
	case piece[0] == '<':
		w.out.WriteString(piece) // raw markup: a text has its "<" escaped
		w.fresh = false
	default:
		// A parser drops the first line break of these two.
		if n := len(w.depth); w.fresh && piece[0] == '\n' && n > 0 && (w.depth[n-1] == "textarea" || w.depth[n-1] == "pre") {
			w.out.WriteByte('\n')
		}
		w.out.WriteString(clean(piece))
		w.fresh = false
	}
}

// open writes the start tag.
func (w *writer) open() {
	w.tag.write(&w.out)
	w.in = content
	if !void(w.tag.name) {
		w.depth = append(w.depth, w.tag.name)
		w.fresh = true
	}
}
