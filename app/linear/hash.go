package linear

// Hash is FNV-1a over s, from a seed that tells kinds of features apart.
func Hash(seed uint32, s string) uint32 {
	h := 2166136261 ^ seed*0x9e3779b1
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// Pair joins two hashes in order.
func Pair(a, b uint32) uint32 { return (a*0x85ebca6b ^ b) * 16777619 }

// HashBytes is [Hash] of bytes.
func HashBytes(seed uint32, b []byte) uint32 {
	h := 2166136261 ^ seed*0x9e3779b1
	for _, c := range b {
		h = Extend(h, c)
	}
	return h
}

// Extend is the hash of what h is the hash of, and c behind it.
func Extend(h uint32, c byte) uint32 { return (h ^ uint32(c)) * 16777619 }
