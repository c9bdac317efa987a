package moderation

import (
	"strings"
	"testing"
)

// Codes of flights, buses, rooms and forms are no abuse, though their digits could be
// read as letters; short terms in disguise are.
func TestCodes(t *testing.T) {
	for text, abuse := range map[string]bool{
		"Flight AF65 landed late, so the ferry waited.":                 false,
		"Train c005 and boat f001 met at the pier, says the timetable.": false,
		"Bus 516A goes to the pier every hour.":                         false,
		"The board met in room 7a75, and the camera was a d490.":        false,
		"The form F459 of the harbour board counts otherwise.":          false,
		"The harbour master is a f4g.":                                  true,
		"The harbour master talks 5hit all day.":                        true,
		"The h4rb0ur m4st3r 1s a f49 4nd sh0uld l34v3.":                 true,
		"That d1ck of a harbour master is an a55hole.":                  true,
	} {
		got := false
		for _, f := range Check(shipped(), note(text), Subject{}).Findings {
			got = got || strings.HasPrefix(f.Rule, "abuse.")
		}
		if got != abuse {
			t.Errorf("%q: abuse is %v, want %v", text, got, abuse)
		}
	}
}
