package moderation

import "testing"

func TestTable(t *testing.T) {
	got, want := newTable(0), map[uint64]int32{}
	for i := range uint64(5000) {
		key := (i%3000 + 1) * 0x100000001b3 << (i % 3)
		got.set(key, int32(i))
		want[key] = int32(i)
	}
	for key, value := range want {
		if got.get(key) != value {
			t.Fatalf("get(%d) = %d, want %d", key, got.get(key), value)
		}
	}
	if got.used != len(want) || got.get(1) != 0 {
		t.Errorf("%d keys, want %d; an unknown one gives %d", got.used, len(want), got.get(1))
	}
}
