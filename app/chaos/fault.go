package chaos

import "math/rand/v2"

// Fault is what goes wrong with one request and its answer.
type Fault int

// The faults. None is the usual case.
const (
	None        Fault = iota
	LostRequest       // it never arrives
	CutRequest        // it ends in the middle of its body
	LateRequest       // its sender has given up when it arrives, after later ones
	SlowRequest       // much happens before it arrives
	LostAnswer        // the server has done its work
	CutAnswer         // the answer ends in the middle of its body
	SlowAnswer        // much happens before the answer arrives
	Twice             // the request arrives twice, and the later answer counts
	TwiceLate         // it is answered, and arrives once more after later ones
	Busy              // something on the way says 503
	Portal            // something on the way answers with a page of its own
	faults
)

func (f Fault) String() string {
	return [...]string{
		"no fault", "lost request", "cut request", "late request", "slow request", "lost answer", "cut answer",
		"slow answer", "delivered twice", "delivered twice, once late", "busy", "portal",
	}[f]
}

// dice are the decisions of a Proxy. The same seed gives the same ones.
type dice struct {
	rng  *rand.Rand
	rate float64
}

func newDice(seed uint64, rate float64) *dice {
	return &dice{rng: rand.New(rand.NewPCG(seed, 0x70726f7879)), rate: rate}
}

// fault decides about the next request. A first one, of a device without a
// session, has less luck: it comes once only, and much depends on it.
func (d *dice) fault(first bool) Fault {
	rate := d.rate
	if first {
		rate = min(2*rate, 1)
	}
	if d.rng.Float64() >= rate {
		return None
	}
	return 1 + Fault(d.rng.IntN(int(faults)-1))
}

// delay is how many requests overtake a late one.
func (d *dice) delay() int { return 1 + d.rng.IntN(8) }
