package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

func TestManifest(t *testing.T) {
	data, err := Files.ReadFile("manifest.webmanifest")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		ID    string `json:"id"`
		Icons []struct {
			Src string `json:"src"`
		} `json:"icons"`
		Shortcuts []struct {
			URL string `json:"url"`
		} `json:"shortcuts"`
		Share struct {
			Action string            `json:"action"`
			Method string            `json:"method"`
			Params map[string]string `json:"params"`
		} `json:"share_target"`
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatalf("manifest: %v", err)
	}
	if manifest.ID != "/" || len(manifest.Icons) == 0 {
		t.Errorf("manifest: id %q, %d icons", manifest.ID, len(manifest.Icons))
	}
	if s := manifest.Share; s.Action != "/share" || s.Method != "GET" || s.Params["title"] != "title" || s.Params["text"] != "text" || s.Params["url"] != "url" {
		t.Errorf("share_target = %+v", s)
	}
	var shortcuts []string
	for _, s := range manifest.Shortcuts {
		shortcuts = append(shortcuts, s.URL)
	}
	if got := strings.Join(shortcuts, " "); got != "/me / /faq" {
		t.Errorf("shortcuts lead to %q", got)
	}
	for _, icon := range manifest.Icons {
		if _, err := Files.ReadFile(strings.TrimPrefix(icon.Src, "/")); err != nil {
			t.Errorf("manifest names an icon that is not here: %v", err)
		}
	}
}

// site is a server with the real loader and service worker, and a program that
// does nothing but start.
type site struct {
	build atomic.Int64
	down  atomic.Bool
	fault atomic.Value // of a broken deploy: "", or one of those in ServeHTTP
}

