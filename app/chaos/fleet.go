package chaos

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"sync"

	"marginalia/app/store"
)

// Config says what a fleet is made of.
type Config struct {
	Seed   uint64
	Faults float64 // the share of requests that go wrong
	// Server is the address of the server, which must have all of Articles.
	Server   string
	Articles []string // slugs
	Clock    *Clock
	// Newsroom is the server's store, in which moderators decide and articles are
	// corrected; nil: nobody does.
	Newsroom store.Store
	// Devices is how many there are. Every second one has two tabs.
	Devices int
	// Shared makes pairs of devices, all but the last, one reader's.
	Shared bool
}

// Fleet is simulated devices on one server. Make it with [NewFleet].
type Fleet struct {
	Ledger *Ledger

	slugs    []string
	clock    *Clock
	newsroom store.Store
	proxy    *Proxy
	rng      *rand.Rand
	devices  []*device
	depth    int // of things that happen in the middle of others
	failed   error

	mu      sync.Mutex
	changes int
	minted  int
	notes   []string            // of all readers, in the order of writing
	own     map[string][]string // by group
	trace   []string
}

// maxDepth bounds how many exchanges are under way at once in Run.
const maxDepth = 3

// NewFleet makes a fleet. Every device has read the articles, and is otherwise
// as new: most come without a session.
func NewFleet(ctx context.Context, c Config) (*Fleet, error) {
	proxy, err := NewProxy(c.Seed, 0)
	if err != nil {
		return nil, err
	}
	f := &Fleet{
		Ledger: newLedger(), slugs: c.Articles, clock: c.Clock, newsroom: c.Newsroom, proxy: proxy,
		rng: rand.New(rand.NewPCG(c.Seed, 0x666c656574)), own: map[string][]string{},
	}
	proxy.Heard, proxy.Trace, f.Ledger.trace = f.Ledger.Hear, f.tracef, f.tracef
	proxy.Aim(c.Server)
	for i := range c.Devices {
		if err := f.add(ctx, c, i); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	for _, slug := range f.slugs {
		page, err := f.feed(ctx, slug)
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		f.Ledger.feeds[slug] = page.Cursor
	}
	proxy.fail(c.Faults)
	return f, nil
}

// add makes device i.
func (f *Fleet) add(ctx context.Context, c Config, i int) error {
	paired := c.Shared && i/2 < c.Devices/2-1
	group := fmt.Sprint("r", i)
	// New never fails without a list of suffixes.
	jar, _ := cookiejar.New(nil)
	var cookies http.CookieJar = jar
	if paired && i%2 == 1 {
		group, cookies = f.devices[i-1].group, f.devices[i-1].wire.Client.Jar
	}
	d := newDevice(f, i, c.Seed, group, !paired, 1+i%2, cookies, &http.Transport{MaxIdleConnsPerHost: 4})
	f.devices = append(f.devices, d)
	for _, slug := range f.slugs {
		a, err := d.wire.Article(ctx, slug, "")
		if err != nil {
			return err
		}
		if err := d.tab().SaveArticle(ctx, a); err != nil {
			return err
		}
	}
	if paired {
		// Whoever has two devices has signed in before.
		_, err := d.tab().Round(ctx, d.wire, f.slugs)
		return err
	}
	return nil
}

// Proxy is what stands between the devices and the server.
func (f *Fleet) Proxy() *Proxy { return f.proxy }

// Close ends the fleet's connections.
func (f *Fleet) Close() error {
	for _, d := range f.devices {
		d.wire.Client.CloseIdleConnections()
	}
	return f.proxy.Close()
}

// Run has readers make n changes, one thing after the other: all that happens
// follows from the seed. An error is of the replica's or the store's own making.
func (f *Fleet) Run(ctx context.Context, n int) error {
	f.proxy.Meanwhile = func(fault Fault) {
		if f.depth++; f.depth <= maxDepth {
			for range 1 + f.rng.IntN(4) {
				f.step(ctx)
			}
		}
		f.depth--
	}
	for f.changes < n && f.failed == nil {
		f.step(ctx)
	}
	return f.failed
}

// step has one thing happen.
func (f *Fleet) step(ctx context.Context) {
	if f.failed != nil {
		return
	}
	if f.newsroom != nil && f.rng.IntN(100) < 5 {
		f.failed = f.work(ctx)
		return
	}
	d := f.devices[f.rng.IntN(len(f.devices))]
	// A kill that a round on its way is in for must not hit what happens meanwhile.
	disk := d.disk
	left := disk.left.Swap(0)
	if err := d.act(ctx); err != nil && f.failed == nil {
		f.failed = err
	}
	disk.left.Store(left)
}

// Race has all devices run side by side, each with rounds in both tabs at once,
// until done says so.
func (f *Fleet) Race(ctx context.Context, done func() bool) error {
	errs := make([]error, len(f.devices))
	var all sync.WaitGroup
	for i, d := range f.devices {
		all.Go(func() {
			for errs[i] == nil && !done() {
				if errs[i] = d.act(ctx); errs[i] == nil {
					errs[i] = d.roundInAll(ctx)
				}
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// maxRounds bounds how often every device syncs until there is nothing to say.
const maxRounds = 20

// Settle ends all faults and has every device sync until there is nothing more
// to say. That must come to an end.
func (f *Fleet) Settle(ctx context.Context) error {
	f.proxy.Meanwhile = nil
	f.proxy.Calm()
	for range maxRounds {
		quiet := true
		for _, d := range f.devices {
			res, err := d.tab().Round(ctx, d.wire, f.slugs)
			f.tracef("%s settles: %d sent, %d received, %v", d.name, res.Sent, res.Received, err)
			if err != nil {
				return fmt.Errorf("%s settles: %w", d.name, err)
			}
			quiet = quiet && res.Sent == 0 && res.Received == 0
		}
		if quiet {
			return nil
		}
	}
	return fmt.Errorf("the devices still have news after %d rounds", maxRounds)
}

// number is one that was not given out before.
func (f *Fleet) number() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.minted++
	return f.minted
}

// wrote counts a change, and remembers the note that it is about, if it is new.
func (f *Fleet) wrote(group, note string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.changes++
	if note == "" {
		return
	}
	for _, known := range f.own[group] {
		if known == note {
			return
		}
	}
	f.notes = append(f.notes, note)
	f.own[group] = append(f.own[group], note)
}

// Changes is how many changes readers have made.
func (f *Fleet) Changes() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.changes
}

// anyNote picks a note of anybody's, "" while there is none.
func (f *Fleet) anyNote(rng *rand.Rand) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return pick(f.notes, rng)
}

// noteOf picks a note of a reader's.
func (f *Fleet) noteOf(group string, rng *rand.Rand) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return pick(f.own[group], rng)
}

// pick prefers the newest: they are the ones of which something is on its way,
// and two devices have to be busy with one note to get into each other's way.
func pick(ids []string, rng *rand.Rand) string {
	if len(ids) == 0 {
		return ""
	}
	if rng.IntN(3) > 0 {
		ids = ids[max(0, len(ids)-3):]
	}
	return ids[rng.IntN(len(ids))]
}
