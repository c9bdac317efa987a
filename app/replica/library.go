package replica

import (
	"context"

	"marginalia/app/article"
)

// The keys of the table Meta.
const (
	metaReader  = "reader"  // Reader
	metaCursors = "cursors" // map of slug to int64
	metaMine    = "mine"    // int64
	metaPolicy  = "policy"  // []byte
	metaList    = "list"    // []article.Summary
)

// Article returns an article that was saved, or ErrNotFound.
func (r *Replica) Article(ctx context.Context, slug string) (article.Article, error) {
	var a article.Article
	err := read(ctx, r.store, Articles, slug, &a)
	return a, err
}

// Saved is the set of slugs of the articles on this device.
func (r *Replica) Saved(ctx context.Context) (map[string]bool, error) {
	stored, err := r.store.List(ctx, Articles)
	if err != nil {
		return nil, err
	}
	slugs := make(map[string]bool, len(stored))
	for _, s := range stored {
		slugs[s.Key] = true
	}
	return slugs, nil
}

// SaveList keeps the list of articles.
func (r *Replica) SaveList(ctx context.Context, list []article.Summary) error {
	return r.save(ctx, Meta, metaList, list)
}

// List returns the list of articles last saved, nil before the first.
func (r *Replica) List(ctx context.Context) ([]article.Summary, error) {
	var list []article.Summary
	err := readOr(ctx, r.store, Meta, metaList, &list)
	return list, err
}

// SavePolicy keeps the publisher's policy, byte for byte, since its bytes are
// what its hash names.
func (r *Replica) SavePolicy(ctx context.Context, raw []byte) error {
	return r.save(ctx, Meta, metaPolicy, raw)
}

// Policy returns the policy last saved, or ErrNotFound.
func (r *Replica) Policy(ctx context.Context) ([]byte, error) {
	var raw []byte
	err := read(ctx, r.store, Meta, metaPolicy, &raw)
	return raw, err
}
