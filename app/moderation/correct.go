package moderation

import "slices"

// correct adds to the forms of a word what it may misspell: the likeliest common
// word, and the terms of the lexicon that are about as likely.
func (g *page) correct(w *word, p *Policy) {
	if w.start > 0 && g.glyphs[w.start-1].r == '*' {
		return // the rest of a word whose letters were starred out
	}
	if len(w.best) < leastNear-1 || !plainLetters(w.best) || g.capitals(w) {
		return
	}
	if w.title && !w.first {
		p.correctGroup(w)
		return
	}
	right, _ := p.corrected(w.best)
	if len(right) == 0 {
		return
	}
	w.forms, w.best = w.forms[:len(w.forms):len(w.forms)], right[0]
	for _, form := range right {
		if !slices.Contains(w.forms, form) {
			w.forms = append(w.forms, form)
		}
	}
}

// corrected are the words that a form may misspell, the likeliest first; sure
// tells that a letter was lost, repeated or swapped.
func (p *Policy) corrected(form string) (right []string, sure bool) {
	terms := p.lexicon.near(form)
	v := p.speller()
	if v == nil {
		return terms[:min(len(terms), mostRight)], false
	}
	best := v.nearest(form)
	least := best.cost
	for _, term := range terms {
		cost := v.costOf(form, term, p.lexicon)
		if cost > least+mostSpread || len(right) == mostRight {
			continue
		}
		right = append(right, term)
		if cost < best.cost {
			best = correction{term, cost}
		}
	}
	if best.cost > mostCost {
		return right, false
	}
	right = slices.DeleteFunc(right, func(w string) bool { return w == best.word })
	return append([]string{best.word}, right...), len(form) != len(best.word) || swapped(form, best.word)
}

// correctGroup corrects a word with a capital if it can only be a group of people
// with a letter lost, repeated or swapped; others are names.
func (p *Policy) correctGroup(w *word) {
	for _, term := range p.lexicon.near(w.best) {
		if p.lexicon.group(term) && len(term) > leastNear && (len(term) != len(w.best) || swapped(term, w.best)) {
			w.forms = append(w.forms[:len(w.forms):len(w.forms)], term)
			w.best = term
			return
		}
	}
}

// capitals reports whether w is a short word in capitals: an abbreviation.
func (g *page) capitals(w *word) bool {
	for _, l := range g.glyphs[w.start:w.end] {
		if !l.upper {
			return false
		}
	}
	return w.end-w.start <= 5
}
