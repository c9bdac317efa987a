package chaos

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"marginalia/app/replica"
)

// echo is a server that remembers what arrived whole.
type echo struct {
	*httptest.Server
	mu   sync.Mutex
	took []string
}

func newEcho(t *testing.T) *echo {
	e := &echo{}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		e.mu.Lock()
		e.took = append(e.took, string(body))
		e.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`"got ` + string(body) + `"`))
	}))
	t.Cleanup(e.Close)
	return e
}

func (e *echo) all() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.took)
}

// Each fault does to a request, and to its answer, what its name says.
func TestFaults(t *testing.T) {
	const ok = `200 "got one"`
	cases := map[Fault]struct {
		first string   // how the request that meets it ends for its sender
		took  []string // what the server took by then
		then  []string // and after another request
	}{
		None:        {ok, []string{"one"}, []string{"one", "two"}},
		LostRequest: {"offline", nil, []string{"two"}},
		CutRequest:  {"offline", nil, []string{"two"}},
		LateRequest: {"offline", nil, []string{"two", "one"}},
		SlowRequest: {ok, []string{"meanwhile", "one"}, []string{"meanwhile", "one", "two"}},
		LostAnswer:  {"offline", []string{"one"}, []string{"one", "two"}},
		CutAnswer:   {"offline", []string{"one"}, []string{"one", "two"}},
		SlowAnswer:  {ok, []string{"one", "meanwhile"}, []string{"one", "meanwhile", "two"}},
		Twice:       {ok, []string{"one", "one"}, []string{"one", "one", "two"}},
		TwiceLate:   {ok, []string{"one"}, []string{"one", "two", "one"}},
		Busy:        {"503", nil, []string{"two"}},
		Portal:      {"200 <title>Welcome to the train</title>", nil, []string{"two"}},
	}
	for f := range faults {
		t.Run(f.String(), func(t *testing.T) {
			want, known := cases[f]
			if !known {
				t.Fatal("no case")
			}
			server := newEcho(t)
			p, err := NewProxy(1, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			p.Aim(server.URL)
			p.Meanwhile = func(Fault) { p.deliver(&message{method: "POST", path: "/", body: []byte("meanwhile")}) }
			gate := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				p.pass(w, &message{method: r.Method, path: "/", header: r.Header, body: body}, f)
			}))
			defer gate.Close()
			if got := post(gate.URL, "one"); got != want.first {
				t.Errorf("the sender got %q, want %q", got, want.first)
			}
			if got := server.all(); !slices.Equal(got, want.took) {
				t.Errorf("the server took %q, want %q", got, want.took)
			}
			if got := post(p.URL(), "two"); got != `200 "got two"` {
				t.Errorf("the next sender got %q", got)
			}
			p.Calm() // what is late arrives now at the latest
			if got := server.all(); !slices.Equal(got, want.then) {
				t.Errorf("the server took %q in the end, want %q", got, want.then)
			}
		})
	}
}

// post sends a body and says in a line how it ended.
func post(url, body string) string {
	resp, err := http.Post(url, "text/plain", strings.NewReader(body))
	if err != nil {
		return "offline"
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return "offline"
	case resp.StatusCode != http.StatusOK:
		return resp.Status[:3]
	}
	return "200 " + string(data)
}

// The same seed makes the same decisions, about as many of them bad as it should.
func TestDice(t *testing.T) {
	a, b := newDice(5, 0.3), newDice(5, 0.3)
	met := map[Fault]int{}
	for range 10_000 {
		x, y := a.fault(false), b.fault(false)
		if x != y {
			t.Fatalf("%v and %v by the same seed", x, y)
		}
		met[x]++
	}
	if bad := 10_000 - met[None]; bad < 2_800 || bad > 3_200 {
		t.Errorf("%d of 10,000 requests go wrong, want about 3,000", bad)
	}
	for f := range faults {
		if met[f] == 0 {
			t.Errorf("%v never happens", f)
		}
	}
}

// A request that comes while there is no server is lost when one comes.
func TestNoServer(t *testing.T) {
	server := newEcho(t)
	p, err := NewProxy(1, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	got := make(chan string)
	go func() { got <- post(p.URL(), "one") }()
	p.Aim(server.URL)
	// It may have come after the server: then it has passed.
	if end := <-got; (end == "offline") != (len(server.all()) == 0) {
		t.Errorf("the sender got %q, the server took %q", end, server.all())
	}
}

// What a ledger is for: each of these answers cannot be true after the first.
func TestLedgerContradicts(t *testing.T) {
	put := `{"cursors":{},"mine":0,"changes":[{"id":"c1","op":"put","article":"a","annotation":{"id":"n1","type":"Annotation","motivation":"questioning","body":[{"type":"TextualBody","purpose":"commenting","value":"one"}],"target":{"source":"a"}},"ifMatch":""}]}`
	answer := `{"reader":{"id":"r"},"outcomes":[{"id":"c1","state":"published","etag":"e1","reasons":[]}]}`
	for name, tc := range map[string]struct{ request, answer, want string }{
		"the same again":   {put, answer, ""},
		"another outcome":  {put, strings.Replace(answer, "published", "held", 1), "had two outcomes"},
		"another reader":   {put, strings.Replace(answer, `"r"`, `"s"`, 1), "of r was taken from s"},
		"twice":            {strings.Replace(put, "c1", "c2", 1), strings.Replace(answer, "c1", "c2", 1), "was taken twice"},
		"lost":             {put, strings.Replace(answer, `{"id":"c1","state":"published","etag":"e1","reasons":[]}`, "", 1), "0 outcomes for 1 changes"},
		"of another":       {put, strings.Replace(answer, "c1", "c2", 1), "came for change c1"},
		"a false conflict": {strings.NewReplacer("c1", "c2", `"ifMatch":""`, `"ifMatch":"e1"`).Replace(put), `{"reader":{"id":"r"},"outcomes":[{"id":"c2","state":"conflict","etag":"e1","current":{"etag":"e1","state":"published"},"reasons":[]}]}`, "was no conflict"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLedger()
			l.Hear(Exchange{Path: "/api/v1/sync", Request: []byte(put), Answer: []byte(answer), Status: 200})
			l.Hear(Exchange{Path: "/api/v1/sync", Request: []byte(tc.request), Answer: []byte(tc.answer), Status: 200})
			got := ""
			if err := errors.Join(l.broken...); err != nil {
				got = err.Error()
			}
			if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Errorf("the ledger says %q, want %q", got, tc.want)
			}
		})
	}
}

// A killed page gets nothing more, and what it stored is there for the next.
func TestDisk(t *testing.T) {
	for _, late := range []bool{false, true} {
		d := newDisk()
		write := func(key string) error {
			return d.Write(t.Context(), replica.Write{Table: replica.Meta, Key: key, Value: []byte(`1`)})
		}
		if err := write("a"); err != nil {
			t.Fatal(err)
		}
		d.killAt(2, late)
		errs := []error{write("b"), write("c"), write("d")}
		if errs[0] != nil || !errors.Is(errs[1], errKilled) || !errors.Is(errs[2], errKilled) {
			t.Errorf("writes end with %v, want the second killed and all after it", errs)
		}
		next, err := d.reload(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		entries, err := next.List(t.Context(), replica.Meta)
		var keys bytes.Buffer
		for _, e := range entries {
			keys.WriteString(e.Key)
		}
		want := "ab"
		if late {
			want = "abc"
		}
		if err != nil || keys.String() != want {
			t.Errorf("stored is %q, %v, want %q", keys.String(), err, want)
		}
	}
}
