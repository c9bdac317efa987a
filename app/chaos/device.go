package chaos

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"

	"marginalia/app/annotation"
	"marginalia/app/replica"
)

// device is a browser: a store, one or two tabs on it, and its reader's habits.
type device struct {
	fleet  *Fleet
	name   string
	group  string // devices of one group are one reader's
	alone  bool   // it has no other in its group
	rng    *rand.Rand
	disk   *disk
	tabs   []*replica.Replica
	wire   *Wire
	minted uint32
	// busy says that a round is on its way: another one would wait for it.
	busy bool
	// forms are open, and their drafts stored.
	forms []replica.DraftNote
	// last is, by note, the newest text that was posted here.
	last map[string]string
}

func newDevice(f *Fleet, i int, seed uint64, group string, alone bool, tabs int, jar http.CookieJar, transport http.RoundTripper) *device {
	d := &device{
		fleet: f, name: fmt.Sprint("d", i), group: group, rng: rand.New(rand.NewPCG(seed, uint64(i))), disk: newDisk(),
		wire: &Wire{URL: f.proxy.URL(), Client: &http.Client{Jar: jar, Transport: transport}},
		last: map[string]string{}, alone: alone, tabs: make([]*replica.Replica, tabs),
	}
	d.open()
	return d
}

func (d *device) open() {
	for i := range d.tabs {
		d.tabs[i] = replica.Open(d.disk, d.fleet.clock.Now, d.newID)
	}
}

// newID mints a UUIDv7 that no other device mints.
func (d *device) newID() string {
	var random [10]byte
	d.fleet.mu.Lock()
	d.minted++
	binary.BigEndian.PutUint32(random[6:], d.minted)
	d.fleet.mu.Unlock()
	copy(random[2:], d.name)
	return annotation.NewID(d.fleet.clock.Now(), random)
}

func (d *device) tab() *replica.Replica { return d.tabs[d.rng.IntN(len(d.tabs))] }

func (d *device) chance(percent int) bool { return d.rng.IntN(100) < percent }

// act does one thing that a reader or a browser does.
func (d *device) act(ctx context.Context) error {
	switch n := d.rng.IntN(100); {
	case n < 20:
		if d.chance(20) {
			d.disk.killAt(1+d.rng.IntN(20), d.chance(50))
		}
		return d.round(ctx)
	case n < 38:
		return d.write(ctx)
	case n < 64:
		return d.edit(ctx)
	case n < 72:
		return d.reply(ctx)
	case n < 78:
		return d.remove(ctx)
	case n < 84:
		return d.appeal(ctx)
	case n < 86:
		return d.rename(ctx)
	case n < 96:
		return d.postForm(ctx)
	default:
		d.fleet.tracef("%s restarts", d.name)
		return d.restart(ctx)
	}
}

// restart is the device after all its pages were killed.
func (d *device) restart(ctx context.Context) error {
	var err error
	if d.disk, err = d.disk.reload(ctx); err != nil {
		return err
	}
	d.busy = false // the round that was on its way is nobody's any more
	d.open()
	return nil
}

// round syncs, unless the device does.
func (d *device) round(ctx context.Context) error {
	if d.busy {
		return nil
	}
	d.busy = true
	began := d.disk
	res, err := d.tab().Round(ctx, d.wire, d.fleet.slugs)
	d.fleet.tracef("%s syncs: %d sent, %d received, %v", d.name, res.Sent, res.Received, err)
	if d.disk == began {
		d.busy = false
	}
	switch refusal := new(replica.ServerError); {
	case err == nil:
		// The kill that did not come to pass must not hit a reader's write.
		began.killAt(0, false)
		return nil
	case errors.Is(err, errKilled):
		if d.disk == began {
			return d.restart(ctx)
		}
		return nil
	case errors.Is(err, replica.ErrOffline), errors.As(err, &refusal) && refusal.Status == http.StatusServiceUnavailable:
		began.killAt(0, false)
		return nil
	default:
		return fmt.Errorf("%s syncs: %w", d.name, err)
	}
}

// roundInAll syncs in all tabs at once.
func (d *device) roundInAll(ctx context.Context) error {
	errs := make([]error, len(d.tabs))
	var all sync.WaitGroup
	for i, tab := range d.tabs {
		all.Go(func() { _, errs[i] = tab.Round(ctx, d.wire, d.fleet.slugs) })
	}
	all.Wait()
	for _, err := range errs {
		var refusal *replica.ServerError
		if err != nil && !errors.Is(err, replica.ErrOffline) && !errors.As(err, &refusal) {
			return fmt.Errorf("%s syncs: %w", d.name, err)
		}
	}
	return nil
}
