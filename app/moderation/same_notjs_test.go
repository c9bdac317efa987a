//go:build !js

package moderation

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestDeviceAndServerAgree judges 10,000 notes natively and in WebAssembly and
// wants the same bytes.
func TestDeviceAndServerAgree(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed: the verdicts of the device cannot be had")
	}
	run := device(t)
	native := comparedHashes(t)
	other := strings.Fields(string(run("hashes")))
	if len(native) != comparedCount/comparedChunk || len(native) != len(other) {
		t.Fatalf("the device has %d hashes, the server %d", len(other), len(native))
	}
	for chunk := range native {
		if native[chunk] == other[chunk] {
			continue
		}
		from := chunk * comparedChunk
		server := bytes.Split(comparedVerdicts(t, comparedNotes(t)[from:from+comparedChunk], from), []byte("\n"))
		for i, line := range bytes.Split(run(strconv.Itoa(chunk)), []byte("\n")) {
			if !bytes.Equal(line, server[i]) {
				t.Fatalf("verdict %d on the server is\n%s\non the device\n%s", from+i, server[i], line)
			}
		}
	}
}

// TestComparedNotes makes sure that the notes are worth comparing.
func TestComparedNotes(t *testing.T) {
	notes := comparedNotes(t)
	if len(notes) != comparedCount {
		t.Fatalf("%d notes, want %d", len(notes), comparedCount)
	}
	missing := map[string]bool{`"decision":"publish"`: true}
	for _, rule := range Rules() {
		if rule.ID != ruleLength {
			missing[`"rule":"`+rule.ID+`"`] = true
		}
	}
	for from := len(notes) - comparedChunk; from >= 0 && len(missing) > 0; from -= comparedChunk {
		lines := comparedVerdicts(t, notes[from:from+comparedChunk], from)
		maps.DeleteFunc(missing, func(part string, _ bool) bool { return bytes.Contains(lines, []byte(part)) })
	}
	for part := range missing {
		t.Errorf("no note of all gives %s", part)
	}
}

// device builds the tests for WebAssembly; what it returns runs
// TestPrintVerdicts there.
func device(t *testing.T) func(want string) []byte {
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
	return func(want string) []byte {
		run := exec.Command(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec"), program, "-test.run", "^TestPrintVerdicts$")
		// wasm_exec.js fits arguments and environment into 4 KB.
		run.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "MODERATION_PRINT_VERDICTS=" + want}
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
}
