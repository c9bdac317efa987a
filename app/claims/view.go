package claims

import "marginalia/app/linear"

// View is one way of looking at a sentence. Each has a model of its own, so that
// the many letters do not outvote the few figures.
type View int

// The views.
const (
	Words   View = iota // words and pairs of neighbours
	Letters             // runs of letters within words
	Shape               // length, figures, names, tense, who speaks
	Views               // how many there are
)

// Bits is the binary logarithm of how many weights a view has.
func (v View) Bits() uint { return [Views]uint{16, 16, 10}[v] }

// Features puts what v sees of a sentence into b.
func (v View) Features(sentence string, b *linear.Bag) { v.add(tokenize(sentence), b) }

func (v View) add(tokens []token, b *linear.Bag) {
	switch v {
	case Words:
		addWords(tokens, b)
	case Letters:
		addLetters(tokens, b)
	case Shape:
		addShape(tokens, b)
	}
}

// The seeds tell kinds of features apart.
const (
	seedWord = iota + 1
	seedPair
	seedLetters
	seedShape
)

// addWords adds each token, and each two neighbours, of which the sentence's ends
// are some.
func addWords(tokens []token, b *linear.Bag) {
	last := linear.Hash(seedPair, "<")
	for _, t := range tokens {
		h := linear.Hash(seedPair, t.text)
		b.Add(linear.Hash(seedWord, t.text))
		b.Add(linear.Pair(last, h))
		last = h
	}
	b.Add(linear.Pair(last, linear.Hash(seedPair, ">")))
}

// The lengths of runs of letters.
const (
	shortest = 3
	longest  = 5
)

// addLetters adds the runs of letters of each word; its ends count as letters.
func addLetters(tokens []token, b *linear.Bag) {
	var at []int // where each letter starts
	for _, t := range tokens {
		word := "<" + t.text + ">"
		at = at[:0]
		for i := range word {
			at = append(at, i)
		}
		at = append(at, len(word))
		for n := shortest; n <= longest; n++ {
			for i := 0; i+n < len(at); i++ {
				b.Add(linear.Hash(seedLetters, word[at[i]:at[i+n]]))
			}
		}
	}
}
