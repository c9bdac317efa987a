package browser

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"marginalia/app/replica"
)

// answer is an HTTP answer, read to its end.
type answer struct {
	status     int
	mime       string // Content-Type
	retryAfter string
	body       []byte
}

// isJSON reports whether the answer can be the server's: what stands between, as
// a café's sign-in page, answers HTML with status 200.
func (a answer) isJSON() bool {
	kind, _, _ := strings.Cut(a.mime, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	return kind == "application/json" || strings.HasSuffix(kind, "+json")
}

// refusal is what an answer that is not 2xx says, from its problem document
// (RFC 9457) if it has one.
func refusal(a answer, now time.Time) *replica.ServerError {
	e := &replica.ServerError{Status: a.status, RetryAfter: retryAfter(a.retryAfter, now)}
	if a.isJSON() {
		var problem struct {
			Title  string `json:"title"`
			Detail string `json:"detail"`
		}
		if json.Unmarshal(a.body, &problem) == nil {
			e.Title = problem.Title
			if problem.Detail != "" {
				e.Title = strings.TrimPrefix(e.Title+": "+problem.Detail, ": ")
			}
		}
	}
	if e.Title == "" {
		e.Title = fmt.Sprintf("the server answered %d", a.status)
	}
	return e
}

// retryAfter reads seconds or a date (RFC 9110, section 10.2.3); 0 if neither.
func retryAfter(s string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(s); err == nil && seconds >= 0 {
		return time.Duration(min(seconds, 24*60*60)) * time.Second
	}
	if at, err := time.Parse("Mon, 02 Jan 2006 15:04:05 GMT", s); err == nil {
		return min(max(0, at.Sub(now)), 24*time.Hour)
	}
	return 0
}
