package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"marginalia/app/moderation"
)

// How the vectors are made small: the most frequent words, the directions in
// which they differ most without the two that only tell frequent words from
// rare ones (Mu and Viswanath, ICLR 2018), and 4 bits a number.
const (
	vectorWords = 39000
	vectorDims  = 64
	vectorDrop  = 2
	vectorFull  = 100
)

// vectorTable is the small table of word vectors.
func vectorTable(data string, progress io.Writer) ([]byte, error) {
	words, full, err := readVectors(data)
	if err != nil {
		return nil, err
	}
	reduced := reduce(full, progress)
	scales := make([]uint8, vectorWords)
	packed := make([][]int8, vectorWords)
	for i, v := range reduced[:vectorWords] {
		scales[i], packed[i] = quantise(v)
	}
	return moderation.EncodeVectors(words[:vectorWords], scales, packed), nil
}

// vectorScale is how many steps of a word's scale make 1.
const vectorScale = 128

// quantise rounds v to numbers from -7 to 7 and a scale, whichever loses least.
func quantise(v []float64) (uint8, []int8) {
	most := 0.0
	for _, x := range v {
		most = max(most, math.Abs(x))
	}
	best, bestLoss := 1, math.Inf(1)
	top := int(math.Ceil(most / 7 * vectorScale))
	for s := max(1, top/2); s <= min(255, max(1, top)); s++ {
		loss := 0.0
		for _, x := range v {
			d := x - math.Max(-7, math.Min(7, math.Round(x*vectorScale/float64(s))))*float64(s)/vectorScale
			loss += d * d
		}
		if loss < bestLoss {
			best, bestLoss = s, loss
		}
	}
	q := make([]int8, len(v))
	for k, x := range v {
		q[k] = int8(math.Max(-7, math.Min(7, math.Round(x*vectorScale/float64(best)))))
	}
	return uint8(best), q
}

// readVectors reads words.txt and vectors.f16, see their SOURCE.txt.
func readVectors(data string) ([]string, [][]float64, error) {
	f, err := os.Open(filepath.Join(data, "vectors", "words.txt"))
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var words []string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words = append(words, lines.Text())
	}
	raw, err := os.ReadFile(filepath.Join(data, "vectors", "vectors.f16"))
	if err != nil {
		return nil, nil, err
	}
	if len(raw) != len(words)*vectorFull*2 {
		return nil, nil, fmt.Errorf("vectors.f16: %d bytes for %d words", len(raw), len(words))
	}
	vectors := make([][]float64, len(words))
	for i := range vectors {
		vectors[i] = make([]float64, vectorFull)
		for k := range vectorFull {
			vectors[i][k] = half(binary.LittleEndian.Uint16(raw[(i*vectorFull+k)*2:]))
		}
	}
	return words, vectors, nil
}

// half is an IEEE 754 binary16 number.
func half(b uint16) float64 {
	exp, frac := int(b>>10&31), float64(b&1023)
	v := math.Ldexp(1+frac/1024, exp-15)
	if exp == 0 {
		v = math.Ldexp(frac/1024, -14)
	}
	if b>>15 != 0 {
		return -v
	}
	return v
}

// reduce projects vectors on their principal components after the first ones.
func reduce(full [][]float64, progress io.Writer) [][]float64 {
	n := vectorFull
	mean := make([]float64, n)
	for _, v := range full {
		for k, x := range v {
			mean[k] += x / float64(len(full))
		}
	}
	cov := make([][]float64, n)
	for i := range cov {
		cov[i] = make([]float64, n)
	}
	for _, v := range full {
		for i := range n {
			a := v[i] - mean[i]
			for j := range i + 1 {
				cov[i][j] += a * (v[j] - mean[j]) / float64(len(full))
			}
		}
	}
	for i := range n {
		for j := range i {
			cov[j][i] = cov[i][j]
		}
	}
	axes := components(cov, vectorDrop+vectorDims)[vectorDrop:]
	fmt.Fprintf(progress, "%d vectors reduced from %d to %d numbers\n", len(full), n, len(axes))
	reduced := make([][]float64, len(full))
	for i, v := range full {
		reduced[i] = make([]float64, len(axes))
		for a, axis := range axes {
			for k, x := range v {
				reduced[i][a] += (x - mean[k]) * axis[k]
			}
		}
	}
	return reduced
}

// components are the first eigenvectors of a symmetric matrix, by power
// iteration with deflation.
func components(m [][]float64, count int) [][]float64 {
	n := len(m)
	var axes [][]float64
	for c := range count {
		v := make([]float64, n)
		v[c%n] = 1
		for k := range v {
			v[k] += 1e-3 * float64(k+1)
		}
		value := 0.0
		for range 300 {
			next := make([]float64, n)
			for i := range n {
				for j := range n {
					next[i] += m[i][j] * v[j]
				}
			}
			for _, a := range axes {
				dot := 0.0
				for k := range n {
					dot += next[k] * a[k]
				}
				for k := range n {
					next[k] -= dot * a[k]
				}
			}
			length := 0.0
			for _, x := range next {
				length += x * x
			}
			value = math.Sqrt(length)
			for k := range next {
				next[k] /= value
			}
			v = next
		}
		axes = append(axes, v)
	}
	return axes
}
