package moderation

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// topic judges whether a note is about its article: by the words that both say,
// the rare ones most, and by words of like meaning.
//
// Without an article or the word vectors, below the policy's least number of
// words, or in plainly another language than the article's, nothing can be
// judged: the score stays 0.5 and there is no finding.
func (j *job) topic() {
	a, m := j.subject.Article, j.p.models.topic
	if a == nil || a.words == 0 || m == nil {
		return
	}
	if len(j.tokens) < j.p.doc.Topic.Words || j.otherLanguage(a) {
		return
	}
	note := gather(j.lend, m.vectors, slices.Values(j.tokens))
	if note.norm == 0 {
		return // nothing but function words
	}
	j.scores.Topic = a.aboutClaim(m.vectors, j.subject.Quote).alike(note)
	if j.scores.Topic < j.p.doc.Topic.Threshold {
		j.add(hit{rule: ruleOffTopic, field: "text"})
	}
}

// otherLanguage reports whether the note is in plainly another language than the
// article, by its words or else by its script.
func (j *job) otherLanguage(a *Article) bool {
	if a.lang == "" || j.lang != "" {
		return a.lang != "" && j.lang != a.lang
	}
	l, ok := languageOf(a.lang)
	return ok && j.outside(l.scripts)
}

// Connecting are the words of a note, at most most, that connect it to its claim
// and article: said by both, the rarest first. It is empty when topic cannot be
// judged.
func Connecting(p *Policy, n Note, s Subject, most int) []string {
	if p == nil || p.models.topic == nil || s.Article == nil {
		return nil
	}
	v := p.models.topic.vectors
	about := s.Article.aboutClaim(v, s.Quote)
	type shared struct {
		word   string
		weight int64
	}
	var list []shared
	seen := map[string]bool{}
	for t := range tokens(n.Text) {
		st := stem(t.text)
		if w := about.said.of(start.after(st)); w > 0 && !seen[st] && !functional(t.at) && rarity(v, t.text) > 0 {
			seen[st] = true
			list = append(list, shared{t.text, rarity(v, t.text)})
		}
	}
	slices.SortStableFunc(list, func(a, b shared) int { return cmp.Compare(b.weight, a.weight) })
	var words []string
	for _, s := range list[:min(most, len(list))] {
		words = append(words, s.word)
	}
	return words
}

// gist is what a text is about.
type gist struct {
	said *tally // the weight of each stem
	norm int64  // the length of said as a vector
	// key are the words that weigh most, with their meanings at length meant.
	key  []meant
	mid  vector // the weighted sum of all meanings
	near nearest
}

// nearest keeps how close words come to the key words of a text, since a note's
// words are the same at each keystroke.
type nearest struct {
	mu   sync.Mutex
	best map[int32]int64 // by place in the vectors
}

// mostNear bounds what [nearest] keeps.
const mostNear = 4096

// meant is a word with a meaning.
type meant struct {
	text   string
	weight int64
	at     int32 // place in the vectors
	vec    *[vectorDims]int16
}

const (
	// commonRank is the rank up to which words say nothing of a topic.
	commonRank = 5
	// meantLength is the length of a meaning.
	meantLength = 256
	// keyWords is how many words a meaning is looked for among.
	keyWords = 96
	// midWords is how many words are summed up: more would overflow.
	midWords = 2000
	// claimFactor is what a word counts more that the claim says.
	claimFactor = 2
)

// rarity is how much a word says about what a text is about: 0 for one that
// stands in every text to 11 for one that hardly any has.
func rarity(v *wordVectors, word string) int64 { return rarityOf(v.rank(word)) }

func rarityOf(rank int) int64 { return int64(max(0, rank-commonRank)) }

// gather weighs the words of a text: the rarer and the more often said, the
// heavier.
func gather(lend *arenas, v *wordVectors, words func(yield func(token) bool)) *gist {
	counts := newTally(lend, 256)
	for t := range words {
		if !functional(t.at) {
			counts.addToken(t)
		}
	}
	return weigh(lend, v, counts)
}

// addToken counts a word without the ending of its genitive.
func (t *tally) addToken(w token) {
	if plain, ok := strings.CutSuffix(w.text, "'s"); ok {
		w = newToken(plain)
	}
	t.add(w.at, w.text, 1)
}

func weigh(lend *arenas, v *wordVectors, counts *tally) *gist {
	n := len(counts.list)
	g := &gist{said: newTally(lend, n), key: lend.meant.take(n)}
	for _, c := range counts.list {
		i, ok := v.findHash(vectorFold(uint64(c.at)))
		rank := noRank
		if ok {
			rank = v.rankAt(i)
		}
		r := rarityOf(rank)
		if r == 0 {
			continue
		}
		weight := r * dampened(c.n)
		st := stem(c.text)
		g.said.add(start.after(st), st, weight)
		if ok {
			g.key = append(g.key, meant{text: c.text, weight: weight, at: int32(i), vec: v.unit(i)})
		}
	}
	slices.SortFunc(g.key, func(a, b meant) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.text, b.text))
	})
	for _, k := range g.key[:min(len(g.key), midWords)] {
		for i, x := range k.vec {
			g.mid[i] += int32(x) * int32(k.weight) / 8
		}
	}
	g.measure()
	return g
}

