package moderation

import (
	"fmt"
	"testing"
)

func TestTally(t *testing.T) {
	got, want := newTally(new(arenas), 2), map[string]int64{}
	for i := range 1000 {
		word := fmt.Sprint("word", i*i%37)
		got.add(start.after(word), word, int64(i))
		want[word] += int64(i)
	}
	if len(got.list) != len(want) {
		t.Errorf("%d words, want %d", len(got.list), len(want))
	}
	for _, x := range got.list {
		if x.n != want[x.text] || got.of(x.at) != x.n {
			t.Errorf("%s: %d and %d, want %d", x.text, x.n, got.of(x.at), want[x.text])
		}
	}
	if n := got.of(start.after("other")); n != 0 {
		t.Errorf("a word that was not added has %d", n)
	}
}
