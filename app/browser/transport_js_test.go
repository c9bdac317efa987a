//go:build js && wasm

package browser

import (
	"context"
	"errors"
	"syscall/js"
	"testing"
	"time"

	"marginalia/app/replica"
)

func TestTransport(t *testing.T) {
	if !js.Global().Get("location").Truthy() {
		t.Skip("no server here: see TestInChromium")
	}
	// The test server answers as the first cursor's name says.
	sync := func(ctx context.Context, mode string) (replica.Answer, error) {
		return Transport{}.Sync(ctx, replica.Request{Cursors: map[string]int64{mode: 1}})
	}
	got, err := sync(t.Context(), "answer")
	if err != nil || got.Policy != "sha256-1" || len(got.Outcomes) != 1 || got.Outcomes[0].State != replica.Published {
		t.Errorf("Sync = %+v, %v", got, err)
	}
	for _, mode := range []string{"html", "redirect", "gone"} {
		if _, err := sync(t.Context(), mode); !errors.Is(err, replica.ErrOffline) {
			t.Errorf("Sync answered with %s: %v, want ErrOffline", mode, err)
		}
	}
	refusals := map[string]replica.ServerError{
		"problem": {Status: 429, Title: "too many requests", RetryAfter: 3 * time.Second},
		"broken":  {Status: 200, Title: "the server's answer cannot be read"},
	}
	for mode, want := range refusals {
		var refused *replica.ServerError
		if _, err := sync(t.Context(), mode); !errors.As(err, &refused) || *refused != want {
			t.Errorf("Sync answered with %s: %v, want %+v", mode, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := sync(ctx, "answer"); !errors.Is(err, context.Canceled) || errors.Is(err, replica.ErrOffline) {
		t.Errorf("Sync with a done context: %v, want context.Canceled", err)
	}
	if body, status, err := (Transport{}).Get(t.Context(), "/nowhere"); err != nil || status != 404 || len(body) == 0 {
		t.Errorf("Get(/nowhere) = %q, %d, %v, want a 404", body, status, err)
	}
}
