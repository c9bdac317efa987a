package replica_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/replica"
)

// TestRoundBounds has more changes, or more bytes, than one request may hold.
func TestRoundBounds(t *testing.T) {
	cases := []struct {
		name     string
		count    int
		text     string
		source   annotation.Source
		requests int // at least
	}{
		{"many", replica.MaxChanges + 5, "short", annotation.Source{URL: "https://example.org/"}, 2},
		{"large", 40, strings.Repeat("🚢", 1950), annotation.Source{
			URL: "https://example.org/" + strings.Repeat("x", 2000), Passage: strings.Repeat("🚢", annotation.MaxPassage),
		}, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			s.page = 20
			d := newDevice(t, s, "ada")
			for i := range c.count {
				draft := d.draft(fmt.Sprint(i, " ", c.text))
				draft.Sources = slices.Repeat([]annotation.Source{c.source}, annotation.MaxSources)
				d.write(draft)
			}
			if res := d.round(); res.Sent != c.count {
				t.Errorf("Sent = %d, want %d", res.Sent, c.count)
			}
			d.wantPending(0)
			wantBounds(t, d.wire.requests, c.count, c.requests)
			guest := newDevice(t, s, "bob")
			guest.round()
			if notes, err := guest.Notes(t.Context(), slug); err != nil || len(notes) != c.count {
				t.Errorf("another reader has %d notes, %v, want all %d, page by page", len(notes), err, c.count)
			}
		})
	}
}

func wantBounds(t *testing.T, requests []replica.Request, count, least int) {
	t.Helper()
	total, sending := 0, 0
	for i, r := range requests {
		body, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		total += len(r.Changes)
		if len(r.Changes) > 0 {
			sending++
		}
		if len(r.Changes) > replica.MaxChanges || len(body) > replica.MaxRequestBytes {
			t.Errorf("request %d has %d changes and %d bytes", i, len(r.Changes), len(body))
		}
	}
	if total != count || sending < least {
		t.Errorf("%d changes in %d requests, want each of %d once, in %d at least", total, sending, count, least)
	}
}

// TestRoundEnds is a server that always has more.
func TestRoundEnds(t *testing.T) {
	cases := map[string]struct {
		step int64
		want int
	}{"and gets on": {1, 50}, "and does not get on": {0, 1}}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			d := newDevice(t, newServer(t), "ada")
			requests := 0
			endless := transportFunc(func(r replica.Request) (replica.Answer, error) {
				requests++
				return replica.Answer{Articles: map[string]replica.Changes{
					slug: {Cursor: r.Cursors[slug] + c.step, More: true},
				}}, nil
			})
			if _, err := d.Round(t.Context(), endless, []string{slug}); err != nil { // it has a cursor from here on
				t.Fatal(err)
			}
			requests = 0
			_, err := d.Round(t.Context(), endless, []string{slug})
			if err != nil || requests != c.want {
				t.Errorf("Round made %d requests, %v, want %d", requests, err, c.want)
			}
		})
	}
}

// TestFullDevice: outcomes get in even where other readers' notes do not.
func TestFullDevice(t *testing.T) {
	s := newServer(t)
	bob := newDevice(t, s, "bob")
	for i := range 30 {
		bob.post(fmt.Sprint("note ", i))
	}
	bob.round()
	d := newDevice(t, s, "ada")
	store := replica.NewMemoryStore()
	d.store = store
	d.reopen()
	n := d.post("one")
	store.Limit = 5000
	if _, err := d.Round(t.Context(), d.wire, []string{slug}); !errors.Is(err, replica.ErrFull) {
		t.Errorf("Round = %v, want ErrFull", err)
	}
	d.wantNote(n.ID, "published 'one'")
	d.wantPending(0)

	// Not even room for the state "sending".
	store.Limit = 0
	n = d.post("two")
	store.Limit = 1
	if _, err := d.Round(t.Context(), d.wire, nil); err != nil && !errors.Is(err, replica.ErrFull) {
		t.Errorf("Round = %v, want nil or ErrFull", err)
	}
	wantServer(t, s, n.ID, "published 'two'")

	store.Limit = 0
	d.round()
	d.wantPending(0)
	d.wantNote(n.ID, "published 'two'")
	if notes, err := d.Notes(t.Context(), slug); err != nil || len(notes) != 32 {
		t.Errorf("Notes = %d, %v, want 32 once there is room", len(notes), err)
	}
}
