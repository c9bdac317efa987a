package replica_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"marginalia/app/replica"
)

// watch is a device whose note is looked at after each step, and while an answer
// is on its way.
type watch struct {
	*device
	id   string
	last string
	seen map[string]bool // "queued sending"
}

func (w *watch) look() {
	now := "(absent)"
	if n, err := w.Note(w.t.Context(), w.id); err == nil {
		now = string(n.State)
	}
	w.seen[w.last+" "+now] = true
	w.last = now
}

// sync runs a round and looks while it is under way.
func (w *watch) sync() {
	w.wire.during = func() {
		w.wire.during = nil
		w.look()
	}
	w.round()
	w.look()
}

// TestEveryMoveHappens drives a note through every pair of states that the table
// allows, by what readers, moderators and networks do.
func TestEveryMoveHappens(t *testing.T) {
	server := func(f func(*server, string)) func(*watch) {
		return func(w *watch) { f(w.wire.server, w.id); w.sync() }
	}
	local := func(f func(*device, string)) func(*watch) {
		return func(w *watch) { f(w.device, w.id); w.look() }
	}
	edit := func(text string) func(*watch) { return local(func(d *device, id string) { d.edit(id, text) }) }
	del, theirs, sync := local(func(d *device, id string) { d.remove(id) }), local(takes), (*watch).sync
	lost := func(w *watch) {
		w.wire.during = func() { w.wire.during = nil; w.look() }
		if _, err := w.failing(lostAnswer); err == nil {
			t.Error("Round gives no error")
		}
		w.look()
	}
	// full is a round on a device that has no room to say that it is sending.
	full := func(w *watch) {
		store := w.store.(*replica.MemoryStore)
		store.Limit = 1
		w.wire.during = func() { w.wire.during = nil; w.look(); store.Limit = 0 }
		w.round()
		w.look()
	}
	whileSent := func(f func(*device, string)) func(*watch) {
		return func(w *watch) {
			w.wire.during = func() {
				w.wire.during = nil
				w.look()
				f(w.device, w.id)
				w.look()
			}
			w.round()
			w.look()
		}
	}
	published := decides("published", "")
	rejected := decides("rejected", "no")
	scenarios := [][]func(*watch){
		{edit("two"), del},
		{lost, sync, edit("hold two"), sync, edit("reject two"), sync, edit("two"), sync, del, sync},
		{sync, server(elsewhere("three")), server(elsewhere("hold three")), server(elsewhere("hold four")), server(published)},
		{sync, server(rejected), server(published), server(elsewhere("reject two")), server(elsewhere("reject three")), server(elsewhere("hold two")), server(rejected)},
		{sync, server(gone)},
		{sync, server(elsewhere("hold two")), server(gone)},
		{sync, server(rejected), server(gone)},
		{edit("bad one"), sync, del},
		{full, edit("hold two"), full, edit("reject two"), full, del, full},
		{sync, edit("two"), func(w *watch) { elsewhere("three")(w.wire.server, w.id) }, sync, theirs},
		{sync, edit("two"), func(w *watch) { elsewhere("hold three")(w.wire.server, w.id) }, full, theirs},
		{sync, edit("two"), func(w *watch) { elsewhere("reject three")(w.wire.server, w.id) }, sync, theirs},
		{sync, edit("two"), func(w *watch) { gone(w.wire.server, w.id) }, sync, theirs},
		{sync, edit("two"), func(w *watch) { elsewhere("three")(w.wire.server, w.id) }, sync, edit("four")},
		{whileSent(func(d *device, id string) { d.edit(id, "two") })},
	}
	seen := map[string]bool{}
	for _, steps := range scenarios {
		s := newServer(t)
		d := newDevice(t, s, "ada")
		n := d.post("one")
		w := &watch{device: d, id: n.ID, last: string(replica.Queued), seen: seen}
		for _, step := range steps {
			step(w)
		}
	}
	// What a feed brings to a device that does not have the note.
	for _, text := range []string{"one", "hold one", "reject one"} {
		s := newServer(t)
		a, b := newDevice(t, s, "ada"), newDevice(t, s, "ada")
		n := a.post(text)
		a.round()
		w := &watch{device: b, id: n.ID, last: "(absent)", seen: seen}
		w.sync()
	}
	data, err := os.ReadFile("testdata/moves.txt")
	if err != nil {
		t.Fatal(err)
	}
	var allowed []string
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); f[0] != "#" && f[1] != "draft" && f[0] != "draft" { // a draft is no note yet
			allowed = append(allowed, f[0]+" "+f[1])
		}
	}
	for _, pair := range allowed {
		if !seen[pair] {
			t.Errorf("no scenario moves a note from %s", pair)
		}
	}
	for pair := range seen {
		from, to, _ := strings.Cut(pair, " ")
		if from != to && !slices.Contains(allowed, pair) {
			t.Errorf("a note went from %s, which the table forbids", pair)
		}
	}
}
