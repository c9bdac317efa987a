package state

import (
	"cmp"
	"slices"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

// Thread puts an article's notes in the order of its text, each with its
// replies, the oldest first. A reply to a reply stands under the same note; a
// reply whose note is not here stands by itself, so that nothing is hidden.
func Thread(notes []replica.Note) []Note {
	byID := make(map[string]replica.Note, len(notes))
	for _, n := range notes {
		byID[n.ID] = n
	}
	replies := make(map[string][]Note)
	var top []Note
	for _, n := range notes {
		if n.State == replica.Deleted {
			continue
		}
		if root := rootOf(n, byID); root != n.ID {
			replies[root] = append(replies[root], Note{Note: n})
		} else {
			top = append(top, Note{Note: n})
		}
	}
	for i := range top {
		top[i].Replies = replies[top[i].ID]
		slices.SortFunc(top[i].Replies, byTime)
	}
	// A note is large and its time is read from text: with thousands, only their order
	// is sorted, and the time looked at where the place does not decide.
	order := make([]*Note, len(top))
	for i := range top {
		order[i] = &top[i]
	}
	slices.SortFunc(order, func(a, b *Note) int {
		if c := cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(start(a), start(b))); c != 0 {
			return c
		}
		return byTime(*a, *b)
	})
	var sorted []Note
	for _, n := range order {
		sorted = append(sorted, *n)
	}
	return sorted
}

// rootOf follows a reply to the note that its thread hangs on.
func rootOf(n replica.Note, byID map[string]replica.Note) string {
	for range len(byID) { // a circle of replies ends too
		if n.Annotation.Motivation != "replying" {
			break
		}
		up, ok := byID[n.Annotation.Target.Source]
		if !ok || up.State == replica.Deleted {
			break
		}
		n = up
	}
	return n.ID
}

// rank puts notes on a place before lost ones, and those before notes on all.
func rank(n *Note) int {
	switch {
	case n.Anchor == nil:
		return 2
	case n.Anchor.Status == anchor.Orphan:
		return 1
	}
	return 0
}

func start(n *Note) textpos.Rune {
	if n.Anchor == nil {
		return 0
	}
	return n.Anchor.Start
}

// byTime is the order of making: ids are UUIDv7, so they break ties in time.
func byTime(a, b Note) int {
	return cmp.Or(cmp.Compare(a.Annotation.Made(), b.Annotation.Made()), cmp.Compare(a.ID, b.ID))
}

// find returns the note with an id, a reply too.
func find(notes []Note, id string) (replica.Note, bool) {
	for i := range notes { // a note is large: thousands are not copied to find one
		if notes[i].ID == id {
			return notes[i].Note, true
		}
		if r, ok := find(notes[i].Replies, id); ok {
			return r, true
		}
	}
	return replica.Note{}, false
}

// placed reports whether a note stands at a place of the text.
func placed(n *Note) bool {
	return n.Anchor != nil && n.Anchor.Status != anchor.Orphan && !n.Anchor.Span().Empty()
}

// inMargin reports whether a note, or the note it answers, stands at a place of
// the text: on a narrow screen the sheet shows those and no others.
func inMargin(s State, id string) bool {
	p := s.Parts()
	i, ok := p.at[id]
	return ok && placed(&p.Margin[i])
}

// changedWords reports whether a note stands at words that were edited.
func changedWords(n *Note) bool { return n.Anchor != nil && n.Anchor.Status == anchor.Changed }

// fromFeed turns the rows that came with a page into notes.
func fromFeed(slug string, rows []replica.Row) []replica.Note {
	var notes []replica.Note
	for _, r := range rows {
		if r.Op != replica.RowPut || r.Annotation == nil {
			continue
		}
		notes = append(notes, replica.Note{
			ID: r.Annotation.ID, Article: slug, State: replica.Published, ETag: r.ETag,
			Annotation: *r.Annotation, Anchor: r.Anchor,
		})
	}
	return notes
}

// stanceOf is the stance of an annotation, "" for a reply.
func stanceOf(a annotation.Annotation) annotation.Stance { return a.Note().Stance }
