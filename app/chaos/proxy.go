package chaos

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
)

// Proxy passes requests on to a server, and by seed has some of them go wrong.
// It listens on a loopback address only. Make it with [NewProxy].
type Proxy struct {
	// Meanwhile, if set, is what happens while an exchange is slow. The exchange
	// goes on when it returns. It may send further requests through the proxy.
	Meanwhile func(Fault)
	// Heard, if set, is told of every answer of the server, before anything can
	// become of it on the way back.
	Heard func(Exchange)
	// Trace, if set, is told of every fault.
	Trace func(format string, args ...any)

	server *http.Server
	client *http.Client
	url    string

	mu     sync.Mutex
	turned chan struct{} // closed, and another made, when target or passed changes
	dice   *dice
	target string // "" while there is no server
	late   []*late
	passed int // requests that came to their end
	broken int // answers that the server did not get to give
	counts [faults]int
}

// Exchange is a request and the server's answer to it.
type Exchange struct {
	Method, Path    string
	Request, Answer []byte
	Status          int
}

// late is a message that is delivered after some others.
type late struct {
	*message
	after int
}

// NewProxy starts a proxy of which a share of all requests, rate, goes wrong.
// It has no server until Aim gives it one.
func NewProxy(seed uint64, rate float64) (*Proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{dice: newDice(seed, rate), url: "http://" + l.Addr().String(), turned: make(chan struct{})}
	// What comes from the server is passed on as it is, and never compressed, so
	// that it can be listened to.
	p.client = &http.Client{
		Transport:     &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 16},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	p.server = &http.Server{Handler: p}
	go p.server.Serve(l)
	return p, nil
}

// URL is the address that devices speak to.
func (p *Proxy) URL() string { return p.url }

// Aim says where the server is. While the address is empty, requests wait for
// the next one, and are then lost.
func (p *Proxy) Aim(url string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.target = url
	p.turn()
}

// turn wakes whoever waits for a change. The caller holds mu.
func (p *Proxy) turn() {
	close(p.turned)
	p.turned = make(chan struct{})
}

// Calm ends all faults and delivers what is late.
func (p *Proxy) Calm() {
	p.fail(0)
	p.mu.Lock()
	due := p.late
	p.late = nil
	p.mu.Unlock()
	p.catchUp(due)
}

// fail sets the share of requests that go wrong from now on.
func (p *Proxy) fail(rate float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dice.rate = rate
}

// Passed is how many requests came to their end so far.
func (p *Proxy) Passed() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.passed
}

// Broken is how many requests the server had, or nearly had, when it was gone.
func (p *Proxy) Broken() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.broken
}

// Await waits until n requests came to their end, or ctx ends.
func (p *Proxy) Await(ctx context.Context, n int) error {
	for {
		p.mu.Lock()
		passed, turned := p.passed, p.turned
		p.mu.Unlock()
		if passed >= n {
			return nil
		}
		select {
		case <-turned:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Counts is how often each fault was met.
func (p *Proxy) Counts() map[Fault]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	counts := map[Fault]int{}
	for f, n := range p.counts {
		counts[Fault(f)] = n
	}
	return counts
}

// Close ends the proxy and its connections.
func (p *Proxy) Close() error {
	p.Aim("none:") // who waits is let go
	p.client.CloseIdleConnections()
	return p.server.Close()
}

// ServeHTTP has one request pass, or go wrong.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	m := &message{method: r.Method, path: r.URL.RequestURI(), header: r.Header.Clone(), body: body}
	m.header.Del("Accept-Encoding")
	f, due := p.next(m)
	defer p.end()
	p.catchUp(due)
	if f != None && p.Trace != nil {
		p.Trace("%s %s: %s", m.method, m.path, f)
	}
	p.pass(w, m, f)
}

// next decides what becomes of m, and says which late messages come before it.
func (p *Proxy) next(m *message) (Fault, []*late) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.target == "" {
		for p.target == "" {
			turned := p.turned
			p.mu.Unlock()
			<-turned
			p.mu.Lock()
		}
		p.counts[LostRequest]++
		return LostRequest, nil
	}
	f := p.dice.fault(m.method == http.MethodPost && m.header.Get("Cookie") == "")
	if f == CutRequest && len(m.body) == 0 {
		f = LostRequest
	}
	p.counts[f]++
	var due, rest []*late
	for _, l := range p.late {
		if l.after--; l.after < 0 {
			due = append(due, l)
		} else {
			rest = append(rest, l)
		}
	}
	p.late = rest
	return f, due
}

func (p *Proxy) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.passed++
	p.turn()
}

// catchUp delivers late messages. Nobody waits for their answers.
func (p *Proxy) catchUp(due []*late) {
	for _, l := range due {
		if p.Trace != nil {
			p.Trace("%s %s: now arrives late", l.method, l.path)
		}
		_, _ = p.deliver(l.message)
	}
}

func (p *Proxy) later(m *message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.late = append(p.late, &late{m, p.dice.delay()})
}
