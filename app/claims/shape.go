package claims

import (
	"strconv"
	"strings"

	"marginalia/app/linear"
)

// class is what a word says beside its meaning.
type class int

const (
	none class = iota
	quantity
	compare
	change
	future
	me
	we
	you
	they
	state
	report
	feeling
	when
	money
	question
	// What follows is told by looks, not by a list.
	number
	name
	tense
	negation
	classes
)

// listed are the words of the classes. A word is in one class only.
var listed = [...]struct {
	class class
	words string
}{
	{quantity, "million millions billion billions trillion thousand thousands hundred hundreds dozen dozens half third quarter percent % percentage double doubled twice triple two three four five six seven eight nine ten twenty thirty forty fifty"},
	{compare, "more less fewer than most least highest lowest biggest largest smallest worst best higher lower greater larger bigger first only ever never every all none same"},
	{change, "increase increased increases decrease decreased rise rises rose risen fall fell fallen grew grown grow dropped drop declined cut cuts raised lost gained went up down created added reduced"},
	{future, "will would shall should going gonna could may might must can want need let hope plan we'll you'll they'll he'll she'll won't"},
	{me, "i me my mine myself i'm i've i'd i'll"},
	{we, "we us our ours we're we've we'd"},
	{you, "you your yours you're you've you'd"},
	{they, "he she him her his hers they them their he's she's they're they've"},
	{state, "was were had did been has have is are does"},
	{report, "said says say told according reported announced claimed claims stated called voted supported opposed signed passed"},
	{feeling, "think believe feel know guess wish love like thank thanks please sorry maybe perhaps well okay ok yes no yeah"},
	{when, "year years month months week weeks day days today yesterday ago since last decade decades century history january february march april june july august september october november december"},
	{money, "dollar dollars $ € £ euros pounds tax taxes budget deficit debt cost costs spending income wages money"},
	{question, "? who what why how where which"},
}

// classOf is the class of each listed word.
var classOf = func() map[string]class {
	of := map[string]class{}
	for _, l := range listed {
		for word := range strings.FieldsSeq(l.words) {
			of[word] = l.class
		}
	}
	return of
}()

// together are classes that say more when one sentence has both.
var together = [...][2]class{
	{number, when},
	{number, quantity},
	{number, change},
	{number, future},
	{quantity, change},
	{name, tense},
	{name, they},
	{name, report},
	{compare, when},
	{they, tense},
	{they, report},
}

const (
	// mostCounted is from which on more of a class says nothing more.
	mostCounted = 3
	// mostWords is the same of the sentence's length.
	mostWords = 40
)

// addShape adds what a sentence is like, whatever it is about.
func addShape(tokens []token, b *linear.Bag) {
	var counts [classes]int
	for _, t := range tokens {
		switch {
		case t.figure:
			counts[number]++
			b.Add(linear.Hash(seedShape, t.text))
		case t.name:
			counts[name]++
		}
		counts[classOf[t.text]]++
		if past(t) {
			counts[tense]++
		}
		if negates(t) {
			counts[negation]++
		}
	}
	for c := none + 1; c < classes; c++ {
		for n := range min(counts[c], mostCounted) {
			b.Add(feature("class", int(c), n))
		}
	}
	for n := 2; n <= min(len(tokens), mostWords); n += 1 + n/4 {
		b.Add(feature("words", n, 0))
	}
	for i, pair := range together {
		if counts[pair[0]] > 0 && counts[pair[1]] > 0 {
			b.Add(feature("both", i, 0))
		}
	}
}

func feature(kind string, a, b int) uint32 {
	return linear.Hash(seedShape, kind+" "+strconv.Itoa(a)+" "+strconv.Itoa(b))
}

// past reports whether a word looks like a verb in the past tense.
func past(t token) bool { return !t.figure && len(t.text) > 4 && strings.HasSuffix(t.text, "ed") }

func negates(t token) bool { return t.text == "not" || strings.HasSuffix(t.text, "n't") }
