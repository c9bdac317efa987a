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

	"marginalia/app/message"
	"marginalia/app/state"
	"marginalia/app/store"
)

// maxDescription is the length of a page's description in code points.
const maxDescription = 200

// view is a page to be drawn. It is the same for every reader of its language.
type view struct {
	msg         *message.Catalogue
	boot        state.Boot
	stand       state.Page // drawn instead of the route's page; the app goes by the address
	description string
	canonical   string
	private     bool
}

// handlePage answers with one of the pages.
func (s *Server) handlePage(w http.ResponseWriter, r *http.Request) error {
	route, msg := state.ParsePath(r.URL.Path), s.language(r)
	var p *cachedPage
	var err error
	switch {
	case r.URL.Path == "/shell":
		p, err = s.fixedPage(r.URL.Path, view{msg: msg, stand: state.Reading, private: true})
	case route.Page == state.Home:
		p, err = s.homePage(r.Context(), msg)
	case route.Page == state.Reading && route.Revision != "":
		var newest bool
		if p, newest, err = s.revisionPage(r.Context(), msg, route, r.URL.Query().Get("notes")); newest {
			w.Header().Set("Cache-Control", "no-store") // it will not be the newest for ever
			http.Redirect(w, r, "/a/"+url.PathEscape(route.Slug), http.StatusTemporaryRedirect)
			return nil
		}
	case route.Page == state.Reading:
		p, err = s.articlePage(r.Context(), msg, route, r.URL.Query().Get("notes"))
	case route.Page == state.FAQ:
		p, err = s.fixedPage(r.URL.Path, view{msg: msg, boot: state.Boot{Route: route, FAQ: s.faq}, canonical: s.url + "/faq", description: msg.Pages.FAQDeck})
	case route.Page == state.Me:
		p, err = s.fixedPage(r.URL.Path, view{msg: msg, boot: state.Boot{Route: route}, private: true})
	case route.Page == state.Share:
		// What was sent is in the query, which is for the app alone.
		p, err = s.sharePage(r.Context(), msg, route)
	default:
		return fmt.Errorf("page: %w", store.ErrNotFound)
	}
	if err != nil {
		return err
	}
	w.Header().Set("Vary", pageVary)
	w.Header().Set(buildHeader, s.assets.build)
	if route.Page == state.Reading && route.Slug != "" {
		w.Header().Add("Link", "<"+s.container(route.Slug)+`>; rel="`+annotationService+`"`)
	}
	if unchanged(w, r, p.tag) {
		return nil
	}
	p.send(w, r, http.StatusOK)
	return nil
}

// buildHeader names the build that drew a page: the service worker keeps only
// pages of its own, whose assets it has.
const buildHeader = "Marginalia-Build"

// fixedPage is a page that changes with the build and the policy only.
func (s *Server) fixedPage(path string, v view) (*cachedPage, error) {
	key := pageKey(v.msg, path)
	tag, err := s.pageTag(key)
	if err != nil {
		return nil, err
	}
	return s.cached(key, tag, v)
}

// sharePage is the page for what other apps send, with the articles to choose from.
func (s *Server) sharePage(ctx context.Context, msg *message.Catalogue, route state.Route) (*cachedPage, error) {
	list, err := s.store.Articles(ctx)
	if err != nil {
		return nil, err
	}
	key := pageKey(msg, "/share")
	tag, err := s.pageTag(key, list)
	if err != nil {
		return nil, err
	}
	return s.cached(key, tag, view{msg: msg, boot: state.Boot{Route: route, Articles: list}, private: true})
}

func (s *Server) homePage(ctx context.Context, msg *message.Catalogue) (*cachedPage, error) {
	list, err := s.store.Articles(ctx)
	if err != nil {
		return nil, err
	}
	key := pageKey(msg, "/")
	tag, err := s.pageTag(key, list)
	if err != nil {
		return nil, err
	}
	return s.cached(key, tag, view{
		msg:       msg,
		boot:      state.Boot{Route: state.Route{Page: state.Home}, Articles: list},
		canonical: s.url + "/", description: titled(list),
	})
}

// notFound answers with the page that says so.
func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	p, err := s.fixedPage("404", view{msg: s.language(r), boot: state.Boot{Route: state.Route{Page: state.NotFound}}, private: true})
	if err != nil {
		s.writeProblem(w, r, errors.Join(errors.New("page not found"), err))
		return
	}
	w.Header().Del("ETag")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Vary", pageVary)
	p.send(w, r, http.StatusNotFound)
}

// pageKey names a page in one language.
func pageKey(msg *message.Catalogue, path string) string { return msg.Lang + " " + path }

// cached finds the page drawn for this tag, or draws it.
func (s *Server) cached(key, tag string, v view) (*cachedPage, error) {
	if p := s.pages.get(key); p != nil && p.tag == tag {
		return p, nil
	}
	v.boot.Build, v.boot.PolicyHash = s.assets.build, s.policyHash()
	if s.policy != nil {
		v.boot.Sentence, v.boot.PolicyLanguage = s.policy.Sentence(), s.policy.Language()
	}
	body, err := s.draw(v)
	if err != nil {
		return nil, err
	}
	p := &cachedPage{tag: tag, variants: newVariants("text/html; charset=utf-8", body)}
	if feed := v.boot.Feed; feed != nil {
		p.cursor, p.revision = feed.Cursor, feed.Revision
	}
	s.pages.put(key, p)
	return p, nil
}

// pageTag names the state that a page is drawn from: the build, the policy, its
// language, and what the page shows.
func (s *Server) pageTag(key string, of ...any) (string, error) {
	return stateTag(append([]any{s.assets.build, s.policyHash(), s.url, s.claimReview, key}, of...)...)
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
