//go:build js && wasm

package browser

import (
	"context"
	"errors"
	"syscall/js"
)

// ErrGone says that the reader closed what the browser had opened.
var ErrGone = errors.New("closed by the reader")

// CanShare reports whether the browser hands links to other apps.
func CanShare() bool { return navigator().Get("share").Type() == js.TypeFunction }

// Share hands a link to another app, which the reader chooses; ErrGone if they
// choose none. Browsers allow it shortly after a press. See
// https://developer.mozilla.org/docs/Web/API/Navigator/share
func Share(ctx context.Context, title, text, url string) error {
	_, err := tryAwait(ctx, "share", navigator(), "share", map[string]any{"title": title, "text": text, "url": url})
	var refused js.Error
	if errors.As(err, &refused) && refused.Get("name").String() == "AbortError" {
		return ErrGone
	}
	return err
}

// SetBadge shows a number at the app's icon, or nothing for 0, where the browser
// has such a thing. See https://developer.mozilla.org/docs/Web/API/Badging_API
func SetBadge(ctx context.Context, n int) error {
	name, args := "setAppBadge", []any{n}
	if n == 0 {
		name, args = "clearAppBadge", nil
	}
	if navigator().Get(name).Type() != js.TypeFunction {
		return nil
	}
	_, err := tryAwait(ctx, "badge", navigator(), name, args...)
	return err
}
