package reach_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"marginalia/app/reach"
)

// web is all hosts of the internet in one handler.
type web struct {
	mu       sync.Mutex
	requests []*http.Request
	written  int
}

func (w *web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests = append(w.requests, r)
	switch r.URL.Path {
	case "/fine":
		http.SetCookie(rw, &http.Cookie{Name: "a", Value: "b"})
	case "/nohead":
		if r.Method == http.MethodHead {
			rw.WriteHeader(http.StatusMethodNotAllowed)
		}
	case "/gone":
		rw.WriteHeader(http.StatusGone)
	case "/paywall":
		rw.WriteHeader(http.StatusForbidden)
	case "/broken":
		rw.WriteHeader(http.StatusInternalServerError)
	case "/www":
		http.Redirect(rw, r, "http://www.paper.example/fine", http.StatusFound)
	case "/away":
		http.Redirect(rw, r, "http://casino.example/fine", http.StatusFound)
	case "/inside":
		http.Redirect(rw, r, "http://127.0.0.1/fine", http.StatusFound)
	case "/file":
		http.Redirect(rw, r, "file:///etc/passwd", http.StatusFound)
	case "/loop":
		http.Redirect(rw, r, "/loop", http.StatusFound)
	case "/endless":
		if r.Method == http.MethodHead {
			rw.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		for w.written < 64<<20 {
			n, err := io.WriteString(rw, strings.Repeat("a", 4096))
			w.written += n
			if err != nil {
				return
			}
		}
	default:
		rw.WriteHeader(http.StatusNotFound)
	}
}

// internet starts a web, and dials it for every host but those that are not there.
func internet(t *testing.T) (*web, *reach.Checker) {
	w := &web{}
	srv := httptest.NewServer(w)
	t.Cleanup(srv.Close)
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		switch {
		case strings.HasPrefix(address, "missing.example:"):
			return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}}
		case strings.HasPrefix(address, "silent.example:"):
			return nil, errors.New("connection refused")
		}
		return (&net.Dialer{}).DialContext(ctx, network, srv.Listener.Addr().String())
	}
	return w, reach.New(reach.Config{Agent: "Marginalia test", Dial: dial})
}

func TestCheck(t *testing.T) {
	w, c := internet(t)
	for _, tt := range []struct {
		address string
		want    reach.Result
	}{
		{"http://paper.example/fine", reach.Result{Outcome: reach.Reachable}},
		{"http://paper.example/nohead", reach.Result{Outcome: reach.Reachable}},
		{"http://paper.example/none", reach.Result{Outcome: reach.Gone}},
		{"http://paper.example/gone", reach.Result{Outcome: reach.Gone}},
		{"http://paper.example/paywall", reach.Result{Outcome: reach.Refused}},
		{"http://paper.example/broken", reach.Result{Outcome: reach.Unreachable}},
		{"http://paper.example/www", reach.Result{Outcome: reach.Reachable}},
		{"http://paper.example/away", reach.Result{Outcome: reach.Redirected, Domain: "casino.example"}},
		{"http://paper.example/inside", reach.Result{Outcome: reach.Unreachable}},
		{"http://paper.example/file", reach.Result{Outcome: reach.Unreachable}},
		{"http://paper.example/loop", reach.Result{Outcome: reach.Unreachable}},
		{"http://missing.example/fine", reach.Result{Outcome: reach.Gone}},
		{"http://silent.example/fine", reach.Result{Outcome: reach.Unreachable}},
		{"http://127.0.0.1/fine", reach.Result{Outcome: reach.Unreachable}},
		{"no address", reach.Result{Outcome: reach.Unreachable}},
	} {
		w.requests = nil
		if got := c.Check(t.Context(), tt.address); got != tt.want {
			t.Errorf("Check(%q) = %+v, want %+v", tt.address, got, tt.want)
		}
		if len(w.requests) > 12 {
			t.Errorf("%q took %d requests", tt.address, len(w.requests))
		}
		for _, r := range w.requests {
			if r.Host == "127.0.0.1" || r.UserAgent() != "Marginalia test" || r.Referer() != "" || len(r.Cookies()) > 0 {
				t.Errorf("%q: a request to %s with %v", tt.address, r.Host, r.Header)
			}
		}
	}
}

func TestCheckReadsLittle(t *testing.T) {
	w, c := internet(t)
	if got := c.Check(t.Context(), "http://paper.example/endless"); got.Outcome != reach.Reachable {
		t.Errorf("Check = %+v, want it reachable", got)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	// What the kernel holds between the two is not ours to bound.
	if w.written >= 64<<20 {
		t.Errorf("the server could write all of its %d bytes", w.written)
	}
}

// TestCheckRefusesPrivate has a public name lead to this machine.
func TestCheckRefusesPrivate(t *testing.T) {
	w := &web{}
	srv := httptest.NewServer(w)
	defer srv.Close()
	c := reach.New(reach.Config{Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{Control: reach.Control}).DialContext(ctx, network, srv.Listener.Addr().String())
	}})
	if got := c.Check(t.Context(), "http://paper.example/fine"); got.Outcome != reach.Unreachable || len(w.requests) > 0 {
		t.Errorf("Check = %+v after %d requests, want it unreachable after none", got, len(w.requests))
	}
}

func TestCheckGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := reach.New(reach.Config{Dial: func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			go io.Copy(io.Discard, theirs) // it listens, and says nothing
			return ours, nil
		}})
		begin := time.Now()
		if got := c.Check(t.Context(), "http://paper.example/"); got.Outcome != reach.Unreachable {
			t.Errorf("Check = %+v, want it unreachable", got)
		}
		if took := time.Since(begin); took != 5*time.Second {
			t.Errorf("it took %v, want 5 s", took)
		}
	})
}

func TestPublic(t *testing.T) {
	for _, tt := range []struct {
		want      bool
		addresses string
	}{
		{true, "93.184.216.34 8.8.8.8 1.1.1.1 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 2606:2800:220:1::1 2a00:1450::1"},
		{false, "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1"},
		{false, "192.0.0.192 198.18.0.1 224.0.0.1 255.255.255.255 240.0.0.1 168.63.129.16 192.0.2.1 203.0.113.1"},
		{false, ":: ::1 fe80::1 fc00::1 fd00:ec2::254 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001::1 2001:db8::1 fe80::1%eth0 2606::1%eth0 ::127.0.0.1"},
	} {
		for a := range strings.FieldsSeq(tt.addresses) {
			if got := reach.Public(netip.MustParseAddr(a)); got != tt.want {
				t.Errorf("Public(%s) = %v, want %v", a, got, tt.want)
			}
		}
	}
	if reach.Public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

func TestControl(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34:80": true, "93.184.216.34:443": true, "93.184.216.34:8443": true, "[2606:2800:220:1::1]:443": true,
		"93.184.216.34:25": false, "127.0.0.1:80": false, "[::1]:443": false, "[::ffff:10.0.0.1]:80": false, "example.org:80": false, "": false,
	} {
		if err := reach.Control("tcp", address, nil); (err == nil) != want {
			t.Errorf("Control(%q) = %v", address, err)
		}
	}
}
