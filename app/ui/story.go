package ui

import (
	"maps"
	"strconv"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

// story is the article. Each block stands right below the article element, is
// one text node and has its number and offset, so that a selection can be
// counted in the canonical text.
type story struct {
	app.Compo

	Revision  *article.Revision
	Offsets   []textpos.Rune
	Sentences []article.Sentence
	Picker    state.Picker
	Ready     bool
	Saved     bool
}

func (p *story) Render() app.UI {
	rev := p.Revision
	body := []app.UI{app.Header().Body(
		&byline{Revision: rev},
		headline(rev),
		storyBar(p.Ready, p.Picker.Open, p.Saved),
		&picker{Picker: p.Picker, Sentences: p.Sentences, Language: rev.Language},
	)}
	return app.Article().Class("story").TabIndex(-1).Attr("lang", rev.Language).Attr("dir", article.Direction(rev.Language)).
		DataSet("revision", rev.ID).Body(p.blocks(body)...)
}

func (p *story) blocks(body []app.UI) []app.UI {
	blocks := p.Revision.Blocks
	numbers := map[int]int{} // of the numbered lists that are open, by level
	for i := 0; i < len(blocks); {
		if i == 0 && titled(p.Revision) {
			i++ // it is the headline
			continue
		}
		if blocks[i].Kind == article.Item {
			list, next := p.list(i, numbers)
			body, i = append(body, list), next
			continue
		}
		clear(numbers)
		body = append(body, p.block(i))
		i++
	}
	return body
}

func (p *story) block(i int) app.UI {
	b := p.Revision.Blocks[i]
	switch b.Kind {
	case article.Heading:
		// The page's only h1 is the headline.
		return placed(app.Elem("h"+strconv.Itoa(min(max(b.Level, 2), 6))), i, p.Offsets).Text(b.Text)
	case article.Quotation:
		return placed(app.Elem("blockquote"), i, p.Offsets).Text(b.Text)
	}
	return placed(app.Elem("p"), i, p.Offsets).Text(b.Text)
}

// list draws the run of items of one kind that starts at block i and returns the
// block after it. A nested item is a sibling with a deeper level: a list inside an
// item would give that item more than its own text. numbers carries the count over
// what interrupts a numbered list.
func (p *story) list(i int, numbers map[int]int) (app.UI, int) {
	blocks := p.Revision.Blocks
	tag, ordered := "ul", blocks[i].Ordered
	if ordered {
		tag = "ol"
	}
	var items []app.UI
	for ; i < len(blocks) && blocks[i].Kind == article.Item && blocks[i].Ordered == ordered; i++ {
		level := max(blocks[i].Level, 1)
		maps.DeleteFunc(numbers, func(deeper, _ int) bool { return deeper > level })
		item := placed(app.Elem("li"), i, p.Offsets)
		if level > 1 {
			item = item.DataSet("level", strconv.Itoa(min(level, 6))).Aria("level", strconv.Itoa(level))
		}
		if ordered {
			numbers[level]++
			item = item.Attr("value", strconv.Itoa(numbers[level]))
		}
		items = append(items, item.Text(blocks[i].Text))
	}
	return app.Elem(tag).Body(items...), i
}

// headline is the h1; when the file's own headline says the same it is that
// block, which can then be annotated.
func headline(rev *article.Revision) app.UI {
	h := app.Elem("h1")
	if titled(rev) {
		h = placed(h, 0, []textpos.Rune{0})
	}
	return h.Text(rev.Title)
}

func titled(rev *article.Revision) bool {
	return len(rev.Blocks) > 0 && rev.Blocks[0].Kind == article.Heading && rev.Blocks[0].Text == rev.Title
}

// placed gives e the number and offset of block i.
func placed(e app.HTMLElem, i int, offsets []textpos.Rune) app.HTMLElem {
	at := 0
	if i < len(offsets) {
		at = int(offsets[i])
	}
	return e.ID("b"+strconv.Itoa(i)).DataSet("offset", strconv.Itoa(at))
}
