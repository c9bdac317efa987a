package moderation

import (
	"reflect"
	"sync"
	"testing"
)

// What one check borrows another may have at the same time, and a verdict must hold
// nothing of it.
func TestChecksAtOnce(t *testing.T) {
	notes, p, s := generatedNotes(200), shipped(), generatedSubject()
	want := make([]Verdict, len(notes))
	for i, n := range notes {
		want[i] = Check(p, n, s)
	}
	got := make([][]Verdict, 4)
	var all sync.WaitGroup
	for k := range got {
		got[k] = make([]Verdict, len(notes))
		all.Go(func() {
			for i := range notes {
				at := (i*7 + k*50) % len(notes)
				got[k][at] = Check(p, notes[at], s)
			}
		})
	}
	all.Wait()
	for k := range got {
		for i := range notes {
			if !reflect.DeepEqual(got[k][i], want[i]) {
				t.Errorf("note %d: %+v beside others, %+v alone", i, got[k][i], want[i])
			}
		}
	}
}

func TestArena(t *testing.T) {
	var a arena[string]
	first := append(a.take(2), "one", "two")
	second := append(a.take(3), "three")
	second = append(second, "four", "five")
	if first[0] != "one" || first[1] != "two" || second[0] != "three" || len(second) != 3 {
		t.Errorf("%q and %q share their room", first, second)
	}
	a.reset()
	if again := a.take(4)[:4]; again[0] != "" || again[3] != "" {
		t.Errorf("what is lent again is %q, want it empty", again)
	}
	a.take(mostKept + 1)
	if a.reset(); a.all != nil {
		t.Errorf("%d elements are kept", len(a.all))
	}
}
