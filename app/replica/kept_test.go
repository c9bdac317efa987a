package replica_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"marginalia/app/replica"
)

// TestTabsSeeEachOther: however replicas on one store take turns, each shows what is
// stored, as one that has just been opened does.
func TestTabsSeeEachOther(t *testing.T) {
	s, author := crowded(t, 40)
	d := newDevice(t, s, "ada")
	d.round()
	tabs := []*replica.Replica{d.Replica, replica.Open(d.store, d.mint.now, d.mint.id)}
	random := rand.New(rand.NewPCG(1, 2))
	for step := range 60 {
		d.Replica = tabs[random.IntN(2)]
		switch random.IntN(4) {
		case 0:
			d.post(fmt.Sprint("own ", step))
		case 1:
			author.post(fmt.Sprint("other ", step))
			author.round()
			d.round()
		case 2:
			if mine, err := d.Mine(t.Context()); err != nil {
				t.Fatal(err)
			} else if len(mine) > 0 && mine[0].State != replica.Deleted {
				d.remove(mine[0].ID)
			}
		}
		fresh := replica.Open(d.store, d.mint.now, d.mint.id)
		notes, mine, err := fresh.Shown(t.Context(), slug)
		if err != nil {
			t.Fatal(err)
		}
		for i, tab := range tabs {
			gotNotes, gotMine, err := tab.Shown(t.Context(), slug)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(encoded(t, gotNotes), encoded(t, notes)) || !reflect.DeepEqual(encoded(t, gotMine), encoded(t, mine)) {
				t.Fatalf("step %d: tab %d shows something else than what is stored", step, i)
			}
		}
	}
}

// encoded is notes as they are stored, in which nil and empty lists are alike.
func encoded(t *testing.T, notes []replica.Note) []replica.Note {
	t.Helper()
	return overTheWire(t, notes)
}

// TestNothingIsReadTwice: what has not changed is not read again.
func TestNothingIsReadTwice(t *testing.T) {
	s, _ := crowded(t, 40)
	d := newDevice(t, s, "ada")
	d.round()
	counted := &counting{Store: d.store}
	tab := replica.Open(counted, d.mint.now, d.mint.id)
	for range 3 {
		if notes, err := tab.Notes(t.Context(), slug); err != nil || len(notes) != 40 {
			t.Fatalf("Notes = %d, %v", len(notes), err)
		}
	}
	if counted.lists != 1 {
		t.Errorf("the notes were listed %d times, want once", counted.lists)
	}
	if _, err := tab.Post(t.Context(), d.draft("mine"), target(), verdict()); err != nil {
		t.Fatal(err)
	}
	if notes, err := tab.Notes(t.Context(), slug); err != nil || len(notes) != 41 || counted.lists != 1 {
		t.Errorf("after a post: %d notes, %v, listed %d times", len(notes), err, counted.lists)
	}
}

// counting counts the readings of the whole table of notes.
type counting struct {
	replica.Store
	lists int
}

func (c *counting) List(ctx context.Context, table replica.Table) ([]replica.Entry, error) {
	if table == replica.Notes {
		c.lists++
	}
	return c.Store.List(ctx, table)
}

// BenchmarkShown is what each change costs on the way to the screen, on an article
// with 5,000 notes: one note is posted, and all are read. Another tab reads them
// from the store for comparison.
func BenchmarkShown(b *testing.B) {
	for _, bench := range []struct {
		name  string
		other bool
	}{{"kept", false}, {"first", true}} {
		b.Run(bench.name, func(b *testing.B) {
			s := newServer(b)
			d := newDevice(b, s, "ada")
			for i := range 5000 {
				d.wire.server.seed(i)
			}
			s.page = 500
			d.round()
			if _, _, err := d.Shown(b.Context(), slug); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				d.post("another")
				if bench.other {
					d.reopen()
				}
				if notes, _, err := d.Shown(b.Context(), slug); err != nil || len(notes) < 5000 {
					b.Fatalf("%d notes, %v", len(notes), err)
				}
			}
		})
	}
}
