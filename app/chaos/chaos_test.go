package chaos_test

import (
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marginalia/app/article"
	"marginalia/app/chaos"
	"marginalia/app/moderation"
	"marginalia/app/server"
	"marginalia/app/store"
	"marginalia/app/store/sqlite"
)

var (
	seeds   = flag.Int("seeds", 3, "how many seeds TestChaos tries")
	first   = flag.Uint64("seed", 1, "the first seed of TestChaos")
	changes = flag.Int("changes", 120, "how many changes readers make for each seed")
)

const faults = 0.3

var slugs = []string{"ferry", "mill", "school"}

// Whatever goes wrong on the way, all devices and the server agree in the end,
// nothing that was acknowledged is lost, and nothing was done twice.
func TestChaos(t *testing.T) {
	for i := range *seeds {
		seed := *first + uint64(i)
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			f, err := run(t, seed, *changes)
			if err != nil {
				t.Fatalf("%v\nagain: go test ./app/chaos -run TestChaos -seeds=1 -seed=%d -changes=%d\n%s", err, seed, *changes, f.Trace(err))
			}
			t.Logf("%d changes: %s", f.Changes(), f.Ledger.Summary())
		})
	}
}

// One seed is one course of things, so that a failure can be looked into.
func TestSameSeedSameCourse(t *testing.T) {
	var traces [2]string
	for i := range traces {
		f, err := run(t, 4, 100)
		if err != nil {
			t.Fatal(err)
		}
		traces[i] = f.Trace(nil)
	}
	if traces[0] != traces[1] {
		t.Errorf("the same seed ended once in\n%s\nand once in\n%s", traces[0], traces[1])
	}
}

// run is a whole trial. The fleet that is returned is closed.
func run(t *testing.T, seed uint64, changes int) (*chaos.Fleet, error) {
	t.Helper()
	st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "marginalia.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	clock := new(chaos.Clock)
	publish(t, st, clock)
	srv, err := server.New(server.Config{
		Store: st, Policy: moderation.DefaultPolicy(), Now: clock.Now, Limits: server.Limits{NotesPerHour: 1_000_000},
	})
	if err != nil {
		t.Fatal(err)
	}
	host := httptest.NewServer(srv)
	defer host.Close()
	f, err := chaos.NewFleet(t.Context(), chaos.Config{
		Seed: seed, Faults: faults, Devices: 6, Shared: true, Server: host.URL, Articles: slugs, Clock: clock, Newsroom: st,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return f, trial(t.Context(), f, st, changes)
}

func trial(ctx context.Context, f *chaos.Fleet, st store.Store, changes int) error {
	if err := f.Run(ctx, changes); err != nil {
		return err
	}
	if err := f.Settle(ctx); err != nil {
		return err
	}
	return f.Check(ctx, st)
}

// publish imports the articles that devices write on.
func publish(t *testing.T, st store.Store, clock *chaos.Clock) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "articles", "harbour-ferry-hourly-sailings.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, slug := range slugs {
		var blocks []article.Block
		for p := range strings.SplitSeq(string(raw), "\n\n") {
			blocks = append(blocks, article.Block{Kind: article.Paragraph, Text: strings.Join(strings.Fields(p), " ")})
		}
		rev, err := article.NewRevision("The "+slug, "en", blocks, clock.Now())
		if err == nil {
			_, err = server.Import(t.Context(), st, slug, rev)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
