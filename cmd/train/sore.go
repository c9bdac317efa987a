package main

import (
	"fmt"
	"io"

	"marginalia/app/linear"
)

// soreBits is the size of the model of words that hurt.
const soreBits = 15

// sore is the model of words that hurt: it learns from newspaper comments in
// which people marked the words that make them toxic. A word is marked if most of
// it is.
func (a *abuse) sore(data string, progress io.Writer) ([]byte, error) {
	rows, err := read(data, "toxic_spans")
	if err != nil {
		return nil, err
	}
	bag := linear.NewBag(soreBits)
	var words []example
	for _, r := range rows {
		marked := map[int]bool{}
		for _, at := range r.Spans {
			marked[at] = true
		}
		for _, w := range a.policy.SoreWords(r.Text) {
			n := 0
			for at := w.Start; at < w.End; at++ {
				if marked[at] {
					n++
				}
			}
			label := 0.0
			if 2*n > w.End-w.Start {
				label = 1
			}
			bag.Reset()
			w.Features(bag)
			words = append(words, newExample(bag, label, 1))
		}
	}
	fmt.Fprintf(progress, "toxic_spans: %d rows, %d words\n", len(rows), len(words))
	g := regression{bits: soreBits, epochs: 2, rate: 0.3, decay: 1e-6}
	g.fit(words, progress)
	return g.encode(0), nil
}
