package server

import "sync"

// maxCached bounds the bytes of all drawn pages that are kept, large ones packed.
const maxCached = 8 << 20

// cachedPage is a drawn page. Cursor and revision are set for articles only.
type cachedPage struct {
	*variants

	tag      string
	cursor   int64
	revision string
}

// pageCache keeps the last drawing of each page.
type pageCache struct {
	mu   sync.Mutex
	by   map[string]*cachedPage
	size int
}

func newPageCache() *pageCache { return &pageCache{by: map[string]*cachedPage{}} }

func (c *pageCache) get(path string) *cachedPage {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.by[path]
}

// put keeps p, and forgets all others when there is no room: they are drawn
// again when somebody asks.
func (c *pageCache) put(path string, p *cachedPage) {
	p.shrink()
	size := p.kept()
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.by[path]; old != nil {
		c.size -= old.kept()
		delete(c.by, path)
	}
	if c.size+size > maxCached {
		clear(c.by)
		c.size = 0
	}
	if size <= maxCached {
		c.by[path] = p
		c.size += size
	}
}
