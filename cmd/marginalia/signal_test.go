package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asProgram makes the test binary act as the program: signals go to a process.
const asProgram = "TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// process starts the program with its input held open.
func process(t *testing.T, args ...string) (cmd *exec.Cmd, stdin io.Writer, stdout, stderr *bufio.Scanner) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, in, bufio.NewScanner(out), bufio.NewScanner(errs)
}

// ends sends a signal and wants the process gone.
func ends(t *testing.T, cmd *exec.Cmd, with os.Signal) error {
	t.Helper()
	if err := cmd.Process.Signal(with); err != nil {
		t.Fatal(err)
	}
	gone := make(chan error, 1)
	go func() { gone <- cmd.Wait() }()
	select {
	case err := <-gone:
		return err
	case <-time.After(10 * time.Second):
		cmd.Process.Kill()
		t.Fatalf("%v did not end it within 10 s", with)
		return nil
	}
}

func TestSignalEndsWhatWaitsForInput(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		cmd, stdin, stdout, _ := process(t, "check")
		io.WriteString(stdin, `{"id":"a","text":"Which week?"}`+"\n")
		if !stdout.Scan() || !strings.Contains(stdout.Text(), `"id":"a"`) {
			t.Fatalf("answer = %q, want it before the input ends", stdout.Text())
		}
		ends(t, cmd, s)
	}
}

func TestSignalEndsServe(t *testing.T) {
	cmd, _, _, stderr := process(t, "serve", "--addr", "127.0.0.1:0", "--data", t.TempDir())
	var url string
	for url == "" && stderr.Scan() {
		if at, ok := strings.CutPrefix(stderr.Text(), "listening on "); ok {
			url = at
		}
	}
	resp, err := http.Get(url + "/healthz") // the connection stays open
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.ReadAll(resp.Body); err != nil {
		t.Fatal(err)
	}
	go func() {
		for stderr.Scan() { // so that the log has somewhere to go
		}
	}()
	if err := ends(t, cmd, syscall.SIGTERM); err != nil {
		t.Errorf("serve ends with %v, want status 0", err)
	}
}
