package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// running is a server that a test started.
type running struct {
	t    *testing.T
	url  string
	stop context.CancelFunc
	done chan int
	log  *bytes.Buffer
}

// start runs serve on a free port and waits until it listens.
func start(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	r := &running{t: t, stop: stop, done: make(chan int, 1), log: new(bytes.Buffer)}
	from, to := io.Pipe()
	go func() {
		r.done <- (&Program{}).Run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--no-check-sources"}, args...), strings.NewReader(""), io.Discard, to)
		to.Close()
	}()
	in := bufio.NewScanner(from)
	for in.Scan() {
		if url, ok := strings.CutPrefix(in.Text(), "listening on "); ok {
			r.url = url
			go io.Copy(io.Discard, from)
			t.Cleanup(stop)
			return r
		}
		r.log.WriteString(in.Text() + "\n")
	}
	t.Fatalf("serve = %d\n%s", <-r.done, r.log)
	return nil
}

// end stops the server and wants it gone.
func (r *running) end() {
	r.t.Helper()
	r.stop()
	select {
	case code := <-r.done:
		if code != 0 {
			r.t.Errorf("serve = %d, want 0", code)
		}
	case <-time.After(10 * time.Second):
		r.t.Fatal("serve did not end within 10 s")
	}
}

func (r *running) get(path string) string {
	r.t.Helper()
	resp, err := http.Get(r.url + path)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return string(body)
}

func TestServe(t *testing.T) {
	data, articles := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{"one.txt": "One story is told here.\n", "two.md": "# Two\n\nAnother story.\n", "bad.txt": "x\n\xff\n", "note.doc": "x"} {
		if err := os.WriteFile(filepath.Join(articles, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := start(t, "--data", data, "--articles", articles)
	if got := r.get("/api/v1/articles"); !strings.Contains(got, `"slug":"one"`) || !strings.Contains(got, `"slug":"two"`) {
		t.Errorf("articles = %s", got)
	}
	if !strings.Contains(r.log.String(), "bad.txt:2:") {
		t.Errorf("the broken file is not reported:\n%s", r.log)
	}
	// Another process writes: the running server shows it.
	if got := marginalia(t, "", "import", write(t, "one.txt", "One story was told anew.\n"), "--data", data); got.code != 0 {
		t.Fatalf("import = %+v", got)
	}
	if got := r.get("/a/one"); !strings.Contains(got, "told anew") {
		t.Error("the page is still the old revision")
	}
	r.end()

	r = start(t, "--data", data, "--articles", articles)
	if got := r.get("/a/one"); !strings.Contains(got, "told anew") {
		t.Error("the second start imported the folder again")
	}
	r.end()
}

func TestQueueDecides(t *testing.T) {
	data := t.TempDir()
	marginalia(t, "", "import", write(t, "buses.txt", "The night buses carried 4,100 people in October.\n"), "--data", data)
	bad := write(t, "policy.json", "{}")
	r := start(t, "--data", data, "--policy", bad)
	if !strings.Contains(r.log.String(), "the policy is not valid, every note is held") {
		t.Errorf("serve does not say that the policy is not valid:\n%s", r.log)
	}
	const id = "019a0000-0000-7000-8000-00000000000a"
	body := `{"cursors":{"buses":0},"changes":[{"id":"019a0000-0000-7000-8000-00000000000b","op":"put","article":"buses","ifMatch":"",
		"annotation":{"id":"` + id + `","motivation":"questioning","created":"2026-11-22T20:00:00Z","body":[
			{"type":"TextualBody","value":"Which year?\u001b[2J","purpose":"commenting"},{"type":"TextualBody","value":"question","purpose":"tagging"}],
			"target":"buses"}}]}`
	body = strings.Replace(body, `\u001b[2J`, "\u202e", 1)
	resp, err := http.Post(r.url+"/api/v1/sync", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if !strings.Contains(string(answer), `"state":"held"`) {
		t.Fatalf("sync = %s", answer)
	}
	list := marginalia(t, "", "queue", "--data", data)
	if !strings.Contains(list.stdout, id) || !strings.Contains(list.stdout, "Which year?") || strings.Contains(list.stdout, "\u202e") || !strings.Contains(list.stdout, "held:    policy") {
		t.Errorf("queue = %s", list.stdout)
	}
	if got := marginalia(t, "", "queue", "publish", id, "--reason", "Fair.", "--data", data); got.code != 0 || !strings.Contains(got.stdout, "is published") {
		t.Fatalf("queue publish = %+v", got)
	}
	if got := r.get("/api/v1/articles/buses/notes?since=0"); !strings.Contains(got, id) {
		t.Errorf("feed = %s", got)
	}
	if got := marginalia(t, "", "queue", "reject", id, "--reason", "No.", "--data", data); got.code != 1 || !strings.Contains(got.stderr, "does not wait") {
		t.Errorf("second decision = %+v", got)
	}
	if got := marginalia(t, "", "queue", "take-down", id, "--reason", "A court says so.", "--data", data); got.code != 0 || !strings.Contains(got.stdout, "is taken down") {
		t.Errorf("queue take-down = %+v", got)
	}
	if got := marginalia(t, "", "queue", "take-down", id, "--reason", "Again.", "--data", data); got.code != 1 || !strings.Contains(got.stderr, "not public") {
		t.Errorf("a second time = %+v", got)
	}
	if got := r.get("/api/v1/articles/buses/notes?since=0"); strings.Contains(got, "Which year?") {
		t.Errorf("feed after the note was taken down = %s", got)
	}
	r.end()
}

// TestServeTellsNews: what another process writes reaches an open stream within two
// seconds, and a stream does not keep the server from ending.
func TestServeTellsNews(t *testing.T) {
	data := t.TempDir()
	marginalia(t, "", "import", write(t, "one.txt", "One story is told here.\n"), "--data", data)
	r := start(t, "--data", data)
	resp, err := http.Get(r.url + "/api/v1/articles/one/events?since=1")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	in := bufio.NewScanner(resp.Body)
	in.Scan() // the stream is open
	if got := marginalia(t, "", "import", write(t, "one.txt", "One story was told anew.\n"), "--data", data); got.code != 0 {
		t.Fatalf("import = %+v", got)
	}
	written := time.Now()
	for in.Scan() {
		if strings.HasPrefix(in.Text(), "data: ") {
			break
		}
	}
	if took := time.Since(written); !strings.Contains(in.Text(), `"op":"revision"`) || took > 2*time.Second {
		t.Errorf("after %v the stream says %q, want the revision within 2 s", took, in.Text())
	}
	r.end()
}
