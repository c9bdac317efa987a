//go:build !js

package browser

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestInChromium runs this package's js/wasm tests in a page with the pages' own
// Content-Security-Policy: storage, fetch, selection and highlights are there,
// as they are not under node.
func TestInChromium(t *testing.T) {
	if testing.Short() {
		t.Skip("builds for js/wasm and starts a browser: not with -short")
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	dir := t.TempDir()
	build := exec.Command("go", "test", "-c", "-o", filepath.Join(dir, "test.wasm"), ".")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build for js/wasm: %v\n%s", err, out)
	}
	server := httptest.NewServer(testPages(t, dir))
	defer server.Close()

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.ExecPath(chromium), chromedp.WindowSize(1280, 800))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()

	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/page")); err != nil {
		t.Fatalf("open the page: %v", err)
	}
	output, err := chromedp.Run(ctx, chromedp.Evaluate[string](`finished`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("run in the browser: %v", err)
	}
	if !strings.HasSuffix(output, "\nexit 0") {
		t.Errorf("in the browser:\n%s", output)
	}
	if testing.Verbose() {
		t.Log(output)
	}
}

const testPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>test</title>
<link rel="stylesheet" href="/test.css"><script src="/wasm_exec.js"></script><script src="/dom.js"></script><script src="/run.js"></script><body></body>`

const testStyle = `body { margin: 0 } p { margin: 0 0 20px; font: 20px/30px monospace; width: 600px }
.notes { position: absolute; left: 700px; top: 0; width: 300px } .notes header { height: 40px }
.notes > article, .notes > form { position: absolute; top: var(--y, 0); height: 100px } .toolbar { position: absolute; width: 80px; height: 20px }
[hidden] { display: none }`

const testRun = `"use strict";
var finished = new Promise((resolve) => {
  const output = [];
  console.log = (...all) => output.push(all.join(" "));
  onerror = (message) => { output.push(message); };
  onload = async () => {
    const go = new Go();
    go.argv = ["test", "-test.v"];
    go.exit = (code) => { output.push("exit " + code); };
    const { instance } = await WebAssembly.instantiateStreaming(fetch("/test.wasm"), go.importObject);
    await go.run(instance);
    resolve(output.join("\n"));
  };
});`

// testPages serves the tests, and a sync whose answer depends on "mine".
func testPages(t *testing.T, dir string) http.Handler {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatalf("go env GOROOT: %v", err)
	}
	mux := http.NewServeMux()
	file := func(path, name string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, name) })
	}
	text := func(path, mime, body string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", mime)
			w.Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; object-src 'none'")
			fmt.Fprint(w, body)
		})
	}
	file("/test.wasm", filepath.Join(dir, "test.wasm"))
	file("/wasm_exec.js", filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/wasm_exec.js"))
	file("/dom.js", "../../web/dom.js")
	text("/page", "text/html", testPage)
	text("/test.css", "text/css", testStyle)
	text("/run.js", "text/javascript", testRun)
	mux.HandleFunc("POST /api/v1/sync", serveSync)
	mux.HandleFunc("GET /api/v1/articles/{slug}/notes", serveNotes)
	text("/events", "text/event-stream", "id: 1\ndata: {\"cursor\":1}\n\n:\n\nid: 2\ndata: {\"cursor\":2}\n\n")
	return mux
}

// serveNotes has no snapshot at 1, and tells what was asked for in the revision.
func serveNotes(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("at") == "1" {
		w.WriteHeader(http.StatusGone)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"cursor":9,"more":true,"revision":%q,"changes":[]}`, r.PathValue("slug")+"?"+r.URL.RawQuery)
}

func serveSync(w http.ResponseWriter, r *http.Request) {
	var body bytes.Buffer
	var from io.Reader = r.Body
	packed := r.Header.Get("Content-Encoding") == "gzip"
	if packed {
		var err error
		if from, err = gzip.NewReader(r.Body); err != nil {
			return
		}
	}
	if _, err := body.ReadFrom(from); err != nil {
		return
	}
	if packed && strings.Contains(body.String(), `"unpacked":`) {
		w.WriteHeader(http.StatusUnsupportedMediaType)
		return
	}
	if strings.Contains(body.String(), `"packed":`) && !packed {
		http.Error(w, "not packed", http.StatusBadRequest)
		return
	}
	for _, mode := range []string{"answer", "problem", "html", "broken", "redirect", "gone"} {
		if !strings.Contains(body.String(), fmt.Sprintf(`"%s":`, mode)) {
			continue
		}
		switch mode {
		case "answer":
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"policy":"sha256-1","outcomes":[{"id":"c1","state":"published","etag":"e","reasons":[]}]}`)
		case "problem":
			w.Header().Set("Content-Type", "application/problem+json")
			w.Header().Set("Retry-After", "3")
			w.WriteHeader(http.StatusTooManyRequests)
			fmt.Fprint(w, `{"title":"too many requests"}`)
		case "html":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<h1>Welcome to our café</h1>`)
		case "broken":
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"policy":`)
		case "redirect":
			http.Redirect(w, r, "/page", http.StatusFound)
		case "gone":
			panic(http.ErrAbortHandler) // closes the connection
		}
	}
}
