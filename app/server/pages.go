package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/store"
)

// notesAPage is about how many notes a page of an article holds. A page with all
// of 5,000 would be megabytes for who came to read the article.
const notesAPage = 100

// maxDescription is the length of a page's description in code points.
const maxDescription = 200

// view is a page to be drawn. It is the same for every reader.
type view struct {
	boot        state.Boot
	stand       state.Page // drawn instead of the route's page; the app goes by the address
	description string
	canonical   string
	private     bool
}

// handlePage answers with one of the pages.
func (s *Server) handlePage(w http.ResponseWriter, r *http.Request) error {
	route := state.ParsePath(r.URL.Path)
	var p *cachedPage
	var err error
	switch {
	case r.URL.Path == "/shell":
		p, err = s.fixedPage(r.URL.Path, view{stand: state.Reading, private: true})
	case route.Page == state.Home:
		p, err = s.homePage(r.Context())
	case route.Page == state.Reading && route.Revision != "":
		var newest bool
		if p, newest, err = s.revisionPage(r.Context(), route, r.URL.Query().Get("notes")); newest {
			w.Header().Set("Cache-Control", "no-store") // it will not be the newest for ever
			http.Redirect(w, r, "/a/"+url.PathEscape(route.Slug), http.StatusTemporaryRedirect)
			return nil
		}
	case route.Page == state.Reading:
		p, err = s.articlePage(r.Context(), route, r.URL.Query().Get("notes"))
	case route.Page == state.FAQ:
		p, err = s.fixedPage(r.URL.Path, view{boot: state.Boot{Route: route, FAQ: s.faq}, canonical: s.url + "/faq"})
	case route.Page == state.Me:
		p, err = s.fixedPage(r.URL.Path, view{boot: state.Boot{Route: route}, private: true})
	default:
		return fmt.Errorf("page: %w", store.ErrNotFound)
	}
	if err != nil {
		return err
	}
	w.Header().Set("Vary", "Accept-Encoding")
	if unchanged(w, r, p.tag) {
		return nil
	}
	p.send(w, r, http.StatusOK)
	return nil
}

// fixedPage is a page that changes with the build and the policy only.
func (s *Server) fixedPage(path string, v view) (*cachedPage, error) {
	tag, err := s.pageTag(path)
	if err != nil {
		return nil, err
	}
	return s.cached(path, tag, v)
}

func (s *Server) homePage(ctx context.Context) (*cachedPage, error) {
	list, err := s.store.Articles(ctx)
	if err != nil {
		return nil, err
	}
	tag, err := s.pageTag("/", list)
	if err != nil {
		return nil, err
	}
	return s.cached("/", tag, view{
		boot:      state.Boot{Route: state.Route{Page: state.Home}, Articles: list},
		canonical: s.url + "/",
	})
}

// articlePage is drawn anew when the article's feed has grown. It asks for the
// cursor each time: another process may have written. notes is which part of a
// busy article's notes is asked for, "" for the first.
func (s *Server) articlePage(ctx context.Context, route state.Route, notes string) (*cachedPage, error) {
	path := partOf("/a/"+route.Slug, notes)
	if p, err := s.current(ctx, path, route.Slug); p != nil || err != nil {
		return p, err
	}
	a, feed, err := s.readArticle(ctx, route.Slug)
	if err != nil {
		return nil, err
	}
	return s.notesPage(ctx, path, notes, feed, view{boot: state.Boot{Route: route, Article: &a}})
}

// partOf is the address of a part of an article's notes.
func partOf(path, notes string) string {
	if notes == "" {
		return path
	}
	return path + "?notes=" + url.QueryEscape(notes)
}

// notesPage is a page of an article with that part of its notes.
func (s *Server) notesPage(ctx context.Context, path, notes string, feed replica.Changes, v view) (*cachedPage, error) {
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
	tag, err := s.pageTag(path, feed.Revision, feed.Cursor)
	if err != nil {
		return nil, err
	}
	a.URL = s.articleURL(a.Slug)
	v.boot.Feed, v.canonical, v.description = &feed, a.URL, article.Deck(a.Revision, maxDescription)
	return s.cached(path, tag, v)
}

// current is the kept drawing of a page of an article, nil if the article's feed
// has grown since.
func (s *Server) current(ctx context.Context, path, slug string) (*cachedPage, error) {
	p := s.pages.get(path)
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
func (s *Server) revisionPage(ctx context.Context, route state.Route, notes string) (p *cachedPage, newest bool, err error) {
	path := partOf("/a/"+route.Slug+"/r/"+route.Revision, notes)
	if p, err := s.current(ctx, path, route.Slug); p != nil || err != nil {
		return p, false, err
	}
	a, feed, err := s.readArticle(ctx, route.Slug)
	if err != nil || a.Revision.ID == route.Revision {
		return nil, err == nil, err
	}
	if a.Revision, err = s.store.Revision(ctx, route.Slug, route.Revision); err != nil {
		return nil, false, err
	}
	p, err = s.notesPage(ctx, path, notes, feed, view{boot: state.Boot{Route: route, Article: &a}, private: true})
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

// notFound answers with the page that says so.
func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	p, err := s.fixedPage("404", view{boot: state.Boot{Route: state.Route{Page: state.NotFound}}, private: true})
	if err != nil {
		s.writeProblem(w, r, errors.Join(errors.New("page not found"), err))
		return
	}
	w.Header().Del("ETag")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Vary", "Accept-Encoding")
	p.send(w, r, http.StatusNotFound)
}

// cached finds the page drawn for this tag, or draws it.
func (s *Server) cached(path, tag string, v view) (*cachedPage, error) {
	if p := s.pages.get(path); p != nil && p.tag == tag {
		return p, nil
	}
	v.boot.Build, v.boot.PolicyHash = s.assets.build, s.policyHash()
	if s.policy != nil {
		v.boot.Sentence = s.policy.Sentence()
	}
	body, err := s.draw(v)
	if err != nil {
		return nil, err
	}
	p := &cachedPage{tag: tag, variants: newVariants("text/html; charset=utf-8", body)}
	if feed := v.boot.Feed; feed != nil {
		p.cursor, p.revision = feed.Cursor, feed.Revision
	}
	s.pages.put(path, p)
	return p, nil
}

// pageTag names the state that a page is drawn from: the build, the policy, and
// what the page shows.
func (s *Server) pageTag(path string, of ...any) (string, error) {
	return stateTag(append([]any{s.assets.build, s.policyHash(), s.url, path}, of...)...)
}

// stateTag is a short hash over parts.
func stateTag(parts ...any) (string, error) {
	data, err := json.Marshal(parts)
	if err != nil {
		return "", fmt.Errorf("etag: %w", err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12]), nil
}
