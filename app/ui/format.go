package ui

import (
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
)

// clock is t as a time element, in one of the forms of msg; nil for the zero time.
func clock(msg *message.Catalogue, t time.Time, form message.Text) app.UI {
	if t.IsZero() {
		return nil
	}
	return app.Time().DateTime(t.UTC().Format("2006-01-02T15:04:05Z")).Text(msg.Time(form, t))
}

// stamped is clock for a time as annotations carry it; nil if it is none.
func stamped(msg *message.Catalogue, rfc3339 string) app.UI {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return nil
	}
	return clock(msg, t, msg.Short)
}

// shortHash leaves of a hash what a person can compare.
func shortHash(hash string) string {
	const head, tail = len("sha256-") + 4, 2
	if len(hash) <= head+tail {
		return hash
	}
	return hash[:head] + "…" + hash[len(hash)-tail:]
}
