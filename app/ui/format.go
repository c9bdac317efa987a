package ui

import (
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
)

// All times are drawn in UTC: the server and the device then write the same.
const (
	shortTime = "2 Jan, 15:04"
	longTime  = "Monday 2 January 2006, 15:04 UTC"
	dayTime   = "Monday 2 January 2006"
)

// clock is t as a time element; nil for the zero time.
func clock(t time.Time, layout string) app.UI {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return app.Time().DateTime(t.Format("2006-01-02T15:04:05Z")).Text(t.Format(layout))
}

// stamped is clock for a time as annotations carry it; nil if it is none.
func stamped(rfc3339 string) app.UI {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return nil
	}
	return clock(t, shortTime)
}

// shortHash leaves of a hash what a person can compare.
func shortHash(hash string) string {
	const head, tail = len("sha256-") + 4, 2
	if len(hash) <= head+tail {
		return hash
	}
	return hash[:head] + "…" + hash[len(hash)-tail:]
}
