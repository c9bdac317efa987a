package replica_test

import (
	"errors"
	"fmt"
	"testing"

	"marginalia/app/replica"
)

// TestInFlight changes a note while an earlier change of it is on its way.
func TestInFlight(t *testing.T) {
	cases := []struct {
		name   string
		first  string
		during func(d *device, id string)
		note   string
		ledger string
		server string
		taken  int // versions the server took
	}{
		{
			"edit", "one", edit("two"),
			"published 'two'", "queued sending queued/edit published sending/edit published/edit", "published 'two'", 2,
		},
		{
			"edit twice", "one", func(d *device, id string) { d.edit(id, "two"); d.edit(id, "three") },
			"published 'three'", "queued sending queued/edit queued/edit published sending/edit published/edit", "published 'three'", 2,
		},
		{
			"held edit", "one", edit("hold two"),
			"held 'hold two' public 'one'", "queued sending queued/edit published sending/edit held/edit", "held 'hold two'", 2,
		},
		{
			"edit after an invalid create", "bad one", edit("two"),
			"published 'two'", "queued sending queued/edit rejected sending published", "published 'two'", 1,
		},
		{
			"delete", "one", del,
			"deleted 'one'", "queued sending queued/delete published sending/delete deleted/delete", "deleted 'one'", 1,
		},
		{
			"delete after an invalid create", "bad one", del,
			"deleted 'bad one'", "queued sending queued/delete rejected deleted/delete", "nothing", 0,
		},
		{
			"edit, then delete", "one", func(d *device, id string) { d.edit(id, "two"); d.remove(id) },
			"deleted 'two'", "queued sending queued/edit queued/delete published sending/delete deleted/delete", "deleted 'one'", 1,
		},
	}
	for _, c := range cases {
		for _, f := range []fault{fine, lostAnswer} {
			t.Run(fmt.Sprint(c.name, f), func(t *testing.T) {
				s := newServer(t)
				d := newDevice(t, s, "ada")
				n := d.post(c.first)
				d.wire.during = func() {
					d.wire.during = nil
					c.during(d, n.ID)
				}
				if f == lostAnswer {
					if _, err := d.failing(lostAnswer); !errors.Is(err, replica.ErrOffline) {
						t.Fatalf("Round = %v, want ErrOffline", err)
					}
					if got := d.note(n.ID); got.State != replica.Queued {
						t.Errorf("state after the lost answer = %s, want queued", got.State)
					}
					d.wantPending(2)
				}
				d.round()
				d.wantNote(n.ID, c.note, c.ledger)
				d.wantPending(0)
				wantServer(t, s, n.ID, c.server)
				if got := s.notes[n.ID]; got != nil && len(got.taken) != c.taken {
					t.Errorf("the server took %q, want %d versions", got.taken, c.taken)
				}
			})
		}
	}
}

func edit(text string) func(*device, string) {
	return func(d *device, id string) { d.edit(id, text) }
}

func del(d *device, id string) { d.remove(id) }

// TestInFlightConflict: what waits behind a change that meets a conflict must not
// replace the other version unseen.
func TestInFlightConflict(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	n := d.post("one")
	d.round()
	elsewhere("three")(s, n.ID)
	d.edit(n.ID, "two")
	d.wire.during = func() {
		d.wire.during = nil
		d.edit(n.ID, "four")
	}
	d.round()
	d.wantNote(n.ID, "conflict 'four' public 'three' theirs published 'three'")
	d.wantPending(0)
	wantServer(t, s, n.ID, "published 'three'")
}

// TestFormOpenedInFlight: a form that was opened on words still in flight is no
// conflict with those words.
func TestFormOpenedInFlight(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	n := d.post("one")
	d.round()
	d.edit(n.ID, "two")
	form := editOf(d.note(n.ID), "three") // based on the etag of "one"
	d.round()
	d.write(form)
	d.round()
	d.wantNote(n.ID, "published 'three'")

	stale := editOf(d.note(n.ID), "four")
	elsewhere("five")(s, n.ID)
	d.round()
	d.write(stale) // the writer of "four" never saw "five"
	d.round()
	d.wantNote(n.ID, "conflict 'four' public 'five' theirs published 'five'")
}

