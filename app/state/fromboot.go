package state

import (
	"time"

	"marginalia/app/annotation"
)

// FromBoot is the state that a page is first drawn from, on the server and on
// the device alike.
func FromBoot(b Boot) State {
	s := State{
		Route:      b.Route,
		Articles:   b.Articles,
		FAQ:        b.FAQ,
		Sentence:   b.Sentence,
		Publisher:  b.PolicyLanguage,
		PolicyHash: b.PolicyHash,
		Stance:     annotation.Dispute,
		Sync:       Sync{State: Synced},
		Rest:       b.Rest,
	}
	if b.Article != nil {
		s.Article = Prepare(*b.Article)
	}
	if b.Feed != nil {
		notes := fromFeed(b.Route.Slug, b.Feed.Changes)
		if s.Past() {
			notes = placeIn(s.Article, notes)
		}
		s = s.with(Thread(notes))
	}
	return s
}

// stamp is a time as annotations carry it: RFC 3339, UTC, to the second.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}
