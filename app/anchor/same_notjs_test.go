//go:build !js

package anchor

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDeviceAndServerAgree places every sample natively and in WebAssembly and
// wants the same bytes.
func TestDeviceAndServerAgree(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed: the answers of the device cannot be had")
	}
	all := samples(t)
	native, err := answers(all)
	if err != nil {
		t.Fatal(err)
	}
	device := bytes.Split(onDevice(t, all), []byte("\n"))
	for i, want := range bytes.Split(native, []byte("\n")) {
		if i >= len(device) || !bytes.Equal(device[i], want) {
			t.Fatalf("sample %d on the server is\n%s\non the device %q", i, want, device[min(i, len(device)-1)])
		}
	}
	t.Logf("%d samples", len(all))
}

// onDevice is what answers gives in WebAssembly.
func onDevice(t *testing.T, all []sample) []byte {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	program, file := filepath.Join(dir, "anchor.wasm"), filepath.Join(dir, "samples.json")
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "test", "-c", "-o", program, ".")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build for the browser: %v\n%s", err, out)
	}
	run := exec.Command(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec"), program, "-test.run", "^TestPrintAnswers$")
	// wasm_exec.js fits arguments and environment into 4 KB.
	run.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), samplesEnv + "=" + file}
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("run in node: %v\n%s", err, out)
	}
	lines, err := os.ReadFile(file + ".out")
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
