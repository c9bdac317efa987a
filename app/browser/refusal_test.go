package browser

import (
	"testing"
	"time"

	"marginalia/app/replica"
)

func TestRefusal(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	cases := []struct {
		name string
		in   answer
		want replica.ServerError
	}{
		{
			"problem document",
			answer{status: 429, mime: "application/problem+json; charset=utf-8", retryAfter: "7", body: []byte(`{"title":"too many requests","detail":"wait a little"}`)},
			replica.ServerError{Status: 429, Title: "too many requests: wait a little", RetryAfter: 7 * time.Second},
		},
		{
			"title alone",
			answer{status: 400, mime: "application/problem+json", body: []byte(`{"title":"bad envelope"}`)},
			replica.ServerError{Status: 400, Title: "bad envelope"},
		},
		{
			"a proxy's page is not quoted",
			answer{status: 502, mime: "text/html", body: []byte(`<h1>Bad gateway</h1>`)},
			replica.ServerError{Status: 502, Title: "the server answered 502"},
		},
		{
			"broken JSON",
			answer{status: 500, mime: "application/json", body: []byte(`{`)},
			replica.ServerError{Status: 500, Title: "the server answered 500"},
		},
		{
			"a date",
			answer{status: 503, retryAfter: "Sun, 22 Nov 2026 20:01:00 GMT"},
			replica.ServerError{Status: 503, Title: "the server answered 503", RetryAfter: time.Minute},
		},
		{
			"a date that has passed",
			answer{status: 503, retryAfter: "Sun, 22 Nov 2026 19:00:00 GMT"},
			replica.ServerError{Status: 503, Title: "the server answered 503"},
		},
		{
			"absurdly long",
			answer{status: 503, retryAfter: "99999999999"},
			replica.ServerError{Status: 503, Title: "the server answered 503", RetryAfter: 24 * time.Hour},
		},
		{
			"nonsense",
			answer{status: 503, retryAfter: "-3"},
			replica.ServerError{Status: 503, Title: "the server answered 503"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := refusal(c.in, now); *got != c.want {
				t.Errorf("refusal(%d) = %+v, want %+v", c.in.status, *got, c.want)
			}
		})
	}
}

func TestIsJSON(t *testing.T) {
	cases := []struct {
		mime string
		want bool
	}{
		{"application/json", true},
		{"Application/JSON; charset=utf-8", true},
		{"application/problem+json", true},
		{"text/html; charset=utf-8", false},
		{"", false},
	}
	for _, c := range cases {
		if got := (answer{mime: c.mime}).isJSON(); got != c.want {
			t.Errorf("isJSON(%q) = %v, want %v", c.mime, got, c.want)
		}
	}
}
