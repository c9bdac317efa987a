package replica_test

import "testing"

// TestOutcomes has every kind of change meet every kind of outcome.
func TestOutcomes(t *testing.T) {
	cases := []struct {
		name   string
		first  string                     // text of the note that was acknowledged; none if empty
		behind func(s *server, id string) // what happens at the server meanwhile
		do     func(d *device, id string)
		note   string
		ledger string // its last lines
		server string
	}{
		{
			"create published", "one", nil, nothing,
			"published 'one'", "queued sending published", "published 'one'",
		},
		{
			"create held", "hold one", nil, nothing,
			"held 'hold one'", "queued sending held", "held 'hold one'",
		},
		{
			"create rejected", "reject one", nil, nothing,
			"rejected 'reject one'", "queued sending rejected", "rejected 'reject one'",
		},
		{
			"create invalid", "bad one", nil, nothing,
			"rejected 'bad one' !/annotation/body", "queued sending rejected", "nothing",
		},

		{
			"edit published", "one", nil, edits("two"),
			"published 'two'", "queued/edit sending/edit published/edit", "published 'two'",
		},
		{
			"edit held keeps what is public", "one", nil, edits("hold two"),
			"held 'hold two' public 'one'", "queued/edit sending/edit held/edit", "held 'hold two'",
		},
		{
			"edit rejected keeps what is public", "one", nil, edits("reject two"),
			"rejected 'reject two' public 'one'", "sending/edit rejected/edit", "rejected 'reject two'",
		},
		{
			"edit invalid keeps its text", "one", nil, edits("bad two"),
			"rejected 'bad two' public 'one' !/annotation/body", "sending/edit rejected/edit", "published 'one'",
		},
		{
			"edit of a held note", "hold one", nil, edits("two"),
			"published 'two'", "held queued/edit sending/edit published/edit", "published 'two'",
		},
		{
			"edit of an invalid note is a create", "bad one", nil, edits("two"),
			"published 'two'", "rejected queued/edit sending published", "published 'two'",
		},
		{
			"edit of what another device edited", "one", elsewhere("three"), edits("two"),
			"conflict 'two' public 'three' theirs published 'three'", "sending/edit conflict/edit", "published 'three'",
		},
		{
			"edit of what another device edited, held", "one", elsewhere("hold three"), edits("two"),
			"conflict 'two' public 'one' theirs held 'hold three'", "conflict/edit", "held 'hold three'",
		},
		{
			"edit of what another device deleted", "one", gone, edits("two"),
			"conflict 'two' theirs deleted", "conflict/edit", "deleted 'one'",
		},
		{
			"second edit settles the conflict", "one", elsewhere("three"), edits("two", "four"),
			"published 'four'", "conflict/edit queued/edit sending/edit published/edit", "published 'four'",
		},

		{
			"delete", "one", nil, deletes,
			"deleted 'one'", "queued/delete sending/delete deleted/delete", "deleted 'one'",
		},
		{
			"delete of a held edit", "one", nil, func(d *device, id string) { edits("hold two")(d, id); deletes(d, id) },
			"deleted 'hold two'", "deleted/delete", "deleted 'hold two'",
		},
		{
			"delete of an invalid note needs no server", "bad one", nil, deletes,
			"deleted 'bad one'", "rejected deleted/delete", "nothing",
		},
		{
			"delete of what another device edited", "one", elsewhere("three"), deletes,
			"conflict 'one' public 'three' theirs published 'three'", "conflict/delete", "published 'three'",
		},
		{
			"second delete settles the conflict", "one", elsewhere("three"),
			func(d *device, id string) { deletes(d, id); deletes(d, id) },
			"deleted 'one'", "conflict/delete queued/delete sending/delete deleted/delete", "deleted 'three'",
		},
		{
			"delete of what another device deleted", "one", gone, deletes,
			"deleted 'one'", "deleted/delete", "deleted 'one'",
		},
		{
			"delete of a note that is another's now", "one", stolen, deletes,
			"published 'one' !/annotation/id", "queued/delete sending/delete published/delete", "published 'one'",
		},

		{
			"appeal", "reject one", nil, func(d *device, id string) { d.appeal(id, "reject one"); d.round() },
			"held 'reject one'", "rejected queued/appeal sending/appeal held/appeal", "held 'reject one'",
		},
		{
			"appeal of an edit", "one", nil, func(d *device, id string) { d.appeal(id, "reject two"); d.round() },
			"held 'reject two' public 'one'", "queued/appeal sending/appeal held/appeal", "held 'reject two'",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			d := newDevice(t, s, "ada")
			n := d.post(c.first)
			d.round()
			if c.behind != nil {
				c.behind(s, n.ID)
			}
			c.do(d, n.ID)
			d.wantNote(n.ID, c.note)
			if got := ledger(d.note(n.ID)); !hasTail(got, c.ledger) {
				t.Errorf("ledger is %q, want it to end in %q", got, c.ledger)
			}
			d.wantPending(0)
			wantServer(t, s, n.ID, c.server)
		})
	}
}

func hasTail(s, tail string) bool {
	return len(s) >= len(tail) && s[len(s)-len(tail):] == tail
}

func nothing(*device, string) {}

func edits(texts ...string) func(*device, string) {
	return func(d *device, id string) {
		for _, text := range texts {
			d.edit(id, text)
			d.round()
		}
	}
}

func deletes(d *device, id string) {
	d.remove(id)
	d.round()
}

// elsewhere edits a note at the server without the device knowing.
func elsewhere(text string) func(*server, string) {
	return func(s *server, id string) {
		other := newDevice(s.t.(*testing.T), s, s.notes[id].reader)
		other.round()
		other.edit(id, text)
		other.round()
	}
}

func gone(s *server, id string) { s.remove(id, s.notes[id]) }

func stolen(s *server, id string) { s.notes[id].reader = "eve" }

// TestMineFeed is what a moderator or another device does to a note that waits
// for nothing here.
func TestMineFeed(t *testing.T) {
	cases := []struct {
		name   string
		first  string
		behind func(s *server, id string)
		note   string
		ledger string
	}{
		{"held note published", "hold one", decides("published", ""), "published 'hold one'", "queued sending held published"},
		{"held note rejected", "hold one", decides("rejected", "Off topic."), "rejected 'hold one' because Off topic.", "queued sending held rejected"},
		{"taken down", "one", decides("rejected", "Not yours."), "rejected 'one' because Not yours.", "queued sending published rejected"},
		{"edited elsewhere", "one", elsewhere("two"), "published 'two'", "queued sending published published"},
		{"edited elsewhere, held", "one", elsewhere("hold two"), "held 'hold two' public 'one'", "queued sending published held"},
		{"deleted elsewhere", "one", gone, "deleted 'one'", "queued sending published deleted/delete"},
		{"invalid here, so the server does not know it", "bad one", nil, "rejected 'bad one' !/annotation/body", "queued sending rejected"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			d := newDevice(t, s, "ada")
			n := d.post(c.first)
			d.round()
			if c.behind != nil {
				c.behind(s, n.ID)
			}
			for range 2 { // the second brings nothing new
				d.round()
				d.wantNote(n.ID, c.note, c.ledger)
			}
		})
	}
}

func decides(state, reason string) func(*server, string) {
	return func(s *server, id string) { s.decide(id, noteState(state), reason) }
}
