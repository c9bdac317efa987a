package main

import (
	"bufio"
	"context"
	"database/sql"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"marginalia/app/chaos"
	"marginalia/app/store/sqlite"
)

var (
	kills   = flag.Int("kills", 10, "how often TestKilledInMidSync kills the server")
	program = flag.String("program", "", "the program that TestKilledInMidSync kills; by default one that it builds")
)

// A server that is killed at random moments while devices sync loses nothing it
// has acknowledged, does nothing twice, and leaves a sound database.
func TestKilledInMidSync(t *testing.T) {
	data, articles := t.TempDir(), t.TempDir()
	for _, name := range []string{"ferry.txt", "mill.txt"} {
		text := "The " + name + "\n\nThe boats carried 538,000 passengers in 2025. Before, they were 410,700.\n\nNobody was against it.\n"
		if err := os.WriteFile(filepath.Join(articles, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	name := *program
	if name == "" {
		name = built(t)
	}
	serve := func() *killable { return startProcess(t, name, data, articles) }
	server := serve()
	server.listens()
	f, err := chaos.NewFleet(t.Context(), chaos.Config{
		Seed: 1, Faults: 0.3, Devices: 6, Server: server.url, Articles: []string{"ferry", "mill"}, Clock: new(chaos.Clock),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()

	var done atomic.Bool
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	raced := make(chan error, 1)
	go func() {
		defer stop() // what went wrong with a device ends the waiting for it
		raced <- f.Race(ctx, done.Load)
	}()
	rng := rand.New(rand.NewPCG(9, 9))
	for range *kills {
		if f.Proxy().Await(ctx, f.Proxy().Passed()+10+rng.IntN(60)) != nil {
			break
		}
		f.Proxy().Aim("")
		server.kill()
		if rng.IntN(8) == 0 { // in the middle of its start, too
			serve().kill()
		}
		server = serve()
		f.Proxy().Aim(server.listens())
	}
	done.Store(true)
	if err := <-raced; err != nil {
		t.Fatal(err)
	}
	if err := f.Settle(t.Context()); err != nil {
		t.Fatalf("%v\n%s", err, f.Trace(err))
	}
	st, err := sqlite.Open(t.Context(), filepath.Join(data, "marginalia.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := f.Check(t.Context(), st); err != nil {
		t.Errorf("%v\n%s", err, f.Trace(err))
	}
	server.kill()
	sound(t, filepath.Join(data, "marginalia.db"))
	if f.Proxy().Broken() == 0 {
		t.Error("no kill met a request")
	}
	t.Logf("%d kills in the middle of %d requests, %d changes: %s", *kills, f.Proxy().Broken(), f.Changes(), f.Ledger.Summary())
}

// sound wants a database to pass its own check.
func sound(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var answer string
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&answer); err != nil || answer != "ok" {
		t.Errorf("integrity_check = %s, %v", answer, err)
	}
}

// built builds the program as make does: the race detector would make each start
// take seconds.
func built(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "marginalia")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", name, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return name
}

// killable is a server in a process of its own.
type killable struct {
	t      *testing.T
	cmd    *exec.Cmd
	stderr io.ReadCloser
	url    string
}

// startProcess starts the program.
func startProcess(t *testing.T, name, data, articles string) *killable {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, "serve", "--addr", "127.0.0.1:0", "--no-check-sources", "--data", data, "--articles", articles)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &killable{t: t, cmd: cmd, stderr: stderr}
}

// listens waits until the server does, and returns its address.
func (k *killable) listens() string {
	k.t.Helper()
	lines := bufio.NewScanner(k.stderr)
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
			k.url = url
			go io.Copy(io.Discard, k.stderr) // so that the log has somewhere to go
			return url
		}
	}
	k.t.Fatalf("the server did not start: %v", k.cmd.Wait())
	return ""
}

// kill ends the process as a power cut does: it learns nothing of it.
func (k *killable) kill() {
	k.t.Helper()
	if err := k.cmd.Process.Kill(); err != nil {
		k.t.Fatal(err)
	}
	_ = k.cmd.Wait() // "signal: killed"
	if k.cmd.ProcessState.Exited() {
		k.t.Fatalf("the server ended by itself: %v", k.cmd.ProcessState)
	}
}
