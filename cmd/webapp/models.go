//go:build js && wasm

package main

import (
	"context"
	"encoding/json"
	"time"

	"marginalia/app/browser"
	"marginalia/app/claims"
	"marginalia/app/moderation"
	"marginalia/app/state"
)

// modelRetry is how long a model that could not be had is waited for.
const modelRetry = 20 * time.Second

// model is one that has come.
type model struct {
	name string
	data []byte
}

// fetchModels gets the models that policies name, one after the other: through
// the service worker's cache, so that they come without a network too.
func (k *keeper) fetchModels(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case p := <-k.wanted:
			for !k.fetchAll(ctx, p) {
				select {
				case <-ctx.Done():
					return
				case <-time.After(modelRetry):
				case p = <-k.wanted:
				}
			}
		}
	}
}

// fetchAll gets the models of p and reports whether there is none to try again
// for. A server that answers without one has none: verdicts say so.
func (k *keeper) fetchAll(ctx context.Context, p *moderation.Policy) bool {
	all := true
	for _, name := range p.Lacking() {
		data, status, err := browser.Transport{}.Get(ctx, moderation.ModelPath(name, p.Models()[name]))
		if err == nil && status == ok {
			k.models <- model{name, data}
		}
		all = all && err == nil
	}
	return all
}

// claimsPath is where the page's server has the model that finds claims, "" if it
// has none.
func claimsPath(assets []byte) string {
	var a struct {
		Claims string `json:"claims"`
	}
	_ = json.Unmarshal(assets, &a) // a page without an app has none
	return a.Claims
}

// fetchFinder gets the model that finds claims, for a page that can show them. No
// verdict depends on it, so no policy names it.
func (p *program) fetchFinder(ctx context.Context, path string) {
	r := p.boot.Route
	if path == "" || r.Page != state.Reading || r.Revision != "" || p.boot.Article != nil && !claims.Knows(p.boot.Article.Revision.Language) {
		return
	}
	data, status, err := browser.Transport{}.Get(ctx, path)
	for err != nil {
		select {
		case <-ctx.Done():
			return
		case <-time.After(modelRetry):
		}
		data, status, err = browser.Transport{}.Get(ctx, path)
	}
	if status != ok {
		return
	}
	if m, err := claims.Parse(data); err == nil {
		p.send(state.FinderHere{Finder: m})
	}
}

// learn gives the policy a model and tells the screen.
func (k *keeper) learn(m model) {
	if k.policy == nil {
		return
	}
	if p, err := k.policy.With(m.name, m.data); err == nil {
		k.policy = p
		k.reload()
	}
}
