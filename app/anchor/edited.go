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
	fewPlaces  = 8       // beside which the other context is looked for
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
	starts, ends := e.borders()
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

// borders are the places where the quote may start and where it may end. A context
// that stands there to the letter says where to look for the other one.
func (e edit) borders() (starts, ends []ending) {
	tail, first := last(e.prefix), head(e.suffix)
	switch {
	case e.alone():
		// Its own first and last words say where it starts and ends.
		return e.scan(newPattern(head(e.quote), true), leastAlone, nil), e.scan(newPattern(last(e.quote), false), leastAlone, nil)
	case e.prefix == "":
		starts = []ending{{}} // the quote began the text
	default:
		starts = e.literal(tail, len(tail))
	}
	if e.suffix == "" {
		ends = []ending{{at: len(e.text)}}
	} else {
		ends = e.literal(first, 0)
	}
	agree := whole - whole/slips
	switch {
	case len(starts) == 0 && len(ends) == 0:
		if starts = e.scan(newPattern(tail, false), agree, nil); len(starts) > 0 {
			ends = e.scan(newPattern(first, true), agree, e.beside(starts, false))
		}
	case len(starts) == 0:
		starts = e.scan(newPattern(tail, false), agree, e.beside(ends, true))
	case len(ends) == 0:
		ends = e.scan(newPattern(first, true), agree, e.beside(starts, false))
	}
	return starts, ends
}

// window is a part of the text, in bytes.
type window struct{ from, to int }

// beside are the parts of the text that a quote and its other context can take up,
// before or behind places; nil, which is all of it, for more than a few.
func (e edit) beside(places []ending, before bool) []window {
	if len(places) > fewPlaces {
		return nil
	}
	const contexts = 4 * (maxPattern + maxPattern/slips) // bytes, on either side
	reach := 2*len(e.quote) + maxPattern + 2*contexts
	var all []window
	for _, p := range places {
		w := window{p.at, min(len(e.text), p.at+reach)}
		if before {
			w = window{max(0, p.at-reach), p.at}
		}
		for w.from > 0 && w.from < len(e.text) && !utf8.RuneStart(e.text[w.from]) {
			w.from--
		}
		for w.to < len(e.text) && !utf8.RuneStart(e.text[w.to]) {
			w.to++
		}
		all = append(all, w)
	}
	return all
}

// literal are the places of needle, plus offset.
func (e edit) literal(needle string, offset int) []ending {
	var found []ending
	for at := 0; len(found) < maxEndings*maxEndings; {
		i := index(e.text[at:], needle)
		if i < 0 {
			break
		}
		found = append(found, ending{at: at + i + offset})
		at += i + firstLen(needle)
	}
	*e.work += len(e.text) + len(found)*len(needle)
	return e.nearest(found)
}

// scan are the places of p where so many of 1,000 code points agree, in windows or,
// for nil, in all of the text.
func (e edit) scan(p *pattern, agree int, windows []window) []ending {
	if windows == nil {
		windows = []window{{0, len(e.text)}}
	}
	var found []ending
	for _, w := range windows {
		p.scan(e.text[w.from:w.to], p.size-(p.size*agree+whole-1)/whole, func(at ending) {
			at.at += w.from
			found = append(found, at)
			if len(found) == maxEndings*maxEndings {
				found = e.nearest(found)
			}
		})
		*e.work += w.to - w.from
	}
	return e.nearest(found)
}

// nearest keeps the best places, and of equally good ones those that are nearest
// to where the quote was.
func (e edit) nearest(found []ending) []ending {
	slices.SortStableFunc(found, func(a, b ending) int {
		return cmp.Or(cmp.Compare(a.errors, b.errors), cmp.Compare(e.distance(place{from: a.at}), e.distance(place{from: b.at})), cmp.Compare(a.at, b.at))
	})
	found = slices.Compact(found) // windows may overlap
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
