package moderation

import (
	"errors"
	"strings"

	"marginalia/app/linear"
)

// abuseModel is the statistical part of the abuse rules: a linear model over the
// words of a text and the letters in them, and the common words that tell a
// misspelling from a word.
//
// Words for groups of people are one word to it, so that none of them can weigh
// more than another.
type abuseModel struct {
	words  *wordSet
	linear *linear.Model
}

func parseAbuseModel(data []byte) (*abuseModel, error) {
	words, rest, err := readWordSet(data)
	if err != nil {
		return nil, err
	}
	m, err := linear.Parse(rest)
	if err != nil {
		return nil, err
	}
	return &abuseModel{words, m}, nil
}

// EncodeAbuseModel writes a model that [Policy.With] reads, from common words
// and what [linear.Encode] gave.
func EncodeAbuseModel(words []string, weights []byte) []byte {
	return append(packWords(words), weights...)
}

// known is the common words, nil while they have not come.
func (p *Policy) known() *wordSet {
	if p.models.abuse == nil {
		return nil
	}
	return p.models.abuse.words
}

// spelled reports whether a form is a word: a common one, or one of those that
// have a meaning.
func (p *Policy) spelled(form string) bool {
	if p.known().has(form) {
		return true
	}
	if p.models.topic == nil || len(form) < leastNear {
		return false
	}
	_, ok := p.models.topic.vectors.of(form)
	return ok
}

// Kinds of features.
const (
	featWord = iota + 1
	featPair
	featPart
	featRule
)

// groupWord stands for any word for a group of people.
const groupWord = "\x02"

// AbuseFeatures are a text as the models of a policy see it.
type AbuseFeatures struct {
	Whole func(*linear.Bag)   // puts all words into a bag
	Each  []func(*linear.Bag) // one sentence
	// Net has, for all words in order, [NetWidth] numbers; Ends is where each
	// sentence ends.
	Net  [][NetWidth]int32
	Ends []int
}

// AbuseFeatures is what the abuse models are trained on.
func (p *Policy) AbuseFeatures(text string) (AbuseFeatures, error) {
	if p.models.abuse == nil || p.models.topic == nil {
		return AbuseFeatures{}, errors.New("the policy lacks a model")
	}
	g := p.page(newField("text", text))
	list := prune(g.matches(p.lexicon, false))
	f := AbuseFeatures{Whole: func(b *linear.Bag) { g.features(b, list, 0, len(g.words)) }}
	for _, x := range g.netWords(list) {
		f.Net = append(f.Net, x.numbers(p.models.topic.vectors))
	}
	for from, to := range g.sentences() {
		f.Each = append(f.Each, func(b *linear.Bag) { g.features(b, list, from, to) })
		f.Ends = append(f.Ends, to)
	}
	return f, nil
}

// page cuts a field into words and finds their classes.
func (p *Policy) page(f *field) *page {
	g := newPage(f)
	g.written = g.words
	g.reread(p)
	g.classify(p.lexicon)
	return g
}

// sentences yields the half-open intervals of words that are sentences.
func (g *page) sentences() func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		from := 0
		for i := 1; i <= len(g.words); i++ {
			if i < len(g.words) && !g.words[i].first {
				continue
			}
			if i > from && !yield(from, i) {
				return
			}
			from = i
		}
	}
}

// features puts the words [from, to) into a bag.
func (g *page) features(bag *linear.Bag, list []match, from, to int) {
	last := uint32(0)
	for i := from; i < to; i++ {
		if g.words[i].hidden {
			last = 0
			continue
		}
		word := g.modelWord(i)
		h := linear.Hash(featWord, word)
		bag.Add(h)
		bag.Add(linear.Pair(last, h))
		last = h
		for _, part := range g.partsOf(i) {
			bag.Add(part)
		}
	}
	for _, m := range list {
		if m.first >= from && m.last < to && !g.words[m.first].hidden {
			bag.Add(linear.Hash(featRule, m.term.rule))
			bag.Add(linear.Hash(featRule, m.term.rule+string(m.term.limit)))
		}
	}
}

// partsOf are the hashes of the letters in word i; a group has none.
func (g *page) partsOf(i int) []uint32 {
	if g.parts == nil {
		g.parts = make([][]uint32, len(g.words))
		all := g.f.lend.parts.take(16 * len(g.words))
		for k := range g.words {
			word, from := g.modelWord(k), len(all)
			if word != groupWord {
				eachPart(word, func(h uint32) { all = append(all, h) })
			}
			g.parts[k] = all[from:len(all):len(all)]
		}
	}
	return g.parts[i]
}

