package anchor

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"marginalia/app/textpos"
)

// What it takes to accept a place.
const (
	// adjoining is how many code points of context next to the quote must agree
	// for a side to adjoin, or all of it when there is less.
	adjoining = 8
	// leastLead is the margin where there is hardly any context; between the two
	// it is a quarter of the context.
	leastLead = 3
	// margin is how many more code points of context must agree than at any
	// other place.
	margin = 8
	// telling is how many bytes a quote has at least that is accepted with none
	// of its context; bytes, since an ideograph says more than a letter.
	telling = 8
	// nearer is how many times nearer to its position a quote must be than any
	// other that has as good a context.
	nearer = 4
	// maxCompare is how many code points of each side are compared; selectors
	// made elsewhere may have any number.
	maxCompare = 256
)

// nearest is the part of a context that lies next to the quote, at most
// maxCompare code points, and its length in code points.
func nearest(context string, before bool) (string, int) {
	n := int(textpos.Count(context))
	if n <= maxCompare {
		return context, n
	}
	span := textpos.Span{End: maxCompare}
	if before {
		span = textpos.Span{Start: textpos.Rune(n - maxCompare), End: textpos.Rune(n)}
	}
	return textpos.Slice(context, span), maxCompare
}

// candidate compares the context with the text around the quote at byte at.
func (s *search) candidate(at int) candidate {
	c := candidate{at: at}
	before, after := s.text[:at], s.text[at+len(s.exact):]
	c.pre, c.suf = common(s.prefix, before, true), common(s.suffix, after, false)
	c.preFit, c.sufFit = s.fit(s.before, c.pre, s.preLen, before), s.fit(s.after, c.suf, s.sufLen, after)
	return c
}

// fit is how many of n code points of context agree when errors are allowed. It
// is the run itself where no more agrees than may by chance.
func (s *search) fit(p *pattern, run, n int, text string) int {
	*s.work += run
	if run == n {
		return n
	}
	agree, steps := p.agreement(text)
	*s.work += steps
	if agree < p.chance() {
		return run
	}
	return max(run, agree)
}

// common is the number of code points that a and b have in common at their start,
// or with back at their end.
func common(a, b string, back bool) (n int) {
	for a != "" {
		want, size := next(a, back)
		got, m := next(b, back)
		if got != want || size != m {
			break
		}
		if back {
			a, b = a[:len(a)-size], b[:len(b)-size]
		} else {
			a, b = a[size:], b[size:]
		}
		n++
	}
	return n
}

// full reports whether all of the context agrees.
func (s *search) full(c candidate) bool { return c.pre == s.preLen && c.suf == s.sufLen }

// contextless reports whether the selector is a bare quote.
func (s *search) contextless() bool { return s.preLen+s.sufLen == 0 }

// adjoins reports whether the context on at least one side is still next to c;
// the border of the text is the context of a quote that had no more there.
func (s *search) adjoins(c candidate) bool {
	switch {
	case s.contextless():
		return false
	case s.preLen == 0 && c.at == 0, s.sufLen == 0 && c.at+len(s.exact) == len(s.text):
		return true
	}
	return s.preLen > 0 && c.pre >= min(s.preLen, adjoining) || s.sufLen > 0 && c.suf >= min(s.sufLen, adjoining)
}

// both reports whether the context on both sides is still next to c.
func (s *search) both(c candidate) bool {
	pre := s.preLen == 0 && c.at == 0 || s.preLen > 0 && c.pre >= min(s.preLen, adjoining)
	suf := s.sufLen == 0 && c.at+len(s.exact) == len(s.text) || s.sufLen > 0 && c.suf >= min(s.sufLen, adjoining)
	return pre && suf
}

func (s *search) status(c candidate) Status {
	if c.doubtful {
		return Moved
	}
	if s.adjoins(c) || s.contextless() {
		return Exact
	}
	return Moved
}

