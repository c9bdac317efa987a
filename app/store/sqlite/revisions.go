package sqlite

import (
	"slices"
	"sync"

	"marginalia/app/article"
)

// maxRevisions bounds the bytes of the revisions that are kept, as stored.
const maxRevisions = 4 << 20

// revisions keeps the revisions that were read last: every note asks for the one
// it is written on, and decoding a long one takes longer than all the rest. A
// stored revision never changes, so whatever other processes do, what is kept
// here is never out of date; which one is the newest is always asked for.
type revisions struct {
	mu   sync.Mutex
	by   map[revisionKey]keptRevision
	size int
}

type revisionKey struct{ slug, id string }

type keptRevision struct {
	article.Revision

	size int
}

func newRevisions() *revisions { return &revisions{by: map[revisionKey]keptRevision{}} }

// get returns a copy that the caller may change.
func (r *revisions) get(slug, id string) (article.Revision, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	kept, ok := r.by[revisionKey{slug, id}]
	rev := kept.Revision
	rev.Blocks = slices.Clone(rev.Blocks)
	return rev, ok
}

// put keeps a copy of rev, of size bytes, and makes room for it.
func (r *revisions) put(slug string, rev article.Revision, size int) {
	if size > maxRevisions {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	rev.Blocks = slices.Clone(rev.Blocks)
	key := revisionKey{slug, rev.ID}
	if _, ok := r.by[key]; ok {
		return
	}
	for other, kept := range r.by {
		if r.size+size <= maxRevisions {
			break
		}
		delete(r.by, other) // any one: it comes back when it is needed
		r.size -= kept.size
	}
	r.by[key] = keptRevision{rev, size}
	r.size += size
}
