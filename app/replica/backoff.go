package replica

import "time"

// The bounds of a wait between two tries.
const (
	minWait = time.Second
	maxWait = 30 * time.Second
)

// Backoff says how long to wait before the next try. The zero value is for the
// first wait.
type Backoff struct {
	Attempt int // how many waits there were since the last answer
}

// Next is 1 s, doubled for each wait so far, give or take a quarter, and never
// more than 30 s. random, uniform over all its values, keeps the devices that
// lost one server from coming back at the same moment.
func (b Backoff) Next(random uint32) time.Duration {
	wait := minWait
	for range b.Attempt {
		if wait *= 2; wait >= maxWait {
			wait = maxWait
			break
		}
	}
	jitter := wait / 2 * time.Duration(random>>16) >> 16
	return min(wait*3/4+jitter, maxWait)
}