func (g *gist) measure() {
	sum := int64(0)
	for _, w := range g.said.list {
		sum += w.n * w.n
	}
	g.norm = squareRoot(sum)
}

// dampened is about 4(1+ln n).
func dampened(n int64) int64 {
	d := int64(4)
	for ; n > 1; n /= 2 {
		d += 3
	}
	return d
}

// unit is vec at length meantLength.
func unit(vec vector) (u [vectorDims]int16) {
	sum := int64(0)
	for _, x := range vec {
		sum += int64(x) * int64(x)
	}
	length := max(1, squareRoot(sum))
	for i, x := range vec {
		u[i] = int16(int64(x) * meantLength / length)
	}
	return u
}

// squareRoot is the square root, rounded down.
func squareRoot(n int64) int64 {
	if n <= 0 {
		return 0
	}
	x := n
	for y := (x + 1) / 2; y < x; y = (x + n/x) / 2 {
		x = y
	}
	return x
}

// with is g where the words of the claim weigh more.
func (g *gist) with(v *wordVectors, claim string) *gist {
	if claim == "" {
		return g
	}
	next := &gist{said: newTally(new(arenas), len(g.said.list)+8), mid: g.mid}
	c := gather(new(arenas), v, tokens(claim))
	for _, w := range g.said.list {
		n := w.n
		if claimed := c.said.of(w.at); claimed > 0 {
			n = max(n, claimed) * claimFactor
		}
		next.said.add(w.at, w.text, n)
	}
	for _, w := range c.said.list {
		if g.said.of(w.at) == 0 {
			next.said.add(w.at, w.text, w.n*claimFactor)
		}
	}
	next.key = append(append(make([]meant, 0, len(c.key)+keyWords), c.key...), g.key[:min(len(g.key), keyWords)]...)
	next.measure()
	return next
}

// alike is how much note is about what g is about: the root of the cosine of
// their words, half of how well the note's meanings are met by g's, and a quarter
// of the cosine of all meanings, brought to 0 to 1.
func (g *gist) alike(note *gist) Score {
	dot := int64(0)
	for _, w := range note.said.list {
		dot += w.n * g.said.of(w.at)
	}
	words := squareRoot(dot * 10_000 / max(1, g.norm) * 10_000 / max(1, note.norm)) // of 10,000
	met, all := int64(0), int64(0)
	g.near.mu.Lock()
	defer g.near.mu.Unlock()
	for i := range note.key {
		k := &note.key[i]
		best := g.closest(k)
		met += best * best / meantLength * k.weight
		all += k.weight
	}
	meets := met * 10000 / max(1, all*meantLength)
	mids := cosine(&g.mid, &note.mid)
	return Score(max(0, min(int64(one), (words*4+meets*2+max(0, mids))/7)))
}

// closest is the greatest cosine, of meantLength, that k has with a key word. The
// caller holds g.near.
func (g *gist) closest(k *meant) int64 {
	if best, ok := g.near.best[k.at]; ok {
		return best
	}
	best := int32(0)
	for i := range g.key[:min(len(g.key), 2*keyWords)] {
		o := &g.key[i]
		dot := int32(0) // at most meantLength squared, and a little
		for d, x := range k.vec {
			dot += int32(x) * int32(o.vec[d])
		}
		best = max(best, dot/meantLength)
	}
	near := int64(min(best, meantLength))
	if g.near.best == nil || len(g.near.best) >= mostNear {
		g.near.best = map[int32]int64{}
	}
	g.near.best[k.at] = near
	return near
}

// cosine is of 10,000.
func cosine(a, b *vector) int64 {
	dot, x, y := int64(0), int64(0), int64(0)
	for i := range a {
		p, q := int64(a[i]), int64(b[i])
		dot += p * q
		x += p * p
		y += q * q
	}
	return dot / max(1, squareRoot(x)*squareRoot(y)/10000)
}

// gists keeps what an article is about, for the vectors and the claim that it
// was asked with last: a note is checked at every key that is pressed.
type gists struct {
	mu      sync.Mutex
	vectors *wordVectors
	gist    *gist
	claim   string
	claimed *gist
}

// aboutClaim is what the article is about where claim weighs more.
func (a *Article) aboutClaim(v *wordVectors, claim string) *gist {
	a.gists.mu.Lock()
	defer a.gists.mu.Unlock()
	g := a.about(v)
	if a.gists.claimed == nil || a.gists.claim != claim {
		a.gists.claim, a.gists.claimed = claim, g.with(v, claim)
	}
	return a.gists.claimed
}

// about is what the article is about. Its caller holds the lock.
func (a *Article) about(v *wordVectors) *gist {
	if a.gists.vectors != v {
		lend := new(arenas) // what an article is about outlives the check
		counts := newTally(lend, 2048)
		for word := range strings.FieldsSeq(a.joined) {
			if t := newToken(word); !functional(t.at) {
				counts.addToken(t)
			}
		}
		g := weigh(lend, v, counts)
		g.key = g.key[:min(len(g.key), keyWords)]
		a.gists.vectors, a.gists.gist, a.gists.claimed = v, g, nil
	}
	return a.gists.gist
}
