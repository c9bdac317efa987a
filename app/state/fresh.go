package state

import (
	"reflect"
	"slices"

	"marginalia/app/replica"
)

// Fresh is what others wrote while the page was open. It waits until the reader
// asks for it: nothing moves under who is reading. What was deleted goes at once,
// what changed changes in its place, and own notes never wait.
type Fresh struct {
	// Waits are the ids of the notes that wait.
	Waits map[string]bool

	whole bool           // the notes that were there before the page are all here
	all   []replica.Note // what the device holds, with those that wait
	shown []replica.Note // what State.Notes was made of
}

// Count is how many notes wait.
func (f Fresh) Count() int { return len(f.Waits) }

// arrive takes over the notes that the device holds.
func arrive(s State, a Loaded) State {
	before := s.Fresh
	f := Fresh{whole: before.whole || a.Whole, all: a.Notes, shown: a.Notes}
	if before.whole && !s.Past() {
		f.shown, f.Waits = parted(s.Notes, a.Notes)
	}
	if f.whole {
		s.Rest = nil
	}
	s.Fresh = f
	switch {
	case s.Past():
		s = s.with(Thread(placeIn(s.Article, f.shown)))
	case before.shown != nil && slices.EqualFunc(before.shown, f.shown, alike):
		// The screen compares notes with those it shows: with thousands it matters
		// that they are the same, not only alike.
	default:
		s = s.with(Thread(f.shown))
	}
	return s
}

// parted tells the notes to show from those that wait: the ones of others that are
// not on the screen. A note that an own reply answers is shown with it.
func parted(screen []Note, notes []replica.Note) (shown []replica.Note, waits map[string]bool) {
	show := map[string]bool{}
	for i := range screen {
		show[screen[i].ID] = true
		for j := range screen[i].Replies {
			show[screen[i].Replies[j].ID] = true
		}
	}
	byID := make(map[string]*replica.Note, len(notes))
	for i := range notes {
		byID[notes[i].ID] = &notes[i]
	}
	for i := range notes {
		for n, there := &notes[i], notes[i].Mine; there; {
			show[n.ID] = true
			n, there = byID[n.Annotation.Target.Source]
			there = there && !show[n.ID]
		}
	}
	for _, n := range notes {
		if show[n.ID] {
			shown = append(shown, n)
			continue
		}
		if waits == nil {
			waits = map[string]bool{}
		}
		waits[n.ID] = true
	}
	return shown, waits
}

// alike reports whether two versions of a note show the same. What is published
// has an etag for that: only a note that has more to it is compared in whole.
func alike(a, b replica.Note) bool {
	if !published(&a) || !published(&b) {
		return reflect.DeepEqual(a, b)
	}
	return a.ID == b.ID && a.ETag == b.ETag && (a.Anchor == b.Anchor || a.Anchor != nil && b.Anchor != nil && *a.Anchor == *b.Anchor)
}

// published reports whether a note is no more than what everybody sees.
func published(n *replica.Note) bool {
	return n.State == replica.Published && !n.Mine && n.ETag != "" && n.Verdict == nil && n.Theirs == nil && n.Was == nil && n.Public == nil
}

// showFresh shows what waits and leads to the first of it.
func showFresh(s State) (State, []Effect, bool) {
	waits := s.Fresh.Waits
	if len(waits) == 0 {
		return s, nil, true
	}
	s = release(s)
	for _, n := range s.Notes {
		if waits[n.ID] {
			return s, toNote(n.ID), true
		}
		for _, r := range n.Replies {
			if waits[r.ID] {
				return s, toNote(r.ID), true
			}
		}
	}
	return s, []Effect{Focus{FocusTarget{Kind: FocusStory}}}, true
}

func toNote(id string) []Effect { return []Effect{Focus{FocusTarget{Kind: FocusNote, ID: id}}} }

// release puts what waits among the notes.
func release(s State) State {
	if len(s.Fresh.Waits) > 0 {
		s.Fresh.Waits, s.Fresh.shown = nil, s.Fresh.all
		s = s.with(Thread(s.Fresh.all))
	}
	return s
}
