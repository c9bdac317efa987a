package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/store"
)

func isNotFound(err error) bool { return errors.Is(err, store.ErrNotFound) }

func wantProblem(t *testing.T, w *httptest.ResponseRecorder, status int) {
	t.Helper()
	var p problemDocument
	err := json.Unmarshal(w.Body.Bytes(), &p)
	if w.Code != status || w.Header().Get("Content-Type") != "application/problem+json" || err != nil ||
		p.Status != status || p.Title == "" || p.Type != "about:blank" {
		t.Errorf("answer = %d %s %s, want a problem with status %d", w.Code, w.Header().Get("Content-Type"), w.Body, status)
	}
}

func TestProblems(t *testing.T) {
	h := openHouse(t)
	for _, tc := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/api/v1/nothing", 404},
		{"GET", "/api", 404},
		{"GET", "/api/v1/articles/nowhere", 404},
		{"GET", "/api/v1/articles/nowhere/notes", 404},
		{"GET", "/api/v1/articles/" + slug + "/notes?since=x", 400},
		{"GET", "/api/v1/sync", 405},
		{"DELETE", "/api/v1/articles", 405},
		{"POST", "/faq", 405},
		{"GET", "/assets/nothing.css", 404},
	} {
		w := h.device().request(tc.method, tc.path, "{}")
		wantProblem(t, w, tc.want)
		if tc.want == 405 && w.Header().Get("Allow") == "" {
			t.Errorf("%s %s has no Allow", tc.method, tc.path)
		}
	}
}

func TestCrossOriginWritesAreRefused(t *testing.T) {
	h := openHouse(t)
	for _, tc := range []struct {
		name, header, value string
		want                int
	}{
		{"another site", "Sec-Fetch-Site", "cross-site", 403},
		{"another origin", "Origin", "https://evil.example", 403},
		{"the same origin", "Sec-Fetch-Site", "same-origin", 200},
		{"the public address", "Origin", base, 200},
		{"no browser", "X-Nothing", "", 200},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := h.device().request("POST", "/api/v1/sync", "{}", tc.header, tc.value)
			if w.Code != tc.want {
				t.Errorf("status = %d, want %d", w.Code, tc.want)
			}
			if tc.want == 403 {
				wantProblem(t, w, 403)
			}
		})
	}
}

func TestRateLimit(t *testing.T) {
	h := openHouse(t, func(c *Config) { c.Limits = Limits{WritesPerMinute: 6, WriteBurst: 2} })
	d := h.device()
	d.request("POST", "/api/v1/sync", "{}")
	d.cookie = ""
	d.request("POST", "/api/v1/sync", "{}")
	d.cookie = ""
	w := d.request("POST", "/api/v1/sync", "{}")
	wantProblem(t, w, 429)
	if got := w.Header().Get("Retry-After"); got != "10" {
		t.Errorf("Retry-After = %q, want 10", got)
	}
	if w := d.request("GET", "/faq", ""); w.Code != 200 {
		t.Errorf("reading = %d, want 200", w.Code)
	}
}

func TestRateLimitOfMadeUpSessions(t *testing.T) {
	h := openHouse(t, func(c *Config) { c.Limits = Limits{WritesPerMinute: 6, WriteBurst: 2} })
	d := h.device()
	for i, want := range []int{200, 200, 429} {
		d.cookie = cookieName + "=" + strings.Repeat(string(rune('a'+i)), tokenLen)
		if w := d.request("POST", "/api/v1/sync", "{}"); w.Code != want {
			t.Errorf("made-up session %d = %d, want %d", i, w.Code, want)
		}
	}
}

func TestCookie(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	if w := d.request("GET", "/", ""); w.Header().Get("Set-Cookie") != "" {
		t.Error("reading a page sets a cookie")
	}
	w := d.request("POST", "/api/v1/sync", "{}")
	c := w.Result().Cookies()[0]
	if c.Name != "marginalia" || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.MaxAge != 400*24*3600 {
		t.Errorf("cookie = %+v", c)
	}
	first := d.send().Reader
	if second := d.send().Reader; first != second {
		t.Errorf("readers = %v and %v, want one", first, second)
	}
	d.cookie = cookieName + "=" + strings.Repeat("x", tokenLen)
	if got := d.send().Reader; got == first || got.ID == "" {
		t.Errorf("reader of an unknown cookie = %v, want a new one", got)
	}
}

