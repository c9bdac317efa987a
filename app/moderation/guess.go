package moderation

import (
	_ "embed" // common words of many languages
	"iter"
	mathbits "math/bits"
	"slices"
	"strings"
	"sync"
)

//go:embed languages.txt
var languagesFile string

// guide is what tells languages apart: their common words, and letters that few
// of them have.
type guide struct {
	tags    []string
	words   *table // the bits of the languages that have the word, by its place
	letters map[rune]uint32
}

// letters are those that few of the languages have.
const letters = "es ñ¿¡ fr œçèêë de ßäöü pt ãõç it ìòè tr ğışİçöü pl ąęłńśźżć sv åäö da æøå no æøå fi äö hu őűöü ro ășțâî cs řůěčšžý vi ơưđạảấậếệọộ ru ыэё uk ієїґ bg ъ sr љњћђџј fa پچژگکی ur ٹڈڑںےہھ ar ةىأإؤ"

// languageGuide is [languagesFile] and the function words of words.txt, read once.
var languageGuide = sync.OnceValue(func() guide {
	g := guide{words: newTable(4096), letters: map[rune]uint32{}}
	for _, file := range []string{wordsFile, languagesFile} {
		for line := range strings.Lines(file) {
			tag, words, _ := strings.Cut(strings.TrimSpace(line), " ")
			if tag == "#" || tag == "common" {
				continue
			}
			bit := g.bit(tag)
			for word := range strings.FieldsSeq(words) {
				at := uint64(start.after(word))
				g.words.set(at, g.words.get(at)|int32(bit))
			}
		}
	}
	fields := strings.Fields(letters)
	for i := 0; i < len(fields); i += 2 {
		for _, r := range fields[i+1] {
			g.letters[r] |= g.bit(fields[i])
		}
	}
	return g
})

// bit is the bit of a language, which gets one if it has none.
func (g *guide) bit(tag string) uint32 {
	i := slices.Index(g.tags, tag)
	if i < 0 {
		i = len(g.tags)
		g.tags = append(g.tags, tag)
	}
	return 1 << i
}

// guess is what a text's words say of its language.
type guess struct {
	tag   string // the language; empty when unsure
	lean  string // what speaks for it most, however little; empty for a draw
	words int    // words of letters
	kinds int    // different ones
	known map[string]int
}

// What speaks for a language, by how many languages share it.
var (
	wordWeight   = [...]int{0, 12, 6, 4, 3, 2, 2, 1}
	letterWeight = [...]int{0, 9, 5, 3, 2, 1, 1, 1}
)

// What it takes to tell a language: so many common words, or one and as much
// evidence as four that no other has.
const (
	leastKnown = 3
	leastScore = 4 * 12
)

// guessOf finds the language whose common words and letters a text uses: with
// half as much again of evidence as for any other.
func guessOf(lend *arenas, words iter.Seq[token]) guess {
	v := languageGuide()
	score, count := make([]int, len(v.tags)), make([]int, len(v.tags))
	g := guess{known: map[string]int{}}
	seen := lentTable(lend, 256)
	for t := range words {
		if t.number {
			continue
		}
		g.words++
		if seen.get(uint64(t.at)) > 0 { // saying "go" many times is no language
			continue
		}
		seen.set(uint64(t.at), 1)
		bits := uint32(v.words.get(uint64(t.at)))
		g.kinds++
		vote(score, bits, wordWeight[:])
		for rest := bits; rest != 0; rest &= rest - 1 {
			count[mathbits.TrailingZeros32(rest)]++
		}
		for _, r := range t.text {
			if r < 0x80 {
				continue
			}
			if bits := v.letters[r]; bits != 0 {
				vote(score, bits, letterWeight[:])
				break // one name has many
			}
		}
	}
	best, second := -1, 0
	for i, n := range score {
		if count[i] > 0 {
			g.known[v.tags[i]] = count[i]
		}
		if best < 0 || n > score[best] {
			if best >= 0 {
				second = score[best]
			}
			best = i
		} else {
			second = max(second, n)
		}
	}
	if count[best] > 0 && score[best] > second {
		g.lean = v.tags[best]
	}
	if (count[best] >= leastKnown || count[best] > 0 && score[best] >= leastScore) && 2*score[best] >= 3*second {
		g.tag = v.tags[best]
	}
	return g
}

// vote adds to the score of each language in bits.
func vote(score []int, bits uint32, weights []int) {
	if bits == 0 {
		return
	}
	w := weights[min(mathbits.OnesCount32(bits), len(weights)-1)]
	for ; bits != 0; bits &= bits - 1 {
		score[mathbits.TrailingZeros32(bits)] += w
	}
}

// guessLanguage is the language of a text, empty when unsure.
func guessLanguage(words iter.Seq[token]) string { return guessOf(new(arenas), words).tag }
