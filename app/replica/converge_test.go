package replica_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"marginalia/app/annotation"
	"marginalia/app/replica"
)

// world is two devices of one reader, a third of another, and their server.
type world struct {
	*testing.T
	r       *rapid.T
	server  *server
	devices []*device // ada, ada, bob
	written int
	// last is, by device and note, the last text posted there that was not deleted.
	last    map[int]map[string]string
	seen    map[int]map[string]map[string]bool // by device and note, the texts in sight so far
	authors map[string]author                  // by text
	forms   map[int][]replica.DraftNote        // by device, open on notes
	posted  []string                           // ids of all notes
}

// TestConverge lets devices write, edit, delete, reply, appeal and sync with faults
// at random, on forms that were open for long, moderators decide and take down, and
// pages crash. When the network is well again all agree with the server, it has
// taken no text twice, no words are lost, and none were replaced unseen.
func TestConverge(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := newServer(r)
		s.page = rapid.IntRange(1, 4).Draw(r, "page")
		w := &world{
			T: t, r: r, server: s, last: map[int]map[string]string{}, seen: map[int]map[string]map[string]bool{},
			authors: map[string]author{}, forms: map[int][]replica.DraftNote{},
		}
		for i, reader := range []string{"ada", "ada", "bob"} {
			d := newDevice(t, s, reader)
			d.wire.fault = func() fault { return rapid.SampledFrom(faults).Draw(r, "fault") }
			w.devices = append(w.devices, d)
			w.last[i], w.seen[i] = map[string]string{}, map[string]map[string]bool{}
		}
		r.Repeat(map[string]func(*rapid.T){
			"post":   func(*rapid.T) { w.post() },
			"edit":   func(*rapid.T) { w.edit() },
			"open":   func(*rapid.T) { w.open() },
			"submit": func(*rapid.T) { w.submit() },
			"reply":  func(*rapid.T) { w.reply() },
			"appeal": func(*rapid.T) { w.appeal() },
			"delete": func(*rapid.T) { w.remove() },
			"round":  func(*rapid.T) { w.round() },
			"settle": func(*rapid.T) { w.settle() },
			"decide": func(*rapid.T) { w.decide() },
			"crash":  func(*rapid.T) { w.devices[w.pick()].reopen() },
			"":       func(*rapid.T) { w.checkConflict() },
		})
		w.heal()
		w.check()
	})
}

var faults = []fault{fine, fine, fine, lostRequest, lostAnswer, refused, lostOutcomes}

func (w *world) pick() int { return rapid.IntRange(0, len(w.devices)-1).Draw(w.r, "device") }

// text is never the same twice, so that a text taken twice shows.
func (w *world) text() string {
	w.written++
	kind := rapid.SampledFrom([]string{"fine", "fine", "hold", "reject", "bad"}).Draw(w.r, "kind")
	return fmt.Sprintf("%s %d", kind, w.written)
}

func (w *world) write(i int, draft replica.DraftNote) {
	n, err := w.devices[i].Post(w.Context(), draft, target(), verdict())
	if errors.Is(err, replica.ErrDeleted) {
		return
	}
	if err != nil {
		w.r.Fatalf("Post: %v", err)
	}
	w.last[i][n.ID] = draft.Text
	if draft.Kind != replica.EditNote {
		w.posted = append(w.posted, n.ID)
	}
}

func (w *world) post() {
	i := w.pick()
	form := w.devices[i].draft(w.text())
	w.signs(i, form.ID, form.Text)
	w.write(i, form)
}

// own picks one of a device's own notes.
func (w *world) own() (int, replica.Note, bool) {
	i := w.pick()
	mine, err := w.devices[i].Mine(w.Context())
	if err != nil {
		w.r.Fatalf("Mine: %v", err)
	}
	if len(mine) == 0 {
		return i, replica.Note{}, false
	}
	return i, rapid.SampledFrom(mine).Draw(w.r, "note"), true
}

func (w *world) edit() {
	if i, n, ok := w.own(); ok {
		form := editOf(n, w.text())
		w.sees(i, n)
		w.signs(i, n.ID, form.Text)
		if rapid.Bool().Draw(w.r, "sync behind the open form") {
			w.sync(i)
		}
		w.write(i, form)
	}
}

func (w *world) remove() {
	i, n, ok := w.own()
	if !ok {
		return
	}
	if err := w.devices[i].Delete(w.Context(), n.ID); err != nil {
		w.r.Fatalf("Delete: %v", err)
	}
	delete(w.last[i], n.ID)
}

// settle takes the server's version of a note in conflict.
func (w *world) settle() {
	i, n, ok := w.own()
	if !ok || n.State != replica.Conflict || n.Theirs == nil {
		return
	}
	if err := w.devices[i].TakeTheirs(w.Context(), n.ID); err != nil {
		w.r.Fatalf("TakeTheirs: %v", err)
	}
}

