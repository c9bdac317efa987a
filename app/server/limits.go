package server

import (
	"math"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits bound what one client may do. A zero field means its default; the
// defaults never touch an honest batch of 100 changes.
type Limits struct {
	// WritesPerMinute and WriteBurst bound the requests of one client that write:
	// 600 and 200. Clients on a loopback address are not bounded, for that is the
	// machine itself or a proxy, which tells the client in X-Forwarded-For.
	WritesPerMinute int
	WriteBurst      int
	// NotesPerHour is how many notes of one reader are published without a look
	// within an hour: 300. The ones after that are held for the reason "rate".
	NotesPerHour int
	// Streams and StreamsPerClient bound the live streams: 2,000 in all and 64 of
	// one network address, loopback addresses as above. Who gets none asks for the
	// feed from time to time.
	Streams          int
	StreamsPerClient int
}

// maxClients bounds the memory for the clients that are being counted.
const maxClients = 20_000

func (s *Server) setLimits(l Limits) {
	or := func(n, standard int) int {
		if n <= 0 {
			return standard
		}
		return n
	}
	s.writes = newBuckets(float64(or(l.WritesPerMinute, 600))/60, or(l.WriteBurst, 200))
	notes := or(l.NotesPerHour, 300)
	s.quota = newBuckets(float64(notes)/3600, notes)
	s.live.most, s.live.each = or(l.Streams, 2000), or(l.StreamsPerClient, 64)
}

// buckets are token buckets by key.
type buckets struct {
	limit rate.Limit
	burst int

	mu sync.Mutex
	by map[string]*rate.Limiter
}

func newBuckets(perSecond float64, burst int) *buckets {
	return &buckets{limit: rate.Limit(perSecond), burst: burst, by: map[string]*rate.Limiter{}}
}

// take uses a token of key. When there is none it returns how long to wait.
func (b *buckets) take(key string, now time.Time) (wait time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := b.at(key, now)
	if l.AllowN(now, 1) {
		return 0, true
	}
	missing := 1 - l.TokensAt(now)
	return time.Duration(missing / float64(b.limit) * float64(time.Second)), false
}

// left reports whether key has a token, and uses none.
func (b *buckets) left(key string, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.at(key, now).TokensAt(now) >= 1
}

// at returns the bucket of key. Full buckets say nothing and make room first.
func (b *buckets) at(key string, now time.Time) *rate.Limiter {
	if l, ok := b.by[key]; ok {
		return l
	}
	if len(b.by) >= maxClients {
		for k, l := range b.by {
			if l.TokensAt(now) >= float64(b.burst) {
				delete(b.by, k)
			}
		}
		if len(b.by) >= maxClients { // everybody is busy: forgetting is kinder than refusing
			clear(b.by)
		}
	}
	l := rate.NewLimiter(b.limit, b.burst)
	b.by[key] = l
	return l
}

// clientKey names whom a request is counted for: the session if there is one,
// else the network address. Bounded is false for this machine.
func clientKey(r *http.Request) (key string, bounded bool) {
	key, bounded = addressKey(r)
	if c, err := r.Cookie(cookieName); bounded && err == nil && len(c.Value) == tokenLen {
		return "session " + c.Value, true
	}
	return key, bounded
}

// addressKey names the network address that a request comes from.
func addressKey(r *http.Request) (key string, bounded bool) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	addr, err := netip.ParseAddr(host)
	if err == nil && addr.IsLoopback() {
		// Only a proxy on this machine is believed, and only its own entry, the last.
		forwarded := strings.Join(r.Header.Values("X-Forwarded-For"), ",") // some proxies add a line of their own
		last := strings.TrimSpace(forwarded[strings.LastIndexByte(forwarded, ',')+1:])
		if addr, err = netip.ParseAddr(last); err != nil {
			return "", false
		}
	}
	if err != nil || addr.IsLoopback() {
		return host, err != nil
	}
	if addr = addr.Unmap(); addr.Is6() { // one client usually has a whole /64
		if p, err := addr.Prefix(64); err == nil {
			return p.String(), true
		}
	}
	return addr.String(), true
}

// seconds rounds a wait up for a Retry-After header.
func seconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }
