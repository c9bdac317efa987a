package main

import (
	"fmt"
	"io"
	"math"

	"marginalia/app/claims"
	"marginalia/app/linear"
)

const (
	// claimsKeptOut is one in how many rows that the scale is set by.
	claimsKeptOut = 5

	claimsEpochs = 20
	claimsDecay  = 1e-3
)

// claimsRates are the rates at which each view learns.
var claimsRates = [claims.Views]float64{1, 1, 0.3}

// trainClaims makes the file "claims" from the ClaimBuster data. The views learn
// from all rows; how sure their sum is, is set by views that have not seen a part.
func trainClaims(data string, progress io.Writer) (map[string][]byte, error) {
	rows, err := read(data, "claimbuster")
	if err != nil {
		return nil, err
	}
	var seen, unseen []row
	for i, r := range rows {
		if i%claimsKeptOut == 0 {
			unseen = append(unseen, r)
		} else {
			seen = append(seen, r)
		}
	}
	fmt.Fprintf(progress, "claimbuster: %d rows, the scale is set by %d\n", len(rows), len(unseen))
	logits := make([]float64, len(unseen))
	for v, g := range claimViews(seen, progress) {
		bag := linear.NewBag(g.bits)
		for i, r := range unseen {
			bag.Reset()
			claims.View(v).Features(r.Text, bag)
			logits[i] += g.logit(newExample(bag, 0, 1))
		}
	}
	scale, shift := calibrate(unseen, logits)
	fmt.Fprintf(progress, "scale %.3f, shift %.3f\n", scale, shift)

	var files [claims.Views][]byte
	for v, g := range claimViews(rows, progress) {
		files[v] = g.encode(0)
	}
	model := claims.Encode(int64(math.Round(scale*linear.Unit)), int64(math.Round(shift*linear.Unit)), files)
	return map[string][]byte{"claims": model}, nil
}

// claimViews trains a model for each view.
func claimViews(rows []row, progress io.Writer) [claims.Views]regression {
	var all [claims.Views]regression
	for v := range claims.Views {
		bag := linear.NewBag(v.Bits())
		var examples []example
		for _, r := range rows {
			bag.Reset()
			v.Features(r.Text, bag)
			examples = append(examples, newExample(bag, float64(r.Label), 1))
		}
		all[v] = regression{bits: v.Bits(), epochs: claimsEpochs, rate: claimsRates[v], decay: claimsDecay}
		fmt.Fprintf(progress, "view %d of %d\n", v+1, claims.Views)
		all[v].fit(examples, progress)
	}
	return all
}

// calibrate finds the scale and shift of logits that make them most likely (Platt,
// 1999), with both labels weighing the same: in an article nobody knows how many
// sentences are worth checking.
func calibrate(rows []row, logits []float64) (scale, shift float64) {
	var n [2]float64
	for _, r := range rows {
		n[r.Label]++
	}
	scale = 1
	for range 2000 {
		var dScale, dShift float64
		for i, r := range rows {
			p := 1 / (1 + math.Exp(-(scale*logits[i] + shift)))
			d := (p - float64(r.Label)) / n[r.Label] / 2
			dScale += d * logits[i]
			dShift += d
		}
		scale -= 0.1 * dScale
		shift -= 0.1 * dShift
	}
	return scale, shift
}
