package anchor

import "unicode/utf8"

// maxPattern is how many code points a pattern has at most: one machine word.
const maxPattern = 64

// pattern is a short string that is looked for with errors, one machine word of
// dynamic programming for each code point of the text that is read: G. Myers, "A
// fast bit-vector algorithm for approximate string matching based on dynamic
// programming", Journal of the ACM 46 (1999), in the form of H. Hyyrö, "A
// bit-vector algorithm for computing Levenshtein and Damerau edit distances",
// Nordic Journal of Computing 10 (2003). An error is a code point more, less or
// other.
type pattern struct {
	ascii [utf8.RuneSelf]uint64
	other map[rune]uint64
	size  int
	back  bool // reads from its last code point to its first
}

// newPattern takes the first maxPattern code points of s, or with back the last.
func newPattern(s string, back bool) *pattern {
	p := &pattern{back: back}
	for s != "" && p.size < maxPattern {
		r, n := next(s, back)
		if back {
			s = s[:len(s)-n]
		} else {
			s = s[n:]
		}
		bit := uint64(1) << p.size
		if r < utf8.RuneSelf {
			p.ascii[r] |= bit
		} else {
			if p.other == nil {
				p.other = make(map[rune]uint64)
			}
			p.other[r] |= bit
		}
		p.size++
	}
	return p
}

// next decodes the first code point of s, or with back the last.
func next(s string, back bool) (rune, int) {
	if back {
		return utf8.DecodeLastRuneInString(s)
	}
	return utf8.DecodeRuneInString(s)
}

func (p *pattern) mask(r rune) uint64 {
	if r < utf8.RuneSelf {
		return p.ascii[r]
	}
	return p.other[r]
}

// column is one column of the matrix of distances, as its differences.
type column struct {
	plus, minus uint64
	errors      int
}

func (p *pattern) start() column { return column{plus: ^uint64(0), errors: p.size} }

// move goes on to the next column, for a code point that a pattern of that size
// has where eq has bits. Anchored is 1 when the match must start where reading
// began, and 0 when it may start anywhere.
func (c *column) move(eq uint64, size int, anchored uint64) {
	xv := eq | c.minus
	xh := (((eq & c.plus) + c.plus) ^ c.plus) | eq
	ph := c.minus | ^(xh | c.plus)
	mh := c.plus & xh
	top := uint(size - 1)
	c.errors += int(ph>>top&1) - int(mh>>top&1)
	ph = ph<<1 | anchored
	c.plus = mh<<1 | ^(xv | ph)
	c.minus = ph & xv
}

// agreement is how many code points of p agree with text read from its start (or
// with back from its end), and how many steps that took.
func (p *pattern) agreement(text string) (agree, steps int) {
	if p.size == 0 {
		return 0, 0
	}
	c := p.start()
	least := c.errors
	for text != "" && steps < p.size+p.size/2 {
		r, n := next(text, p.back)
		if p.back {
			text = text[:len(text)-n]
		} else {
			text = text[n:]
		}
		c.move(p.mask(r), p.size, 1)
		least = min(least, c.errors)
		steps++
	}
	return p.size - least, steps
}

// chance is how many code points of unlike texts of p's size may agree: not half
// of them, and in a short one two fifths.
func (p *pattern) chance() int {
	if p.size <= shortPattern {
		return (2*p.size + 4) / 5
	}
	return (p.size + 1) / 2
}

// shortPattern is the most code points that a short context has.
const shortPattern = 16

// ending is a place where a match of a pattern ends, in reading direction.
type ending struct{ at, errors int }

// scan reports every place of text where a match with at most most errors ends
// and where its neighbours in reading direction are no better. It reads the text
// once.
func (p *pattern) scan(text string, most int, report func(ending)) {
	if p.size == 0 {
		return
	}
	c := p.start()
	last, falling := ending{errors: c.errors}, false
	for done := 0; done < len(text); {
		rest, a := text[done:], text[done]
		if p.back {
			rest = text[:len(text)-done]
			a = rest[len(rest)-1]
		}
		eq, n := uint64(0), 1
		if a < utf8.RuneSelf { // much of most texts
			eq = p.ascii[a]
		} else {
			var r rune
			r, n = next(rest, p.back)
			eq = p.other[r]
		}
		done += n
		c.move(eq, p.size, 0)
		if falling && last.errors <= most && c.errors > last.errors {
			report(p.turned(last, len(text)))
		}
		falling = c.errors <= last.errors
		last = ending{done, c.errors}
	}
	if falling && last.errors <= most {
		report(p.turned(last, len(text)))
	}
}

// turned is e with an offset from the start of a text of n bytes.
func (p *pattern) turned(e ending, n int) ending {
	if p.back {
		e.at = n - e.at
	}
	return e
}
