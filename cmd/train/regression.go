package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"marginalia/app/linear"
)

// example is a row's features, with values that make its length 1.
type example struct {
	index  []uint32
	value  []float32
	label  float64
	weight float64
}

func newExample(b *linear.Bag, label, weight float64) example {
	x := example{label: label, weight: weight}
	norm := float32(b.Norm())
	b.Each(func(i uint32, v int64) {
		x.index = append(x.index, i)
		x.value = append(x.value, float32(v)/norm)
	})
	return x
}

// regression is logistic regression by AdaGrad (Duchi et al., JMLR 2011).
type regression struct {
	bits    uint
	epochs  int
	rate    float64
	decay   float64 // of a weight, each time its feature is seen
	weights []float64
	bias    float64
}

func (g *regression) logit(x example) float64 {
	sum := g.bias
	for k, i := range x.index {
		sum += g.weights[i] * float64(x.value[k])
	}
	return sum
}

// fit trains on rows in an order that depends on nothing but their number.
func (g *regression) fit(rows []example, progress io.Writer) {
	g.weights = make([]float64, 1<<g.bits)
	square := make([]float64, 1<<g.bits)
	biasSquare := 0.0
	r := rand.New(rand.NewPCG(1, uint64(len(rows))))
	for epoch := range g.epochs {
		loss, total := 0.0, 0.0
		for _, n := range r.Perm(len(rows)) {
			x := rows[n]
			z := g.logit(x)
			p := 1 / (1 + math.Exp(-z))
			loss -= x.weight * (x.label*math.Log(p+1e-12) + (1-x.label)*math.Log(1-p+1e-12))
			total += x.weight
			d := (p - x.label) * x.weight
			for k, i := range x.index {
				grad := d*float64(x.value[k]) + g.decay*g.weights[i]
				square[i] += grad * grad
				g.weights[i] -= g.rate * grad / math.Sqrt(square[i]+1e-8)
			}
			biasSquare += d * d
			g.bias -= g.rate * d / math.Sqrt(biasSquare+1)
		}
		fmt.Fprintf(progress, "  epoch %d of %d: loss %.4f\n", epoch+1, g.epochs, loss/total)
	}
}

// encode rounds the weights to 256 steps.
func (g *regression) encode(shift float64) []byte {
	most := 0.0
	for _, w := range g.weights {
		most = max(most, math.Abs(w))
	}
	// A few giants would take all steps for themselves.
	most = min(most, 6)
	scale := int64(math.Ceil(most / 127 * (1 << 20)))
	packed := make([]int8, len(g.weights))
	for i, w := range g.weights {
		packed[i] = int8(max(-127, min(127, math.Round(w*(1<<20)/float64(scale)))))
	}
	return linear.Encode(int64(math.Round((g.bias+shift)*linear.Unit)), scale, packed)
}
