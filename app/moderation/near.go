package moderation

import (
	"cmp"
	"slices"
	"strings"
)

// nearIndex finds the terms that a misspelled word may mean, by the words that
// are left when one letter goes (the symmetric deletes of SymSpell, W. Garbe).
type nearIndex struct {
	// byDelete is the first entry of each hash; entries of one hash are chained,
	// which spares the collector thousands of small lists.
	byDelete *table
	entries  []nearEntry
	words    []string
}

type nearEntry struct{ number, next int32 }

// leastNear is the length of the shortest term that a misspelling stands for;
// of one so short only two letters may be swapped, or a vowel missing.
const leastNear = 4

func newNearIndex(words []string) *nearIndex {
	n := &nearIndex{byDelete: newTable(8 * len(words)), entries: make([]nearEntry, 1, 8*len(words)+1)}
	for _, w := range words {
		if len(w) < leastNear || !plainLetters(w) {
			continue
		}
		number := int32(len(n.words))
		n.words = append(n.words, w)
		n.put(w, number)
		for i := range len(w) {
			n.put(w[:i]+w[i+1:], number)
		}
	}
	return n
}

func (n *nearIndex) put(w string, number int32) {
	h := uint64(start.after(w))
	first := n.byDelete.get(h)
	if n.entries[first].number == number && first > 0 {
		return
	}
	n.byDelete.set(h, int32(len(n.entries)))
	n.entries = append(n.entries, nearEntry{number, first})
}

// near are the terms at distance 1 of word, the longest first. Distance is
// Damerau's; first letters must agree unless the first two are swapped.
func (n *nearIndex) near(word string) []string {
	var list []string
	if len(word) > maxLetters {
		return nil
	}
	look := func(w string) {
		for at := n.byDelete.get(uint64(start.after(w))); at > 0; at = n.entries[at].next {
			term := n.words[n.entries[at].number]
			if oneOff(word, term) && (len(term) > leastNear || len(term) == len(word) && swapped(word, term) || len(term) > len(word) && vowelLess(word, term)) && !slices.Contains(list, term) {
				list = append(list, term)
			}
		}
	}
	look(word)
	for i := range len(word) {
		look(word[:i] + word[i+1:])
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return list
}

// oneOff reports whether a and b differ by one letter put in, left out or
// changed, or by two neighbours swapped.
func oneOff(a, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	x, y := a[i:], b[i:]
	switch {
	case len(x) == len(y)+1:
		return i > 0 && x[1:] == y
	case len(x)+1 == len(y):
		return i > 0 && x == y[1:]
	case len(x) != len(y) || len(x) == 0:
		return false
	case len(x) > 1 && x[0] == y[1] && x[1] == y[0] && x[2:] == y[2:]:
		return true
	}
	return i > 0 && x[1:] == y[1:]
}

// vowelLess reports whether word lacks nothing of term but a vowel.
func vowelLess(word, term string) bool {
	i := 0
	for i < len(word) && word[i] == term[i] {
		i++
	}
	return strings.IndexByte(vowels, term[i]) >= 0
}

// swapped reports whether a and b have the same letters.
func swapped(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return string(x) == string(y)
}
