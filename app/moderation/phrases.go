package moderation

import (
	"slices"
	"strings"
)

// phrases is a set of phrases that are looked up word by word. A place in it is
// the hash of the words so far, which makes one flat table without pointers of
// what would be a tree of many thousand nodes: the browser's collector never
// has to look inside. That two phrases share a hash is as good as impossible.
type phrases struct {
	// places holds, for each place, twice the number of the term that ends
	// there (0 for none), plus one if a phrase goes on.
	places *table
	terms  []*term // by number, from 1
	firsts []place // after each first word, some more than once
}

type place uint64

// start is the place before the first word (FNV-1a's own).
const start place = 14695981039346656037

// newPhrases has room for so many places without growing.
func newPhrases(room int) phrases {
	return phrases{places: newTable(room), terms: []*term{nil}}
}

// after is the place one word on.
func (p place) after(word string) place {
	for i := range len(word) {
		p = (p ^ place(word[i])) * 1099511628211
	}
	return (p ^ 0xff) * 1099511628211
}

// add adds a phrase, which may hold alternatives (you|they) and words that may
// be left out (all?). The same phrase again replaces the first.
func (p *phrases) add(words []string, t *term) {
	p.terms = append(p.terms, t)
	p.addFrom(start, words, int32(len(p.terms)-1))
}

// merge adds a phrase of several classes to those that it already has.
func (p *phrases) merge(words, classes []string) {
	p.mergeFrom(start, words, classes)
}

func (p *phrases) mergeFrom(at place, words, classes []string) {
	if len(words) == 0 {
		all := classes
		if old := p.terms[p.places.get(uint64(at))>>1]; old != nil {
			all = append(slices.Clone(old.classes), classes...)
		}
		p.terms = append(p.terms, &term{classes: all})
		p.places.set(uint64(at), int32(len(p.terms)-1)<<1|p.places.get(uint64(at))&1)
		return
	}
	p.places.set(uint64(at), p.places.get(uint64(at))|1)
	choice, optional := strings.CutSuffix(words[0], "?")
	if optional {
		p.mergeFrom(at, words[1:], classes)
	}
	for word := range strings.SplitSeq(choice, "|") {
		p.begin(at, word)
		p.mergeFrom(at.after(word), words[1:], classes)
	}
}

func (p *phrases) addFrom(at place, words []string, number int32) {
	if len(words) == 0 {
		p.places.set(uint64(at), number<<1|p.places.get(uint64(at))&1)
		return
	}
	p.places.set(uint64(at), p.places.get(uint64(at))|1)
	choice, optional := strings.CutSuffix(words[0], "?")
	if optional {
		p.addFrom(at, words[1:], number)
	}
	for word := range strings.SplitSeq(choice, "|") {
		p.begin(at, word)
		p.addFrom(at.after(word), words[1:], number)
	}
}

// begin notes a word that stands at, if it is a first one.
func (p *phrases) begin(at place, word string) {
	if at == start {
		p.firsts = append(p.firsts, at.after(word))
	}
}

// step is the term that ends with word after at, or nil, and the place where a
// longer phrase goes on, or 0.
func (p *phrases) step(at place, word string) (ends *term, on place) {
	return p.at(at.after(word))
}

// last is the term that ends with word after at, also if word is its plural.
func (p *phrases) last(at place, word string) *term {
	if ends, _ := p.step(at, word); ends != nil {
		return ends
	}
	return p.singular(at, word)
}

// singular is the term that ends with the word that another is the plural of.
func (p *phrases) singular(at place, word string) *term {
	stem, ok := strings.CutSuffix(word, "s")
	if !ok || len(stem) < 3 {
		return nil
	}
	if ends, _ := p.step(at, strings.TrimSuffix(stem, "'")); ends != nil {
		return ends
	}
	if e, ok := strings.CutSuffix(stem, "e"); ok && hissing(e) {
		ends, _ := p.step(at, e)
		return ends
	}
	return nil
}

// at is what [phrases.step] finds one word on, at next.
func (p *phrases) at(next place) (ends *term, on place) {
	value := p.places.get(uint64(next))
	if value&1 != 0 {
		on = next
	}
	return p.terms[value>>1], on
}

// hissing reports whether a word takes -es in the plural.
func hissing(word string) bool {
	for _, end := range []string{"s", "x", "z", "ch", "sh"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}
