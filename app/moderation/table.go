package moderation

// table maps hashes to numbers by open addressing. In the browser it fills and
// answers in a fraction of a map's time, and the collector never looks inside.
type table struct {
	keys   []uint64 // 0 for a free slot
	values []int32
	used   int
}

// newTable has room for so many keys without growing.
func newTable(room int) *table {
	size := 8
	for size < 2*room {
		size *= 2
	}
	return &table{keys: make([]uint64, size), values: make([]int32, size)}
}

// lentTable is one with room for so many keys, of what a check is lent.
func lentTable(lend *arenas, room int) *table {
	size := 8
	for size < 2*room {
		size *= 2
	}
	return &table{keys: lend.keys.take(size)[:size], values: lend.numbers.take(size)[:size]}
}

// slot is where key is or would be. The hashes are well mixed in their high bits.
// Copied to all its callers it would cost 5 KB of the browser program.
//
//go:noinline
func (t *table) slot(key uint64) int {
	mask := len(t.keys) - 1
	i := int((key^key>>32)*0x9e3779b97f4a7c15>>32) & mask
	for t.keys[i] != key && t.keys[i] != 0 {
		i = (i + 1) & mask
	}
	return i
}

// get is the number of key, or 0.
func (t *table) get(key uint64) int32 { return t.values[t.slot(key)] }

// set gives key a number. Key 0 is not allowed.
func (t *table) set(key uint64, value int32) {
	i := t.slot(key)
	if t.keys[i] == 0 {
		if t.used++; 4*t.used > 3*len(t.keys) {
			t.grow()
			i = t.slot(key)
		}
		t.keys[i] = key
	}
	t.values[i] = value
}

func (t *table) grow() {
	next := newTable(len(t.keys))
	for i, key := range t.keys {
		if key != 0 {
			at := next.slot(key)
			next.keys[at], next.values[at] = key, t.values[i]
		}
	}
	t.keys, t.values = next.keys, next.values
}
