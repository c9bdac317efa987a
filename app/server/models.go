package server

import (
	"marginalia/app/moderation"
	"marginalia/app/weights"
)

// WithModels returns p with every model that it names and the program has. The
// error says which could not be loaded; the policy is to be used all the same.
func WithModels(p *moderation.Policy) (*moderation.Policy, error) { return p.Complete(weights.Get) }
