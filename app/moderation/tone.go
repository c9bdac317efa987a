package moderation

import "marginalia/app/linear"

// How the models' answer and the words of the lexicon weigh on each other, in
// [linear.Unit]. The answer is 0 where three civil comments in a thousand are above.
const (
	// A text that the models find this calm may say "fool" of a clown: a word of
	// the insult rule is then pointed out and holds nothing.
	calmTone = -3 * linear.Unit
	// What a match adds to the score.
	weightHate   = 3 * linear.Unit
	weightInsult = 3 * linear.Unit / 2
	weightCoarse = linear.Unit / 2
	// The score is the logistic function of half the answer: at the threshold
	// it is 0.5.
	toneScale = 2
)

// tone joins what the models say of the text with what the lexicon found in it.
func (j *job) tone(f *field, g *page, list, dropped, innocent []match) []match {
	for _, m := range innocent {
		g.hide(m)
	}
	o := j.p.opinion(g, list)
	score := o.logit
	if g.named(o.from, o.to, "<report>") && !g.named(o.from, o.to, "<isay>") {
		score -= reporting
	}
	spoken, coarse := g.hideSpoken(dropped), g.hideCoarse(list)
	if spoken || coarse {
		o = j.p.opinion(g, list)
	}
	calm := score < calmTone
	heaviest, found := int64(0), false
	for i, m := range list {
		if calm && m.term.rule == ruleInsult && m.term.limit == "" {
			t := *m.term
			t.limit = Hint
			list[i].term = &t
		}
		rule := j.p.rules[m.term.rule]
		if rule.Off {
			continue
		}
		severity := rule.Severity.lighter(list[i].term.limit)
		found = found || severity.weight() > Hint.weight()
		switch {
		case severity == Hint:
			heaviest = max(heaviest, weightCoarse)
		case rank(m.term.rule) == 3:
			heaviest = max(heaviest, weightHate)
		default:
			heaviest = max(heaviest, weightInsult)
		}
	}
	j.scores.Abuse = max(j.scores.Abuse, Score(linear.Share((score+heaviest)/toneScale)))
	if o.logit >= g.bar(o) && !found && o.to > o.from {
		for _, s := range j.told(g, list, o) {
			j.mark(f, hit{rule: ruleInsult, kase: caseTone}, s.start, s.end)
		}
	}
	j.pointOut(f, g, list, score)
	return list
}

// condemning is how much surer the models must be of a sentence that speaks of
// what others say and condemns it.
const condemning = 3 * linear.Unit

// reporting is how much calmer a text is whose worst sentence says who reports it.
const reporting = linear.Unit

// In a text of few words there is less that can be taken for abuse by chance.
const (
	fewWords  = 20
	fewRelief = 5 * linear.Unit / 4
)

// bar is what the models' answer must reach.
func (g *page) bar(o opinion) int64 {
	if g.named(o.from, o.to, "<saying>") && g.named(o.from, o.to, "<wrong>") && !g.named(o.from, o.to, "<isay>") {
		return condemning
	}
	if len(g.words) <= fewWords {
		return -fewRelief
	}
	return 0
}

// hideCoarse keeps from the models words that are no attack by themselves: the
// coarse ones, and those of which only advice is given unless they are said of
// people. It reports whether there were any.
func (g *page) hideCoarse(list []match) (any bool) {
	for _, m := range list {
		if m.term.rule != ruleProfanity && (m.term.limit != Hint || g.ofPeople(m)) {
			continue
		}
		g.hide(m)
		any = true
	}
	return any
}

func (g *page) hide(m match) {
	for i := m.first; i <= m.last; i++ {
		g.words[i].hidden = true
	}
}

// hideSpoken keeps from the models what is not the writer's: matches that are
// spoken of, and quotations in a sentence that speaks of what others say.
// It reports whether there was any.
func (g *page) hideSpoken(dropped []match) (any bool) {
	for _, m := range dropped {
		g.hide(m)
		any = true
	}
	for _, q := range quotations(g.f.runes) {
		first, last := -1, -1
		for i := range g.words {
			at := int(g.glyphs[g.words[i].start].at)
			if at >= q.start && at < q.end {
				if first < 0 {
					first = i
				}
				last = i
			}
		}
		if first < 0 {
			continue
		}
		from, to := g.sentenceOf(match{first: first, last: last})
		if !g.around(from, to, first, last, "<says>", "<wrong>") || g.named(from, to, "<isay>") {
			continue
		}
		g.hide(match{first: first, last: last})
		any = true
	}
	return any
}

// ofPeople reports whether the sentence of m speaks to or of people.
func (g *page) ofPeople(m match) bool {
	from, to := g.sentenceOf(m)
	return g.named(from, to, "<you>") || g.named(from, to, classTarget) || g.named(from, to, classThey) || g.named(from, to, "<person>")
}

// told is what to mark in the sentence that the models find worst: the words that
// are likely to hurt, or else those that speak most for abuse.
func (j *job) told(g *page, list []match, o opinion) (spans []span) {
	if j.p.models.topic != nil {
		for _, m := range j.sore(g, list, o.from, o.to, true) {
			spans = append(spans, g.span(m))
		}
	}
	if spans == nil {
		spans = append(spans, g.telling(j.p.models.abuse.linear, o.from, o.to))
	}
	return spans
}

// telling is the code points of those words in a row, among [from, to), that
// speak most for abuse.
func (g *page) telling(m *linear.Model, from, to int) span {
	sum, start, best := int64(0), from, int64(-1<<62)
	s := match{first: from, last: to - 1}
	for i := from; i < to; i++ {
		if sum <= 0 {
			sum, start = 0, i
		}
		sum += g.says(m, i)
		if sum > best {
			best, s = sum, match{first: start, last: i}
		}
	}
	return g.span(s)
}

// says is what one word says by itself: above 0 for abuse.
func (g *page) says(m *linear.Model, i int) int64 {
	word := g.modelWord(i)
	sum := 2 * m.Weight(linear.Hash(featWord, word))
	if word == groupWord {
		return sum
	}
	eachPart(word, func(h uint32) { sum += m.Weight(h) })
	return sum
}
