package anchor

import "strings"

// search is one search for a quote in a text. Offsets are bytes.
type search struct {
	text, exact    string
	prefix, suffix string   // the parts next to the quote that are compared
	preLen, sufLen int      // their lengths in code points
	before, after  *pattern // the parts of them that are compared with errors
	near           int      // where the quote should be, or -1
	work           *int
}

// candidate is one occurrence of the quote, with the number of code points of
// context that agree on each side: in one run outwards from the quote, and with
// errors.
type candidate struct {
	at, pre, suf, preFit, sufFit int

	doubtful bool // it was taken for being the first, and nothing else
}

func (s *search) describe(prefix, exact, suffix string) {
	s.exact = exact
	s.prefix, s.preLen = nearest(prefix, true)
	s.suffix, s.sufLen = nearest(suffix, false)
}

// verify finds the quote at its position with all of its context.
func (s *search) verify() (candidate, bool) {
	if s.contextless() || !s.stands() {
		return candidate{}, false
	}
	before, after := s.text[:s.near], s.text[s.near+len(s.exact):]
	c := candidate{at: s.near, pre: s.preLen, suf: s.sufLen, preFit: s.preLen, sufFit: s.sufLen}
	return c, strings.HasSuffix(before, s.prefix) && strings.HasPrefix(after, s.suffix)
}

// run finds the one occurrence that the selector can mean.
func (s *search) run() (candidate, bool) {
	hits, all := s.occurrences("", "")
	if len(hits) == 0 {
		return candidate{}, false
	}
	if len(hits) > fewHits {
		if full, complete := s.occurrences(s.prefix, s.suffix); len(full) > 0 {
			hits, all = full, complete
		}
	}
	s.before, s.after = newPattern(s.prefix, true), newPattern(s.suffix, false)
	if !all {
		hits, all = s.besideContext()
	}
	if !all || len(hits) == 0 {
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
	fewHits        = 8       // of more, those with all of their context go first
	maxCompared    = 1 << 24 // bytes of quote looked at again after a hit
)

// occurrences are the places of the quote between before and after, overlapping
// ones too; all is false when there are more than are looked at.
func (s *search) occurrences(before, after string) (hits []int, all bool) {
	needle := before + s.exact + after
	limit := min(max(maxCompared/len(needle), leastLimit), maxOccurrences)
	for from := 0; ; {
		i := index(s.text[from:], needle)
		*s.work += len(needle)
		if i < 0 {
			*s.work += len(s.text)
			return hits, true
		}
		if len(hits) == limit {
			*s.work += len(s.text)
			return hits, false
		}
		hits = append(hits, from+i+len(before))
		from += i + firstLen(needle)
	}
}

// besideContext are the places of a very common quote that have the whole of
// their context on one side.
func (s *search) besideContext() (hits []int, all bool) {
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
func (s *search) stands() bool {
	return s.near >= 0 && strings.HasPrefix(s.text[s.near:], s.exact)
}
