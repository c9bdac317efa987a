package moderation

import (
	"strings"
	"unicode"
)

// manner is how a whole text is disguised. What would be far-fetched in one word
// is the plain reading where the writer does it all the time.
type manner struct {
	digits  bool // digits stand for letters
	glued   bool // spaces are left out
	spaced  bool // spaces stand between letters
	starred bool // letters are starred out in words of no offence too
}

// manner finds how the page is written from its words as cut by spaces and signs.
func (g *page) manner(p *Policy) (m manner) {
	digits, glued, single, starred := 0, 0, 0, 0
	for i := range g.words {
		w := &g.words[i]
		if w.end-w.start == 1 {
			single++
		}
		if i+1 < len(g.words) {
			if gap := g.gap(i); len(gap) > 0 && len(gap) < 3 && gap[0].r == '*' && gap[len(gap)-1].r == '*' {
				starred++
			}
		}
		switch {
		case i+1 < len(g.words) && inside(g.gap(i)) && edgeSigns.has(g.gap(i)[0].r):
			digits++
		case p.spelled(w.forms[0]):
		case len(w.forms) > 1 && mixed(w.forms[0]):
			digits++
		case g.whole(w) && split(w.forms[0], p, false) != nil:
			glued++
		}
	}
	n := len(g.words)
	m.digits = digits > 1 && 6*digits >= n
	m.glued = glued > 1 && 4*glued >= n
	m.spaced = single > 5 && 10*single >= 7*n
	m.starred = starred > 2 && 4*starred >= n
	return m
}

// mixed reports whether a form has digits and letters.
func mixed(form string) bool {
	return strings.ContainsAny(form, "0123456789") && strings.IndexFunc(form, unicode.IsLetter) >= 0
}

// whole reports whether w may be several words without the spaces between them:
// plain letters and no name.
func (g *page) whole(w *word) bool {
	form := w.forms[0]
	return (!w.title || w.first) && len(form) == w.end-w.start && plainLetters(form) && len(form) >= leastSplit && len(form) <= mostSplit
}

// signs stand for letters at the ends of a word too.
const signs = "@$€!"

// chunk reads word i, those that follow without a space and the signs between
// and around them as one word; next is i if they are none.
func (g *page) chunk(i int, p *Policy, m manner) (whole word, next int) {
	from, end := g.signsFrom(i), i+1
	for end < len(g.words) && end < i+maxPieces && inside(g.gap(end-1)) {
		end++
	}
	if g.partsSpelled(i, end, p, m) {
		return word{}, i
	}
	least := g.words[end-1].end
	to := g.signsTo(least)
	if end == i+1 && !m.digits && p.spelled(g.words[i].forms[0]) {
		for to > least && g.glyphs[to-1].r == '!' {
			to-- // "tax!"
		}
	}
	for ; to >= least; to-- {
		if end == i+1 && from == g.words[i].start && to == least {
			break
		}
		if forms := g.signed(from, to, p, m); forms != nil {
			w := g.words[i]
			return word{start: from, end: to, first: w.first, title: w.title, forms: forms, best: forms[0]}, end
		}
	}
	return word{}, i
}

// signed are the words that letters and signs between two glyphs are read as.
func (g *page) signed(from, to int, p *Policy, m manner) []string {
	if to-from > 2*maxLetters {
		return nil
	}
	for _, second := range []bool{false, true} {
		form := spellSigns(g.glyphs[from:to], second)
		if len(form) < 2 || !plainLetters(strings.ReplaceAll(form, "*", "")) {
			continue
		}
		if strings.Contains(form, "*") {
			if forms := p.unstarred(form, m); forms != nil {
				return forms
			}
			form = strings.ReplaceAll(form, "*", "")
		}
		if p.meant(form) {
			return []string{form}
		}
	}
	return nil
}

