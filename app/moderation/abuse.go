package moderation

import (
	"slices"
	"strings"
)

// match is a term found in a page.
type match struct {
	term        *term
	first, last int // words
	lead, tail  int // signs around them that stand for letters
}

// abuse looks for the words of the lexicon in every field.
//
// The abuse score is the weight of the worst match (threat and hate 0.9, insult
// 0.6, profanity 0.3; less where the list makes a term lighter than its rule)
// plus up to 0.0999 for the share of the field's words that are abuse.
func (j *job) abuse() {
	for _, f := range j.fields {
		g := j.page(f)
		all := g.matches(j.p.lexicon, j.foreign())
		if j.foreign() {
			advise(all)
		}
		list := g.withoutCodes(j.quotedOut(g, prune(all)))
		list, dropped := g.spoken(list)
		toned := f.name == "text" && j.p.models.abuse != nil && !j.foreign()
		if toned {
			list = j.tone(f, g, list, dropped, innocent(all))
		}
		words := 0
		for _, m := range list {
			s := g.span(m)
			j.mark(f, hit{rule: m.term.rule, limit: m.term.limit}, s.start, s.end)
			words += m.last - m.first + 1
		}
		for _, m := range list {
			if rule := j.p.rules[m.term.rule]; !rule.Off && !toned {
				score := m.term.score() + ratio(words, len(g.words))*999/one
				j.scores.Abuse = max(j.scores.Abuse, score)
			}
		}
		j.abroad(f, &page{f: f, glyphs: g.glyphs, words: g.written})
	}
}

// lexiconLanguage is what lexicon.txt, the grammar and the abuse model are of.
const lexiconLanguage = "en"

// foreign reports whether the note is plainly in another language than the
// lexicon's: a short one too if no word of it is common in that.
func (j *job) foreign() bool {
	tag := j.lang
	if lean := j.guess.lean; tag == "" && j.guess.known[lexiconLanguage] == 0 && j.guess.known[lean] > 1 {
		tag = lean
	}
	return tag != "" && tag != lexiconLanguage
}

// advise lets one-word insults hold nothing: in a text of another language, a
// "clown" is mostly one, and its own list knows who is called so.
func advise(list []match) {
	for i, m := range list {
		if m.term.rule == ruleInsult && m.first == m.last {
			t := *m.term
			t.limit = Hint
			list[i].term = &t
		}
	}
}

// page cuts a field into words. The words of another language are left as they
// are: none of them is an English one misspelled.
func (j *job) page(f *field) *page {
	if !j.foreign() {
		return j.p.page(f)
	}
	g := newPage(f)
	g.written = g.words
	g.classify(j.p.lexicon)
	return g
}

func (t *term) score() Score {
	base := Score(rank(t.rule)) * 3000
	switch t.limit {
	case Hint:
		return min(base, 4000)
	case SeverityHold:
		return min(base, 7000)
	}
	return base
}

// matches finds, from each word, the longest term and the longest allowed
// phrase that start there.
func (g *page) matches(l *lexicon, foreign bool) []match {
	var list []match
	for i := range g.words {
		var found, allowed match
		if g.opens(l, i)&opensBit(0) != 0 {
			found, allowed = g.longest(l, i, foreign)
		}
		if found.term == nil {
			found = g.starred(l, i)
		}
		if found.term == nil {
			found = g.inner(l, i)
		}
		for _, m := range []match{found, allowed} {
			if m.term != nil {
				list = append(list, m)
			}
		}
		if len(list) >= maxHits {
			break
		}
	}
	return list
}

// longest are the longest term and the longest allowed phrase from word i.
func (g *page) longest(l *lexicon, i int, foreign bool) (found, allowed match) {
	g.walk(&l.phrases, start, match{first: i}, i, func(m match) {
		best := &found
		if m.term.rule == "" {
			best = &allowed
		} else if m.term.local && foreign || m.term.name && m.last == m.first && g.isName(i) {
			return
		}
		if best.term == nil || m.last > best.last || m.last == best.last && rank(m.term.rule) > rank(best.term.rule) {
			*best = m
		}
	})
	return found, allowed
}

