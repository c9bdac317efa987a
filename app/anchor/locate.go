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
//     one in the middle of another word, is a look-alike and not accepted.
//   - A position without a quote is taken as it is, if the text is long enough.
//   - A quote without context must be at its position or occur once.
//
// It takes linear time. A quote that occurs more than 4,096 times (fewer if it
// is long) is only found by its position or next to the whole of its context.
func (t *Text) Locate(selectors []annotation.Selector) Anchor {
	quote, hasQuote := find(selectors, quoteType)
	position, hasPosition := find(selectors, positionType)
	hasPosition = hasPosition && position.Start != nil && position.End != nil &&
		*position.Start >= 0 && *position.Start <= *position.End
	if !hasQuote || quote.Exact == "" {
		if !hasPosition || textpos.Rune(*position.End) > t.pos.Len() {
			return Anchor{Status: Orphan}
		}
		// Nothing tells whether the words there are still the same.
		return Anchor{textpos.Rune(*position.Start), textpos.Rune(*position.End), Exact, 0.5}
	}
	s := newSearch(t.text, quote)
	if hasPosition {
		s.near = int(t.pos.ToByte(textpos.Rune(*position.Start)))
	}
	at, ok := s.run()
	if !ok {
		return Anchor{Status: Orphan}
	}
	return t.anchorAt(s, at)
}

// anchorAt is the anchor for the quote found at c.
func (t *Text) anchorAt(s search, c candidate) Anchor {
	start := t.pos.FromByte(textpos.Byte(c.at))
	a := Anchor{Start: start, End: start + textpos.Count(s.exact), Status: Moved, Confidence: s.confidence(c)}
	if s.adjoins(c) || s.contextless() {
		a.Status = Exact
	}
	return a
}

// find is the first selector of a type.
func find(selectors []annotation.Selector, kind string) (annotation.Selector, bool) {
	for _, s := range selectors {
		if s.Type == kind {
			return s, true
		}
	}
	return annotation.Selector{}, false
}

// search is one search for a quote in a text. Offsets are bytes.
type search struct {
	text, exact    string
	prefix, suffix string // the parts next to the quote that are compared
	preLen, sufLen int    // their lengths in code points
	near           int    // where the quote should be, or -1
}

// candidate is one occurrence of the quote, with the number of code points of
// context that agree on each side, counted outwards from the quote.
type candidate struct{ at, pre, suf int }

func newSearch(text string, quote annotation.Selector) search {
	s := search{text: text, exact: quote.Exact, near: -1}
	s.prefix, s.preLen = nearest(quote.Prefix, true)
	s.suffix, s.sufLen = nearest(quote.Suffix, false)
	return s
}

// run finds the one occurrence that the selector can mean.
func (s search) run() (candidate, bool) {
	if s.stands() {
		if c := s.candidate(s.near); s.full(c) && !s.contextless() {
			return c, true
		}
	}
	hits, all := s.occurrences(s.prefix, s.suffix)
	if len(hits) == 0 {
		hits, all = s.occurrences("", "")
	}
	if !all {
		hits, all = s.besideContext()
	}
	if !all {
		return candidate{}, false
	}
	var candidates []candidate
	for _, at := range hits {
		if c := s.candidate(at); s.plausible(c) {
			candidates = append(candidates, c)
		}
	}
	return s.pick(candidates)
}

// Limits on the work of one search.
const (
	maxOccurrences = 4096
	leastLimit     = 16
	maxCompared    = 1 << 24 // bytes of quote looked at again after a hit
)

// occurrences are the places of the quote between before and after, overlapping
// ones too; all is false when there are more than are looked at.
func (s search) occurrences(before, after string) (hits []int, all bool) {
	needle := before + s.exact + after
	limit := min(max(maxCompared/len(needle), leastLimit), maxOccurrences)
	for from := 0; ; {
		i := strings.Index(s.text[from:], needle)
		if i < 0 {
			return hits, true
		}
		if len(hits) == limit {
			return hits, false
		}
		hits = append(hits, from+i+len(before))
		from += i + firstLen(needle)
	}
}

// besideContext are the places of a very common quote that have the whole of
// their context on one side.
func (s search) besideContext() (hits []int, all bool) {
	all = true
	for _, side := range []struct{ before, after string }{{s.prefix, ""}, {"", s.suffix}} {
		if side.before+side.after == "" {
			continue
		}
		more, complete := s.occurrences(side.before, side.after)
		hits, all = append(hits, more...), all && complete
	}
	if s.stands() && (s.contextless() || s.adjoins(s.candidate(s.near))) {
		hits = append(hits, s.near)
	}
	return dedupe(hits), all
}

// stands reports whether the quote is at its position.
func (s search) stands() bool {
	return s.near >= 0 && strings.HasPrefix(s.text[s.near:], s.exact)
}
