package state

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf16"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/textpos"
)

// Prepare makes an article ready for reading. What only a writer needs, the
// sentences and the word statistics, is left to [Text.ready].
func Prepare(a article.Article) *Text {
	canon := a.Revision.Text()
	return &Text{
		Article: a, Canon: canon, Map: textpos.NewMap(canon), Offsets: a.Revision.Offsets(),
		fold: new(folding),
	}
}

// folding is a text's folded form, made when words are first looked for, and shared
// by the copies of a Text.
type folding struct {
	once sync.Once
	text *textpos.Folded
}

func (t *Text) folded() *textpos.Folded {
	t.fold.once.Do(func() { t.fold.text = textpos.Fold(t.Canon) })
	return t.fold.text
}

// ready returns t with sentences and word statistics: t itself when it has them.
func (t *Text) ready() *Text {
	if t == nil || t.Topic != nil {
		return t
	}
	r := *t
	r.Sentences = t.Revision.Sentences()
	r.Topic = moderation.NewArticle(t.Canon)
	return &r
}

// Rune turns a place in the drawn article into an offset of the canonical text.
// A block that does not exist gives the text's end.
func (t *Text) Rune(p Point) textpos.Rune {
	if p.Block < 0 || p.Block >= len(t.Offsets) {
		return t.Map.Len()
	}
	base := t.Map.ToUTF16(t.Offsets[p.Block])
	size := textpos.UTF16(len(utf16.Encode([]rune(t.Revision.Blocks[p.Block].Text))))
	return t.Map.FromUTF16(base + min(max(p.Offset, 0), size))
}

// Point is the inverse of Rune.
func (t *Text) Point(r textpos.Rune) Point {
	if len(t.Offsets) == 0 {
		return Point{}
	}
	// As Revision.BlockAt, which counts the whole text: too slow for thousands of notes.
	block := max(0, sort.Search(len(t.Offsets), func(i int) bool { return t.Offsets[i] > r })-1)
	return Point{Block: block, Offset: t.Map.ToUTF16(r) - t.Map.ToUTF16(t.Offsets[block])}
}

// span is the claim between two places: without white space at its ends and
// never cutting what a reader sees as one character. It is empty when nothing
// but white space lies between them.
func (t *Text) span(from, to Point) textpos.Span {
	s := textpos.Span{Start: t.Rune(from), End: t.Rune(to)}
	if s.End < s.Start {
		s.Start, s.End = s.End, s.Start
	}
	s = textpos.TrimSpace(t.Canon, s)
	if s.Empty() {
		return textpos.Span{}
	}
	return t.Map.SnapGraphemes(s)
}

// target is what a note on a span is about, as selectors of this text; the whole
// article for nil.
func (t *Text) target(span *textpos.Span) annotation.Target {
	target := annotation.Target{
		Source: t.Slug,
		State:  &annotation.State{Type: "TimeState", SourceDate: stamp(t.Revision.Created), Cached: t.Revision.ID},
	}
	if span != nil {
		target.Selector = anchor.Describe(t.Canon, *span)
	}
	return target
}

// ParsePath turns an address's fragment-free path into a Route.
func ParsePath(path string) Route {
	switch path {
	case "/", "":
		return Route{Page: Home}
	case "/faq":
		return Route{Page: FAQ}
	case "/me":
		return Route{Page: Me}
	case "/share":
		return Route{Page: Share}
	}
	if rest, ok := strings.CutPrefix(path, "/a/"); ok {
		slug, revision, older := strings.Cut(rest, "/r/")
		if article.ValidSlug(slug) && (!older || article.ValidID(revision)) {
			return Route{Page: Reading, Slug: slug, Revision: revision}
		}
	}
	return Route{Page: NotFound}
}
