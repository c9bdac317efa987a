package ui

import (
	"maps"
	"strconv"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

// story is the article. Each block stands right below the article element, is
// one text node and has its number and offset, so that a selection can be
// counted in the canonical text.
type story struct {
	app.Compo

	Msg       *message.Catalogue
	Article   *article.Article
	Offsets   []textpos.Rune
	Sentences []article.Sentence
	Changes   state.Changes
	Picker    state.Picker
	Moving    bool // the picker is open for a note that lost its place
	Ready     bool
	Finding   bool // the search is open
	NoKeys    bool // single keys do nothing
	Saved     bool
	Past      bool
}

func (p *story) Render() app.UI {
	rev := &p.Article.Revision
	pieces := p.pieces()
	body := []app.UI{app.Header().Body(
		&byline{Msg: p.Msg, Revision: rev},
		headline(rev, pieces),
		p.storyBar(),
		&revisionList{Msg: p.Msg, Article: p.Article, Changes: p.Changes},
		&picker{Msg: p.Msg, Picker: p.Picker, Sentences: p.Sentences, Language: rev.Language, Moving: p.Moving},
	)}
	return app.Article().Class("story").TabIndex(-1).Attr("lang", rev.Language).Attr("dir", article.Direction(rev.Language)).
		DataSet("revision", rev.ID).Body(p.blocks(body, pieces)...)
}

// piece is one block as it is drawn: of the revision, or gone from it.
type piece struct {
	article.Block

	index int           // -1 for a block that is gone
	runs  []article.Run // nil to draw the text as it is
}

// pieces are the blocks, with what changed if that is shown.
func (p *story) pieces() []piece {
	blocks := p.Article.Revision.Blocks
	var all []piece
	if !p.Changes.Wanted || p.Changes.Blocks == nil {
		for i, b := range blocks {
			all = append(all, piece{Block: b, index: i})
		}
		return all
	}
	for _, c := range p.Changes.Blocks {
		b := article.Block{Kind: c.Kind, Level: c.Level}
		if c.Block >= 0 {
			b = blocks[c.Block]
		}
		all = append(all, piece{Block: b, index: c.Block, runs: c.Runs})
	}
	return all
}

// draw gives e the piece's place and text.
func (p *story) draw(e app.HTMLElem, q piece) app.UI {
	if q.index < 0 {
		e = e.Class("gone")
	} else {
		e = placed(e, q.index, p.Offsets)
	}
	return q.fill(e)
}

func (q piece) fill(e app.HTMLElem) app.UI {
	if q.runs == nil {
		return e.Text(q.Text)
	}
	return e.Body(marked(q.runs, "")...)
}

func (p *story) blocks(body []app.UI, pieces []piece) []app.UI {
	numbers := map[int]int{} // of the numbered lists that are open, by level
	for i := 0; i < len(pieces); {
		if pieces[i].index == 0 && titled(&p.Article.Revision) {
			i++ // it is the headline
			continue
		}
		if pieces[i].Kind == article.Item {
			list, next := p.list(pieces, i, numbers)
			body, i = append(body, list), next
			continue
		}
		clear(numbers)
		body = append(body, p.block(pieces[i]))
		i++
	}
	return body
}

func (p *story) block(q piece) app.UI {
	switch q.Kind {
	case article.Heading:
		// The page's only h1 is the headline.
		return p.draw(app.Elem("h"+strconv.Itoa(min(max(q.Level, 2), 6))), q)
	case article.Quotation:
		return p.draw(app.Elem("blockquote"), q)
	}
	return p.draw(app.Elem("p"), q)
}

// list draws the run of items of one kind that starts at piece i and returns the
// piece after it. A nested item is a sibling with a deeper level: a list inside an
// item would give that item more than its own text. numbers carries the count over
// what interrupts a numbered list.
func (p *story) list(pieces []piece, i int, numbers map[int]int) (app.UI, int) {
	tag, ordered := "ul", pieces[i].Ordered
	if ordered {
		tag = "ol"
	}
	var items []app.UI
	for ; i < len(pieces) && pieces[i].Kind == article.Item && pieces[i].Ordered == ordered; i++ {
		q := pieces[i]
		level := max(q.Level, 1)
		maps.DeleteFunc(numbers, func(deeper, _ int) bool { return deeper > level })
		item := app.Elem("li")
		if level > 1 {
			item = item.DataSet("level", strconv.Itoa(min(level, 6))).Aria("level", strconv.Itoa(level))
		}
		if ordered && q.index >= 0 {
			numbers[level]++
			item = item.Attr("value", strconv.Itoa(numbers[level]))
		}
		items = append(items, p.draw(item, q))
	}
	return app.Elem(tag).Body(items...), i
}

// headline is the h1; when the file's own headline says the same it is that
// block, which can then be annotated.
func headline(rev *article.Revision, pieces []piece) app.UI {
	h := app.Elem("h1")
	if !titled(rev) {
		return h.Text(rev.Title)
	}
	h = placed(h, 0, []textpos.Rune{0})
	for _, q := range pieces {
		if q.index == 0 {
			return q.fill(h)
		}
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