// TestFormOpenedBeforeFirstOutcome: a form that was opened before the server knew
// the note follows the device's own changes, but not another device's.
func TestFormOpenedBeforeFirstOutcome(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	n := d.post("one")
	form, stale := editOf(d.note(n.ID), "two"), editOf(d.note(n.ID), "four")
	d.round()
	d.write(form)
	d.round()
	d.wantNote(n.ID, "published 'two'")

	elsewhere("three")(s, n.ID)
	d.round()
	d.write(stale) // the writer of "four" never saw "three"
	d.round()
	d.wantNote(n.ID, "conflict 'four' public 'three' theirs published 'three'")
	wantServer(t, s, n.ID, "published 'three'")
}

// TestStaleFormBehindNewerChange: a change of the same device that was made in sight
// of another device's version does not lend its base to a form that was opened
// before, whether that change waits or is on its way.
func TestStaleFormBehindNewerChange(t *testing.T) {
	for _, sent := range []bool{false, true} {
		s := newServer(t)
		d := newDevice(t, s, "ada")
		n := d.post("one")
		d.round()
		stale := editOf(d.note(n.ID), "four")
		elsewhere("three")(s, n.ID)
		d.round()
		d.edit(n.ID, "two") // in sight of "three"
		if sent {
			if _, err := d.failing(lostAnswer); err == nil {
				t.Fatal("the answer was not lost")
			}
		}
		d.write(stale) // the writer of "four" never saw "three"
		d.round()
		want, theirs := "conflict 'four' public 'three' theirs published 'three'", "published 'three'"
		if sent {
			want, theirs = "conflict 'four' public 'two' theirs published 'two'", "published 'two'"
		}
		d.wantNote(n.ID, want)
		d.wantPending(0)
		wantServer(t, s, n.ID, theirs)
	}
}

// TestFormOnStaleWords: a form that is opened on words which were posted without
// sight of another device's version is as far behind as they are, also when it is
// posted after that version has come into sight.
func TestFormOnStaleWords(t *testing.T) {
	for _, first := range []bool{false, true} { // begun before the server knew the note
		s := newServer(t)
		d := newDevice(t, s, "ada")
		n := d.post("one")
		stale := editOf(d.note(n.ID), "two")
		d.round()
		if !first {
			stale = editOf(d.note(n.ID), "two")
		}
		elsewhere("three")(s, n.ID)
		d.round()
		d.write(stale)                            // in place of "three" on this screen
		form := editOf(d.note(n.ID), "two again") // its writer sees "two" alone
		d.round()
		d.wantNote(n.ID, "conflict 'two' public 'three' theirs published 'three'")
		d.write(form)
		d.round()
		d.wantNote(n.ID, "conflict 'two again' public 'three' theirs published 'three'")
		wantServer(t, s, n.ID, "published 'three'")

		d.edit(n.ID, "four") // in sight of "three"
		d.round()
		d.wantNote(n.ID, "published 'four'")
	}
}

// TestDeleteOfStaleWords: nor is the delete of such words one of what was not seen.
func TestDeleteOfStaleWords(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	n := d.post("one")
	stale := editOf(d.note(n.ID), "two")
	d.round()
	elsewhere("three")(s, n.ID)
	d.round()
	d.write(stale)
	if err := d.Delete(t.Context(), n.ID); err != nil {
		t.Fatal(err)
	}
	d.round()
	wantServer(t, s, n.ID, "published 'three'")
	if got := d.note(n.ID).State; got != replica.Conflict {
		t.Errorf("the note is %s, want in conflict", got)
	}
}
