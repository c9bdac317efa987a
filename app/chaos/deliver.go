package chaos

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// patience is how long a slow exchange waits for others, where no Meanwhile says
// what happens first.
const patience = 5 * time.Millisecond

// message is a request as it came from a device.
type message struct {
	method, path string
	header       http.Header
	body         []byte
}

// pass carries out a fault.
func (p *Proxy) pass(w http.ResponseWriter, m *message, f Fault) {
	switch f {
	case LostRequest:
		panic(http.ErrAbortHandler)
	case CutRequest:
		p.deliverHalf(m)
		panic(http.ErrAbortHandler)
	case LateRequest:
		p.later(m)
		panic(http.ErrAbortHandler)
	case Busy:
		w.Header().Set("Retry-After", "1")
		http.Error(w, "Service Unavailable", http.StatusServiceUnavailable)
		return
	case Portal:
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<title>Welcome to the train</title>")
		return
	case SlowRequest:
		p.wait(f)
	}
	a, err := p.deliver(m)
	switch f {
	case Twice:
		a, err = p.deliver(m)
	case TwiceLate:
		p.later(m)
	case SlowAnswer:
		p.wait(f)
	}
	if err != nil || f == LostAnswer {
		panic(http.ErrAbortHandler)
	}
	a.write(w, f == CutAnswer)
}

// wait has other things happen first.
func (p *Proxy) wait(f Fault) {
	if p.Meanwhile != nil {
		p.Meanwhile(f)
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_ = p.Await(ctx, p.Passed()+1) // or for as long as it takes
}

// answer is what the server said.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// deliver takes m to the server.
func (p *Proxy) deliver(m *message) (*answer, error) {
	r, err := p.request(m, bytes.NewReader(m.body))
	if err != nil {
		return nil, err
	}
	resp, err := p.client.Do(r)
	var body []byte
	if err == nil {
		defer resp.Body.Close()
		body, err = io.ReadAll(resp.Body)
	}
	if err != nil {
		p.mu.Lock()
		p.broken++
		p.mu.Unlock()
		return nil, err
	}
	if p.Heard != nil {
		p.Heard(Exchange{m.method, m.path, m.body, body, resp.StatusCode})
	}
	return &answer{resp.StatusCode, resp.Header, body}, nil
}

func (p *Proxy) request(m *message, body io.Reader) (*http.Request, error) {
	p.mu.Lock()
	target := p.target
	p.mu.Unlock()
	if target == "" {
		return nil, errDown
	}
	r, err := http.NewRequest(m.method, target+m.path, body)
	if err != nil {
		return nil, err
	}
	r.Header = m.header.Clone()
	return r, nil
}

// deliverHalf takes the beginning of m to the server, and then hangs up.
func (p *Proxy) deliverHalf(m *message) {
	half := io.MultiReader(bytes.NewReader(m.body[:len(m.body)/2]), torn{})
	r, err := p.request(m, half)
	if err != nil {
		return
	}
	r.ContentLength = int64(len(m.body))
	if resp, err := p.client.Do(r); err == nil {
		resp.Body.Close()
	}
}

// torn is where a message ends too early.
type torn struct{}

var (
	errTorn = errors.New("torn")
	errDown = errors.New("there is no server")
)

func (torn) Read([]byte) (int, error) { return 0, errTorn }

// write answers a device with a, whole or cut in its middle.
func (a *answer) write(w http.ResponseWriter, cut bool) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.status)
	if !cut {
		w.Write(a.body)
		return
	}
	w.Write(a.body[:len(a.body)/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}
