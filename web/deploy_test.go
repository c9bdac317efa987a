package web

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// visited serves the site and returns a tab in which its first build is at home:
// the worker is in control, a page is kept, and the app is up.
func visited(t *testing.T) (*site, tab) {
	t.Helper()
	s := &site{}
	s.build.Store(1)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	b := openTab(t, server.URL)
	b.open("/a/one")
	b.wait("the page is kept", cached("marginalia-pages-1", "/a/one")+`.then((t) => t !== "")`)
	b.open("/a/one")
	b.wait("the app is up", ready)
	return s, b
}

func (b tab) reload() {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Reload()); err != nil {
		b.t.Fatal(err)
	}
}

// update has the browser look for a new version, as it does by itself.
func (b tab) update() {
	b.t.Helper()
	b.eval(`navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => "asked", () => "refused")`)
}

// builds are those that the page and its assets came from, "1" if all are of one.
const builds = `[...new Set([document.querySelector("main").textContent.split("build ")[1],
	...performance.getEntriesByType("resource").map((e) => e.name.match(/[.]([0-9]+)[.](?:js|wasm)$/)?.[1]).filter(Boolean)])].sort().join(" ")`

// TestNoMixture goes offline between two builds, at each point of the change: a
// page has always the assets of its own build.
func TestNoMixture(t *testing.T) {
	s, b := visited(t)
	s.build.Store(2)
	b.reload()
	b.wait("the new page's app is up", ready)
	b.want(builds, "2") // the old worker is in control
	b.wait("the new version waits", "window.marginaliaUpdateWaiting === true")

	s.down.Store(true)
	for _, path := range []string{"/a/one", "/a/never-seen", "/"} {
		b.open(path)
		b.wait(path+" has the app", ready)
		b.want(builds, "1")
	}
	s.down.Store(false)

	b.open("/a/one")
	b.wait("the app is up", ready)
	b.wait("the new version waits", "window.marginaliaUpdateWaiting === true")
	b.eval(`(window.before = true, window.marginaliaTakeUpdate(), "taken")`)
	b.wait("the page was loaded again", `window.before === undefined && `+ready)
	s.down.Store(true)
	for _, path := range []string{"/a/one", "/a/never-seen", "/"} {
		b.open(path)
		b.wait(path+" has the app", ready)
		b.want(builds, "2")
	}
}

// TestHalfDeployed has the worker of one build and the pages of another, as from
// two servers behind one address: nothing is installed until they agree.
func TestHalfDeployed(t *testing.T) {
	s, b := visited(t)
	s.build.Store(2)
	s.fault.Store("asset missing")
	b.update()
	b.wait("the install fails", `navigator.serviceWorker.getRegistration().then((r) => !r.installing && !r.waiting)`)
	b.want(`caches.keys().then((k) => k.sort().join(" "))`, "marginalia-1 marginalia-pages-1")
	s.down.Store(true)
	b.open("/a/one")
	b.wait("the old build goes on", ready)
	b.want(builds, "1")
	s.down.Store(false)
	s.fault.Store("")
	b.update()
	b.wait("the new version waits", "window.marginaliaUpdateWaiting === true")
}

// TestOldTabKeepsItsAssets has one tab take a new version under another that
// goes on with the old one.
func TestOldTabKeepsItsAssets(t *testing.T) {
	s, old := visited(t)
	ctx, cancel := chromedp.NewContext(old.ctx)
	defer cancel()
	b := tab{t, ctx, old.site}
	s.build.Store(2)
	b.open("/a/two")
	b.wait("the app is up", ready)
	b.wait("the new version waits", "window.marginaliaUpdateWaiting === true")
	b.eval(`(window.before = true, window.marginaliaTakeUpdate(), "taken")`)
	b.wait("the page was loaded again", `window.before === undefined && `+ready)

	old.want(words, "page /a/one of build 1")
	old.want("window.starts", "1") // it was not loaded again under its reader
	old.want(`fetch("/assets/app.1.wasm").then((r) => r.status)`, "200")
	old.want(`fetch("/assets/app.1.wasm", { cache: "reload" }).then((r) => r.status)`, "404") // the server has it no more
	old.reload()
	old.wait("the app is up", ready)
	old.want(builds, "2")
	cancel()
	old.reload()
	old.wait("the old build is forgotten", `caches.keys().then((k) => k.sort().join(" ") === "marginalia-2 marginalia-pages-2")`)
}