// eachPart yields the runs of 3 to 5 letters in a word with its borders, as
// [linear.Hash] has them: a longer run goes on from the shorter one's hash.
func eachPart(word string, add func(uint32)) {
	var buf [maxLetters + 2]byte
	b := append(append(append(buf[:0], '<'), word[:min(len(word), maxLetters)]...), '>')
	for i := 0; i+shortPart <= len(b); i++ {
		h := linear.HashBytes(featPart, b[i:i+shortPart-1])
		for _, c := range b[i+shortPart-1 : min(len(b), i+longPart)] {
			h = linear.Extend(h, c)
			add(h)
		}
	}
}

// How long the parts of words are.
const (
	shortPart = 3
	longPart  = 5
)

// modelWord is word i as the model sees it.
func (g *page) modelWord(i int) string {
	w := &g.words[i]
	word := w.best
	if word == "" {
		word = w.forms[len(w.forms)-1]
	}
	if w.masked {
		return groupWord
	}
	if strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' }) < 0 {
		return "0"
	}
	return word
}

// mask marks the words that name groups of people, unless they are slurs.
func (g *page) mask(l *lexicon) {
	for i := range g.words {
		for _, o := range g.classes[i] {
			if o.form != classGroup && o.form != "<ident>" && o.form != "<groups>" && o.form != "<group1>" {
				continue
			}
			for k := i; k < o.next; k++ {
				t := l.phrases.last(start, g.words[k].forms[0])
				g.words[k].masked = g.words[k].masked || t == nil || t.rule == ""
			}
		}
	}
}

// opinion is what the models say of a page.
type opinion struct {
	logit    int64 // above 0: rather abuse than not
	from, to int   // the words of the sentence that they find worst
}

// sentenceOpinion is what the models said of a sentence of which so many words
// were hidden.
type sentenceOpinion struct {
	hidden    int
	line, net int64
}

func (g *page) hiddenIn(from, to int) (n int) {
	for i := from; i < to; i++ {
		if g.words[i].hidden {
			n++
		}
	}
	return n
}

// opinion asks the models. Each one's answer is the mean of two: the linear
// model's for the whole text and for the worst sentence, the network's for the
// worst sentence and for all sentences on average. The network is asked if it
// has come.
func (p *Policy) opinion(g *page, list []match) opinion {
	m := p.models.abuse
	bag := m.linear.Bag()
	defer m.linear.Done(bag)
	g.features(bag, list, 0, len(g.words))
	whole := m.linear.Logit(bag)
	var words []netWord
	var best []int32
	if p.models.topic != nil {
		words = g.netWords(list)
		best = g.f.lend.numbers.take(p.models.topic.net.filters)[:p.models.topic.net.filters]
	}
	if g.judged == nil {
		g.judged = map[int]sentenceOpinion{}
	}
	o := opinion{to: len(g.words)}
	const least = -1 << 40
	worst, worstLine, worstNet, allNet, n := int64(least), int64(least), int64(least), int64(0), int64(0)
	for from, to := range g.sentences() {
		s := sentenceOpinion{hidden: g.hiddenIn(from, to)}
		if before, ok := g.judged[from]; ok && before.hidden == s.hidden {
			s = before
		} else {
			bag.Reset()
			g.features(bag, list, from, to)
			s.line = m.linear.Logit(bag)
			if words != nil {
				s.net = p.models.topic.net.logit(best, words[from:to], p.models.topic.vectors)
			}
			g.judged[from] = s
		}
		line, net := s.line, s.net
		worstLine, worstNet = max(worstLine, line), max(worstNet, net)
		allNet += net
		n++
		if line+net > worst {
			worst, o.from, o.to = line+net, from, to
		}
	}
	if n == 0 {
		return opinion{logit: least}
	}
	o.logit = (whole + worstLine) / 2
	if words != nil {
		o.logit += (worstNet + allNet/n) / 2
	}
	return o
}

// AbuseLogit is what the models alone say of a text, in [linear.Unit]: above 0
// it is as abusive as one civil comment in a hundred at most.
func (p *Policy) AbuseLogit(text string) (int64, error) {
	if p.models.abuse == nil {
		return 0, errors.New("the policy lacks a model")
	}
	g := p.page(newField("text", text))
	return p.opinion(g, prune(g.matches(p.lexicon, false))).logit, nil
}
