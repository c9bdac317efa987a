// Package chaos finds out whether anything is lost, or done twice, between
// devices and a server when the network, the devices and the server fail. It is
// for tests.
//
// A [Proxy] stands between them and drops, delays, duplicates, reorders and cuts
// requests and answers. A [Fleet] is simulated devices, each with the very
// replica that runs in a browser, whose readers write, edit, delete, reply and
// appeal at random, close the page in the middle of anything, and sync through
// the proxy with a real server. A [Ledger] listens at the server's own side of
// the proxy, so that it knows all that was ever acknowledged, and in the end
// compares that, the server's store and every device.
//
// With [Fleet.Run] all that happens follows from one seed: delays are not times
// but other things that happen first. [Fleet.Race] lets the devices run side by
// side, for a server that is killed meanwhile.
//
//	f, err := chaos.NewFleet(ctx, chaos.Config{
//		Seed: 17, Faults: 0.3, Devices: 6, Shared: true, Server: url, Articles: slugs, Clock: clock, Newsroom: st,
//	})
//	…
//	defer f.Close()
//	err = cmp.Or(f.Run(ctx, 2000), f.Settle(ctx), f.Check(ctx, st))
package chaos

import (
	"sync/atomic"
	"time"
)

// Clock is a clock for a whole test that goes on by a second each time it is
// read, so that no two things happen at once. Its methods may be called
// concurrently.
type Clock struct{ ticks atomic.Int64 }

// epoch is where a Clock starts.
var epoch = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

// Now is a second after the last answer of Now.
func (c *Clock) Now() time.Time { return epoch.Add(time.Duration(c.ticks.Add(1)) * time.Second) }
