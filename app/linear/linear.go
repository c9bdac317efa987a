// Package linear scores texts by hashed features and small integer weights
// (feature hashing: Weinberger et al., ICML 2009). It computes on integers only,
// so every processor gives the same bytes.
package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
)

// Unit is one in the numbers of this package: logits and feature values are in
// thousand-twenty-fourths.
const Unit = 1024

// Model is a trained model. It is never changed after [Parse] and may be used by
// several goroutines.
type Model struct {
	bits    uint
	bias    int64
	scale   int64 // the value of weight 1, in 2^-20
	weights []int8
	pool    *sync.Pool
}

// head is the size of what stands before the weights: magic, bits, three empty
// bytes, bias and scale.
const head = 4 + 4 + 8 + 8

var magic = [4]byte{'l', 'i', 'n', '1'}

// ErrFormat is what bytes that are no model give.
var ErrFormat = errors.New("no model of this format")

// Parse reads what [Encode] wrote. The model keeps no part of data.
func Parse(data []byte) (*Model, error) {
	if len(data) < head || [4]byte(data[:4]) != magic || data[4] < 4 || data[4] > 24 {
		return nil, ErrFormat
	}
	m := &Model{
		bits:  uint(data[4]),
		bias:  int64(binary.LittleEndian.Uint64(data[8:])),
		scale: int64(binary.LittleEndian.Uint64(data[16:])),
	}
	if len(data) != head+1<<m.bits {
		return nil, fmt.Errorf("%w: %d bytes for 2^%d weights", ErrFormat, len(data)-head, m.bits)
	}
	m.weights = make([]int8, 1<<m.bits)
	for i, b := range data[head:] {
		m.weights[i] = int8(b)
	}
	m.pool = &sync.Pool{New: func() any { return &Bag{counts: make([]uint8, 1<<m.bits), mask: 1<<m.bits - 1} }}
	return m, nil
}

// Encode writes a model. Bias is in thousand-twenty-fourths, scale is the value
// of weight 1 in 2^-20; there are a power of two of weights.
func Encode(bias, scale int64, weights []int8) []byte {
	bits := 0
	for 1<<bits < len(weights) {
		bits++
	}
	data := make([]byte, head, head+len(weights))
	copy(data, magic[:])
	data[4] = byte(bits)
	binary.LittleEndian.PutUint64(data[8:], uint64(bias))
	binary.LittleEndian.PutUint64(data[16:], uint64(scale))
	for _, w := range weights {
		data = append(data, byte(w))
	}
	return data
}

// Bag is a reusable bag of features.
type Bag struct {
	counts  []uint8
	mask    uint32
	touched []uint32
}

// NewBag is an empty bag over 2^bits features.
func NewBag(bits uint) *Bag {
	return &Bag{counts: make([]uint8, 1<<bits), mask: 1<<bits - 1}
}

// Bag takes an empty bag for m; [Model.Done] gives it back.
func (m *Model) Bag() *Bag { return m.pool.Get().(*Bag) }

// Done empties b for its next use.
func (m *Model) Done(b *Bag) {
	b.Reset()
	m.pool.Put(b)
}

// Reset empties b.
func (b *Bag) Reset() {
	for _, i := range b.touched {
		b.counts[i] = 0
	}
	b.touched = b.touched[:0]
}

// Add counts a feature by its hash.
func (b *Bag) Add(hash uint32) {
	i := (hash ^ hash>>15) & b.mask
	switch b.counts[i] {
	case 0:
		b.touched = append(b.touched, i)
	case 255:
		return
	}
	b.counts[i]++
}

// Len is the number of different features.
func (b *Bag) Len() int { return len(b.touched) }

// Each calls f with every feature's index and its dampened count, 1+ln(n), in
// thousand-twenty-fourths.
func (b *Bag) Each(f func(index uint32, value int64)) {
	for _, i := range b.touched {
		f(i, damp[b.counts[i]])
	}
}

// Norm is the Euclidean length of the bag's values.
func (b *Bag) Norm() int64 {
	sum := int64(0)
	for _, i := range b.touched {
		sum += damp[b.counts[i]] * damp[b.counts[i]]
	}
	return max(1, sqrt(sum))
}

// Logit is the model's answer for b: above 0 more likely yes than no.
func (m *Model) Logit(b *Bag) int64 {
	sum := int64(0)
	for _, i := range b.touched {
		sum += int64(m.weights[i]) * damp[b.counts[i]]
	}
	return m.bias + sum*m.scale/(b.Norm()<<10)
}

// Weight is what one feature says by itself, in the model's own small units.
func (m *Model) Weight(hash uint32) int64 {
	return int64(m.weights[(hash^hash>>15)&(1<<m.bits-1)])
}

// sqrt is the root of n, rounded down (Newton's method on integers).
func sqrt(n int64) int64 {
	if n < 2 {
		return n
	}
	x := int64(1)
	for x*x < n {
		x <<= 1
	}
	for {
		y := (x + n/x) / 2
		if y >= x {
			return x
		}
		x = y
	}
}
