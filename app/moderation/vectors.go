package moderation

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"sync"

	"marginalia/app/linear"
)

// wordVectors are what words mean by the company they keep: neighbours in
// meaning point the same way (GloVe: Pennington et al., EMNLP 2014). Each number
// has 4 bits and each word a scale.
type wordVectors struct {
	hashes []uint32 // of the words, ascending
	// from is where the hashes start whose upper half, of 12 bits, is at least so much.
	from   [1<<12 + 1]uint32
	scales []uint8
	ranks  []uint8 // the binary logarithm of how frequent the word is, two words a byte
	packed []byte  // dims/2 bytes a word, low half first

	mu    sync.Mutex
	units map[int32]*[vectorDims]int16 // see [wordVectors.unit]
}

// vectorDims are the numbers of a word.
const vectorDims = 64

// EncodeVectors packs vectors of [vectorDims] numbers from -7 to 7, with a scale
// for each word, for [Policy.With]. The most frequent words come first.
func EncodeVectors(words []string, scales []uint8, vectors [][]int8) []byte {
	order := make([]int, len(words))
	hashes := make([]uint32, len(words))
	for i, w := range words {
		order[i], hashes[i] = i, vectorHash(w)
	}
	slices.SortFunc(order, func(a, b int) int {
		if hashes[a] != hashes[b] {
			return int(int64(hashes[a]) - int64(hashes[b]))
		}
		return a - b
	})
	// Of two words with one hash the more frequent stays.
	order = slices.CompactFunc(order, func(a, b int) bool { return hashes[a] == hashes[b] })
	data := binary.LittleEndian.AppendUint32([]byte("vec1"), uint32(len(order)))
	for _, i := range order {
		data = append(data, byte(hashes[i]), byte(hashes[i]>>8), byte(hashes[i]>>16))
	}
	for _, i := range order {
		data = append(data, scales[i])
	}
	ranks := make([]byte, (len(order)+1)/2)
	for n, i := range order {
		ranks[n/2] |= byte(min(15, bits.Len(uint(i)))) << (4 * (n % 2))
	}
	data = append(data, ranks...)
	for _, i := range order {
		for k := 0; k < vectorDims; k += 2 {
			data = append(data, byte(vectors[i][k]+8)|byte(vectors[i][k+1]+8)<<4)
		}
	}
	return data
}

// meaning is the word vectors, the network that reads them for abuse, and the
// model of single words that hurt.
type meaning struct {
	vectors *wordVectors
	net     *network
	sore    *linear.Model
}

func parseMeaning(data []byte) (*meaning, error) {
	v, rest, err := readVectors(data)
	if err != nil {
		return nil, err
	}
	net, rest, err := parseNetwork(rest)
	if err != nil {
		return nil, err
	}
	sore, err := linear.Parse(rest)
	if err != nil {
		return nil, err
	}
	return &meaning{v, net, sore}, nil
}

func vectorHash(word string) uint32 {
	return vectorFold(uint64(start.after(word)))
}

func vectorFold(h uint64) uint32 { return uint32(h^h>>24^h>>47) & (1<<24 - 1) }

// readVectors reads what [EncodeVectors] wrote and returns the rest of data.
func readVectors(data []byte) (v *wordVectors, rest []byte, err error) {
	if len(data) < 8 || string(data[:4]) != "vec1" {
		return nil, nil, errors.New("no table of word vectors")
	}
	n := int(binary.LittleEndian.Uint32(data[4:]))
	data = data[8:]
	half := (n + 1) / 2
	size := n*(3+1+vectorDims/2) + half
	if n > 1<<20 || len(data) < size {
		return nil, nil, fmt.Errorf("%d bytes cannot hold %d words", len(data), n)
	}
	v = &wordVectors{hashes: make([]uint32, n), scales: slices.Clone(data[3*n : 4*n]), ranks: slices.Clone(data[4*n : 4*n+half]), packed: slices.Clone(data[4*n+half : size])}
	for i := range v.hashes {
		v.hashes[i] = uint32(data[3*i]) | uint32(data[3*i+1])<<8 | uint32(data[3*i+2])<<16
	}
	v.index()
	return v, data[size:], nil
}

// rank is 0 for the most frequent word to 15 for the rarest half; a word that is
// not in the table is rarer than all.
func (v *wordVectors) rank(word string) int {
	if i, ok := v.find(word); ok {
		return v.rankAt(i)
	}
	return noRank
}

// noRank is the rank of words that are not in the table.
const noRank = 16

// find is where a word stands in the table.
func (v *wordVectors) find(word string) (i int, ok bool) {
	return v.findHash(vectorHash(word))
}

func (v *wordVectors) findHash(hash uint32) (i int, ok bool) {
	for i, end := int(v.from[hash>>12]), int(v.from[hash>>12+1]); i < end; i++ {
		if v.hashes[i] == hash {
			return i, true
		}
	}
	return 0, false
}

// index fills from.
func (v *wordVectors) index() {
	at := 0
	for part := range v.from {
		for at < len(v.hashes) && v.hashes[at]>>12 < uint32(part) {
			at++
		}
		v.from[part] = uint32(at)
	}
}

// rankAt is the rank of the word with the i-th hash.
func (v *wordVectors) rankAt(i int) int { return int(v.ranks[i/2] >> (4 * (i % 2)) & 15) }

// vector is what one word means, in numbers of at most 7*255.
type vector [vectorDims]int32

// of is the vector of a word; ok is false for a word that is not in the table.
func (v *wordVectors) of(word string) (vec vector, ok bool) {
	i, ok := v.find(word)
	if !ok {
		return vec, false
	}
	return v.at(i), true
}

// mostUnits bounds what [wordVectors.unit] keeps.
const mostUnits = 4096

// unit is the vector of the word with the i-th hash, at length meantLength. It is
// kept: a note's words are the same at each key that is pressed.
func (v *wordVectors) unit(i int) *[vectorDims]int16 {
	v.mu.Lock()
	defer v.mu.Unlock()
	if u := v.units[int32(i)]; u != nil {
		return u
	}
	if v.units == nil || len(v.units) >= mostUnits {
		v.units = map[int32]*[vectorDims]int16{}
	}
	u := unit(v.at(i))
	v.units[int32(i)] = &u
	return &u
}

// at is the vector of the word with the i-th hash.
func (v *wordVectors) at(i int) (vec vector) {
	scale := int32(v.scales[i])
	for k, b := range v.packed[i*vectorDims/2 : (i+1)*vectorDims/2] {
		vec[2*k] = (int32(b&15) - 8) * scale
		vec[2*k+1] = (int32(b>>4) - 8) * scale
	}
	return vec
}
