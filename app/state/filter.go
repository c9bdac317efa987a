package state

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/source"
	"marginalia/app/textpos"
)

// Filter says which of an article's notes are shown. The zero Filter lets all
// through; with several parts a note must fit them all.
type Filter struct {
	Stance annotation.Stance
	Site   string // the registrable domain of a source
	State  NoteKind
	Words  string // as textpos.FoldWords gives them
}

// On reports whether f may keep a note out.
func (f Filter) On() bool { return f != Filter{} }

// NoteKind is what a filter tells notes apart by, beside stance and source.
type NoteKind string

// The kinds. A note may be of several.
const (
	OwnNotes       NoteKind = "mine"
	PublicNotes    NoteKind = "published"
	WaitingNotes   NoteKind = "waiting" // for a connection or a moderator
	RefusedNotes   NoteKind = "refused" // these need their author
	ChangedClaims  NoteKind = "changed" // their words were edited
	HomelessClaims NoteKind = "lost"    // their words are gone
)

// NoteKinds are all kinds, in the order in which they are offered.
func NoteKinds() []NoteKind {
	return []NoteKind{OwnNotes, PublicNotes, WaitingNotes, RefusedNotes, ChangedClaims, HomelessClaims}
}

type (
	// SetFilter shows the notes that fit.
	SetFilter struct{ Filter Filter }
	// OpenFilter shows the controls of the filter, or hides them; it stays on.
	OpenFilter struct{ Open bool }
)

func (SetFilter) action()  {}
func (OpenFilter) action() {}

// sift is the notes of s that its filter lets through and the open one, how many
// it lets through, and the ids of all that are shown.
func (s State) sift() (notes []Note, fits int, shown map[string]bool) {
	shown = map[string]bool{}
	folded := s.haystack()
	for i := range s.Notes {
		n := &s.Notes[i]
		ok := s.Filter.fits(n) && (s.Filter.Words == "" || strings.Contains(folded[i], s.Filter.Words))
		if ok {
			fits++
		}
		if !ok && !holdsID(n, s.Open) {
			continue
		}
		notes = append(notes, *n)
		shown[n.ID] = true
		for j := range n.Replies {
			shown[n.Replies[j].ID] = true
		}
	}
	return notes, fits, shown
}

func holdsID(n *Note, id string) bool {
	return id != "" && (n.ID == id || slices.ContainsFunc(n.Replies, func(r Note) bool { return r.ID == id }))
}

// fits reports whether f lets a note through, its words not considered. What its
// replies cite and are counts too.
func (f Filter) fits(n *Note) bool {
	if f.Stance != "" && stanceOf(n.Annotation) != f.Stance {
		return false
	}
	one := func(r *Note) bool { return (f.Site == "" || cites(r, f.Site)) && (f.State == "" || is(r, f.State)) }
	if one(n) {
		return true
	}
	for i := range n.Replies {
		if one(&n.Replies[i]) {
			return true
		}
	}
	return false
}

func is(n *Note, kind NoteKind) bool {
	switch kind {
	case OwnNotes:
		return n.Mine
	case PublicNotes:
		return n.State == replica.Published
	case WaitingNotes:
		return n.State == replica.Queued || n.State == replica.Sending || n.State == replica.Held || n.State == replica.Draft
	case RefusedNotes:
		return n.State == replica.Rejected || n.State == replica.Conflict || n.State == replica.Invalid
	case ChangedClaims:
		return changedWords(n)
	case HomelessClaims:
		return rank(n) == 1
	}
	return false
}

func cites(n *Note, site string) bool {
	return slices.ContainsFunc(n.Annotation.Note().Sources, func(c annotation.Source) bool { return siteOf(c) == site })
}

// siteOf is the registrable domain of a source, or else its host; "" for one that is
// no public address. It needs no table of suffixes, which may not be here.
func siteOf(c annotation.Source) string {
	parsed, err := source.Parse(c.URL)
	if err != nil {
		return ""
	}
	return cmp.Or((*source.Suffixes)(nil).Registrable(parsed.Hostname()), parsed.Site())
}

// Site is a site that notes cite, and how many notes do.
type Site struct {
	Name  string
	Notes int
}

// mostSites is how many sites are offered: those cited most.
const mostSites = 40

// sites are the sites that the notes cite.
type sites struct {
	notes []Note
	list  []Site
}

// Sites are the sites that the notes cite, the most cited first. Without the
// controls of the filter there are none: with thousands of notes they take a while.
func (s State) Sites() []Site {
	if s.sites == nil {
		return nil
	}
	return s.sites.list
}

// sited is s with its sites, if they are to be offered.
func (s State) sited() State {
	if !s.Find.Filtering {
		s.sites = nil
		return s
	}
	if s.sites != nil && sameSlice(s.sites.notes, s.Notes) {
		return s
	}
	times := map[string]int{}
	for i := range s.Notes {
		seen := map[string]bool{}
		each(&s.Notes[i], func(n *Note) {
			for _, c := range n.Annotation.Note().Sources {
				if site := siteOf(c); site != "" && !seen[site] {
					seen[site] = true
					times[site]++
				}
			}
		})
	}
	// By number, the greatest first, then by name: strings, since each kind of list
	// that is sorted costs the browser program thousands of bytes.
	var keys []string
	for name, n := range times {
		keys = append(keys, fmt.Sprintf("%010d %s", math.MaxInt32-n, name))
	}
	slices.Sort(keys)
	list := make([]Site, 0, mostSites)
	for _, key := range keys[:min(len(keys), mostSites)] {
		_, name, _ := strings.Cut(key, " ")
		list = append(list, Site{name, times[name]})
	}
	s.sites = &sites{notes: s.Notes, list: list}
	return s
}

// each calls f with a note and its replies.
func each(n *Note, f func(*Note)) {
	f(n)
	for i := range n.Replies {
		f(&n.Replies[i])
	}
}

// index is what words are looked for in: for each note one folded text.
type index struct {
	notes  []Note
	folded []string
}

// haystack is the folded text of each note; nil while no words are looked for.
func (s State) haystack() []string {
	if s.index != nil && sameSlice(s.index.notes, s.Notes) {
		return s.index.folded
	}
	if s.Filter.Words == "" && s.Find.folded() == "" {
		return nil
	}
	return foldNotes(s.Notes)
}

func foldNotes(notes []Note) []string {
	all := make([]string, len(notes))
	for i := range notes {
		text := ""
		each(&notes[i], func(n *Note) {
			text += readable(n.Annotation.Note()) + quoteOf(n.Annotation) + "\n"
			if n.Annotation.Creator != nil {
				text += n.Annotation.Creator.Nickname + "\n"
			}
		})
		all[i] = textpos.FoldWords(text)
	}
	return all
}

// readable is what a note says and cites.
func readable(said annotation.Note) string {
	text := said.Text + "\n"
	for _, c := range said.Sources {
		text += c.URL + "\n" + c.Passage + "\n"
	}
	return text
}
