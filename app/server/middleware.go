package server

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// handler is an HTTP handler that may fail before it has written anything.
type handler func(w http.ResponseWriter, r *http.Request) error

// policyCSP allows nothing but what comes from this origin. wasm-unsafe-eval is
// what starting the browser program takes.
const policyCSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
	"font-src 'none'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'"

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	begin := time.Now() // how long it took is measured, whatever the clock in Config says
	rec := &recorder{ResponseWriter: w}
	_, pattern := s.mux.Handler(r)
	defer func() {
		if p := recover(); p != nil {
			s.recovered(rec, r, p)
		}
		took := time.Since(begin)
		status := max(rec.status, http.StatusOK)
		s.metrics.request(pattern, status, took)
		s.log.Info("request", "method", r.Method, "route", pattern, "status", status, "duration", took, "bytes", rec.bytes)
	}()
	s.setHeaders(rec, r)
	if err := s.admit(r); err != nil {
		s.writeProblem(rec, r, err)
		return
	}
	if pattern == "" {
		s.unrouted(rec, r)
		return
	}
	s.mux.ServeHTTP(rec, r)
}

// route turns an error into its answer: a problem document, or for a page that
// is not there the page that says so.
func (s *Server) route(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		switch {
		case err == nil:
		case !forMachines(r) && toHTTP(err).status == http.StatusNotFound:
			s.notFound(w, r)
		default:
			s.writeProblem(w, r, err)
		}
	})
}

// recovered answers for a handler that panicked. The panic's value may hold what
// a reader wrote, so only its type and the stack are logged.
func (s *Server) recovered(w *recorder, r *http.Request, p any) {
	if p == http.ErrAbortHandler {
		panic(p)
	}
	s.log.Error("panic", "route", r.Pattern, "type", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
	if w.status == 0 {
		s.writeProblem(w, r, fmt.Errorf("panic of type %T", p))
	}
}

func (s *Server) setHeaders(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policyCSP)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	if s.secure || r.TLS != nil {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// admit refuses writes that come from another origin, or too fast.
func (s *Server) admit(r *http.Request) error {
	if r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions {
		return nil
	}
	if err := s.cross.Check(r); err != nil {
		return refuse(http.StatusForbidden, "A page of another site cannot write here.")
	}
	if key, bounded := clientKey(r); bounded {
		return s.count(key)
	}
	return nil
}

// count takes a write of key off what it may do, or refuses it.
func (s *Server) count(key string) error {
	wait, ok := s.writes.take(key, s.now())
	if ok {
		return nil
	}
	return &httpError{
		status: http.StatusTooManyRequests, title: http.StatusText(http.StatusTooManyRequests),
		detail: "Too many requests. What you wrote is kept on your device and goes out later.", retry: seconds(wait),
	}
}

// unrouted answers a request that no route takes: the router's own redirect, or
// its 404 or 405 in the project's form.
func (s *Server) unrouted(w http.ResponseWriter, r *http.Request) {
	plain := &probe{header: http.Header{}}
	s.mux.ServeHTTP(plain, r)
	if to := plain.header.Get("Location"); to != "" {
		http.Redirect(w, r, to, plain.status)
		return
	}
	if plain.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", plain.header.Get("Allow"))
		s.writeProblem(w, r, refuse(plain.status, "This address does not take "+r.Method+"."))
		return
	}
	if forMachines(r) {
		s.writeProblem(w, r, refuse(http.StatusNotFound, "There is nothing at this address."))
		return
	}
	s.notFound(w, r)
}

// forMachines reports whether errors at this address are problem documents.
func forMachines(r *http.Request) bool {
	p := r.URL.Path
	return p == "/api" || strings.HasPrefix(p, "/api/") || strings.HasPrefix(p, "/assets/") ||
		strings.HasPrefix(p, "/a/") && strings.Contains(p, "/annotations/") || r.Method != http.MethodGet && r.Method != http.MethodHead
}

// recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// probe takes the router's own answer without sending it.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) WriteHeader(status int)      { p.status = status }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
