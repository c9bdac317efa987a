package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"marginalia/app/weights"
)

func TestPages(t *testing.T) {
	h := openHouse(t)
	writer := h.device()
	writer.one(h.put(h.id(), question, ""))
	w := h.device().request("GET", "/a/"+slug, "")
	body := w.Body.String()
	if again := writer.request("GET", "/a/"+slug, "").Body.String(); again != body {
		t.Error("two readers got different bytes")
	}
	for _, want := range []string{
		claim, question, `data-revision="` + h.rev.ID + `"`, `<html lang="en" dir="ltr">`, "interactive-widget=resizes-content",
		`<link rel="canonical" href="` + base + "/a/" + slug + `">`, `<script type="application/json" id="boot">{`, `"sw":"/sw.js"`, `id="app-wasm-loader"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if got := w.Header().Get("Marginalia-Build"); got != h.srv.assets.build {
		t.Errorf("Marginalia-Build = %q, want %q", got, h.srv.assets.build)
	}
	before := w.Header().Get("ETag")
	writer.one(h.put(h.id(), "Which week was that?", ""))
	if w := writer.request("GET", "/a/"+slug, "", "If-None-Match", before); w.Code != 200 || !strings.Contains(w.Body.String(), "Which week was that?") {
		t.Errorf("after another note: %d", w.Code)
	}
	if w := writer.request("GET", "/a/nowhere", ""); w.Code != 404 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || w.Header().Get("ETag") != "" {
		t.Errorf("unknown article = %d %s", w.Code, w.Header().Get("Content-Type"))
	}
	if w := writer.request("GET", "/nothing", ""); w.Code != 404 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		t.Errorf("unknown page = %d %s", w.Code, w.Header().Get("Content-Type"))
	}
}

// The engine replaces the body's first element, and the policy lets no inline
// script and no style run.
func TestPageIsOneRootAndDataOnly(t *testing.T) {
	h := openHouse(t)
	h.device().one(h.put(h.id(), `</script><script>alert(1)</script> "why"?`, ""))
	for _, path := range []string{"/", "/a/" + slug, "/faq", "/me", "/share?text=words", "/shell", "/nothing"} {
		root, err := html.Parse(h.device().request("GET", path, "").Body)
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			attrs := map[string]string{}
			for _, a := range n.Attr {
				attrs[a.Key] = a.Val
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("%s: <%s %s>", path, n.Data, a.Key)
				}
			}
			switch {
			case n.Data == "style", n.Data == "script" && attrs["src"] == "" && attrs["type"] != "application/json" && attrs["type"] != "application/ld+json":
				t.Errorf("%s has an inline <%s>", path, n.Data)
			case n.Data == "body" && (n.FirstChild.Data != "div" || n.FirstChild.FirstChild == nil):
				t.Errorf("%s: the body begins with %q, want the root", path, n.FirstChild.Data)
			}
		}
	}
}

func TestAssets(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	css := h.srv.assets.path("marginalia.css")
	for coding, want := range map[string]string{"br, gzip": "br", "gzip": "gzip", "br;q=0": "", "": ""} {
		w := d.request("GET", css, "", "Accept-Encoding", coding)
		if w.Code != 200 || w.Header().Get("Content-Encoding") != want || w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("Accept-Encoding %q: %d %q %q", coding, w.Code, w.Header().Get("Content-Encoding"), w.Header().Get("Cache-Control"))
		}
	}
	if w := d.request("GET", h.srv.assets.wasm, ""); w.Header().Get("Content-Type") != "application/wasm" || !strings.HasPrefix(w.Body.String(), "\x00asm") {
		t.Errorf("wasm = %s", w.Header().Get("Content-Type"))
	}
	worker := d.request("GET", "/sw.js", "").Body.String()
	if !strings.HasPrefix(worker, `const BUILD = {"build":"`+h.srv.assets.build) || !strings.Contains(worker, `"/shell"`) || !strings.Contains(worker, css) || !strings.Contains(worker, "// worker") {
		t.Errorf("worker = %q", worker)
	}
	for _, path := range []string{"/icon.svg", "/manifest.webmanifest", "/favicon.ico"} {
		if w := d.request("GET", path, ""); w.Code != 200 {
			t.Errorf("GET %s = %d", path, w.Code)
		}
	}
}

// The model that finds claims is an asset that the page names and the service
// worker fetches later; what arrives is what the program holds.
func TestClaimsModelIsAnAsset(t *testing.T) {
	h := openHouse(t, func(c *Config) {
		files := testAssets()
		files["dist/claims.bin.br"] = &fstest.MapFile{Data: encode("br", weights.Get("claims"), quickBrotli, quickGzip)}
		c.Assets = files
	})
	d := h.device()
	_, rest, _ := strings.Cut(d.request("GET", "/", "").Body.String(), `"claims":"`)
	path, _, named := strings.Cut(rest, `"`)
	if !named {
		t.Fatal("the page does not name the model")
	}
	if w := d.request("GET", path, ""); w.Code != 200 || !bytes.Equal(w.Body.Bytes(), weights.Get("claims")) {
		t.Errorf("GET %s = %d, %d bytes, want the model", path, w.Code, w.Body.Len())
	}
	if worker := d.request("GET", "/sw.js", "").Body.String(); !strings.Contains(worker, `"later":["`+path+`"]`) {
		t.Errorf("the worker does not fetch the model: %.400s", worker)
	}
}

// The build leaves the packed forms of the browser program only.
func TestPackedAssets(t *testing.T) {
	program := "\x00asm" + strings.Repeat("program ", maxKept/4)
	h := openHouse(t, func(c *Config) {
		files := testAssets()
		delete(files, "dist/app.wasm")
		files["dist/app.wasm.br"] = &fstest.MapFile{Data: []byte("brotli")}
		files["dist/app.wasm.gz"] = &fstest.MapFile{Data: encode("gzip", []byte(program), quickBrotli, quickGzip)}
		c.Assets = files
	})
	path := h.srv.assets.wasm
	for coding, want := range map[string]string{"br": "brotli", "": program} {
		w := h.device().request("GET", path, "", "Accept-Encoding", coding)
		if w.Code != 200 || w.Body.String() != want || w.Header().Get("Content-Encoding") != coding || w.Header().Get("Content-Type") != "application/wasm" || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: %d, %d bytes, %v", coding, w.Code, w.Body.Len(), w.Header())
		}
	}
	w := h.device().request("GET", path, "", "Accept-Encoding", "gzip")
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || string(got) != program {
		t.Errorf("gzip holds %d bytes, %v, want %d", len(got), err, len(program))
	}
	if worker := h.device().request("GET", "/sw.js", "").Body.String(); !strings.Contains(worker, path) {
		t.Errorf("worker = %q, want %s in it", worker, path)
	}
}

