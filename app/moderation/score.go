package moderation

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// one is the greatest Score.
const one Score = 10000

// errScore is what a number that is no Score gives.
var errScore = errors.New("want a number from 0 to 1 with at most four decimals")

// String is the score with four decimals.
func (s Score) String() string {
	return fmt.Sprintf("%d.%04d", int(s/one), int(s%one))
}

// MarshalJSON writes the score as a number with four decimals.
func (s Score) MarshalJSON() ([]byte, error) {
	if s < 0 || s > one {
		return nil, fmt.Errorf("score %d: %w", int(s), errScore)
	}
	return []byte(s.String()), nil
}

// UnmarshalJSON reads a number from 0 to 1 without going through floating point.
func (s *Score) UnmarshalJSON(data []byte) error {
	whole, decimals, _ := strings.Cut(string(data), ".")
	if whole != "0" && whole != "1" || len(decimals) > 4 {
		return fmt.Errorf("%s: %w", data, errScore)
	}
	n, err := strconv.ParseUint(whole+decimals+strings.Repeat("0", 4-len(decimals)), 10, 32)
	if err != nil || Score(n) > one {
		return fmt.Errorf("%s: %w", data, errScore)
	}
	*s = Score(n)
	return nil
}

// ratio is part of whole as a score, rounded down; 0 of 0 is 0.
func ratio(part, whole int) Score {
	if whole <= 0 {
		return 0
	}
	return min(one, Score(part*int(one)/whole))
}