func TestReadingTheAPI(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	d.one(h.put(h.id(), question, ""))
	for _, path := range []string{"/api/v1/articles", "/api/v1/articles/" + slug, "/api/v1/articles/" + slug + "/notes?since=0", "/api/v1/policy", "/", "/faq", "/me", "/share?text=words", "/shell", "/a/" + slug, "/sw.js"} {
		w := d.request("GET", path, "")
		tag := w.Header().Get("ETag")
		if w.Code != 200 || tag == "" || w.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("GET %s = %d, ETag %q, Cache-Control %q", path, w.Code, tag, w.Header().Get("Cache-Control"))
			continue
		}
		if w := d.request("GET", path, "", "If-None-Match", tag); w.Code != 304 || w.Body.Len() != 0 || w.Header().Get("Vary") != varyOf(path) {
			t.Errorf("GET %s again = %d with %d bytes, Vary %q, want 304", path, w.Code, w.Body.Len(), w.Header().Get("Vary"))
		}
	}
	if w := d.request("GET", "/api/v1/policy", ""); w.Header().Get("ETag") != `"`+moderation.Default().Hash()+`"` || w.Body.String() != string(moderation.DefaultPolicy()) {
		t.Errorf("policy has ETag %s", w.Header().Get("ETag"))
	}
	if got := d.request("GET", "/api/v1/policy", "", "Accept-Encoding", "br").Header().Get("Content-Encoding"); got != "br" {
		t.Errorf("policy has Content-Encoding %q, want br", got)
	}
	for _, path := range []string{"/healthz", "/readyz", "/metrics"} {
		if w := d.request("GET", path, ""); w.Code != 200 {
			t.Errorf("GET %s = %d", path, w.Code)
		}
	}
	if got := d.request("GET", "/metrics", "").Body.String(); !strings.Contains(got, `marginalia_changes_total{outcome="published"} 1`) {
		t.Errorf("metrics lack the note:\n%s", got)
	}
	h.st.Close()
	wantProblem(t, d.request("GET", "/readyz", ""), 503)
}

func TestHeaders(t *testing.T) {
	h := openHouse(t)
	for _, path := range []string{"/", "/api/v1/articles", "/nothing", "/api/nothing"} {
		header := h.device().request("GET", path, "").Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "script-src 'self' 'wasm-unsafe-eval';", "X-Content-Type-Options": "nosniff",
			"Cross-Origin-Opener-Policy": "same-origin", "Referrer-Policy": "strict-origin-when-cross-origin", "Strict-Transport-Security": "max-age=",
		} {
			if !strings.Contains(header.Get(name), want) {
				t.Errorf("%s: %s = %q, want %q in it", path, name, header.Get(name), want)
			}
		}
		if csp := header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe-inline") || strings.Contains(csp, "'unsafe-eval'") || !strings.HasPrefix(csp, "default-src 'none'") {
			t.Errorf("%s: policy = %q", path, csp)
		}
	}
	plain := openHouse(t, func(c *Config) { c.URL = "http://127.0.0.1:8080" })
	w := httptest.NewRecorder()
	plain.srv.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1:8080/", nil))
	if got := w.Header().Get("Strict-Transport-Security"); got != "" {
		t.Errorf("Strict-Transport-Security without TLS = %q", got)
	}
}

func TestLogHoldsNothingWritten(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	secret := "Quokka-4711"
	c := h.put(h.id(), secret+"?", "")
	d.one(c)
	d.one(replica.Change{ID: h.id(), Op: replica.OpRename, Value: "Name" + secret})
	d.request("GET", "/a/"+slug+"?q="+secret, "")
	d.request("POST", "/api/v1/sync", `{"x":"`+secret+`"}`)
	d.request("GET", "/"+secret, "")
	h.st.Close()
	d.request("POST", "/api/v1/sync", `{"changes":[`+string(h.json(c))+`]}`)
	log := h.log.String()
	if !strings.Contains(log, `route="POST /api/v1/sync"`) || !strings.Contains(log, "status=200") {
		t.Fatalf("the log lacks the requests:\n%s", log)
	}
	_, token, _ := strings.Cut(d.cookie, "=")
	for _, s := range []string{secret, token} {
		if strings.Contains(log, s) {
			t.Errorf("the log holds %q:\n%s", s, log)
		}
	}
}

func TestPanicIsAnAnswer(t *testing.T) {
	h := openHouse(t)
	h.srv.mux.Handle("GET /broken", h.srv.route(func(http.ResponseWriter, *http.Request) error { panic("Quokka-4711") }))
	w := h.device().request("GET", "/broken", "")
	wantProblem(t, w, 500)
	if strings.Contains(h.log.String(), "Quokka") || strings.Contains(w.Body.String(), "Quokka") {
		t.Error("the panic's value got out")
	}
}

func TestPublicURL(t *testing.T) {
	for raw, want := range map[string]string{
		"https://a.example/": "https://a.example", "http://127.0.0.1:1": "http://127.0.0.1:1",
		"ftp://a": "", "a.example": "", "https://a.example/sub": "", "https://u@a.example": "",
	} {
		got, err := publicURL(raw)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("publicURL(%q) = %q, %v, want %q", raw, got, err, want)
		}
	}
}

// varyOf is what an answer depends on beside its address.
func varyOf(path string) string {
	if strings.HasPrefix(path, "/api/") || path == "/sw.js" {
		return "Accept-Encoding"
	}
	return pageVary
}