func TestWithoutApp(t *testing.T) {
	h := openHouse(t, func(c *Config) {
		files := testAssets()
		delete(files, "dist/app.wasm")
		c.Assets = files
	})
	body := h.device().request("GET", "/a/"+slug, "").Body.String()
	if !strings.Contains(body, claim) || strings.Contains(body, "src=\"/assets") || strings.Contains(body, `id="assets"`) {
		t.Errorf("page without the app = %s", body)
	}
	if !strings.Contains(h.log.String(), "make build") {
		t.Error("the log does not say to run make build")
	}
}

// What another app sends is for the app on the device alone: the page is the same
// whatever it was, and says nothing of it.
func TestSharePageHoldsNothingThatWasSent(t *testing.T) {
	h := openHouse(t)
	plain := h.device().request("GET", "/share", "")
	sent := h.device().request("GET", "/share?title=A&text=secretwords&url=https%3A%2F%2Fsecret.example", "")
	if plain.Code != 200 || sent.Code != 200 {
		t.Fatalf("GET /share = %d, with a query %d", plain.Code, sent.Code)
	}
	if body := sent.Body.String(); body != plain.Body.String() || strings.Contains(body, "secret") {
		t.Error("the page depends on what was sent")
	}
	if body := plain.Body.String(); !strings.Contains(body, `name="robots" content="noindex"`) || !strings.Contains(body, `"page":"share"`) {
		t.Error("the page is for search engines, or the app does not know it")
	}
}