func TestRollback(t *testing.T) {
	s, b := visited(t)
	for _, build := range []int64{2, 1} {
		s.build.Store(build)
		b.reload()
		b.wait("the app is up", ready)
		b.wait("the other version waits", "window.marginaliaUpdateWaiting === true")
		b.eval(`(window.before = true, window.marginaliaTakeUpdate(), "taken")`)
		b.wait("the page was loaded again", `window.before === undefined && `+ready)
	}
	b.want(words, "page /a/one of build 1")
	b.wait("only that build is kept", `caches.keys().then((k) => k.sort().join(" ") === "marginalia-1 marginalia-pages-1")`)
	s.down.Store(true)
	b.open("/a/one")
	b.wait("it works offline", ready)
	b.want(builds, "1")
}

const failed = `document.documentElement.dataset.app === "failed"`

// TestBrokenDeploy deploys something broken and then something good: the next
// visit is whole again, and until then the page can be read.
func TestBrokenDeploy(t *testing.T) {
	for _, fault := range []string{"worker throws", "asset missing", "program broken"} {
		t.Run(fault, func(t *testing.T) {
			s, b := visited(t)
			s.build.Store(2)
			s.fault.Store(fault)
			b.reload()
			if fault == "worker throws" {
				b.wait("the app is up", ready)
			} else {
				b.wait("the app failed", failed)
			}
			b.want(words, "page /a/one of build 2")
			s.down.Store(true)
			b.open("/a/one")
			b.wait("the old version works offline", ready)
			b.want(builds, "1")
			s.down.Store(false)
			s.build.Store(3)
			s.fault.Store("")
			b.reload()
			b.wait("the next visit is whole", ready)
			b.want(builds, "3")
			b.wait("the mended version waits", `navigator.serviceWorker.getRegistration().then((r) => r.waiting?.state === "installed")`)
			b.eval(`(window.before = true, window.marginaliaTakeUpdate(), "taken")`)
			b.wait("the page was loaded again", `window.before === undefined && `+ready)
			b.want(builds, "3")
		})
	}
}

// TestBrokenVersionGivesWay has a version that cannot start in control, and a
// mended one that waits: nobody can press "Restart now", so it is taken.
func TestBrokenVersionGivesWay(t *testing.T) {
	s, b := visited(t)
	s.build.Store(2)
	s.fault.Store("program broken")
	b.update()
	b.wait("the broken version waits", "window.marginaliaUpdateWaiting === true")
	b.eval(`(window.marginaliaTakeUpdate(), "taken")`)
	b.wait("it does not start", failed)
	s.build.Store(3)
	s.fault.Store("")
	b.update()
	b.wait("the mended version is taken", ready)
	b.wait("only that build is kept", `caches.keys().then((k) => k.sort().join(" ") === "marginalia-3 marginalia-pages-3")`)
	b.want(builds, "3")
	b.want(`localStorage.getItem("marginalia-failed-starts")`, "null")
}

// TestBrokenCacheHeals has an asset broken on the device: the same visit fetches
// it anew, past the worker's cache and the browser's.
func TestBrokenCacheHeals(t *testing.T) {
	_, b := visited(t)
	b.eval(`caches.open("marginalia-1").then((c) => c.put("/assets/app.1.wasm", new Response("cut", { headers: { "Content-Type": "application/wasm" } }))).then(() => "put")`)
	b.reload()
	b.wait("the app is up all the same", ready)
	b.want(cached("marginalia-1", "/assets/app.1.wasm")+`.then((t) => t.startsWith("\0asm"))`, "true")
}

// TestLyingWorkerIsRemoved has a worker in control that keeps the app from
// starting, whatever is fetched: after two failures it is unregistered.
func TestLyingWorkerIsRemoved(t *testing.T) {
	s, b := visited(t)
	b.eval(`indexedDB.databases ? new Promise((done) => { const r = indexedDB.open("marginalia"); r.onsuccess = () => { r.result.close(); done("made"); }; }) : ""`)
	s.build.Store(2)
	s.fault.Store("worker lies")
	b.update()
	b.wait("it is in control", `navigator.serviceWorker.getRegistration().then((r) => r.active?.state === "activated" && !r.installing && !r.waiting && navigator.serviceWorker.controller === r.active)`)
	for range 2 {
		b.reload()
		b.wait("the app fails", failed)
	}
	s.fault.Store("")
	s.build.Store(2)
	b.reload() // it is still in control of this page
	b.wait("everything is forgotten, or mended", `navigator.serviceWorker.getRegistration().then((r) => !r) || `+ready)
	b.reload()
	b.wait("the app is up", ready)
	b.want(`indexedDB.databases().then((all) => all.map((d) => d.name).join())`, "marginalia")
	b.reload()
	b.wait("the worker is back", `navigator.serviceWorker.ready.then(() => true)`)
	if got := b.eval(`localStorage.getItem("marginalia-failed-starts")`); strings.TrimSpace(got) != "null" {
		t.Errorf("failures after a good start: %s", got)
	}
}
