package replica_test

import (
	"errors"
	"testing"

	"marginalia/app/replica"
	"marginalia/app/replica/replicatest"
)

func TestMemoryStore(t *testing.T) {
	replicatest.Run(t, func(*testing.T) replica.Store { return replica.NewMemoryStore() })
}

func TestMemoryStoreLimit(t *testing.T) {
	w := func(key, value string) replica.Write {
		w := replica.Write{Table: replica.Notes, Key: key}
		if value != "" {
			w.Value = []byte(value)
		}
		return w
	}
	steps := []struct {
		name   string
		writes []replica.Write
		want   error
	}{
		{"fits", []replica.Write{w("a", "123456789")}, nil},
		{"one too many, and nothing of it is kept", []replica.Write{w("b", "1"), w("c", "123456789")}, replica.ErrFull},
		{"exactly full", []replica.Write{w("b", "123456789")}, nil},
		{"full", []replica.Write{w("c", "1")}, replica.ErrFull},
		{"same size", []replica.Write{w("a", "987654321")}, nil},
		{"a swap", []replica.Write{w("a", ""), w("c", "123456789")}, nil},
		{"delete", []replica.Write{w("b", "")}, nil},
		{"room again", []replica.Write{w("d", "123456789")}, nil},
	}
	s := replica.NewMemoryStore()
	s.Limit = 20
	for _, step := range steps {
		if err := s.Write(t.Context(), step.writes...); !errors.Is(err, step.want) {
			t.Errorf("%s: Write = %v, want %v", step.name, err, step.want)
		}
	}
	got, err := s.List(t.Context(), replica.Notes)
	if err != nil || len(got) != 2 || got[0].Key != "c" || got[1].Key != "d" {
		t.Errorf("List = %s, %v, want c and d", got, err)
	}
}
