package chaos

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"marginalia/app/article"
	"marginalia/app/replica"
)

// Wire is a [replica.Transport] over HTTP that judges answers as the one in the
// browser does.
type Wire struct {
	URL string
	// Client has the cookies.
	Client *http.Client
}

var _ replica.Transport = (*Wire)(nil)

// Sync sends one request.
func (w *Wire) Sync(ctx context.Context, r replica.Request) (replica.Answer, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return replica.Answer{}, err
	}
	var got replica.Answer
	err = w.exchange(ctx, http.MethodPost, "/api/v1/sync", body, &got)
	return got, err
}

// Article returns an article with one of its revisions, the newest if that is "".
func (w *Wire) Article(ctx context.Context, slug, revision string) (article.Article, error) {
	path := "/api/v1/articles/" + slug
	if revision != "" {
		path += "/revisions/" + revision
	}
	var got article.Article
	err := w.exchange(ctx, http.MethodGet, path, nil, &got)
	return got, err
}

func (w *Wire) exchange(ctx context.Context, method, path string, body []byte, into any) error {
	r, err := http.NewRequestWithContext(ctx, method, w.URL+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	resp, err := w.Client.Do(r)
	if err != nil {
		return fmt.Errorf("%w: %w", replica.ErrOffline, err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", replica.ErrOffline, err)
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		return &replica.ServerError{Status: resp.StatusCode, Title: resp.Status}
	case !strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json"):
		return fmt.Errorf("%w: not the server's answer", replica.ErrOffline)
	}
	if err := json.Unmarshal(data, into); err != nil {
		return &replica.ServerError{Status: resp.StatusCode, Title: "the server's answer cannot be read"}
	}
	return nil
}