// plausible reports whether c is no mere part of other characters, words or
// figures: 40 is not in 40,005, nor "can" in "can't". A side where some context
// agrees is as it was.
func (s *search) plausible(c candidate) bool {
	end := c.at + len(s.exact)
	if c.pre == 0 {
		if !textpos.GraphemeBorder(s.text, textpos.Byte(c.at)) || s.prefix != "" && !joins(s.prefix, s.exact) && joins(s.text[:c.at], s.exact) {
			return false
		}
	}
	if c.suf == 0 {
		if !textpos.GraphemeBorder(s.text, textpos.Byte(end)) || s.suffix != "" && !joins(s.exact, s.suffix) && joins(s.exact, s.text[end:]) {
			return false
		}
	}
	return true
}

// joins reports whether a word or a figure runs on from the end of a into b, also
// over a hyphen, an apostrophe, a point or a comma. Han, Kana and Thai have no
// spaces between words, so there one cannot tell.
func joins(a, b string) bool {
	end, n := utf8.DecodeLastRuneInString(a)
	first, m := utf8.DecodeRuneInString(b)
	switch {
	case wordRune(end) && wordRune(first):
		return true
	case connects(a, first, b[m:]), connects(a[:len(a)-n], end, b):
		return true
	case unicode.IsDigit(end) && (first == '%' || first == '‰'):
		return true
	}
	return unicode.IsDigit(first) && (end == '-' || end == '−' || unicode.Is(unicode.Sc, end))
}

func wordRune(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// pick is the candidate that wins clearly, if one does.
func (s *search) pick(candidates []candidate) (candidate, bool) {
	if len(candidates) == 0 {
		return candidate{}, false
	}
	best := slices.MaxFunc(candidates, func(a, b candidate) int { return s.agreed(a) - s.agreed(b) })
	rivals := slices.DeleteFunc(slices.Clone(candidates), func(c candidate) bool { return s.beats(best, c) })
	switch {
	case len(rivals) == 1:
		return best, s.acceptable(best)
	case s.bare():
		first := candidates[0]
		first.doubtful = true
		return first, true
	}
	return s.nearestOf(rivals)
}

// bare reports whether nothing but the quote was described.
func (s *search) bare() bool { return s.contextless() && s.near < 0 }

// beats reports whether a has clearly more of the context than b.
func (s *search) beats(a, b candidate) bool {
	lead := s.agreed(a) - s.agreed(b)
	return lead >= min(margin, max(leastLead, (s.preLen+s.sufLen+3)/4)) || lead > 0 && s.full(a)
}

// agreed is how many code points of context agree at c.
func (s *search) agreed(c candidate) int { return c.preFit + c.sufFit }

// acceptable reports whether c may be taken when it has no rival.
func (s *search) acceptable(c candidate) bool {
	halfDescribed := s.near < 0 && (s.preLen == 0 || s.sufLen == 0)
	return s.contextless() || s.adjoins(c) || c.at == s.near || halfDescribed || len(s.exact) >= telling
}

// nearestOf decides between places with equally good contexts by the position.
// One of them must be where the quote was, or clearly nearest and still next to
// some of its context.
func (s *search) nearestOf(rivals []candidate) (candidate, bool) {
	if s.near < 0 {
		return candidate{}, false
	}
	distance := func(c candidate) int { return max(c.at-s.near, s.near-c.at) }
	slices.SortStableFunc(rivals, func(a, b candidate) int { return distance(a) - distance(b) })
	first, second := rivals[0], rivals[1]
	if first.at == s.near {
		return first, true
	}
	return first, s.adjoins(first) && distance(first)*nearer <= distance(second)
}

// mostDoubtful is the confidence, of 10,000, in the first of several places of a
// bare quote.
const mostDoubtful = 2500

// points are 10,000 when all is as it was. The quote counts for a half and each
// side for a quarter, by how much of it agrees; a side that was never described
// counts half of that, unless the text ends there.
func (s *search) points(c candidate) int {
	if c.doubtful {
		return mostDoubtful
	}
	side := func(agree, length int, atEnd bool) int {
		switch {
		case length > 0:
			return 2500 * agree / length
		case atEnd:
			return 2500
		}
		return 1250
	}
	return 5000 + side(c.preFit, s.preLen, c.at == 0) + side(c.sufFit, s.sufLen, c.at+len(s.exact) == len(s.text))
}

// firstLen is how many bytes the first code point of s has.
func firstLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// dedupe sorts places and drops those that are there twice.
func dedupe(places []int) []int {
	slices.Sort(places)
	return slices.Compact(places)
}
