package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"marginalia/app/moderation"
)

// sample is a text as a network sees it: the words in a row.
type sample struct {
	words  []float32 // width numbers each
	n      int
	label  float64
	weight float64
}

// newSample has a word of zeros on both sides of the words.
func newSample(words [][moderation.NetWidth]int32, label, weight float64) sample {
	const width = moderation.NetWidth
	s := sample{n: len(words) + 2, label: label, weight: weight, words: make([]float32, (len(words)+2)*width)}
	for i, w := range words {
		for k, v := range w {
			s.words[(i+1)*width+k] = float32(v) / moderation.NetUnit
		}
	}
	return s
}

// net is a convolution over neighbouring words with the greatest answer of each
// filter kept, and one answer from all of them (Kim, EMNLP 2014).
type net struct {
	width, span, filters int
	conv                 []float32 // filters x span x width
	bias                 []float32
	out                  []float32
	outBias              float32

	sqConv, sqBias, sqOut []float32
	sqOutBias             float32
}

func newNet(width, span, filters int, r *rand.Rand) *net {
	n := &net{width: width, span: span, filters: filters}
	size := span * width
	n.conv = make([]float32, filters*size)
	for i := range n.conv {
		n.conv[i] = float32(r.NormFloat64() / math.Sqrt(float64(size)))
	}
	n.bias = make([]float32, filters)
	n.out = make([]float32, filters)
	for i := range n.out {
		n.out[i] = float32(r.NormFloat64() * 0.1)
	}
	n.sqConv, n.sqBias, n.sqOut = make([]float32, len(n.conv)), make([]float32, filters), make([]float32, filters)
	return n
}

// forward gives the logit, each filter's answer and where it was found.
func (n *net) forward(x *sample, value []float32, at []int, keep []bool) float64 {
	z := float64(n.outBias)
	size := n.span * n.width
	positions := max(1, x.n-n.span+1)
	for f := range n.filters {
		value[f], at[f] = 0, -1
		if keep != nil && !keep[f] {
			continue
		}
		row := n.conv[f*size : (f+1)*size]
		for p := range positions {
			in := x.words[p*n.width : p*n.width+size]
			s := n.bias[f]
			var a, b, c, d float32
			k := 0
			for ; k+4 <= size; k += 4 {
				a += row[k] * in[k]
				b += row[k+1] * in[k+1]
				c += row[k+2] * in[k+2]
				d += row[k+3] * in[k+3]
			}
			for ; k < size; k++ {
				a += row[k] * in[k]
			}
			s += a + b + c + d
			if s > value[f] {
				value[f], at[f] = s, p
			}
		}
		z += float64(value[f] * n.out[f])
	}
	return z
}

func (n *net) fit(rows []sample, epochs int, rate float32, drop float64, progress io.Writer) {
	r := rand.New(rand.NewPCG(2, uint64(len(rows))))
	value, at, keep := make([]float32, n.filters), make([]int, n.filters), make([]bool, n.filters)
	size := n.span * n.width
	var mean average
	for epoch := range epochs {
		loss, total := 0.0, 0.0
		for _, i := range r.Perm(len(rows)) {
			x := &rows[i]
			for f := range keep {
				keep[f] = r.Float64() >= drop
			}
			z := n.forward(x, value, at, keep)
			p := 1 / (1 + math.Exp(-z))
			loss -= x.weight * (x.label*math.Log(p+1e-12) + (1-x.label)*math.Log(1-p+1e-12))
			total += x.weight
			d := float32((p - x.label) * x.weight)
			n.sqOutBias += d * d
			n.outBias -= rate * d / float32(math.Sqrt(float64(n.sqOutBias)+1))
			for f := range n.filters {
				if at[f] < 0 {
					continue
				}
				down := d * n.out[f]
				g := d * value[f]
				n.sqOut[f] += g * g
				n.out[f] -= rate * g / float32(math.Sqrt(float64(n.sqOut[f])+1e-6))
				n.sqBias[f] += down * down
				n.bias[f] -= rate * down / float32(math.Sqrt(float64(n.sqBias[f])+1e-6))
				row, sq := n.conv[f*size:(f+1)*size], n.sqConv[f*size:(f+1)*size]
				in := x.words[at[f]*n.width : at[f]*n.width+size]
				for k, v := range in {
					if v == 0 {
						continue
					}
					g := down * v
					sq[k] += g * g
					row[k] -= rate * g / float32(math.Sqrt(float64(sq[k])+1e-6))
				}
			}
		}
		fmt.Fprintf(progress, "  epoch %d of %d: loss %.4f\n", epoch+1, epochs, loss/total)
		if 2*epoch >= epochs {
			mean.add(n.conv, n.bias, n.out, []float32{n.outBias})
		}
	}
	bias := []float32{0}
	mean.get(n.conv, n.bias, n.out, bias)
	n.outBias = bias[0]
}

// average is the mean of what weights were at the ends of several epochs: each
// end alone depends on which rows came last (Izmailov et al., UAI 2018).
type average struct {
	sums [][]float64
	n    int
}

func (a *average) add(parts ...[]float32) {
	if a.sums == nil {
		a.sums = make([][]float64, len(parts))
		for i, p := range parts {
			a.sums[i] = make([]float64, len(p))
		}
	}
	for i, p := range parts {
		for k, v := range p {
			a.sums[i][k] += float64(v)
		}
	}
	a.n++
}

func (a *average) get(parts ...[]float32) {
	for i, p := range parts {
		for k := range p {
			p[k] = float32(a.sums[i][k] / float64(a.n))
		}
	}
}

// encode rounds the weights for the program that reads them.
func (n *net) encode() []byte {
	size := n.span * n.width
	conv, bias, out := make([][]int16, n.filters), make([]int32, n.filters), make([]int16, n.filters)
	for f := range n.filters {
		for k := range size {
			conv[f] = append(conv[f], whole(n.conv[f*size+k], 4))
		}
		bias[f] = int32(math.Round(float64(n.bias[f]) * moderation.NetWeight))
		out[f] = whole(n.out[f], 15)
	}
	return moderation.EncodeNetwork(conv, bias, out, int32(math.Round(float64(n.outBias)*moderation.NetWeight)))
}

// whole is w in steps of the program's, between -most and most.
func whole(w float32, most float64) int16 {
	return int16(math.Round(max(-most, min(most, float64(w))) * moderation.NetWeight))
}
