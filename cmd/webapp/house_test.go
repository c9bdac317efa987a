//go:build !js

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A house is a running server with a data folder of its own. It can be stopped,
// which is what "no network" means to a browser, and started again on the same
// port with the same data.
type house struct {
	t    testing.TB
	bin  string
	addr string
	data string
	cmd  *exec.Cmd
	log  *bytes.Buffer
	args []string
}

// openHouse starts a server with the sample articles. The programs must have
// been built, as make test does.
func openHouse(t testing.TB, args ...string) *house {
	t.Helper()
	bin, err := filepath.Abs("../../bin/marginalia")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(bin); err != nil {
		t.Skip("bin/marginalia is not built: run make test")
	}
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed: run make test")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	h := &house{t: t, bin: bin, addr: addr, data: t.TempDir(), args: args}
	h.start()
	t.Cleanup(func() {
		h.stop()
		if t.Failed() {
			t.Logf("server log:\n%s", h.log)
		}
	})
	return h
}

// url is the address of a page.
func (h *house) url(path string) string { return "http://" + h.addr + path }

func (h *house) start() {
	h.t.Helper()
	args := append([]string{
		"serve", "--addr", h.addr, "--no-check-sources", "--url", "http://" + h.addr, "--data", h.data, "--articles", "../../testdata/articles",
	}, h.args...)
	h.cmd = exec.Command(h.bin, args...)
	pipe, err := h.cmd.StderrPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	h.log = new(bytes.Buffer)
	if err := h.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	ready := make(chan struct{})
	go func() {
		lines := bufio.NewScanner(pipe)
		told := false
		for lines.Scan() {
			fmt.Fprintln(h.log, lines.Text())
			if !told && strings.Contains(lines.Text(), "listening") {
				told = true
				close(ready)
			}
		}
	}()
	select {
	case <-ready:
	case <-time.After(20 * time.Second):
		h.t.Fatalf("the server did not start:\n%s", h.log)
	}
}

func (h *house) stop() {
	if h.cmd == nil {
		return
	}
	h.cmd.Process.Signal(syscall.SIGTERM)
	h.cmd.Wait()
	h.cmd = nil
}

// run runs a command of the program on the same data and returns what it prints.
func (h *house) run(args ...string) string {
	h.t.Helper()
	out, err := exec.Command(h.bin, append(args, "--data", h.data)...).CombinedOutput()
	if err != nil {
		h.t.Fatalf("marginalia %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// get reads an API answer into v.
func (h *house) get(path string, v any) {
	h.t.Helper()
	res, err := http.Get(h.url(path))
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		h.t.Fatalf("GET %s: %s %v\n%s", path, res.Status, err, body)
	}
	if err := json.Unmarshal(body, v); err != nil {
		h.t.Fatalf("GET %s: %v\n%s", path, err, body)
	}
}

// published returns the ids of the notes that everybody sees on an article.
func (h *house) published(slug string) []string {
	h.t.Helper()
	var feed struct {
		Changes []struct {
			Op         string
			Annotation struct{ ID string }
		}
	}
	h.get("/api/v1/articles/"+slug+"/notes?since=0", &feed)
	var ids []string
	for _, c := range feed.Changes {
		if c.Op == "put" {
			ids = append(ids, c.Annotation.ID)
		}
	}
	return ids
}

// until waits for a condition of the server, which it asks for again and again.
func until(t testing.TB, what string, limit time.Duration, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-ctx.Done():
			t.Fatalf("waited %v for %s", limit, what)
		case <-tick.C:
		}
	}
}

var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
