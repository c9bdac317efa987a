package state

import (
	"slices"
	"time"

	"marginalia/app/replica"
)

type (
	// Prefer is a choice of how pages look (see [Looks]), "keys" for the shortcuts of a
	// single key ("off" or ""), "install" for an answer to the offer to install the app,
	// which is not made again, "reset" for the looks as they were made, and "goon" to go
	// on in the form that was open when the page was lost.
	Prefer struct{ Name, Value string }
	// ShowKeys opens the list of shortcuts, which is the page's own.
	ShowKeys struct{}
	// CanInstall says whether the browser can install the app now.
	CanInstall struct{ Can bool }
)

func (Prefer) action()     {}
func (ShowKeys) action()   {}
func (CanInstall) action() {}

// Look is one thing that a reader may choose about how pages look. "" among the values
// is how they were made.
type Look struct {
	Name   string
	Values []string
}

var looks = []Look{
	{"size", []string{"-1", "", "1", "2", "3"}},
	{"width", []string{"narrow", "", "wide"}},
	{"lines", []string{"close", "", "open"}},
	{"theme", []string{"", "light", "dark"}},
}

// Looks is all that may be chosen.
func Looks() []Look { return looks }

// lookIn is where d keeps a choice.
func lookIn(d *replica.Display, name string) *string {
	switch name {
	case "size":
		return &d.Size
	case "width":
		return &d.Width
	case "lines":
		return &d.Lines
	}
	return &d.Theme
}

// comfort handles what the reader likes, and what the app may offer.
func comfort(s State, a Action, _ Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case Prefer:
		return prefer(s, a)
	case CanInstall:
		s.CanInstall = a.Can
		return s, nil, true
	}
	return s, nil, false
}

func prefer(s State, a Prefer) (State, []Effect, bool) {
	switch a.Name {
	case "goon":
		return goOn(s)
	case "keys":
		s.Prefs.NoKeys = a.Value == "off"
	case "install":
		s.Prefs.NoInstall = true
	case "reset":
		s.Prefs.Display = replica.Display{}
	default:
		i := slices.IndexFunc(looks, func(l Look) bool { return l.Name == a.Name })
		if i < 0 || !slices.Contains(looks[i].Values, a.Value) {
			return s, nil, true
		}
		*lookIn(&s.Prefs.Display, a.Name) = a.Value
	}
	return s, []Effect{s.keepPrefs()}, true
}

// keepPrefs stores what was just changed of the habits.
func (s *State) keepPrefs() Effect {
	s.Prefs.Turn++
	return KeepPrefs{s.Prefs}
}

// Looks are the reader's choices for the copy that a page reads before it is drawn, as
// a query, "" for pages as they were made.
func (s *State) Looks() string {
	text := ""
	for _, l := range looks {
		if v := *lookIn(&s.Prefs.Display, l.Name); v != "" {
			text += "&" + l.Name + "=" + v
		}
	}
	if s.Prefs.NoKeys {
		text += "&keys=off"
	}
	if text != "" {
		text = text[1:]
	}
	return text
}

const (
	visitGap   = 4 * time.Hour // pages opened sooner after each other are one visit
	manyVisits = 3
)

// visit counts this visit, as far as anyone wants to know.
func visit(s State, in Input) (State, []Effect) {
	p := &s.Prefs
	if s.Blocked || p.NoInstall || p.Visits >= manyVisits || in.Now.Sub(p.Visited) < visitGap {
		return s, nil
	}
	p.Visits, p.Visited = p.Visits+1, in.Now
	return s, []Effect{s.keepPrefs()}
}

// OffersInstall reports whether this is a moment to offer the app: it can be
// installed, nothing is being written, and the reader has posted a note or keeps
// coming back. An answer is final.
func (s *State) OffersInstall() bool {
	return s.CanInstall && !s.Prefs.NoInstall && s.Composer == nil && (len(s.Mine) > 0 || s.Prefs.Visits >= manyVisits)
}
