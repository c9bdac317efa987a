package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestLargePageIsKeptPacked(t *testing.T) {
	body := []byte("<p>" + strings.Repeat("A note like many others. ", maxCached/20))
	cache := newPageCache()
	cache.put("/a/x", &cachedPage{variants: newVariants("text/html; charset=utf-8", body)})
	p := cache.get("/a/x")
	if p == nil || p.body != nil || cache.size > maxCached/10 {
		t.Fatalf("page = %v with %d bytes in the cache, want it packed", p != nil, cache.size)
	}
	for coding, unpack := range map[string]func(io.Reader) (io.Reader, error){
		"":     func(r io.Reader) (io.Reader, error) { return r, nil },
		"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	} {
		r := httptest.NewRequest("GET", "/a/x", nil)
		r.Header.Set("Accept-Encoding", coding)
		w := httptest.NewRecorder()
		p.send(w, r, http.StatusOK)
		from, err := unpack(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(from); err != nil || !bytes.Equal(got, body) || w.Header().Get("Content-Encoding") != coding {
			t.Errorf("%q: %d bytes in %q, %v, want %d", coding, len(got), w.Header().Get("Content-Encoding"), err, len(body))
		}
	}
}
