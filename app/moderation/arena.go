package moderation

import "sync"

// arenas lend a check the slices that it needs until it is done: a note of a
// thousand characters takes a quarter of a megabyte of them, at every key that is
// pressed. Empty ones make what they lend.
type arenas struct {
	glyphs  arena[glyph]
	words   arena[word]
	forms   arena[string]
	options arena[option]
	classes arena[[]option]
	spam    arena[spamWord]
	parts   arena[uint32]
	tokens  arena[token]
	tallied arena[tallied]
	keys    arena[uint64]
	numbers arena[int32]
	places  arena[addressWord]
	net     arena[netWord]
	meant   arena[meant]
}

var arenaPool = sync.Pool{New: func() any { return new(arenas) }}

// done takes back everything that was lent. Nobody may use it any more.
func (a *arenas) done() {
	a.glyphs.reset()
	a.words.reset()
	a.forms.reset()
	a.options.reset()
	a.classes.reset()
	a.spam.reset()
	a.parts.reset()
	a.tokens.reset()
	a.tallied.reset()
	a.keys.reset()
	a.numbers.reset()
	a.places.reset()
	a.net.reset()
	a.meant.reset()
	arenaPool.Put(a)
}

// arena lends parts of one slice.
type arena[T any] struct {
	all  []T
	used int
}

// mostKept is how many elements an arena keeps for the next check: what a long
// text took goes back to the collector.
const mostKept = 1 << 14

// take lends an empty slice with room for n zero elements. It is not copied to
// where it is called, which would cost 5 KB of the browser program.
//
//go:noinline
func (a *arena[T]) take(n int) []T {
	if len(a.all)-a.used < n {
		// What was lent before stays with those who have it.
		a.all, a.used = make([]T, max(n, 2*len(a.all))), 0
	}
	from := a.used
	a.used += n
	return a.all[from:from:a.used]
}

//go:noinline
func (a *arena[T]) reset() {
	if len(a.all) > mostKept {
		a.all = nil
	}
	clear(a.all[:min(a.used, len(a.all))])
	a.used = 0
}
