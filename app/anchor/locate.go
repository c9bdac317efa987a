package anchor

import (
	"strings"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

// Locate finds the place that selectors name. Of several selectors of one type
// the first counts; other types are passed over.
//
//   - A quote that stands at its position with all of its context is there.
//   - Else every occurrence of the quote is compared with the context. One must
//     win clearly: by more context, or by being much nearer to the position
//     while its context adjoins. A short quote without any of its context, or
//     one in the middle of another word or figure, is a look-alike and not
//     accepted.
//   - The same is tried with letter case, white space, dashes, quotation marks
//     and normalisation form left out of account; those are the same words.
//   - Else both contexts are looked for, and the words between them are taken,
//     as [Changed], if half of them or more are the quote's. That goes before the
//     same words at a place where hardly any context agrees.
//   - A position without a quote is taken as it is, if the text is long enough. A
//     quote without words is a place between its contexts, if there is one only.
//   - A quote without context must be at its position or occur once. One that
//     nothing else was said of is taken at its first occurrence, as [Moved], with
//     hardly any confidence.
//
// It takes time linear in the text, and no more than a fixed amount for each
// place that is compared; see TestWork. A quote that occurs more than 4,096 times
// (fewer if it is long) is only found by its position or next to the whole of its
// context.
func (t *Text) Locate(selectors []annotation.Selector) Anchor {
	a, _ := t.locate(selectors)
	return a
}

// locate also counts the work: bytes read and cells of tables filled.
func (t *Text) locate(selectors []annotation.Selector) (a Anchor, work int) {
	quote, hasQuote := find(selectors, quoteType)
	position, hasPosition := find(selectors, positionType)
	hasPosition = hasPosition && position.Start != nil && position.End != nil &&
		*position.Start >= 0 && *position.Start <= *position.End
	if !hasPosition && quote.Exact == "" && quote.Prefix+quote.Suffix != "" {
		return t.caret(quote.Prefix, quote.Suffix), 2 * len(t.text)
	}
	if !hasQuote || quote.Exact == "" {
		if !hasPosition || textpos.Rune(*position.End) > t.pos.Len() {
			return Anchor{Status: Orphan}, work
		}
		// Nothing tells whether the words there are still the same.
		return Anchor{textpos.Rune(*position.Start), textpos.Rune(*position.End), Exact, 0.5}, work
	}
	s := search{text: t.text, near: -1, work: &work}
	if hasPosition {
		s.near = int(t.pos.ToByte(textpos.Rune(*position.Start)))
	}
	s.describe(quote.Prefix, quote.Exact, quote.Suffix)
	c, ok := s.verify()
	if !ok {
		c, ok = s.run()
	}
	if ok && s.both(c) {
		return t.anchorAt(s, c), work
	}
	return t.reconsider(s, c, ok, quote), work
}

// caret is the place of a quote without words, between its contexts: there must
// be one only.
func (t *Text) caret(prefix, suffix string) Anchor {
	at := strings.Index(t.text, prefix+suffix)
	if at < 0 || strings.LastIndex(t.text, prefix+suffix) != at {
		return Anchor{Status: Orphan}
	}
	here := t.pos.FromByte(textpos.Byte(at + len(prefix)))
	return Anchor{Start: here, End: here, Status: Exact, Confidence: 1}
}

// reconsider looks for the quote less literally. It was found at c, if ok, but
// not with both of its contexts.
func (t *Text) reconsider(s search, c candidate, ok bool, quote annotation.Selector) Anchor {
	f := t.folded()
	*s.work += len(t.text)
	loose := search{text: f.text, near: -1, work: s.work}
	if s.near >= 0 {
		loose.near = f.fromSource(s.near)
	}
	loose.describe(foldParts(quote.Prefix, quote.Exact, quote.Suffix))
	if loose.exact == "" {
		return t.settle(s, c, ok)
	}
	lc, lok := loose.run()
	if ok && lok && t.overlap(f, s, c, loose, lc) {
		// The same words, but the context was compared less literally.
		found := t.anchorAt(s, c)
		found.Status = loose.status(lc)
		return found
	}
	if lok && loose.both(lc) {
		return t.anchorFolded(loose, lc, quote)
	}
	lok = lok && (!ok || loose.adjoins(lc) && !s.adjoins(c))
	e := edit{f.text, loose.exact, strings.TrimRight(loose.prefix, " "), strings.TrimLeft(loose.suffix, " "), loose.near, s.work}
	p, changed := e.run()
	agreed := 0
	switch {
	case lok:
		agreed = loose.agreed(lc)
	case ok:
		agreed = s.agreed(c)
	}
	switch {
	case changed && (!ok && !lok || p.agreed(e) >= agreed+margin):
		return t.anchorOf(f, p.from, p.to, Changed, p.points)
	case lok:
		return t.anchorFolded(loose, lc, quote)
	}
	return t.settle(s, c, ok)
}

// overlap reports whether c and the folded lc are at one place.
func (t *Text) overlap(f *folded, s search, c candidate, loose search, lc candidate) bool {
	start, end := f.sourceRange(lc.at, lc.at+len(loose.exact))
	return start < c.at+len(s.exact) && c.at < end
}

// settle is the anchor for what was found to the letter.
func (t *Text) settle(s search, c candidate, ok bool) Anchor {
	if !ok {
		return Anchor{Status: Orphan}
	}
	return t.anchorAt(s, c)
}

// anchorAt is the anchor for the quote found at c.
func (t *Text) anchorAt(s search, c candidate) Anchor {
	start := t.pos.FromByte(textpos.Byte(c.at))
	end := start + textpos.Count(s.exact)
	return Anchor{Start: start, End: end, Status: s.status(c), Confidence: float64(s.points(c)) / 10000}
}

// anchorFolded is the anchor for a quote found at c of the folded text.
func (t *Text) anchorFolded(s search, c candidate, quote annotation.Selector) Anchor {
	found := t.anchorOf(t.folded(), c.at, c.at+len(s.exact), s.status(c), s.points(c))
	now := t.pos.Slice(found.Span())
	begins := opensSentence(quote.Prefix) || opensSentence(t.text[:t.pos.ToByte(found.Start)])
	if now != quote.Exact && recased(quote.Exact, now, begins) {
		found.Status = Changed
	}
	return found
}

// anchorOf is the anchor for a part of the folded text. What was found there is
// not as it was to the letter, and never quite certain.
func (t *Text) anchorOf(f *folded, from, to int, status Status, points int) Anchor {
	start, end := f.sourceRange(from, to)
	return Anchor{
		Start: t.pos.FromByte(textpos.Byte(start)), End: t.pos.FromByte(textpos.Byte(end)),
		Status: status, Confidence: float64(min(points, mostFolded)) / 10000,
	}
}

// mostFolded is the greatest confidence, of 10,000, in what was found folded.
const mostFolded = 9900

// find is the first selector of a type.
func find(selectors []annotation.Selector, kind string) (annotation.Selector, bool) {
	for _, s := range selectors {
		if s.Type == kind {
			return s, true
		}
	}
	return annotation.Selector{}, false
}

// The bound on the work of one Locate: so many steps for each byte of the text
// and the selectors, and so many besides. A step reads a byte or fills a cell.
const (
	workPerByte = 48
	workFixed   = 1<<24 + 2*maxPairs*maxCells + 4096*4*maxCompare
)
