package server

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/store"
)

// notesAPage is about how many notes a page of an article holds. A page with all
// of 5,000 would be megabytes for who came to read the article.
const notesAPage = 100

// articlePage is drawn anew when the article's feed has grown. It asks for the
// cursor each time: another process may have written. notes is which part of a
// busy article's notes is asked for, "" for the first.
func (s *Server) articlePage(ctx context.Context, msg *message.Catalogue, route state.Route, notes string) (*cachedPage, error) {
	key := pageKey(msg, partOf("/a/"+route.Slug, notes))
	if p, err := s.current(ctx, key, route.Slug); p != nil || err != nil {
		return p, err
	}
	a, feed, err := s.readArticle(ctx, route.Slug)
	if err != nil {
		return nil, err
	}
	return s.notesPage(ctx, key, notes, feed, view{msg: msg, boot: state.Boot{Route: route, Article: &a}})
}

// partOf is the address of a part of an article's notes.
func partOf(path, notes string) string {
	if notes == "" {
		return path
	}
	return path + "?notes=" + url.QueryEscape(notes)
}

// notesPage is a page of an article with that part of its notes.
func (s *Server) notesPage(ctx context.Context, key, notes string, feed replica.Changes, v view) (*cachedPage, error) {
	a := v.boot.Article
	number, total := 1, len(feed.Changes)
	parts := state.Split(a.Slug, feed.Changes, notesAPage)
	if notes != "" {
		n, err := strconv.Atoi(notes)
		if err != nil || n < 1 || n > len(parts) {
			return nil, fmt.Errorf("part %q of the notes: %w", notes, store.ErrNotFound)
		}
		number = n
	}
	if len(parts) > 1 {
		feed.Changes = parts[number-1]
		at, err := s.snapshots.at(ctx, a.Slug)
		if err != nil {
			return nil, err
		}
		feed.More, v.boot.Rest = true, &state.Rest{Snapshot: at, Total: total, Page: number, Pages: len(parts)}
	}
	tag, err := s.pageTag(key, feed.Revision, feed.Cursor)
	if err != nil {
		return nil, err
	}
	a.URL = s.articleURL(a.Slug)
	v.boot.Feed, v.canonical, v.description = &feed, a.URL, article.Deck(a.Revision, maxDescription)
	return s.cached(key, tag, v)
}

// current is the kept drawing of a page of an article, nil if the article's feed
// has grown since.
func (s *Server) current(ctx context.Context, key, slug string) (*cachedPage, error) {
	p := s.pages.get(key)
	if p == nil {
		return nil, nil
	}
	news, err := s.store.Feed(ctx, slug, p.cursor, 1)
	if err != nil {
		return nil, err
	}
	if news.Cursor != p.cursor || news.More || len(news.Changes) > 0 || news.Revision != p.revision {
		return nil, nil
	}
	return p, nil
}

// revisionPage is an article as it was. newest says that the revision is the
// article's newest, which has a page of its own.
func (s *Server) revisionPage(ctx context.Context, msg *message.Catalogue, route state.Route, notes string) (p *cachedPage, newest bool, err error) {
	key := pageKey(msg, partOf("/a/"+route.Slug+"/r/"+route.Revision, notes))
	if p, err := s.current(ctx, key, route.Slug); p != nil || err != nil {
		return p, false, err
	}
	a, feed, err := s.readArticle(ctx, route.Slug)
	if err != nil || a.Revision.ID == route.Revision {
		return nil, err == nil, err
	}
	if a.Revision, err = s.store.Revision(ctx, route.Slug, route.Revision); err != nil {
		return nil, false, err
	}
	p, err = s.notesPage(ctx, key, notes, feed, view{msg: msg, boot: state.Boot{Route: route, Article: &a}, private: true})
	return p, false, err
}

// readArticle reads an article and all its public notes.
func (s *Server) readArticle(ctx context.Context, slug string) (article.Article, replica.Changes, error) {
	a, err := s.store.Article(ctx, slug)
	if err != nil {
		return a, replica.Changes{}, err
	}
	all := replica.Changes{More: true, Changes: []replica.Row{}}
	for all.More {
		page, err := s.store.Feed(ctx, slug, all.Cursor, feedPage)
		if err != nil {
			return a, all, err
		}
		rows := append(all.Changes, page.Changes...)
		all, all.Changes = page, rows
	}
	if all.Revision != a.Revision.ID { // imported between the two reads
		if a, err = s.store.Article(ctx, slug); err != nil {
			return a, all, err
		}
	}
	all.Changes = newest(all.Changes)
	return a, all, nil
}

// newest keeps the last row of each note and of those the ones that show it: a
// note that changed while the feed was read is in it twice.
func newest(rows []replica.Row) []replica.Row {
	last := map[string]int64{}
	id := func(r replica.Row) string {
		if r.Annotation != nil {
			return r.Annotation.ID
		}
		return r.ID
	}
	for _, r := range rows {
		if r.Op != replica.RowAnchor {
			last[id(r)] = r.Seq
		}
	}
	return slices.DeleteFunc(rows, func(r replica.Row) bool { return r.Op != replica.RowPut || last[id(r)] != r.Seq })
}