const sitePage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>%[1]s</title><script src="/assets/loader.%[2]d.js" defer></script>
<body><main>page %[1]s of build %[2]d</main><button id="early" data-early disabled>Choose</button><div id="app-wasm-loader" class="loader" hidden></div>
<script type="application/json" id="assets">{"wasm":"/assets/app.%[2]d.wasm","exec":"/assets/exec.%[2]d.js","dom":"/assets/dom.%[2]d.js","sw":"/sw.js","build":"%[2]d"}</script></body></html>`

const siteProgram = `globalThis.Go = class {
  importObject = {};
  run() {
    window.starts = (window.starts ?? 0) + 1;
    const button = document.getElementById("early");
    button.disabled = false;
    button.onclick = () => { window.pressed = true; };
    document.documentElement.dataset.app = "ready";
    window.dispatchEvent(new CustomEvent("marginalia:ready"));
    return new Promise(() => {});
  }
};`

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.down.Load() {
		panic(http.ErrAbortHandler) // closes the connection
	}
	build := s.build.Load()
	fault, _ := s.fault.Load().(string)
	send := func(mime, format string, args ...any) {
		w.Header().Set("Content-Type", mime)
		w.Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; base-uri 'none'; object-src 'none'")
		fmt.Fprintf(w, format, args...)
	}
	script := func(name string) string {
		data, _ := Files.ReadFile(name)
		return string(data)
	}
	w.Header().Set("Marginalia-Build", fmt.Sprint(build))
	if parts := strings.Split(r.URL.Path, "."); strings.HasPrefix(r.URL.Path, "/assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		if parts[1] != fmt.Sprint(build) {
			http.NotFound(w, r) // a deploy takes the old assets away
			return
		}
	}
	switch path := r.URL.Path; {
	case fault == "worker throws" && path == "/sw.js":
		send("text/javascript", "const BUILD = %d; throw new Error(BUILD);", build)
	case fault == "worker lies" && path == "/sw.js":
		send("text/javascript", lyingWorker, build)
	case fault == "asset missing" && strings.HasSuffix(path, ".wasm"):
		w.Header().Set("Cache-Control", "no-store")
		http.NotFound(w, r)
	case fault == "program broken" && strings.HasSuffix(path, ".wasm"):
		send("application/wasm", "not a program")
	case strings.HasPrefix(path, "/assets/loader."):
		send("text/javascript", "%s", script("loader.js"))
	case path == "/sw.js":
		list := `"/", "/faq", "/me", "/share", "/shell", "/assets/app.%[1]d.wasm", "/assets/exec.%[1]d.js", "/assets/dom.%[1]d.js", "/assets/loader.%[1]d.js"`
		send("text/javascript", `const BUILD = {"build": "%[1]d", "precache": [`+list+"]};\n%[2]s", build, script("sw.js"))
	case strings.HasSuffix(path, ".wasm"):
		send("application/wasm", "\x00asm\x01\x00\x00\x00")
	case strings.HasPrefix(path, "/assets/exec."):
		send("text/javascript", "%s", siteProgram)
	case strings.HasPrefix(path, "/assets/dom."):
		send("text/javascript", "%s", script("dom.js"))
	case strings.HasPrefix(path, "/api/"):
		send("application/json", "{}")
	default:
		send("text/html", sitePage, path, build)
	}
}

// lyingWorker takes over at once and answers for the program with something else.
const lyingWorker = `const BUILD = %d;
self.oninstall = () => self.skipWaiting();
self.onactivate = (e) => e.waitUntil(self.clients.claim());
self.onfetch = (e) => {
  if (e.request.url.endsWith(".wasm")) e.respondWith(new Response("not a program", { headers: { "Content-Type": "application/wasm" } }));
};`

// tab drives one browser tab.
type tab struct {
	t    *testing.T
	ctx  context.Context
	site string
}

func openTab(t *testing.T, site string) tab {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser: not with -short")
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.ExecPath(chromium))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	return tab{t, ctx, site}
}

func (b tab) open(path string) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(b.site+path)); err != nil {
		b.t.Fatalf("open %s: %v", path, err)
	}
}

// wait waits until a JavaScript expression, which may be a promise, is true. An
// answer is lost when the page is loaded again meanwhile: it asks anew.
func (b tab) wait(what, expression string) {
	b.t.Helper()
	script := `new Promise((done) => { const ask = async () => (await (` + expression + `)) ? done(true) : setTimeout(ask, 10); ask(); })`
	for b.ctx.Err() == nil {
		ctx, cancel := context.WithTimeout(b.ctx, 2*time.Second)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script, chromedp.EvalAwaitPromise))
		cancel()
		if err == nil && ok {
			return
		}
	}
	b.t.Fatalf("waited in vain until %s", what)
}

func (b tab) eval(expression string) string {
	b.t.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("(async () => String(await ("+expression+")))()", chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return got
}

func (b tab) want(expression, want string) {
	b.t.Helper()
	if got := b.eval(expression); got != want {
		b.t.Errorf("%s = %q, want %q", expression, got, want)
	}
}

const (
	words = `document.querySelector("main").textContent`
	ready = `document.documentElement.dataset.app === "ready"`
)

func cached(cache, path string) string {
	return fmt.Sprintf(`caches.open(%q).then((c) => c.match(%q)).then((r) => r?.text() ?? "")`, cache, path)
}

func TestFirstVisit(t *testing.T) {
	s := &site{}
	s.build.Store(1)
	server := httptest.NewServer(s)
	defer server.Close()
	b := openTab(t, server.URL)

	b.open("/a/one")
	b.wait("the page is kept", cached("marginalia-pages-1", "/a/one")+`.then((t) => t.includes("page /a/one"))`)
	b.want("window.starts", "undefined") // nothing was touched yet
	b.want(`document.getElementById("app-wasm-loader").hidden`, "true")

	box := strings.Split(b.eval(`(() => { const r = document.getElementById("early").getBoundingClientRect(); return [r.x + 5, r.y + 5].join() })()`), ",")
	var x, y float64
	if _, err := fmt.Sscan(box[0], &x); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(box[1], &y); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(b.ctx, chromedp.MouseClickXY(x, y)); err != nil {
		t.Fatal(err)
	}
	b.wait("the early press is played back", "window.pressed === true")
	b.want("window.starts", "1")
	b.want(`document.getElementById("app-wasm-loader").hidden`, "true")
}

func TestOffline(t *testing.T) {
	s := &site{}
	s.build.Store(1)
	server := httptest.NewServer(s)
	defer server.Close()
	b := openTab(t, server.URL)
	b.open("/a/one")
	b.wait("the page is kept", cached("marginalia-pages-1", "/a/one")+`.then((t) => t !== "")`)
	b.eval(`fetch("/api/v1/policy").then((r) => r.status)`)
	s.down.Store(true)

	for path, want := range map[string]string{
		"/a/one":           "page /a/one of build 1",
		"/a/one?from=mail": "page /a/one of build 1",
		"/a/never-seen":    "page /shell of build 1",
		"/faq":             "page /faq of build 1",
		"/log":             "page /shell of build 1",
	} {
		b.open(path)
		b.want(words, want)
		b.wait(path+" has the app", ready) // at once: the worker is in control
	}
	b.want(`fetch("/api/v1/policy").then(() => "answered", () => "no answer")`, "no answer")

	s.down.Store(false)
	b.open("/a/two")
	b.wait("a page read under the worker is kept", cached("marginalia-pages-1", "/a/two")+`.then((t) => t !== "")`)
	b.open("/a/two/r/sha256-1") // an older revision that was read is read again on the train
	b.wait("an older revision is kept", cached("marginalia-pages-1", "/a/two/r/sha256-1")+`.then((t) => t !== "")`)
	b.open("/log") // a page of moderators is not
	b.open("/a/two?from=mail")
	b.want(`caches.open("marginalia-pages-1").then((c) => c.keys()).then((k) => k.map((r) => new URL(r.url).pathname).sort().join(" "))`, "/a/one /a/two /a/two/r/sha256-1")
	b.eval(`navigator.serviceWorker.controller.postMessage({ type: "drop" })`)
	b.wait("the pages are dropped", `caches.has("marginalia-pages-1").then((has) => !has)`)
}

func TestUpdate(t *testing.T) {
	s := &site{}
	s.build.Store(1)
	server := httptest.NewServer(s)
	defer server.Close()
	b := openTab(t, server.URL)
	b.open("/a/one")
	b.wait("the page is kept", cached("marginalia-pages-1", "/a/one")+`.then((t) => t !== "")`)
	b.open("/a/one")
	b.wait("the app is up", ready)

	s.build.Store(2)
	b.eval(`navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => "asked")`)
	b.wait("the new version waits", "window.marginaliaUpdateWaiting === true")
	b.want(`navigator.serviceWorker.getRegistration().then((r) => r.waiting.state)`, "installed")
	b.want(words, "page /a/one of build 1") // nothing happens until the reader agrees
	b.want(cached("marginalia-pages-2", "/a/one")+`.then((t) => t.includes("of build 2"))`, "true")

	if err := chromedp.Do(b.ctx, chromedp.Reload()); err != nil {
		t.Fatal(err)
	}
	b.wait("the app is up again", ready)
	b.want("window.marginaliaUpdateWaiting", "true")
	b.eval(`(window.before = true, window.marginaliaTakeUpdate(), "taken")`)
	b.wait("the page was loaded again", `window.before === undefined && `+ready)
	b.want(words, "page /a/one of build 2")
	b.wait("only the new build is kept", `caches.keys().then((k) => k.sort().join(" ") === "marginalia-2 marginalia-pages-2")`)
	b.want(`navigator.serviceWorker.getRegistration().then((r) => String(r.waiting))`, "null")
}
