// Package reach opens a cited address to see whether it leads anywhere. It keeps
// nothing of what it reads.
//
// The addresses come from strangers, so no connection goes to a private network,
// whatever a name resolves to and wherever a page redirects.
//
//	c := reach.New(reach.Config{Agent: "Marginalia (+https://notes.example)"})
//	r := c.Check(ctx, "https://example.org/report") // r.Outcome
package reach

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"marginalia/app/source"
)

// What one check may cost.
const (
	timeout      = 5 * time.Second // for all of it
	headTimeout  = 2 * time.Second // some hosts never answer HEAD
	maxBody      = 64 << 10
	maxHeader    = 64 << 10
	maxRedirects = 5
)

// Outcome is what was found.
type Outcome string

// The outcomes.
const (
	Reachable   Outcome = "reachable"
	Redirected  Outcome = "redirected"  // reachable, at another registrable domain
	Gone        Outcome = "gone"        // no such page, or no such host
	Refused     Outcome = "refused"     // there, but not for programs: a person may be let in
	Unreachable Outcome = "unreachable" // no answer, no useful one, or one from a private network
)

// Result is an outcome and, when redirected, the registrable domain that the
// address led to.
type Result struct {
	Outcome Outcome
	Domain  string
}

// Config is what a Checker is made of.
type Config struct {
	// Agent is the User-Agent header, which should name the server.
	Agent string
	// Suffixes tells registrable domains; nil works by a small rule.
	Suffixes *source.Suffixes
	// Dial opens connections; nil dials public addresses only, see [Control].
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Checker opens addresses. It may be used by several goroutines.
type Checker struct {
	client   *http.Client
	agent    string
	suffixes *source.Suffixes
}

// New makes a Checker.
func New(c Config) *Checker {
	if c.Dial == nil {
		c.Dial = (&net.Dialer{Timeout: timeout, Control: Control}).DialContext
	}
	return &Checker{agent: c.Agent, suffixes: c.Suffixes, client: &http.Client{
		CheckRedirect: follow,
		// No proxy: it would connect where we must not. No cookies, no compression
		// that unpacks to more than was asked for.
		Transport: &http.Transport{
			DialContext: c.Dial, MaxResponseHeaderBytes: maxHeader, DisableCompression: true, DisableKeepAlives: true,
			TLSHandshakeTimeout: timeout, ResponseHeaderTimeout: timeout, ForceAttemptHTTP2: true,
		},
	}}
}

// follow allows a few redirects, to addresses that could be cited themselves.
func follow(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return errors.New("too many redirects")
	}
	req.Header.Del("Referer")
	_, err := source.Parse(req.URL.String())
	return err
}

// Check opens an address: by HEAD, and by GET when that says no more than that
// something is wrong. It takes 5 seconds at most.
func (c *Checker) Check(ctx context.Context, address string) Result {
	s, err := source.Parse(address)
	if err != nil {
		return Result{Outcome: Unreachable}
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	head, stop := context.WithTimeout(ctx, headTimeout)
	defer stop()
	status, at, err := c.ask(head, http.MethodHead, s.URL)
	if err != nil || status/100 != 2 {
		status, at, err = c.ask(ctx, http.MethodGet, s.URL)
	}
	return c.judge(s, status, at, err)
}

// ask returns the status of the last answer and the host that gave it.
func (c *Checker) ask(ctx context.Context, method, address string) (status int, at string, err error) {
	req, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Accept", "text/html,application/pdf;q=0.9,*/*;q=0.8")
	resp, err := c.client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	// A page that breaks off at its start is not there for readers either.
	if _, err := io.CopyN(io.Discard, resp.Body, maxBody); err != nil && !errors.Is(err, io.EOF) {
		return 0, "", err
	}
	return resp.StatusCode, resp.Request.URL.Hostname(), nil
}

func (c *Checker) judge(s source.Source, status int, at string, err error) Result {
	var name *net.DNSError
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return Result{Outcome: Gone}
	case err != nil:
		return Result{Outcome: Unreachable}
	case status == http.StatusNotFound || status == http.StatusGone:
		return Result{Outcome: Gone}
	case status == http.StatusUnauthorized || status == http.StatusPaymentRequired || status == http.StatusForbidden ||
		status == http.StatusTooManyRequests || status == http.StatusUnavailableForLegalReasons:
		return Result{Outcome: Refused}
	case status/100 != 2:
		return Result{Outcome: Unreachable}
	}
	from, to := c.suffixes.Registrable(s.Hostname()), c.suffixes.Registrable(at)
	if from != to {
		return Result{Outcome: Redirected, Domain: to}
	}
	return Result{Outcome: Reachable}
}
