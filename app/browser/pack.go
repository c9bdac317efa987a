package browser

import (
	"encoding/binary"
	"math"
	"strings"
)

// What crosses the border in bulk: ids joined by line breaks, numbers as bytes
// in the order of WebAssembly, which is little-endian.

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

func appendInts(b []byte, numbers ...int) []byte {
	for _, n := range numbers {
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(n)))
	}
	return b
}

func appendFloats(b []byte, numbers ...float64) []byte {
	for _, n := range numbers {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(n))
	}
	return b
}

func floats(b []byte) []float64 {
	numbers := make([]float64, len(b)/8)
	for i := range numbers {
		numbers[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return numbers
}
