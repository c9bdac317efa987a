package claims

import "fmt"

// Score says how worth checking a sentence is, in ten-thousandths: 0 is not at
// all, 10000 is very much.
type Score int

const (
	// Half is the score from which on a sentence is worth checking.
	Half Score = 5000

	one Score = 10000
)

// String is the score from 0 to 1 with four decimals.
func (s Score) String() string { return fmt.Sprintf("%d.%04d", int(s/one), int(s%one)) }

// MarshalJSON writes the score as a number from 0 to 1 with four decimals.
func (s Score) MarshalJSON() ([]byte, error) { return []byte(s.String()), nil }
