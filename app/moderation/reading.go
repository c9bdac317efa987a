package moderation

import (
	"strings"
)

// How far words are put together and taken apart.
const (
	leastSplit = 6  // letters of a word that may be several
	mostSplit  = 28 // a longer one is none of them
	mostParts  = 3  // pieces that may be one word
	mostRight  = 3  // terms that one misspelling may stand for
)

// reread cuts the words of a page anew where a writer has left spaces out or put
// them in: what is no common word as it stands and is common words together or
// apart. It also finds for each word what it most likely says.
func (g *page) reread(p *Policy) {
	l, known := p.lexicon, p.known()
	if known == nil {
		return
	}
	words := make([]word, 0, len(g.words))
	for i := 0; i < len(g.words); {
		if run := g.singleRun(i); run > i+1 {
			if parts := g.joined(i, run, known); parts != nil {
				words = append(words, parts...)
				i = run
				continue
			}
		}
		w := g.words[i]
		if g.settle(&w, p) {
			words = append(words, w)
			i++
			continue
		}
		if whole, next := g.together(i, known); next > i {
			words = append(words, whole)
			i = next
			continue
		}
		if parts := g.apart(w, l, known); parts != nil {
			words = append(words, parts...)
		} else {
			g.correct(&w, l)
			words = append(words, w)
		}
		i++
	}
	g.words = words
}

// settle gives w its likely reading and reports whether it needs no other: a
// common word, a number, a name, or another script's.
func (g *page) settle(w *word, p *Policy) bool {
	for _, form := range w.forms {
		if p.spelled(strings.TrimSuffix(form, "'s")) {
			w.best = form
			return true
		}
	}
	w.best = w.forms[len(w.forms)-1]
	return !plainLetters(w.best) || strings.Contains(w.best, "'")
}

func plainLetters(s string) bool {
	for i := range len(s) {
		if (s[i] < 'a' || s[i] > 'z') && s[i] != '\'' {
			return false
		}
	}
	return s != ""
}

// singleRun is where a run of single letters from word i ends.
func (g *page) singleRun(i int) int {
	if i > 0 && g.single(i-1) && loose(g.gap(i-1)) {
		return i
	}
	k := i
	for k < len(g.words) && k < i+maxJoined && g.single(k) && (k == i || loose(g.gap(k-1))) {
		k++
	}
	return k
}

// maxJoined is the longest run of single letters that is read as words.
const maxJoined = 60

// joined reads the single letters from word i to end as one word or several.
func (g *page) joined(i, end int, known *wordSet) []word {
	if end-i < 3 {
		return nil
	}
	first, last := g.words[i], g.words[end-1]
	w := word{start: first.start, end: last.end, first: first.first}
	var at []int // the glyph of each letter
	var b strings.Builder
	for k := i; k < end; k++ {
		at = append(at, g.words[k].start)
		b.WriteString(spell(g.glyphs[g.words[k].start:g.words[k].end], false))
	}
	form := b.String()
	if len(form) != len(at) || !plainLetters(form) {
		return nil
	}
	if known.has(form) && len(form) > 3 {
		w.forms, w.best = []string{form}, form
		return []word{w}
	}
	cuts := split(form, known)
	if cuts == nil {
		return nil
	}
	var parts []word
	from := 0
	for _, to := range cuts {
		part := word{start: at[from], end: at[to-1] + 1, first: w.first && from == 0}
		part.forms, part.best = []string{form[from:to]}, form[from:to]
		parts = append(parts, part)
		from = to
	}
	return parts
}

// together reads word i and those after it as one word that a space was put
// into; next is i if they are none.
func (g *page) together(i int, known *wordSet) (whole word, next int) {
	form := g.words[i].best
	if form == "" {
		form = g.words[i].forms[0]
	}
	for k := i + 1; k < min(len(g.words), i+mostParts); k++ {
		gap := g.gap(k - 1)
		if len(gap) != 1 || gap[0].r == blank {
			break
		}
		form += g.words[k].forms[len(g.words[k].forms)-1]
		if len(form) > 3 && plainLetters(form) && known.has(form) {
			whole = word{start: g.words[i].start, end: g.words[k].end, first: g.words[i].first, forms: []string{form}, best: form}
			return whole, k + 1
		}
	}
	// The first piece may be a word of its own: "wo" is none, "men" is.
	return word{}, i
}

// apart reads w as several common words without the spaces between them.
func (g *page) apart(w word, l *lexicon, known *wordSet) []word {
	form := w.best
	if w.title && !w.first {
		return nil // a name
	}
	if len(form) != w.end-w.start || !plainLetters(form) || len(form) < leastSplit || len(form) > mostSplit {
		return nil
	}
	cuts := split(form, known)
	// Two words may make a longer one that is neither: "retardants".
	if cuts == nil || l.rooted(form) && shortest(cuts) < 3 || len(cuts) == 2 && (l.is(form[:cuts[0]]) || l.is(form[cuts[0]:])) && !l.leads(form[:cuts[0]]) {
		return nil
	}
	var parts []word
	from := 0
	for _, to := range cuts {
		part := word{start: w.start + from, end: w.start + to, first: w.first && from == 0, title: w.title && from == 0}
		part.forms, part.best = []string{form[from:to]}, form[from:to]
		parts = append(parts, part)
		from = to
	}
	return parts
}

// shortest is the length of the shortest part between cuts.
func shortest(cuts []int) int {
	n, from := cuts[0], 0
	for _, to := range cuts {
		n, from = min(n, to-from), to
	}
	return n
}

// split is where the words of a form without spaces end, or nil if it is not
// made of common words alone. Few long words are likelier than many short ones.
func split(form string, known *wordSet) []int {
	const impossible = 1 << 20
	cost, from := make([]int, len(form)+1), make([]int, len(form)+1)
	for end := 1; end <= len(form); end++ {
		cost[end] = impossible
		for begin := max(0, end-14); begin < end; begin++ {
			part := form[begin:end]
			if cost[begin] >= impossible || !known.has(part) || len(part) == 1 && part != "i" && part != "a" {
				continue
			}
			c := cost[begin] + 10
			if len(part) < 3 {
				c += 12
			} else if len(part) == 3 {
				c += 4
			}
			if c < cost[end] {
				cost[end], from[end] = c, begin
			}
		}
	}
	// On average a word must have more than three letters, or any name would do.
	if cost[len(form)] > 4*len(form)+4 || from[len(form)] == 0 {
		return nil
	}
	var cuts []int
	for end := len(form); end > 0; end = from[end] {
		cuts = append([]int{end}, cuts...)
	}
	return cuts
}

// correct adds to the forms of a word the terms of the lexicon that it may misspell:
// one letter more, less, exchanged or swapped with the next.
func (g *page) correct(w *word, l *lexicon) {
	if len(w.best) < 4 || w.title && !w.first {
		return
	}
	if right := l.near(w.best); len(right) > 0 {
		w.forms = append(w.forms[:len(w.forms):len(w.forms)], right[:min(len(right), mostRight)]...)
		w.best = right[0]
	}
}
