package anchor

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"marginalia/app/textpos"
)

// What it takes to take edited words for the quote.
const (
	// leastLikeness is how much of the words must be the same: half. Less is a
	// rewritten sentence.
	leastLikeness = whole / 2
	// leastAlone is the same for a quote that was described without context.
	leastAlone = whole * 2 / 3
	// slips is one error in so many code points of a context that still agrees.
	slips = 4
	// leastContext is how many bytes both contexts have at least together; the
	// border of the text counts as borderContext of them.
	leastContext  = 16
	borderContext = 8
	// ahead is how many more points of 10,000 than any other place a place has.
	ahead = 400
	// Limits on the places that are looked at.
	maxEndings = 64
	maxPairs   = 16
	maxEdited  = 1 << 16 // bytes of a quote
)

// edit is a search for a quote whose words were edited, in folded text. Both its
// contexts must agree: they are found first, and what stands between them is
// compared with the quote. Three readings of the text at most.
type edit struct {
	text                  string
	quote, prefix, suffix string
	near                  int // or -1
	work                  *int
}

// place is what stands between two contexts.
type place struct {
	from, to int
	end      int // where the suffix starts
	errors   int
	off      int // difference in length to the quote
	likeness int
	points   int // of 10,000
}

// run finds the one place that can be meant. Its words are others than the
// quote's: a place that holds the same words was seen, and passed over, before.
func (e edit) run() (place, bool) {
	switch {
	case len(e.quote) > maxEdited, e.alone() && len(e.quote) < telling, !e.alone() && e.informative() < leastContext:
		return place{}, false
	}
	pairs := e.pairs()
	least := leastLikeness
	if e.alone() {
		least = leastAlone
	}
	places := pairs[:0]
	for _, p := range pairs {
		var cells int
		p.likeness, cells = alike(e.quote, e.text[p.from:p.to])
		*e.work += cells + 2*(p.to-p.from+len(e.quote))
		if p.likeness >= least {
			p.points = e.points(p)
			places = append(places, p)
		}
	}
	best, ok := e.pick(places)
	return best, ok && best.likeness < whole
}

// alone reports whether the quote was described without context.
func (e edit) alone() bool { return e.prefix+e.suffix == "" }

func (e edit) informative() int {
	n := len(e.prefix) + len(e.suffix)
	if e.prefix == "" || e.suffix == "" {
		n += borderContext
	}
	return n
}

// pairs are the most promising pairs of a place where the quote may start and
// one where it may end. Where both contexts stand side by side the quote was cut
// out: what else stands next to one of these two is another sentence like it.
func (e edit) pairs() []place {
	starts, ends := e.starts(), e.ends()
	slices.SortFunc(ends, func(a, b ending) int { return cmp.Compare(a.at, b.at) })
	*e.work += len(starts) * len(ends)
	var pairs []place
	cutStart, cutEnd := make(map[int]bool), make(map[int]bool)
	for _, l := range starts {
		from := l.at
		if strings.HasPrefix(e.text[from:], " ") {
			from++
		}
		first, _ := slices.BinarySearchFunc(ends, l.at, func(r ending, at int) int { return cmp.Compare(r.at, at) })
		for _, r := range ends[first:] {
			if r.at-from > 2*len(e.quote)+maxPattern {
				break
			}
			to := max(from, len(strings.TrimRight(e.text[:r.at], " ")))
			switch {
			case to == from:
				cutStart[from], cutEnd[r.at] = true, true
			case to-from >= len(e.quote)/3:
				off := max(to-from-len(e.quote), len(e.quote)-to+from)
				pairs = append(pairs, place{from: from, to: to, errors: l.errors + r.errors, off: off, end: r.at})
			}
		}
	}
	pairs = slices.DeleteFunc(pairs, func(p place) bool { return !e.alone() && (cutStart[p.from] || cutEnd[p.end]) })
	slices.SortStableFunc(pairs, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.errors, b.errors), cmp.Compare(e.distance(a), e.distance(b)), cmp.Compare(a.off, b.off))
	})
	return pairs[:min(len(pairs), maxPairs)]
}

