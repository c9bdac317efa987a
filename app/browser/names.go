package browser

import (
	"context"
	"fmt"
	"sync"
)

// names are locks by name within one page.
type names struct {
	mu   sync.Mutex
	held map[string]chan struct{} // one token each
}

// lock waits until name is free or ctx is done.
func (n *names) lock(ctx context.Context, name string) (unlock func(), err error) {
	n.mu.Lock()
	token, ok := n.held[name]
	if !ok {
		token = make(chan struct{}, 1)
		n.held[name] = token
	}
	n.mu.Unlock()
	select {
	case token <- struct{}{}:
		return sync.OnceFunc(func() { <-token }), nil
	case <-ctx.Done():
		return nil, fmt.Errorf("lock %s: %w", name, ctx.Err())
	}
}