// walk goes on from word i at a place in the lexicon and reports every term
// that ends; m is what has been matched so far.
func (g *page) walk(p *phrases, at place, m match, i int, report func(match)) {
	for _, o := range g.options(i) {
		m.last, m.tail = o.next-1, o.tail
		if i == m.first {
			m.lead = o.lead
		}
		ends, on := p.at(o.after(at))
		if ends == nil {
			ends = p.singular(at, o.form)
		}
		if m.term = ends; ends != nil {
			report(m)
		}
		if on != 0 && g.adjoins(o.next-1) {
			g.walk(p, on, m, o.next, report)
		}
	}
	if g.classes == nil {
		return
	}
	for _, o := range g.classes[i] {
		m.last, m.tail = o.next-1, 0
		if i == m.first {
			m.lead = 0
		}
		ends, on := p.at(o.after(at))
		if m.term = ends; ends != nil {
			report(m)
		}
		if on != 0 && g.adjoins(o.next-1) {
			g.walk(p, on, m, o.next, report)
		}
	}
}

// starred finds a term whose inner letters were starred out.
func (g *page) starred(l *lexicon, i int) match {
	if best := g.words[i].best; best != "" && !strings.Contains(best, "*") {
		return match{} // it was read, and if it may be a term that is one of its forms
	}
	for _, o := range g.options(i) {
		if !strings.Contains(o.form, "*") {
			continue
		}
		if t := l.starred(o.form); t != nil {
			return match{t, i, o.next - 1, o.lead, o.tail}
		}
	}
	return match{}
}

// inner finds a root inside a longer word.
func (g *page) inner(l *lexicon, i int) match {
	for _, o := range g.options(i) {
		for _, r := range l.roots {
			at := strings.Index(o.form, r.text)
			// Spaced letters are found from the root's own first one: the words
			// before it are not part of it.
			if at == 0 || at > 0 && !g.single(i) {
				return match{r.term, i, o.next - 1, o.lead, o.tail}
			}
		}
	}
	return match{}
}

// isName reports whether word i is written like a name: a capital where no
// sentence begins, or beside another word with a capital.
func (g *page) isName(i int) bool {
	if !g.words[i].title {
		return false
	}
	before := i > 0 && g.words[i-1].title && g.adjoins(i-1)
	after := i+1 < len(g.words) && g.words[i+1].title && g.adjoins(i)
	return !g.words[i].first || before || after
}

// prune drops what an allowed phrase touches and what a heavier match covers.
func prune(list []match) []match {
	return slices.DeleteFunc(slices.Clone(list), func(m match) bool {
		if m.term.rule == "" {
			return true
		}
		return slices.ContainsFunc(list, func(o match) bool {
			if o.term.rule == "" {
				return m.first <= o.last && o.first <= m.last
			}
			return rank(o.term.rule) > rank(m.term.rule) && o.first <= m.first && m.last <= o.last
		})
	})
}

// innocent are the words of allowed phrases that would be terms without them.
func innocent(list []match) []match {
	var found []match
	for _, m := range list {
		if m.term.rule == "" {
			continue
		}
		for _, o := range list {
			if o.term.rule == "" && m.first <= o.last && o.first <= m.last {
				found = append(found, m)
				break
			}
		}
	}
	return found
}

// quotedOut drops matches in words that the note quotes from the article:
// they are not the writer's own.
func (j *job) quotedOut(g *page, list []match) []match {
	if len(list) == 0 || j.subject.Article == nil && j.subject.Quote == "" {
		return list
	}
	quotes := quotations(g.f.runes)
	return slices.DeleteFunc(list, func(m match) bool {
		s := g.span(m)
		return slices.ContainsFunc(quotes, func(q span) bool {
			return q.start <= s.start && s.end <= q.end && j.subject.says(string(g.f.runes[q.start:q.end]))
		})
	})
}
