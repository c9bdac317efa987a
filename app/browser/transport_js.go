//go:build js && wasm

package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"syscall/js"
	"time"

	"marginalia/app/article"
	"marginalia/app/replica"
)

// patience is how long an answer may take before the device counts as offline.
const patience = 30 * time.Second

// Transport speaks with the server that the page came from, by fetch. See
// https://developer.mozilla.org/docs/Web/API/Window/fetch
type Transport struct {
	// At names, by slug, the snapshots that the page spoke of, see [Transport.Notes].
	At map[string]int64
}

var (
	_ replica.Transport = Transport{}
	_ replica.Snapshots = Transport{}
)

// Sync sends one request. Its error is replica.ErrOffline when no answer came,
// when it took too long or was not the server's; *replica.ServerError when the
// server refused; or wraps ctx's.
func (Transport) Sync(ctx context.Context, r replica.Request) (replica.Answer, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return replica.Answer{}, fmt.Errorf("sync: %w", err)
	}
	packed, coding := pack(ctx, body)
	a, err := exchange(ctx, "POST", "/api/v1/sync", packed, coding)
	if err == nil && a.status == unsupported && coding != "" { // a proxy or an older server
		a, err = exchange(ctx, "POST", "/api/v1/sync", body, "")
	}
	if err != nil {
		return replica.Answer{}, fmt.Errorf("sync: %w", err)
	}
	if a.status < 200 || a.status > 299 {
		return replica.Answer{}, refusal(a, Now())
	}
	if !a.isJSON() {
		return replica.Answer{}, fmt.Errorf("sync: %w: not the server's answer", replica.ErrOffline)
	}
	var got replica.Answer
	if err := json.Unmarshal(a.body, &got); err != nil {
		return replica.Answer{}, &replica.ServerError{Status: a.status, Title: "the server's answer cannot be read"}
	}
	return got, nil
}

// Article returns an article with one of its revisions. Its error is as that of
// Sync.
func (t Transport) Article(ctx context.Context, slug, revision string) (article.Article, error) {
	a, err := exchange(ctx, "GET", "/api/v1/articles/"+slug+"/revisions/"+revision, nil, "")
	switch {
	case err != nil:
		return article.Article{}, fmt.Errorf("get revision: %w", err)
	case a.status != 200:
		return article.Article{}, refusal(a, Now())
	case !a.isJSON():
		return article.Article{}, fmt.Errorf("get revision: %w: not the server's answer", replica.ErrOffline)
	}
	var got article.Article
	if err := json.Unmarshal(a.body, &got); err != nil || got.Revision.ID != revision {
		return article.Article{}, &replica.ServerError{Status: a.status, Title: "the server's answer cannot be read"}
	}
	return got, nil
}

// Notes returns a page of an article's feed: of the snapshot that t knows, which
// any cache on the way may have, or if that is gone of the feed itself. Its error
// is as that of Sync.
func (t Transport) Notes(ctx context.Context, slug string, since int64) (replica.Changes, error) {
	path := "/api/v1/articles/" + slug + "/notes?since=" + strconv.FormatInt(since, 10)
	a, err := answer{status: gone}, error(nil)
	if at, ok := t.At[slug]; ok {
		a, err = exchange(ctx, "GET", path+"&at="+strconv.FormatInt(at, 10), nil, "")
	}
	if err == nil && a.status == gone {
		a, err = exchange(ctx, "GET", path, nil, "")
	}
	switch {
	case err != nil:
		return replica.Changes{}, fmt.Errorf("get notes: %w", err)
	case a.status != 200:
		return replica.Changes{}, refusal(a, Now())
	case !a.isJSON():
		return replica.Changes{}, fmt.Errorf("get notes: %w: not the server's answer", replica.ErrOffline)
	}
	var got replica.Changes
	if err := json.Unmarshal(a.body, &got); err != nil {
		return replica.Changes{}, &replica.ServerError{Status: a.status, Title: "the server's answer cannot be read"}
	}
	return got, nil
}

// gone is the status of a snapshot that may no longer be shown.
const gone = 410

