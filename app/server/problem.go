package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"marginalia/app/store"
)

// httpError is an error that a client may read. Everything else is an internal
// error, of which it learns nothing but the status.
type httpError struct {
	status int
	title  string
	detail string
	// retry is the least number of seconds to wait before the next try, or 0.
	retry int
}

func (e *httpError) Error() string { return e.title + ": " + e.detail }

// problemDocument is an RFC 9457 problem detail.
type problemDocument struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
}

// refuse makes an error with a status and what to do about it.
func refuse(status int, detail string) error {
	return &httpError{status: status, title: http.StatusText(status), detail: detail}
}

// toHTTP maps any error to what is said to a client. It is the one place that
// decides on a status.
func toHTTP(err error) *httpError {
	var known *httpError
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, store.ErrNotFound):
		return &httpError{status: http.StatusNotFound, title: "Not found", detail: "There is nothing at this address."}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return &httpError{status: http.StatusServiceUnavailable, title: "Not finished", detail: "The request ended before its answer was ready. Send it again.", retry: 1}
	}
	return &httpError{status: http.StatusInternalServerError, title: "Internal error", detail: "Something went wrong here. Send the request again later; sending it twice does no harm."}
}

// writeProblem answers with err. The cause of an internal error is logged.
func (s *Server) writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	e := toHTTP(err)
	if e.status == http.StatusInternalServerError {
		s.log.Error("request failed", "route", r.Pattern, "err", err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	if e.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(e.retry))
	}
	w.WriteHeader(e.status)
	body, _ := json.Marshal(problemDocument{"about:blank", e.title, e.status, e.detail})
	w.Write(body) // the client may be gone: nobody is left to tell
}

// writeJSON answers with v.
func writeJSON(w http.ResponseWriter, r *http.Request, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Vary", "Accept-Encoding")
	newVariants("application/json", body).send(w, r, http.StatusOK)
	return nil
}
