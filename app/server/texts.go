package server

import (
	"sync"

	"marginalia/app/anchor"
	"marginalia/app/article"
	"marginalia/app/moderation"
)

// text is a revision prepared for placing and judging notes.
type text struct {
	canon   string
	locator *anchor.Text
	topic   *moderation.Article
}

// maxTexts bounds the bytes of the prepared revisions that are kept. What is
// prepared takes some times as much.
const maxTexts = 1 << 20

// texts keeps prepared revisions by their id, which names their content, so
// nothing here is ever out of date.
type texts struct {
	mu   sync.Mutex
	by   map[string]*text
	size int
}

func newTexts() *texts { return &texts{by: map[string]*text{}} }

// of prepares rev, or finds it prepared.
func (t *texts) of(rev article.Revision) *text {
	t.mu.Lock()
	defer t.mu.Unlock()
	if p, ok := t.by[rev.ID]; ok {
		return p
	}
	canon := rev.Text()
	p := &text{canon: canon, locator: anchor.NewText(canon), topic: moderation.NewArticle(canon)}
	for id, other := range t.by {
		if t.size+len(canon) <= maxTexts {
			break
		}
		delete(t.by, id) // any one: it comes back when it is needed
		t.size -= len(other.canon)
	}
	t.by[rev.ID] = p
	t.size += len(canon)
	return p
}
