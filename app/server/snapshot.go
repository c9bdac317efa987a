package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"

	"marginalia/app/replica"
	"marginalia/app/store"
)

// maxSnapshots bounds the bytes of all pages of feeds that are kept.
const maxSnapshots = 16 << 20

// snapshots keep the pages of the articles' feeds as they are sent, compressed
// once. Whatever the feed says of a note takes the pages that hold it away, so
// what is kept is never older than the store, whichever process wrote to that.
type snapshots struct {
	store store.Store

	mu   sync.Mutex
	by   map[string]*snapshot // by slug
	size int
}

// snapshot is the kept pages of one article's feed, from its start.
type snapshot struct {
	slug string

	mu       sync.Mutex
	pages    map[int64]*keptPage // by the cursor before them
	revision string
	begun    int64 // the end of the feed when this was begun: of what was before nothing is known
	seen     int64 // the end of the feed up to which pages are right
	removed  int64 // the last row that took a note away, as far as seen
	epoch    int64 // the last row that changed what pages hold, as far as seen
}

// keptPage is a page as it is sent.
type keptPage struct {
	*variants

	tag    string
	cursor int64
	more   bool
	notes  map[string]bool // ids
}

func newSnapshots(st store.Store) *snapshots {
	return &snapshots{store: st, by: map[string]*snapshot{}}
}

// page is the page of an article's feed after since, as of now. whole reports
// whether no note was removed after the cursor at.
func (c *snapshots) page(ctx context.Context, slug string, since, at int64) (page *keptPage, whole bool, err error) {
	s, err := c.of(ctx, slug)
	if err != nil {
		return nil, false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(ctx, c); err != nil {
		return nil, false, err
	}
	whole = at >= s.begun && at >= s.removed && at <= s.seen
	if p := s.pages[since]; p != nil {
		return p, whole, nil
	}
	feed, _, err := readFeed(ctx, c.store, slug, since, feedPage, pageBytes)
	if err != nil {
		return nil, false, err
	}
	p, err := keep(feed)
	if err != nil {
		return nil, false, fmt.Errorf("feed of %s: %w", slug, err)
	}
	// Written to since the refresh: the page is sent, but not kept.
	if feed.Revision == s.revision && (feed.More || feed.Cursor == s.seen) && s.follows(since) {
		p.shrink()
		s.pages[since] = p
		c.grow(s, p.kept())
	}
	return p, whole, nil
}

// at is the cursor that names the snapshot of an article as of now. It changes as
// seldom as it may, so that caches are of use.
func (c *snapshots) at(ctx context.Context, slug string) (int64, error) {
	s, err := c.of(ctx, slug)
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(ctx, c); err != nil {
		return 0, err
	}
	return s.epoch, nil
}

// of is the snapshot of an article, begun if need be.
func (c *snapshots) of(ctx context.Context, slug string) (*snapshot, error) {
	c.mu.Lock()
	s := c.by[slug]
	c.mu.Unlock()
	if s != nil {
		return s, nil
	}
	head, err := headOf(ctx, c.store, slug)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.by[slug]; s != nil {
		return s, nil
	}
	end := head.Cursor
	s = &snapshot{slug: slug, pages: map[int64]*keptPage{}, revision: head.Revision, begun: end, seen: end, epoch: end}
	c.by[slug] = s
	return s, nil
}

// headOf is the end of an article's feed, and its newest revision.
func headOf(ctx context.Context, st store.Store, slug string) (replica.Changes, error) {
	const beyond = 1 << 62 // no row has that number
	page, err := st.Feed(ctx, slug, beyond, 0)
	return page, err
}

// grow counts what was kept. When that is too much all is forgotten: it is read
// again when somebody asks.
func (c *snapshots) grow(s *snapshot, by int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.by[s.slug] != s { // forgotten while it was in use
		return
	}
	c.size += by
	if c.size > maxSnapshots {
		clear(c.by)
		c.size = 0
	}
}

// refresh reads what the feed has said since and drops the pages that it is about.
func (s *snapshot) refresh(ctx context.Context, c *snapshots) error {
	for more := true; more; {
		news, err := c.store.Feed(ctx, s.slug, s.seen, feedPage)
		if err != nil {
			return err
		}
		for _, row := range news.Changes {
			s.hear(row, c)
		}
		if news.Revision != s.revision { // every anchor may be another
			s.drop(c, func(*keptPage) bool { return true })
			s.revision = news.Revision
		}
		if news.Cursor != s.seen {
			s.drop(c, func(p *keptPage) bool { return !p.more })
		}
		s.seen, more = news.Cursor, news.More
	}
	return nil
}

// hear drops the pages that hold the note of a row.
func (s *snapshot) hear(row replica.Row, c *snapshots) {
	id := row.ID
	if row.Annotation != nil {
		id = row.Annotation.ID
	}
	if s.drop(c, func(p *keptPage) bool { return p.notes[id] }) || row.Op != replica.RowPut {
		s.epoch = row.Seq
	}
	if row.Op == replica.RowDelete {
		s.removed = row.Seq
	}
}

// drop forgets some pages, and reports whether there were any.
func (s *snapshot) drop(c *snapshots, which func(*keptPage) bool) bool {
	any := false
	for since, p := range s.pages {
		if which(p) {
			delete(s.pages, since)
			c.grow(s, -p.kept())
			any = true
		}
	}
	return any
}

// follows reports whether a page after since is the first or comes after one that
// is kept. Others are not worth keeping: anybody may ask for any cursor.
func (s *snapshot) follows(since int64) bool {
	if since == 0 {
		return true
	}
	for _, p := range s.pages {
		if p.cursor == since && p.more {
			return true
		}
	}
	return false
}

// keep makes a page ready to be sent.
func keep(feed replica.Changes) (*keptPage, error) {
	body, err := json.Marshal(feed)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	p := &keptPage{
		variants: newVariants("application/json", body), tag: hex.EncodeToString(sum[:12]),
		cursor: feed.Cursor, more: feed.More, notes: map[string]bool{},
	}
	for _, row := range feed.Changes {
		if row.Annotation != nil {
			p.notes[row.Annotation.ID] = true
		}
	}
	return p, nil
}
