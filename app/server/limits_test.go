package server

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestClientKey(t *testing.T) {
	token := strings.Repeat("t", tokenLen)
	for _, tc := range []struct {
		name, remote, forwarded, cookie string
		want                            string
		bounded                         bool
	}{
		{"an address", "192.0.2.7:1", "", "", "192.0.2.7", true},
		{"a header that anybody can send", "192.0.2.7:1", "198.51.100.1", "", "192.0.2.7", true},
		{"IPv6 counts by network", "[2001:db8:1:2:3::4]:1", "", "", "2001:db8:1:2::/64", true},
		{"IPv4 in IPv6", "[::ffff:192.0.2.7]:1", "", "", "192.0.2.7", true},
		{"a session", "192.0.2.7:1", "", token, "session " + token, true},
		{"a cookie that is none", "192.0.2.7:1", "", "x", "192.0.2.7", true},
		{"this machine", "127.0.0.1:1", "", "", "", false},
		{"a proxy here", "127.0.0.1:1", "198.51.100.9, 192.0.2.7", "", "192.0.2.7", true},
		{"a proxy here with a line of its own", "127.0.0.1:1", "198.51.100.9\n192.0.2.7", "", "192.0.2.7", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "/", nil)
			r.RemoteAddr = tc.remote
			for line := range strings.Lines(tc.forwarded) {
				r.Header.Add("X-Forwarded-For", strings.TrimSpace(line))
			}
			if tc.cookie != "" {
				r.Header.Set("Cookie", cookieName+"="+tc.cookie)
			}
			if got, bounded := clientKey(r); got != tc.want || bounded != tc.bounded {
				t.Errorf("clientKey = %q, %t, want %q, %t", got, bounded, tc.want, tc.bounded)
			}
		})
	}
}

func TestBuckets(t *testing.T) {
	b := newBuckets(1, 2)
	now := time.Unix(1000, 0)
	for range 2 {
		if _, ok := b.take("a", now); !ok {
			t.Fatal("a full bucket gives nothing")
		}
	}
	if wait, ok := b.take("a", now); ok || wait != time.Second {
		t.Errorf("an empty bucket = %v, %t, want to wait 1s", wait, ok)
	}
	if !b.left("b", now) || b.left("a", now) || !b.left("a", now.Add(time.Second)) {
		t.Error("left does not tell full from empty")
	}
	for i := range maxClients + 10 {
		b.left(string(rune(i)), now.Add(time.Hour))
	}
	if len(b.by) > maxClients {
		t.Errorf("%d clients are kept, at most %d wanted", len(b.by), maxClients)
	}
}

func TestAccepted(t *testing.T) {
	for header, want := range map[string]string{
		"gzip, deflate, br, zstd": "br", "gzip;q=0.5": "gzip", "br;q=0, gzip": "gzip", "*": "br", "identity": "", "": "", "BR": "br",
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", header)
		if got := accepted(r); got != want {
			t.Errorf("accepted(%q) = %q, want %q", header, got, want)
		}
	}
}
