package article

import (
	"strings"

	"marginalia/app/textpos"
)

// Part says what became of a run of words between two revisions.
type Part string

// The parts.
const (
	Same    Part = "same"
	Added   Part = "added"
	Removed Part = "removed"
)

// Run is words, with the spaces and signs between them, of which the same became.
type Run struct {
	Part Part
	Text string
}

// Change is one block of a newer revision beside what it was. The texts of its
// runs that are not [Removed] make up the block's text.
type Change struct {
	Block int // its number in the newer revision; -1 for one that is gone
	Kind  Kind
	Level int
	Runs  []Run
}

// Changed reports whether the block is new, gone or edited.
func (c Change) Changed() bool {
	return c.Block < 0 || len(c.Runs) > 1 || len(c.Runs) == 1 && c.Runs[0].Part != Same
}

// What it takes to show a block as edited, and not as one that is gone and
// another that is new.
const (
	leastShared = 400     // of 1,000 letters in words that both have
	maxPaired   = 1 << 14 // pairs of blocks that are looked at
)

// Compare lists the blocks of now with what changed in them, and between them the
// blocks of was that are gone, each where it stood.
func Compare(was, now Revision) []Change {
	a, b := was.Blocks, now.Blocks
	var all []Change
	i, j := 0, 0
	for _, p := range append(common(a, b), pair{len(a), len(b)}) {
		for _, g := range between(a[i:p.a], b[j:p.b]) {
			all = append(all, changeOf(a, b, g.shift(i, j)))
		}
		if p.a < len(a) {
			all = append(all, changeOf(a, b, p))
		}
		i, j = p.a+1, p.b+1
	}
	return all
}

// none stands for a block that the other revision does not have.
const none = -1

func (p pair) shift(i, j int) pair {
	if p.a != none {
		p.a += i
	}
	if p.b != none {
		p.b += j
	}
	return p
}

func changeOf(was, now []Block, p pair) Change {
	switch {
	case p.b == none:
		gone := was[p.a]
		return Change{Block: none, Kind: gone.Kind, Level: gone.Level, Runs: []Run{{Removed, gone.Text}}}
	case p.a == none:
		return Change{Block: p.b, Kind: now[p.b].Kind, Level: now[p.b].Level, Runs: []Run{{Added, now[p.b].Text}}}
	}
	return Change{Block: p.b, Kind: now[p.b].Kind, Level: now[p.b].Level, Runs: CompareWords(was[p.a].Text, now[p.b].Text)}
}

// between pairs the blocks of two lists that have none in common: those that
// share most letters of their words, in order. The others are gone, or new.
func between(was, now []Block) []pair {
	best := pairing(was, now)
	var all []pair
	i, j := 0, 0
	for _, p := range append(best, pair{len(was), len(now)}) {
		for ; i < p.a; i++ {
			all = append(all, pair{i, none})
		}
		for ; j < p.b; j++ {
			all = append(all, pair{none, j})
		}
		if p.a < len(was) {
			all = append(all, p)
		}
		i, j = p.a+1, p.b+1
	}
	return all
}

// pairing is the list of pairs, in order, that share most in all.
func pairing(was, now []Block) []pair {
	if len(was)*len(now) == 0 || len(was)*len(now) > maxPaired {
		return nil
	}
	bags := make([]map[string]int, len(now))
	for j, b := range now {
		bags[j] = bag(b.Text)
	}
	// sum[i][j] is the most that was[i:] and now[j:] share.
	sum := make([][]int, len(was)+1)
	alike := make([][]int, len(was))
	sum[len(was)] = make([]int, len(now)+1)
	for i := len(was) - 1; i >= 0; i-- {
		sum[i], alike[i] = make([]int, len(now)+1), make([]int, len(now))
		words := bag(was[i].Text)
		for j := len(now) - 1; j >= 0; j-- {
			alike[i][j] = shared(words, bags[j])
			sum[i][j] = max(sum[i+1][j], sum[i][j+1])
			if alike[i][j] >= leastShared {
				sum[i][j] = max(sum[i][j], sum[i+1][j+1]+alike[i][j])
			}
		}
	}
	var pairs []pair
	for i, j := 0, 0; i < len(was) && j < len(now); {
		switch {
		case alike[i][j] >= leastShared && sum[i][j] == sum[i+1][j+1]+alike[i][j]:
			pairs = append(pairs, pair{i, j})
			i, j = i+1, j+1
		case sum[i][j] == sum[i+1][j]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// bag counts the words of s.
func bag(s string) map[string]int {
	words := map[string]int{}
	for _, w := range pieces(s) {
		if !wordless(w) {
			words[strings.ToLower(w)]++
		}
	}
	return words
}

// shared is how many of 1,000 letters of both stand in words that both have.
func shared(a, b map[string]int) int {
	same, all := 0, 0
	for w, n := range a {
		same += 2 * int(textpos.Count(w)) * min(n, b[w])
		all += int(textpos.Count(w)) * n
	}
	for w, n := range b {
		all += int(textpos.Count(w)) * n
	}
	return 1000 * same / max(all, 1)
}

// ChangedSentences are the sentences of now that changes touch: edited ones, new
// ones, and those beside which words of the same block were removed. gone is the
// number of sentences in blocks that are gone.
func ChangedSentences(now Revision, changes []Change) (spans []textpos.Span, gone int) {
	offsets := now.Offsets()
	touched := map[int][]textpos.Span{}
	for _, c := range changes {
		if c.Block < 0 {
			for range split(c.Runs[0].Text) {
				gone++
			}
			continue
		}
		touched[c.Block] = places(c.Runs, offsets[c.Block])
	}
	for _, s := range now.Sentences() {
		for _, t := range touched[s.Block] {
			if t.Start <= s.Span.End && s.Span.Start <= t.End && (t.Len() == 0 || t.Start < s.Span.End && s.Span.Start < t.End) {
				spans = append(spans, s.Span)
				break
			}
		}
	}
	return spans, gone
}

// places are where a block that starts at offset was changed; empty where words
// were removed and none added.
func places(runs []Run, offset textpos.Rune) []textpos.Span {
	var all []textpos.Span
	for i, r := range runs {
		n := textpos.Count(r.Text)
		switch {
		case r.Part == Added:
			all = append(all, textpos.Span{Start: offset, End: offset + n})
		case r.Part == Removed && (i+1 == len(runs) || runs[i+1].Part != Added):
			all = append(all, textpos.Span{Start: offset, End: offset})
		}
		if r.Part != Removed {
			offset += n
		}
	}
	return all
}