// unstarred are the likely words for one with letters starred out, the likeliest
// first.
func (p *Policy) unstarred(form string, m manner) []string {
	v := p.speller()
	if v == nil || form[0] == '*' {
		return nil
	}
	gain := 2 * termGain // who stars one word out has a reason
	if m.starred {
		gain = (3 - strings.Count(form, "*")) * termGain / 2
	}
	best, term := v.filled(form, p.lexicon, gain)
	switch {
	case best.word == "":
		return nil
	case term == "" || term == best.word:
		return []string{best.word}
	}
	return []string{best.word, term}
}

// meant reports whether a form is a common word or one of the lexicon.
func (p *Policy) meant(form string) bool {
	return len(form) > 1 && (p.common(form) || p.lexicon.words[form])
}

// signsFrom is where the signs start that hide the first letters of word i.
func (g *page) signsFrom(i int) int {
	from := g.words[i].start
	for from > 0 && edgeSigns.has(g.glyphs[from-1].r) {
		from--
	}
	if from > 0 && !unicode.IsSpace(g.glyphs[from-1].r) {
		return g.words[i].start
	}
	return from
}

// signsTo is where the signs end that hide the last letters of a word.
func (g *page) signsTo(at int) int {
	to := at
	for to < len(g.glyphs) && to < at+4 && edgeSigns.has(g.glyphs[to].r) {
		to++
	}
	if to < len(g.glyphs) && isWordRune(g.glyphs[to].r) {
		return at
	}
	return to
}

// signWords are the words between two glyphs that are written in signs alone.
func (g *page) signWords(from, to int, p *Policy) (list []word) {
	for at := from; at < to; at++ {
		end := at
		for end < to && edgeSigns.has(g.glyphs[end].r) {
			end++
		}
		if end == at || at > 0 && !unicode.IsSpace(g.glyphs[at-1].r) || end < len(g.glyphs) && !unicode.IsSpace(g.glyphs[end].r) {
			at = end
			continue
		}
		if form := spellSigns(g.glyphs[at:end], false); form == "a" || form == "i" || p.meant(form) {
			list = append(list, word{start: at, end: end, forms: []string{form}, best: form})
		}
		at = end
	}
	return list
}

// partsSpelled reports whether words [i, end) need no other reading: they are
// words by themselves, or numbers.
func (g *page) partsSpelled(i, end int, p *Policy, m manner) bool {
	if end == i+1 {
		return false
	}
	for k := i; k < end; k++ {
		w := &g.words[k]
		if !hasLetter(g.glyphs[w.start:w.end]) && !m.digits && (w.end-w.start > 1 || !g.lettersAround(k)) {
			return true
		}
	}
	for _, w := range g.words[i:end] {
		if w.end-w.start < 2 || !p.spelled(w.forms[0]) {
			return false
		}
	}
	return true
}

// lettersAround reports whether a chunk goes on with letters on both sides of
// word k.
func (g *page) lettersAround(k int) bool {
	return k > 0 && k+1 < len(g.words) && inside(g.gap(k-1)) && inside(g.gap(k)) &&
		hasLetter(g.glyphs[g.words[k-1].start:g.words[k-1].end]) && hasLetter(g.glyphs[g.words[k+1].start:g.words[k+1].end])
}

// inside reports whether a gap can stand inside one word.
func inside(gap []glyph) bool { return len(gap) > 0 && tight(gap) }

// spellSigns reads letters and signs as the letters they stand for and leaves
// out those that stand for none.
func spellSigns(run []glyph, second bool) string {
	var b strings.Builder
	for k := range run {
		if isWordRune(run[k].r) {
			b.WriteString(spell(run[k:k+1], second))
		} else if letter := leet(run[k].r, second); letter != 0 {
			b.WriteRune(letter)
		}
	}
	return b.String()
}

// shortDigits adds the reading of a word that digits stand for letters in, in
// a text where they do.
func (g *page) shortDigits(w *word, p *Policy) {
	run := g.glyphs[w.start:w.end]
	for _, second := range []bool{false, true} {
		if form := spell(run, second); form != w.forms[0] && (p.meant(form) || form == "a" || form == "i") {
			w.forms = append(w.forms[:len(w.forms):len(w.forms)], form)
			w.best = form
			return
		}
	}
}