// Get reads an address of this origin, such as an article or the policy. It
// returns any answer with its status; the error is as that of Sync.
func (Transport) Get(ctx context.Context, path string) (body []byte, status int, err error) {
	a, err := exchange(ctx, "GET", path, nil, "")
	if err != nil {
		return nil, 0, fmt.Errorf("get %s: %w", path, err)
	}
	return a.body, a.status, nil
}

// SignOut has the server take the session's cookie back, which no script can. Its
// error is as that of Sync.
func (Transport) SignOut(ctx context.Context) error {
	a, err := exchange(ctx, "POST", "/api/v1/signout", []byte("{}"), "")
	if err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	if a.status < 200 || a.status > 299 {
		return refusal(a, Now())
	}
	return nil
}

// leastPacked is the size from which packing a body saves more than it costs.
const leastPacked = 2000

// unsupported is the status for a body in a coding that is not taken.
const unsupported = 415

// pack packs a body as fetch can send it: coding "" is as it is, also where the
// browser cannot pack. See
// https://developer.mozilla.org/docs/Web/API/CompressionStream
func pack(ctx context.Context, body []byte) (packed []byte, coding string) {
	class := js.Global().Get("CompressionStream")
	if len(body) < leastPacked || !class.Truthy() {
		return body, ""
	}
	var response js.Value
	if try("pack", func() {
		stream := js.Global().Get("Blob").New([]any{toJS(body)}).Call("stream")
		response = js.Global().Get("Response").New(stream.Call("pipeThrough", class.New("gzip")))
	}) != nil {
		return body, ""
	}
	buffer, err := tryAwait(ctx, "pack", response, "arrayBuffer")
	if err != nil {
		return body, ""
	}
	return fromJS(js.Global().Get("Uint8Array").New(buffer)), "gzip"
}

// exchange sends a request, with a body in that coding if there is one, and waits
// for the answer.
func exchange(ctx context.Context, method, path string, body []byte, coding string) (answer, error) {
	timed, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	a, err := fetch(timed, method, path, body, coding)
	switch {
	case err == nil:
		return a, nil
	case ctx.Err() != nil:
		return answer{}, ctx.Err()
	case timed.Err() != nil:
		return answer{}, fmt.Errorf("%w: no answer within %s", replica.ErrOffline, patience)
	}
	var thrown js.Error
	if errors.As(err, &thrown) {
		return answer{}, fmt.Errorf("%w: %w", replica.ErrOffline, err)
	}
	return answer{}, err
}

func fetch(ctx context.Context, method, path string, body []byte, coding string) (answer, error) {
	controller := js.Global().Get("AbortController").New()
	stop := context.AfterFunc(ctx, func() { controller.Call("abort") })
	defer stop()
	headers := map[string]any{"Accept": "application/json"}
	options := map[string]any{
		"method":      method,
		"headers":     headers,
		"credentials": "same-origin",
		"redirect":    "error", // only a sign-in page between here and the server redirects
		"signal":      controller.Get("signal"),
	}
	if body != nil {
		headers["Content-Type"] = "application/json"
		options["body"] = string(body)
		if coding != "" {
			headers["Content-Encoding"] = coding
			options["body"] = toJS(body)
		}
	}
	response, err := tryAwait(ctx, "fetch", js.Global(), "fetch", path, options)
	if err != nil {
		return answer{}, err
	}
	buffer, err := tryAwait(ctx, "read", response, "arrayBuffer")
	if err != nil {
		return answer{}, err
	}
	view := js.Global().Get("Uint8Array").New(buffer)
	a := answer{
		status:     response.Get("status").Int(),
		mime:       header(response, "Content-Type"),
		retryAfter: header(response, "Retry-After"),
		body:       make([]byte, view.Length()),
	}
	js.CopyBytesToGo(a.body, view)
	return a, nil
}

func header(response js.Value, name string) string {
	v := response.Get("headers").Call("get", name)
	if v.Type() != js.TypeString {
		return ""
	}
	return v.String()
}
