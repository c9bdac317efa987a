package moderation

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"marginalia/app/linear"
)

// network judges the meaning of neighbouring words: a convolution over pairs of
// words, the greatest answer of each filter, and one answer from all of them
// (Kim, EMNLP 2014). It reads [wordVectors].
type network struct {
	filters int
	none    []int32 // the answers of no word
	conv    []int16 // for each of [netSpan] places, each number of a word: all filters
	bias    []int32
	out     []int16
	outBias int32

	mu sync.Mutex
	// cache holds what a word's meaning gives each filter at each place, which
	// is most of the work and the same each time the word is said.
	cache map[uint32][]int32
}

const (
	netSpan = 2
	// netFlags are what a network is told of a word beside its meaning.
	netFlags = 6
	// NetWidth is how many numbers a network sees of one word.
	NetWidth = vectorDims + netFlags
	// NetUnit is 1 in the numbers that a network sees.
	NetUnit = 128
	// NetWeight is 1 in the weights of a network.
	NetWeight = 2048
	// netCached is how many words' answers are kept.
	netCached = 4096
)

// What a network is told of a word.
const (
	flagGroup   = vectorDims + iota // names a group of people
	flagUnknown                     // no vector
	flagCoarse                      // in a match of the profanity rule
	flagInsult
	flagHate // or threat
	flagHint // in a match of no weight
)

// EncodeNetwork packs a network for [Policy.With]: for each filter, [NetWidth]
// weights for the first and the second word, a bias, and the weight of its
// answer; all in units of 1/[NetWeight].
func EncodeNetwork(conv [][]int16, bias []int32, out []int16, outBias int32) []byte {
	data := binary.LittleEndian.AppendUint32([]byte("net1"), uint32(len(conv)))
	for k := range netSpan * NetWidth {
		for f := range conv {
			data = binary.LittleEndian.AppendUint16(data, uint16(conv[f][k]))
		}
	}
	for _, b := range bias {
		data = binary.LittleEndian.AppendUint32(data, uint32(b))
	}
	for _, w := range out {
		data = binary.LittleEndian.AppendUint16(data, uint16(w))
	}
	return binary.LittleEndian.AppendUint32(data, uint32(outBias))
}

// parseNetwork reads what [EncodeNetwork] wrote and returns the rest of data.
func parseNetwork(data []byte) (net *network, rest []byte, err error) {
	if len(data) < 8 || string(data[:4]) != "net1" {
		return nil, nil, errors.New("no network")
	}
	n := int(binary.LittleEndian.Uint32(data[4:]))
	data = data[8:]
	if n < 1 || n > 1024 || len(data) < n*(2*netSpan*NetWidth+4+2)+4 {
		return nil, nil, fmt.Errorf("%d bytes are no network of %d filters", len(data), n)
	}
	net = &network{filters: n, none: make([]int32, netSpan*n), cache: map[uint32][]int32{}}
	short := func() int16 {
		v := int16(binary.LittleEndian.Uint16(data))
		data = data[2:]
		return v
	}
	long := func() int32 {
		v := int32(binary.LittleEndian.Uint32(data))
		data = data[4:]
		return v
	}
	for range netSpan * NetWidth * n {
		net.conv = append(net.conv, short())
	}
	for range n {
		net.bias = append(net.bias, long())
	}
	for range n {
		net.out = append(net.out, short())
	}
	net.outBias = long()
	return net, data, nil
}

// answers are what one word gives each filter at each place, in 1/NetWeight.
func (n *network) answers(x *netWord, v *wordVectors) []int32 {
	n.mu.Lock()
	defer n.mu.Unlock()
	key := x.hash
	if x.flags != 0 {
		key |= uint32(x.flags) << 24
	}
	if a, ok := n.cache[key]; ok {
		return a
	}
	if len(n.cache) >= netCached {
		clear(n.cache)
	}
	in := x.numbers(v)
	a := make([]int32, netSpan*n.filters)
	for place := range netSpan {
		sums := a[place*n.filters : (place+1)*n.filters]
		for k, value := range in {
			if value == 0 {
				continue
			}
			row := n.conv[(place*NetWidth+k)*n.filters:][:n.filters]
			for f := range sums {
				sums[f] += value * int32(row[f])
			}
		}
		for f := range sums {
			sums[f] /= NetUnit
		}
	}
	n.cache[key] = a
	return a
}

// logit is the network's answer for a row of words. It uses best, of a number for
// each filter.
func (n *network) logit(best []int32, words []netWord, v *wordVectors) int64 {
	clear(best)
	last := n.none
	for i := 0; i <= len(words); i++ {
		now := n.none
		if i < len(words) {
			now = n.answers(&words[i], v)
		}
		// Slices of one length spare the loop a check at each number.
		bias, first, second := n.bias[:len(best)], last[:len(best)], now[n.filters:][:len(best)]
		for f := range best {
			best[f] = max(best[f], bias[f]+first[f]+second[f])
		}
		last = now
	}
	sum := int64(0)
	for f, b := range best {
		sum += int64(b) * int64(n.out[f])
	}
	return (sum/NetWeight + int64(n.outBias)) * linear.Unit / NetWeight
}

// netWord is a word as a network sees it.
type netWord struct {
	hash  uint32 // of 24 bits, 0 for a group
	flags uint8  // bit i for number vectorDims+i
	text  string
}

func (x *netWord) flag(number int) { x.flags |= 1 << (number - vectorDims) }

// numbers are the word's meaning and flags.
func (x *netWord) numbers(v *wordVectors) (in [NetWidth]int32) {
	if x.text != groupWord {
		if vec, ok := v.of(x.text); ok {
			copy(in[:], vec[:])
		} else {
			in[flagUnknown] = NetUnit
		}
	}
	for i := range netFlags {
		if x.flags>>i&1 != 0 {
			in[vectorDims+i] = NetUnit
		}
	}
	return in
}

// netWords are the words of a page as a network sees them.
func (g *page) netWords(list []match) []netWord {
	words := g.f.lend.net.take(len(g.words))[:len(g.words)]
	for i := range g.words {
		x := &words[i]
		x.text = g.modelWord(i)
		switch {
		case g.words[i].hidden:
			x.text = groupWord
		case x.text == groupWord:
			x.flag(flagGroup)
		default:
			x.hash = vectorHash(x.text)
		}
	}
	for _, m := range list {
		number := flagCoarse
		switch m.term.rule {
		case ruleInsult:
			number = flagInsult
		case ruleHate, ruleThreat:
			number = flagHate
		}
		for i := m.first; i <= m.last; i++ {
			if g.words[i].hidden {
				continue
			}
			words[i].flag(number)
			if m.term.limit == Hint {
				words[i].flag(flagHint)
			}
		}
	}
	return words
}
