package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"marginalia/app/article"
	"marginalia/app/store"
)

// revalidate lets caches keep an answer but ask every time: what is removed must
// be gone at once.
const revalidate = "no-cache"

// handleArticles lists all articles, the newest first.
func (s *Server) handleArticles(w http.ResponseWriter, r *http.Request) error {
	list, err := s.store.Articles(r.Context())
	if err != nil {
		return err
	}
	tag, err := stateTag("articles", list)
	if err != nil || unchanged(w, r, tag) {
		return err
	}
	return writeJSON(w, r, list)
}

// handleArticle answers with one article and its newest revision.
func (s *Server) handleArticle(w http.ResponseWriter, r *http.Request) error {
	a, err := s.store.Article(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	return s.writeArticle(w, r, a)
}

// handleRevision answers with one article in one of its revisions.
func (s *Server) handleRevision(w http.ResponseWriter, r *http.Request) error {
	a, err := s.inRevision(r.Context(), r.PathValue("slug"), r.PathValue("revision"))
	if err != nil {
		return err
	}
	return s.writeArticle(w, r, a)
}

// writeArticle answers with a. The number of its versions tells two states with
// one text apart.
func (s *Server) writeArticle(w http.ResponseWriter, r *http.Request, a article.Article) error {
	if unchanged(w, r, fmt.Sprintf("%s-%s-%d", a.Revision.ID, a.Newest(), len(a.Versions))) {
		return nil
	}
	a.URL = s.articleURL(a.Slug)
	return writeJSON(w, r, a)
}

// inRevision is an article in the revision with that id.
func (s *Server) inRevision(ctx context.Context, slug, id string) (article.Article, error) {
	a, err := s.store.Article(ctx, slug)
	if err != nil || a.Revision.ID == id {
		return a, err
	}
	a.Revision, err = s.store.Revision(ctx, slug, id)
	return a, err
}

// handlePolicy answers with the policy's bytes, so that their hash is the policy's.
func (s *Server) handlePolicy(w http.ResponseWriter, r *http.Request) error {
	if s.policy == nil {
		return fmt.Errorf("policy: %w", store.ErrNotFound)
	}
	if unchanged(w, r, s.policy.Hash()) {
		return nil
	}
	s.policyBody.send(w, r, http.StatusOK)
	return nil
}

// handleHealth answers while the process runs.
func (s *Server) handleHealth(w http.ResponseWriter, _ *http.Request) error {
	return plain(w, "ok")
}

// handleReady answers while the store can be read.
func (s *Server) handleReady(w http.ResponseWriter, r *http.Request) error {
	if err := s.store.Ping(r.Context()); err != nil {
		s.log.Error("not ready", "err", err)
		return &httpError{status: http.StatusServiceUnavailable, title: "Not ready", detail: "The store does not answer.", retry: 1}
	}
	return plain(w, "ready")
}

func plain(w http.ResponseWriter, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Write([]byte(text + "\n"))
	return nil
}

// unchanged sets the ETag of an answer and, when the client has it already,
// answers 304 and reports true. Caches must ask each time.
func unchanged(w http.ResponseWriter, r *http.Request, tag string) bool {
	return unchangedFor(w, r, tag, revalidate)
}

// unchangedFor is unchanged with what caches may do.
func unchangedFor(w http.ResponseWriter, r *http.Request, tag, caching string) bool {
	quoted := `"` + tag + `"`
	w.Header().Set("ETag", quoted)
	w.Header().Set("Cache-Control", caching)
	if w.Header().Get("Vary") == "" { // a 304 has it too
		w.Header().Set("Vary", "Accept-Encoding")
	}
	for given := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		given = strings.TrimPrefix(strings.TrimSpace(given), "W/")
		if given == quoted || given == "*" {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	return false
}
