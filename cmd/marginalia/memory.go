package main

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// memoryGrowth is by how many per cent the heap may grow between collections.
	// The heap of a server at rest is a few megabytes.
	memoryGrowth = 50
	// giveBackAfter is by how much the process may grow before what is free goes
	// back to the system, and giveBackEvery how often that is looked at.
	giveBackAfter = 8 << 20
	giveBackEvery = 10 * time.Second
)

// spareMemory keeps the process small until ctx is done. Drawing the page of an
// article with thousands of notes takes a hundred megabytes for a moment, and the
// runtime alone would keep most of them for minutes.
func spareMemory(ctx context.Context) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(memoryGrowth)
	}
	debug.FreeOSMemory() // what the start took
	go func() {
		tick := time.NewTicker(giveBackEvery)
		defer tick.Stop()
		least := heldMemory()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			held := heldMemory()
			if held <= least+giveBackAfter {
				least = min(least, held)
				continue
			}
			debug.FreeOSMemory()
			least = heldMemory() // what is left is in use
		}
	}()
}

// heldMemory is how many bytes the runtime has from the system.
func heldMemory() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}