// starts are the places behind the prefix. Without one the quote began the text,
// or it was described alone and its own first words say where it starts.
func (e edit) starts() []ending {
	switch {
	case e.alone():
		return e.scan(newPattern(head(e.quote), true), leastAlone)
	case e.prefix == "":
		return []ending{{}}
	}
	tail := last(e.prefix)
	if found := e.literal(tail, len(tail)); len(found) > 0 {
		return found
	}
	return e.scan(newPattern(tail, false), whole-whole/slips)
}

// ends are the places before the suffix.
func (e edit) ends() []ending {
	switch {
	case e.alone():
		return e.scan(newPattern(last(e.quote), false), leastAlone)
	case e.suffix == "":
		return []ending{{at: len(e.text)}}
	}
	first := head(e.suffix)
	if found := e.literal(first, 0); len(found) > 0 {
		return found
	}
	return e.scan(newPattern(first, true), whole-whole/slips)
}

// literal are the places of needle, plus offset.
func (e edit) literal(needle string, offset int) []ending {
	var found []ending
	for at := 0; len(found) < maxEndings*maxEndings; {
		i := strings.Index(e.text[at:], needle)
		if i < 0 {
			break
		}
		found = append(found, ending{at: at + i + offset})
		at += i + firstLen(needle)
	}
	*e.work += len(e.text) + len(found)*len(needle)
	return e.nearest(found)
}

// scan are the places of p where so many of 1,000 code points agree.
func (e edit) scan(p *pattern, agree int) []ending {
	var found []ending
	p.scan(e.text, p.size-(p.size*agree+whole-1)/whole, func(at ending) {
		found = append(found, at)
		if len(found) == maxEndings*maxEndings {
			found = e.nearest(found)
		}
	})
	*e.work += len(e.text)
	return e.nearest(found)
}

// nearest keeps the best places, and of equally good ones those that are nearest
// to where the quote was.
func (e edit) nearest(found []ending) []ending {
	slices.SortStableFunc(found, func(a, b ending) int {
		return cmp.Or(cmp.Compare(a.errors, b.errors), cmp.Compare(e.distance(place{from: a.at}), e.distance(place{from: b.at})))
	})
	return found[:min(len(found), maxEndings)]
}

func (e edit) distance(p place) int {
	if e.near < 0 {
		return 0
	}
	return max(p.from-e.near, e.near-p.from)
}

// points are 10,000 at most: a half for the words, a quarter for each context,
// and half of that for one that was never described.
func (e edit) points(p place) int {
	points := 5000 * p.likeness / whole
	if e.alone() {
		return points + 2500
	}
	agreed := p.agreed(e)
	return points + 5000*agreed/(agreed+p.errors)
}

// agreed is how many code points of e's contexts agree at p.
func (p place) agreed(e edit) int {
	return utf8.RuneCountInString(last(e.prefix)) + utf8.RuneCountInString(head(e.suffix)) - p.errors
}

// pick is the place that is clearly the best, or as good as another and where the
// quote was. Places that overlap are one: the better of them counts.
func (e edit) pick(places []place) (place, bool) {
	if len(places) == 0 {
		return place{}, false
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(b.points, a.points) })
	best := places[0]
	rivals := slices.DeleteFunc(slices.Clone(places[1:]), func(p place) bool {
		return best.points-p.points >= ahead || p.from < best.to && best.from < p.to
	})
	if len(rivals) == 0 {
		return best, true
	}
	rivals = append(rivals, best)
	if e.near < 0 {
		first := slices.MinFunc(rivals, func(a, b place) int { return cmp.Compare(a.from, b.from) })
		first.points = min(first.points, mostDoubtful)
		return first, e.alone()
	}
	slices.SortStableFunc(rivals, func(a, b place) int { return cmp.Compare(e.distance(a), e.distance(b)) })
	return rivals[0], e.distance(rivals[0])*nearer <= e.distance(rivals[1])
}

// head and last are the code points of a pattern at either end of s.
func head(s string) string { return textpos.Slice(s, textpos.Span{End: maxPattern}) }

func last(s string) string {
	at := len(s)
	for range maxPattern {
		_, n := utf8.DecodeLastRuneInString(s[:at])
		at -= n
	}
	return s[at:]
}
