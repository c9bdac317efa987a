package moderation

import "marginalia/app/linear"

// Kinds of features of one word among its neighbours.
const (
	soreWord = iota + 20
	soreAfter
	soreBefore
	sorePrevious
	soreNext
	soreRule
	sorePreviousRule
	soreNextRule
)

const (
	// soreTone is how rough the models must find a text before single words of it
	// are pointed out.
	soreTone = -6 * linear.Unit
	// soreBar is what a word must reach, and soreLeast what the worst word of a
	// text must when none does and the text is as rough as one that is held.
	soreBar   = 0
	soreLeast = -linear.Unit
)

// Sore is one word as the model of words that hurt sees it: the word, its
// neighbours and what the lexicon says of them.
type Sore struct {
	Start, End int // code points
	Features   func(*linear.Bag)
}

// SoreWords is what that model is trained on: every word of a text, in order.
func (p *Policy) SoreWords(text string) []Sore {
	g := p.page(newField("text", text))
	rules := g.rulesOf(prune(g.matches(p.lexicon, false)))
	list := make([]Sore, len(g.words))
	for i := range g.words {
		s := g.span(match{first: i, last: i})
		list[i] = Sore{s.start, s.end, func(b *linear.Bag) { g.soreFeatures(b, rules, i) }}
	}
	return list
}

// rulesOf has, for each word, the rule of the match that it is in.
func (g *page) rulesOf(list []match) []string {
	rules := make([]string, len(g.words))
	for _, m := range list {
		for i := m.first; i <= m.last; i++ {
			rules[i] = m.term.rule + string(m.term.limit)
		}
	}
	return rules
}

// soreFeatures puts word i and its neighbours into a bag. The word itself counts
// twice.
func (g *page) soreFeatures(b *linear.Bag, rules []string, i int) {
	word, previous, next := g.modelWord(i), "<>", "<>"
	before, after := "<>", "<>"
	if i > 0 {
		previous, before = g.modelWord(i-1), rules[i-1]
	}
	if i+1 < len(g.words) {
		next, after = g.modelWord(i+1), rules[i+1]
	}
	h := linear.Hash(soreWord, word)
	b.Add(h)
	b.Add(h)
	b.Add(linear.Pair(linear.Hash(soreAfter, previous), h))
	b.Add(linear.Pair(linear.Hash(soreBefore, next), h))
	b.Add(linear.Hash(sorePrevious, previous))
	b.Add(linear.Hash(soreNext, next))
	b.Add(linear.Hash(soreRule, rules[i]))
	b.Add(linear.Hash(sorePreviousRule, before))
	b.Add(linear.Hash(soreNextRule, after))
	for _, part := range g.partsOf(i) {
		b.Add(part)
	}
}

// sore finds, among the words [from, to), those that are likely to hurt, and
// joins neighbours. With least the worst word is found even where none is likely
// to.
func (j *job) sore(g *page, list []match, from, to int, least bool) []match {
	m := j.p.models.topic.sore
	rules := g.rulesOf(list)
	bag := m.Bag()
	defer m.Done(bag)
	var found []match
	worst, worstAt := int64(soreLeast), -1
	for i := from; i < to; i++ {
		if g.words[i].masked || g.words[i].hidden || g.isName(i) {
			continue
		}
		bag.Reset()
		g.soreFeatures(bag, rules, i)
		logit := m.Logit(bag)
		if logit > worst {
			worst, worstAt = logit, i
		}
		switch n := len(found); {
		case logit < soreBar:
		case n > 0 && found[n-1].last == i-1 && g.adjoins(i-1):
			found[n-1].last = i
		default:
			found = append(found, match{first: i, last: i})
		}
	}
	if len(found) == 0 && least && worstAt >= 0 {
		found = append(found, match{first: worstAt, last: worstAt})
	}
	return found
}

// pointOut gives advice on the words that are likely to hurt, beside what is in
// list; tone is what the models say of the whole text.
func (j *job) pointOut(f *field, g *page, list []match, tone int64) {
	if j.p.models.topic == nil || tone < soreTone {
		return
	}
	for _, m := range j.sore(g, list, 0, len(g.words), tone >= 0) {
		for _, known := range list {
			if m.first <= known.last && known.first <= m.last {
				m.term = known.term
			}
		}
		if m.term == nil {
			s := g.span(m)
			j.mark(f, hit{rule: ruleInsult, kase: caseWord, limit: Hint}, s.start, s.end)
		}
	}
}