// round syncs a device, which may be written on while the answer is on its way.
func (w *world) round() {
	i := w.pick()
	if rapid.Bool().Draw(w.r, "write during") {
		w.devices[i].wire.during = func() {
			w.devices[i].wire.during = nil
			if mine, err := w.devices[i].Mine(w.Context()); err == nil && len(mine) > 0 {
				n := rapid.SampledFrom(mine).Draw(w.r, "note")
				form := editOf(n, w.text())
				w.sees(i, n)
				w.signs(i, n.ID, form.Text)
				w.write(i, form)
			}
		}
	}
	w.sync(i)
}

func (w *world) sync(i int) {
	d := w.devices[i]
	_, err := d.Round(w.Context(), d.wire, []string{slug})
	var refusal *replica.ServerError
	if err != nil && !errors.Is(err, replica.ErrOffline) && !errors.As(err, &refusal) {
		w.r.Fatalf("Round: %v", err)
	}
}

func (w *world) decide() {
	var ids []string
	for id, n := range w.server.notes {
		if n.state != replica.Deleted {
			ids = append(ids, id)
		}
	}
	if len(ids) > 0 {
		slices.Sort(ids)
		states := []replica.NoteState{replica.Published, replica.Rejected}
		w.server.decide(rapid.SampledFrom(ids).Draw(w.r, "id"), rapid.SampledFrom(states).Draw(w.r, "decision"), "decided")
	}
}

// heal has every device sync until there is nothing more to say.
func (w *world) heal() {
	for range 2 {
		for i, d := range w.devices {
			d.wire.fault, d.wire.during = nil, nil
			w.sync(i)
		}
	}
}

func (w *world) check() {
	for i, d := range w.devices {
		if n, err := d.Pending(w.Context()); err != nil || n != 0 {
			w.r.Fatalf("device %d: %d pending, %v, want none", i, n, err)
		}
		for id, served := range w.server.notes {
			w.checkNote(i, id, served)
		}
		for id, text := range w.last[i] {
			w.checkWords(i, id, text)
		}
	}
	w.checkOverwritten()
	for id, n := range w.server.notes {
		slices.Sort(n.taken)
		if len(slices.Compact(slices.Clone(n.taken))) != len(n.taken) {
			w.r.Fatalf("note %s was taken twice: %q", id, n.taken)
		}
	}
}

// checkNote compares what device i has of a note with what the server has.
func (w *world) checkNote(i int, id string, served *served) {
	d := w.devices[i]
	n, err := d.Note(w.Context(), id)
	own := served.reader == d.wire.reader
	switch {
	case errors.Is(err, replica.ErrNotFound):
		if served.public != nil || own && served.state != replica.Deleted {
			w.r.Fatalf("device %d lacks a note that is %s", i, served.state)
		}
		return
	case err != nil:
		w.r.Fatalf("Note: %v", err)
	case !own:
		if served.public == nil || sight(n) != fmt.Sprintf("published '%s'", served.public.Text()) {
			w.r.Fatalf("device %d shows %s of another reader, who has %s", i, sight(n), served.state)
		}
		return
	}
	want := fmt.Sprintf("%s '%s'", served.state, served.newest.Text())
	agrees := true
	switch {
	case n.State == replica.Conflict:
		agrees = n.Theirs != nil && n.Theirs.ETag == served.etag && n.Theirs.State == served.state
	case n.State == replica.Deleted:
		agrees = served.state == replica.Deleted
	case n.State == replica.Rejected && n.Problem != nil: // words that the server does not have
	default:
		agrees = n.State == served.state && n.Annotation.Text() == served.newest.Text() && n.ETag == served.etag
	}
	if n.State == replica.Published {
		agrees = agrees && n.Public == nil
	} else {
		agrees = agrees && textOf(n.Public) == textOf(served.public)
	}
	if !agrees {
		w.r.Fatalf("device %d: %s, but the server has %s and shows '%s'", i, sight(n), want, textOf(served.public))
	}
}

func textOf(a *annotation.Annotation) string {
	if a == nil {
		return ""
	}
	return a.Text()
}

// checkWords: what was last written on a device was taken by the server, or still
// stands on the device.
func (w *world) checkWords(i int, id, text string) {
	if n := w.server.notes[id]; n != nil && slices.Contains(n.taken, text) {
		return
	}
	n, err := w.devices[i].Note(w.Context(), id)
	aside := slices.ContainsFunc(n.Aside, func(v replica.Version) bool { return v.Annotation.Text() == text })
	if err != nil || n.Annotation.Text() != text && !aside {
		w.r.Fatalf("device %d: %q is lost; it has %s, %v", i, text, sight(n), err)
	}
}
