//go:build !js

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// nextVersion builds the server with one asset changed, as a deploy would.
func nextVersion(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	asset := filepath.Join(root, "web", "tokens.css")
	css, err := os.ReadFile(asset)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	changed, overlay, bin := filepath.Join(dir, "tokens.css"), filepath.Join(dir, "overlay.json"), filepath.Join(dir, "marginalia")
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{asset: changed}})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{changed: append(css, "\n/* next */\n"...), overlay: replace} {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "build", "-overlay", overlay, "-o", bin, "./cmd/marginalia")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build the next version: %v\n%s", err, out)
	}
	return bin
}

func TestNewVersionWaitsForTheReader(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.settled()
	before := build(r)
	r.offline()
	h.bin = nextVersion(t)
	h.start()

	r.open("/a/" + ferry)
	r.annotate(claim)
	r.write(civil, source)
	r.wait("the news of a version", `[...document.querySelectorAll("button")].some(b => b.textContent.trim() === "Restart now")`)
	if got := value[string](r, `document.querySelector("form.composer textarea").value`); got != civil {
		t.Errorf("the news disturbed the form: %q", got)
	}
	if worker := value[string](r, `navigator.serviceWorker.getRegistration().then(r => r.waiting ? "waits" : "does not wait")`); worker != "waits" {
		t.Errorf("the new service worker %s", worker)
	}
	r.click("button", "Restart now")
	r.wait("the new version", `document.documentElement.dataset.app === "ready" && JSON.parse(document.getElementById("assets").textContent).build !== `+quote(before))
	r.wait("the draft", `document.querySelector("form.composer textarea")?.value === `+quote(civil))
	if caches := value[[]string](r, `caches.keys()`); len(caches) == 0 {
		t.Error("nothing is kept for the time without a network")
	}
}

// TestUpdateWhileComposing has one tab take a new version while another is in the
// middle of a note: that one is not loaded again, and goes on storing and posting.
func TestUpdateWhileComposing(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.settled()
	r.open("/a/" + ferry)
	before := build(r)
	r.annotate(claim)
	r.write(civil, source)
	r.run(`window.same = true`)
	r.offline()
	h.bin = nextVersion(t)
	h.start()
	other := r.tab()
	other.silence()
	other.open("/me")
	other.click("button", "Restart now")
	other.wait("the new version", `document.documentElement.dataset.app === "ready" && JSON.parse(document.getElementById("assets").textContent).build !== `+quote(before))

	r.front()
	if !value[bool](r, `window.same === true`) || build(r) != before {
		t.Fatal("the tab with the form was loaded again")
	}
	r.fill("Note", " And more.")
	r.wait("the draft to be saved", `document.querySelector("form.composer").innerText.includes("Draft saved on this device")`)
	r.decision("publish")
	id := r.post()
	r.state(id, "published")
	r.open("/a/" + ferry)
	if build(r) == before {
		t.Error("the old version is still there when the page is opened anew")
	}
	r.state(id, "published")
}

// build is the version that a page was drawn by.
func build(r *reader) string {
	return value[string](r, `JSON.parse(document.getElementById("assets").textContent).build`)
}
