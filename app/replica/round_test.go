package replica_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"marginalia/app/article"
	"marginalia/app/replica"
)

// TestFaults has a request go wrong in every way, and the page die before it can
// set anything right: the same changes go out again, and the server has each once.
func TestFaults(t *testing.T) {
	cases := []struct {
		name  string
		fault fault
		err   func(error) bool
	}{
		{"request lost", lostRequest, is(replica.ErrOffline)},
		{"answer lost", lostAnswer, is(replica.ErrOffline)},
		{"refused", refused, func(err error) bool {
			var refusal *replica.ServerError
			return errors.As(err, &refusal) && refusal.Status == 503
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			d := newDevice(t, s, "ada")
			n := d.post("one")
			for range 2 {
				if _, err := d.failing(c.fault); !c.err(err) {
					t.Errorf("Round = %v, not the error that was expected", err)
				}
				d.wantNote(n.ID, "queued 'one'", "queued sending")
				d.wantPending(1)
				d.reopen()
			}
			res := d.round()
			d.wantNote(n.ID, "published 'one'", "queued sending published")
			d.wantPending(0)
			if res.Sent != 1 || !slices.Equal(res.Changed, []string{slug}) || res.Policy != "sha256-p" || res.Reader.ID != "ada" {
				t.Errorf("Round = %+v, want 1 sent and %s changed", res, slug)
			}
			first := d.wire.requests[0].Changes[0]
			for i, r := range d.wire.requests {
				if len(r.Changes) != 1 || r.Changes[0].ID != first.ID {
					t.Errorf("request %d has %v, want the same change %s", i, r.Changes, first.ID)
				}
			}
			if got := s.notes[n.ID].taken; !slices.Equal(got, []string{"one"}) {
				t.Errorf("the server took %q, want it once", got)
			}
		})
	}
}

// TestKilledWhileSending is a page that dies between sending and the answer, so
// not even the state "sending" is taken back.
func TestKilledWhileSending(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	n := d.post("one")
	dead := &mortal{Store: d.store}
	dying := replica.Open(dead, d.mint.now, d.mint.id)
	d.wire.during = func() { dead.killed = true }
	if _, err := dying.Round(t.Context(), d.wire, nil); err == nil {
		t.Fatal("Round on a dead store gives no error")
	}
	d.wire.during = nil
	d.reopen()
	d.wantNote(n.ID, "sending 'one'")
	d.wantPending(1)
	d.round()
	d.wantNote(n.ID, "published 'one'", "queued sending published")
	d.wantPending(0)
	if got := s.notes[n.ID].taken; len(got) != 1 {
		t.Errorf("the server took %q, want it once", got)
	}
}

// mortal is a store that can be killed.
type mortal struct {
	replica.Store
	killed bool
}

func (m *mortal) Write(ctx context.Context, writes ...replica.Write) error {
	if m.killed {
		return errors.New("killed")
	}
	return m.Store.Write(ctx, writes...)
}

func TestCancelledRound(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	n := d.post("one")
	ctx, cancel := context.WithCancel(t.Context())
	d.wire.fault = func() fault {
		cancel()
		return lostRequest
	}
	if _, err := d.Round(ctx, d.wire, nil); err == nil {
		t.Error("Round gives no error")
	}
	d.wantNote(n.ID, "queued 'one'")
}

func TestLostOutcomesAreSentAgain(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	for i := range 5 {
		d.post(fmt.Sprint("note ", i))
	}
	res, err := d.failing(lostOutcomes)
	if err != nil {
		t.Fatal(err)
	}
	d.wantPending(0)
	if sent := len(d.wire.requests[1].Changes); res.Sent != 5 || sent != 3 {
		t.Errorf("%d outcomes, %d changes in the second request, want 5 and 3", res.Sent, sent)
	}
}

// TestLateOutcome: an outcome that comes after rows it is older than does not
// stand against them.
func TestLateOutcome(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	n := d.post("one")
	if _, err := d.failing(lostAnswer); !errors.Is(err, replica.ErrOffline) {
		t.Fatalf("Round = %v, want ErrOffline", err)
	}
	s.decide(n.ID, replica.Rejected, "Off topic.")
	if _, err := d.failing(lostOutcomes); err != nil {
		t.Fatal(err)
	}
	d.wantPending(1)
	d.round() // the outcome says published, as it did the first time
	d.wantNote(n.ID, "rejected 'one' because Off topic.")
}

