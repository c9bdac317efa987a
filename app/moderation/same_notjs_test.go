//go:build !js

package moderation

import (
	"bytes"
	"crypto/sha256"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDeviceAndServerAgree judges 2,000 notes natively and in WebAssembly and
// wants the same bytes.
func TestDeviceAndServerAgree(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed: the verdicts of the device cannot be had")
	}
	native, err := verdictLines()
	if err != nil {
		t.Fatal(err)
	}
	device := deviceLines(t)
	if sha256.Sum256(native) == sha256.Sum256(device) {
		checkVariety(t, native)
		return
	}
	server, other := strings.Split(string(native), "\n"), strings.Split(string(device), "\n")
	for i := range server {
		if i >= len(other) || server[i] != other[i] {
			got := "nothing"
			if i < len(other) {
				got = other[i]
			}
			t.Fatalf("verdict %d on the server is\n%s\non the device\n%s", i, server[i], got)
		}
	}
	t.Fatalf("the device has %d lines, the server %d", len(other), len(server))
}

// checkVariety makes sure that the notes are worth comparing.
func checkVariety(t *testing.T, lines []byte) {
	t.Helper()
	for _, rule := range Rules() {
		if rule.ID == ruleLength {
			continue
		}
		if !bytes.Contains(lines, []byte(`"rule":"`+rule.ID+`"`)) {
			t.Errorf("no made-up note breaks %s", rule.ID)
		}
	}
	if !bytes.Contains(lines, []byte(`"decision":"publish"`)) {
		t.Error("no made-up note is published")
	}
}

// deviceLines is what verdictLines gives in WebAssembly.
func deviceLines(t *testing.T) []byte {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "moderation.wasm")
	build := exec.Command("go", "test", "-c", "-o", program, ".")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build for the browser: %v\n%s", err, out)
	}
	run := exec.Command(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec"), program, "-test.run", "^TestPrintVerdicts$")
	// wasm_exec.js fits arguments and environment into 4 KB.
	run.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "MODERATION_PRINT_VERDICTS=1"}
	var out, complaint bytes.Buffer
	run.Stdout, run.Stderr = &out, &complaint
	if err := run.Run(); err != nil {
		t.Fatalf("run in node: %v\n%s", err, complaint.Bytes())
	}
	_, rest, ok := bytes.Cut(out.Bytes(), []byte("verdicts begin\n"))
	lines, _, ended := bytes.Cut(rest, []byte("verdicts end\n"))
	if !ok || !ended {
		t.Fatalf("the device printed no verdicts: %.300s", out.Bytes())
	}
	return lines
}
