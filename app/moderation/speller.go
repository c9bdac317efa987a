package moderation

import (
	"strings"
)

// What a misspelling costs, in steps of rarity: people swap letters, repeat them
// and leave vowels out sooner than they write another letter.
const (
	costSwap   = 0
	costDouble = 0
	costVowel  = 1
	costLetter = 3
	costOther  = 6
	// termGain is what a term of the lexicon is likelier than its rarity says:
	// those are the words that people have a reason to disguise.
	termGain = 4
	// mostCost is the costliest guess that is believed, and mostSpread how much
	// costlier than the best one a term may be to stand beside it.
	mostCost = 14
	// rareTerm is the rank of a term that no table has.
	rareTerm   = 11
	mostSpread = 2
)

const (
	vowels   = "aeiou"
	alphabet = "abcdefghijklmnopqrstuvwxyz"
)

// speller is the common words by their hashes, and how common each is.
type speller struct {
	known   *wordSet
	vectors *wordVectors
}

// speller is nil while the tables have not come.
func (p *Policy) speller() *speller {
	if p.models.abuse == nil || p.models.topic == nil {
		return nil
	}
	return &speller{p.models.abuse.words, p.models.topic.vectors}
}

// rarity is the rank of a word that is in both tables, which as good as no
// chance run of letters is; -1 for others.
func (v *speller) rarity(word string) int { return v.rarityAt(uint64(start.after(word))) }

func (v *speller) rarityOfBytes(word []byte) int {
	h := uint64(start)
	for _, b := range word {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return v.rarityAt((h ^ 0xff) * 1099511628211)
}

func (v *speller) rarityAt(h uint64) int {
	if !v.known.hasHash(h) {
		return -1
	}
	i, ok := v.vectors.findHash(vectorFold(h))
	if !ok {
		return -1
	}
	return v.vectors.rankAt(i)
}

// common reports whether a word is in all tables that have come.
func (p *Policy) common(word string) bool {
	if v := p.speller(); v != nil {
		return v.rarity(word) >= 0
	}
	return p.known().has(word)
}

// correction is a word that another may be meant for.
type correction struct {
	word string
	cost int
}

// nearest is the likeliest common word at distance one of form; its cost is
// above mostCost if there is none. The first letter is believed unless it is
// swapped with the second. Of three letters only a vowel may be missing.
func (v *speller) nearest(form string) correction {
	best := correction{cost: mostCost + 1}
	try := func(word []byte, cost int) {
		if cost >= best.cost {
			return
		}
		if r := v.rarityOfBytes(word); r >= 0 && r+cost < best.cost {
			best = correction{string(word), r + cost}
		}
	}
	b := make([]byte, 0, maxLetters+2)
	n := len(form)
	if n > maxLetters {
		return best
	}
	for i := 1; i < n; i++ { // one left out
		for _, l := range []byte(vowels) {
			try(append(append(append(b[:0], form[:i]...), l), form[i:]...), costVowel)
		}
	}
	if n < leastNear {
		return best
	}
	for i := range n - 1 { // two swapped
		b = append(b[:0], form...)
		b[i], b[i+1] = b[i+1], b[i]
		try(b, costSwap)
	}
	for i := 1; i < n; i++ { // one too many
		cost := costLetter
		if form[i] == form[i-1] {
			cost = costDouble
		}
		try(append(append(b[:0], form[:i]...), form[i+1:]...), cost)
	}
	for i := 1; i <= n; i++ { // a consonant left out
		for _, l := range []byte(alphabet) {
			try(append(append(append(b[:0], form[:i]...), l), form[i:]...), costLetter)
		}
	}
	for i := 1; i < n; i++ { // another one
		b = append(b[:0], form...)
		for _, l := range []byte(alphabet) {
			b[i] = l
			try(b, costOther)
		}
	}
	return best
}

// costOf is what it costs to read form as word, which is at distance one.
func (v *speller) costOf(form, word string, l *lexicon) int {
	cost := costOther
	i := 0
	for i < len(form) && i < len(word) && form[i] == word[i] {
		i++
	}
	switch {
	case len(form) < len(word):
		cost = costLetter
		if strings.IndexByte(vowels, word[i]) >= 0 {
			cost = costVowel
		}
	case len(form) > len(word):
		cost = costLetter
		if i > 0 && form[i] == form[i-1] {
			cost = costDouble
		}
	case swapped(form, word):
		cost = costSwap
	}
	return cost + v.weight(word, l, termGain)
}

// weight is the rank of a word, less a gain for those that break a rule.
func (v *speller) weight(word string, l *lexicon, gain int) int {
	rank := v.vectors.rank(word)
	if gain > 0 && l.words[word] {
		rank = min(rank, rareTerm)
	}
	if l.blamed(word) {
		return rank - gain
	}
	return rank
}

// filled are the likeliest words for a form with one or two letters starred out:
// the best one, and a term of the lexicon that is about as likely. Terms go first
// by gain.
func (v *speller) filled(form string, l *lexicon, gain int) (best correction, term string) {
	best = correction{cost: mostCost}
	least := best.cost
	for _, w := range l.shapes[starKey{form[0], len(form)}] {
		if !fitsStars(form, w) {
			continue
		}
		cost := v.weight(w, l, gain)
		if cost < best.cost {
			best = correction{w, cost}
		}
		if cost < least && l.blamed(w) {
			least, term = cost, w
		}
	}
	if strings.Count(form, "*") <= 2 {
		v.fill([]byte(form), 1, &best)
	}
	if least > best.cost+mostSpread {
		term = ""
	}
	return best, term
}

// fill tries letters for the stars from place at on.
func (v *speller) fill(b []byte, at int, best *correction) {
	for at < len(b) && b[at] != '*' {
		at++
	}
	if at == len(b) {
		if r := v.rarityOfBytes(b); r >= 0 && r < best.cost {
			*best = correction{string(b), r}
		}
		return
	}
	for _, l := range []byte(alphabet) {
		b[at] = l
		v.fill(b, at+1, best)
	}
	b[at] = '*'
}
