package replica_test

import (
	"errors"
	"slices"

	"pgregory.net/rapid"

	"marginalia/app/replica"
)

// author is who wrote a text, and what was in sight of it by then.
type author struct {
	device int
	seen   map[string]bool
}

// sees records that device i shows n to its reader.
func (w *world) sees(i int, n replica.Note) {
	at := w.seen[i]
	if at[n.ID] == nil {
		at[n.ID] = map[string]bool{}
	}
	at[n.ID][n.Annotation.Text()] = true
	at[n.ID][textOf(n.Public)] = true
	if n.Theirs != nil {
		at[n.ID][textOf(n.Theirs.Annotation)] = true
	}
}

// signs records who writes a text of a note.
func (w *world) signs(i int, note, text string) {
	seen := map[string]bool{}
	for s := range w.seen[i][note] {
		seen[s] = true
	}
	w.authors[text] = author{i, seen}
}

// open opens a form on an own note, to be posted on whatever becomes of it.
func (w *world) open() {
	if i, n, ok := w.own(); ok && n.State != replica.Deleted {
		text := w.text()
		w.sees(i, n)
		w.signs(i, n.ID, text)
		w.forms[i] = append(w.forms[i], editOf(n, text))
	}
}

// submit posts a form that was open.
func (w *world) submit() {
	i := w.pick()
	if len(w.forms[i]) == 0 {
		return
	}
	at := rapid.IntRange(0, len(w.forms[i])-1).Draw(w.r, "form")
	form := w.forms[i][at]
	w.forms[i] = slices.Delete(w.forms[i], at, at+1)
	w.write(i, form)
}

// reply answers any note that there ever was, so also one that is deleted, was
// taken down, or waits for a moderator.
func (w *world) reply() {
	if len(w.posted) == 0 {
		return
	}
	i := w.pick()
	form := w.devices[i].draft(w.text())
	form.Kind, form.Stance, form.Span = replica.ReplyTo, "", nil
	form.ReplyTo = rapid.SampledFrom(w.posted).Draw(w.r, "parent")
	w.signs(i, form.ID, form.Text)
	w.write(i, form)
}

// appeal asks a moderator about an own note, published or not.
func (w *world) appeal() {
	i, n, ok := w.own()
	if !ok {
		return
	}
	form := editOf(n, w.text())
	w.sees(i, n)
	w.signs(i, n.ID, form.Text)
	_, err := w.devices[i].Appeal(w.Context(), form, target(), verdict(), "It is a quotation.")
	if err != nil && !errors.Is(err, replica.ErrDeleted) {
		w.r.Fatalf("Appeal: %v", err)
	}
	if err == nil {
		w.last[i][n.ID] = form.Text
	}
}

// checkConflict: a note in conflict shows two texts, its reader's and the
// server's, and has lost neither.
func (w *world) checkConflict() {
	for i, d := range w.devices {
		mine, err := d.Mine(w.Context())
		if err != nil {
			w.r.Fatalf("Mine: %v", err)
		}
		for _, n := range mine {
			if n.State != replica.Conflict {
				continue
			}
			if n.Theirs == nil || n.Theirs.State != replica.Deleted && n.Theirs.Annotation == nil {
				w.r.Fatalf("device %d: %s shows one side only", i, sight(n))
			}
			if last := w.last[i][n.ID]; last != "" && last != n.Annotation.Text() {
				w.r.Fatalf("device %d: %s, but %q was written last", i, sight(n), last)
			}
		}
	}
}

// checkOverwritten: whoever replaced a version had it in sight, or wrote it on the
// same device.
func (w *world) checkOverwritten() {
	for id, n := range w.server.notes {
		for k, text := range n.taken[min(1, len(n.taken)):] {
			before := n.taken[k]
			by := w.authors[text]
			if !by.seen[before] && by.device != w.authors[before].device {
				w.r.Fatalf("note %s: device %d replaced %q by %q, and never saw it", id, by.device, before, text)
			}
		}
	}
}
