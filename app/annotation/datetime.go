package annotation

import (
	"strings"
	"time"
)

// utcTime reports whether s is an xsd:dateTime in UTC, written with Z, as the
// Recommendation wants every time. With a year of four digits that is also an
// RFC 3339 time.
func utcTime(s string) bool {
	clock, ok := strings.CutSuffix(s, "Z")
	if !ok {
		return false
	}
	if clock, ok = cutFraction(clock); !ok {
		return false
	}
	// time.Parse knows the lengths of the months.
	_, err := time.Parse("2006-01-02T15:04:05", clock)
	return err == nil
}

// cutFraction drops a fraction of a second; false when it has no digits, or
// others. time.Parse would take a comma too.
func cutFraction(s string) (string, bool) {
	const length = len("2006-01-02T15:04:05")
	if len(s) <= length {
		return s, len(s) == length // time.Parse would take an hour of one digit
	}
	tail, ok := strings.CutPrefix(s[length:], ".")
	return s[:length], ok && tail != "" && strings.Trim(tail, digits) == ""
}
