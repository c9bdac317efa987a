package moderation

import (
	"encoding/binary"
	"errors"
	"slices"
)

// wordSet holds the common words of the policy's language by their hashes: one
// word in 170 that is not in it seems to be.
type wordSet struct {
	bits []uint64 // by the hash's low wordBits
}

const wordBits = 22

// newWordSet packs words for [readWordSet]: the sorted hashes' differences.
func packWords(words []string) []byte {
	hashes := make([]uint32, len(words))
	for i, w := range words {
		hashes[i] = wordHash(w)
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	data := binary.AppendUvarint(nil, uint64(len(hashes)))
	last := uint32(0)
	for _, h := range hashes {
		data = binary.AppendUvarint(data, uint64(h-last))
		last = h
	}
	return data
}

// readWordSet reads what packWords wrote and returns the rest of data.
func readWordSet(data []byte) (*wordSet, []byte, error) {
	errShort := errors.New("the list of words is cut off")
	n, size := binary.Uvarint(data)
	if size <= 0 {
		return nil, nil, errShort
	}
	data = data[size:]
	s := &wordSet{bits: make([]uint64, 1<<wordBits/64)}
	at := uint64(0)
	for range n {
		d, size := binary.Uvarint(data)
		if size <= 0 || at+d >= 1<<wordBits {
			return nil, nil, errShort
		}
		data, at = data[size:], at+d
		s.bits[at/64] |= 1 << (at % 64)
	}
	return s, data, nil
}

func wordHash(word string) uint32 { return wordFold(uint64(start.after(word))) }

func wordFold(h uint64) uint32 { return uint32(h^h>>29^h>>43) & (1<<wordBits - 1) }

// has reports whether word is as good as surely a common word. A nil set knows
// every word: nothing is then taken for misspelled.
func (s *wordSet) has(word string) bool {
	if s == nil {
		return true
	}
	return s.hasHash(uint64(start.after(word)))
}

// hasHash is has for the place after a word.
func (s *wordSet) hasHash(h uint64) bool {
	at := wordFold(h)
	return s.bits[at/64]>>(at%64)&1 != 0
}
