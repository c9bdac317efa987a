package replica_test

import (
	"math"
	"testing"
	"time"

	"marginalia/app/replica"
)

func TestBackoff(t *testing.T) {
	const half = math.MaxUint32/2 + 1
	cases := []struct {
		name    string
		attempt int
		random  uint32
		want    time.Duration
	}{
		{"first", 0, half, time.Second},
		{"first, least", 0, 0, 750 * time.Millisecond},
		{"second", 1, half, 2 * time.Second},
		{"fifth", 4, half, 16 * time.Second},
		{"sixth", 5, half, 30 * time.Second},
		{"sixth, least", 5, 0, 22500 * time.Millisecond},
		{"sixth, most", 5, math.MaxUint32, 30 * time.Second},
		{"very many", math.MaxInt, half, 30 * time.Second},
		{"none", -1, half, time.Second},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := (replica.Backoff{Attempt: c.attempt}).Next(c.random); got != c.want {
				t.Errorf("Next = %v, want %v", got, c.want)
			}
		})
	}
	most := replica.Backoff{}.Next(math.MaxUint32)
	if low, high := 1249*time.Millisecond, 1250*time.Millisecond; most < low || most > high {
		t.Errorf("Next(max) = %v, want just under %v", most, high)
	}
}