// TestStaleAnswer is an answer that speaks of changes this device does not have
// and of none it has.
func TestStaleAnswer(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	n := d.post("one")
	stale := transportFunc(func(r replica.Request) (replica.Answer, error) {
		return replica.Answer{Outcomes: []replica.Outcome{
			{ID: d.mint.id(), State: replica.Rejected}, {ID: r.Changes[0].ID, State: "from the future"},
		}}, nil
	})
	res, err := d.Round(t.Context(), stale, nil)
	if err != nil || res.Sent != 0 {
		t.Errorf("Round = %+v, %v, want nothing sent", res, err)
	}
	d.wantNote(n.ID, "queued 'one'")
	d.wantPending(1)
}

type transportFunc func(replica.Request) (replica.Answer, error)

func (f transportFunc) Sync(_ context.Context, r replica.Request) (replica.Answer, error) {
	return f(r)
}

func (f transportFunc) Article(context.Context, string, string) (article.Article, error) {
	return article.Article{}, replica.ErrOffline
}

// TestTwoTabs has two replicas on one store post and sync at the same time.
func TestTwoTabs(t *testing.T) {
	const each = 10
	s := newServer(t)
	one := newDevice(t, s, "ada")
	two := &device{t: t, mint: one.mint, store: one.store, wire: one.wire}
	two.reopen()
	var tabs sync.WaitGroup
	for _, tab := range []*device{one, two} {
		tabs.Go(func() {
			for i := range each {
				n, err := tab.Post(t.Context(), tab.draft(fmt.Sprint("note ", i)), target(), verdict())
				if err != nil {
					t.Errorf("Post: %v", err)
					return
				}
				if _, err := tab.Post(t.Context(), editOf(n, fmt.Sprint("edited ", i)), target(), verdict()); err != nil {
					t.Errorf("Post: %v", err)
				}
				if _, err := tab.Round(t.Context(), tab.wire, []string{slug}); err != nil {
					t.Errorf("Round: %v", err)
				}
			}
		})
	}
	tabs.Wait()
	two.round()
	one.wantPending(0)
	notes, err := one.Notes(t.Context(), slug)
	if err != nil || len(notes) != 2*each {
		t.Errorf("Notes = %d, %v, want %d", len(notes), err, 2*each)
	}
	for _, n := range notes {
		if got := s.notes[n.ID]; n.State != replica.Published || !strings.HasPrefix(got.newest.Text(), "edited") {
			t.Errorf("note is %s, the server has %v", sight(n), got)
		}
	}
	sent := map[string]bool{}
	for _, r := range one.wire.requests {
		for _, c := range r.Changes {
			if sent[c.ID] {
				t.Errorf("change %s was sent twice without a fault", c.ID)
			}
			sent[c.ID] = true
		}
	}
}

// TestReadsDoNotWait uses the replica while a request is on its way.
func TestReadsDoNotWait(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	n := d.post("one")
	asked := false
	d.wire.during = func() {
		d.wire.during = nil
		asked = true
		if got := d.note(n.ID); got.State != replica.Sending {
			t.Errorf("state on the way = %s, want sending", got.State)
		}
		d.wantPending(1)
		d.post("two")
	}
	d.round()
	if !asked {
		t.Error("no request was made")
	}
	d.wantPending(0)
}

// TestAnotherReader is a session that was lost: the new reader's feed is read
// from its start.
func TestAnotherReader(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	for i := range 3 {
		d.post(fmt.Sprint("ada's ", i))
	}
	d.round()
	elder := newDevice(t, s, "eve")
	n := elder.post("hold eve's")
	elder.round()
	d.wire.reader = "eve"
	if res := d.round(); res.Reader.ID != "eve" {
		t.Errorf("Reader = %v, want eve", res.Reader)
	}
	d.wantNote(n.ID, "held 'hold eve's'")
	if mine, err := d.Mine(t.Context()); err != nil || len(mine) != 4 || mine[3].Annotation.Text() != "ada's 0" {
		t.Errorf("Mine = %d notes, %v, want 4, the oldest last", len(mine), err)
	}
}
