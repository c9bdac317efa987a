package moderation

// tally counts words, by the place after each in an empty table of phrases: at a
// few hundred words it takes a fraction of a map's time.
type tally struct {
	places *table // the number of each word in list, from 1
	list   []tallied
}

type tallied struct {
	at   place
	text string
	n    int64
}

// newTally has room for so many words without growing.
func newTally(lend *arenas, room int) *tally {
	return &tally{lentTable(lend, room), lend.tallied.take(room)}
}

// add adds n to the count of a word, whose place is at.
func (t *tally) add(at place, text string, n int64) {
	if i := t.places.get(uint64(at)); i > 0 {
		t.list[i-1].n += n
		return
	}
	t.list = append(t.list, tallied{at, text, n})
	t.places.set(uint64(at), int32(len(t.list)))
}

// of is the count of a word, by its place.
func (t *tally) of(at place) int64 {
	if i := t.places.get(uint64(at)); i > 0 {
		return t.list[i-1].n
	}
	return 0
}
