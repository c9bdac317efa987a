package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/store"
)

const (
	annoType = `application/ld+json; profile="` + annotation.ContextURI + `"`
	// annosAPage is how many annotations a page of a container holds.
	annosAPage = 100
	annoAllow  = "GET, HEAD, OPTIONS"
	// annotationService is the relation from an article to its container.
	annotationService = "http://www.w3.org/ns/oa#annotationService"
)

// collection is an article's container of annotations, read only. See
// https://www.w3.org/TR/annotation-protocol/#container-retrieval; the preferences
// of a request are hints, and this edition has one representation.
type collection struct {
	Context string `json:"@context,omitempty"`
	ID      string `json:"id"`
	Type    string `json:"type"`
	Label   string `json:"label"`
	Total   int    `json:"total"`
	First   string `json:"first,omitempty"`
	Last    string `json:"last,omitempty"`
}

// annotationPage is a page of it, numbered from 0.
type annotationPage struct {
	Context    string                  `json:"@context"`
	ID         string                  `json:"id"`
	Type       string                  `json:"type"`
	PartOf     collection              `json:"partOf"`
	StartIndex int                     `json:"startIndex"`
	Prev       string                  `json:"prev,omitempty"`
	Next       string                  `json:"next,omitempty"`
	Items      []annotation.Annotation `json:"items"`
}

// address is an article's public address, as other documents name it.
func (s *Server) address(slug string) string { return s.url + "/a/" + url.PathEscape(slug) }

// container is the address of an article's annotations.
func (s *Server) container(slug string) string { return s.address(slug) + "/annotations/" }

// handleContainer answers with an article's container, or one of its pages.
func (s *Server) handleContainer(w http.ResponseWriter, r *http.Request) error {
	slug, page := r.PathValue("slug"), r.URL.Query().Get("page")
	p, err := s.containerPage(r.Context(), slug, page)
	if err != nil {
		return err
	}
	kind := "http://www.w3.org/ns/ldp#BasicContainer"
	if page != "" {
		kind = "http://www.w3.org/ns/ldp#Resource"
	}
	annoHeaders(w, kind)
	if !unchanged(w, r, p.tag) {
		p.send(w, r, http.StatusOK)
	}
	return nil
}

// containerPage is kept as pages are, until the article's feed has grown.
func (s *Server) containerPage(ctx context.Context, slug, page string) (*cachedPage, error) {
	key := "annotations " + slug + " " + page
	if p, err := s.current(ctx, key, slug); p != nil || err != nil {
		return p, err
	}
	a, feed, err := s.readArticle(ctx, slug)
	if err != nil {
		return nil, err
	}
	doc, err := s.containerDoc(slug, a.Revision.Title, feed.Changes, page)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(doc)
	if err != nil {
		return nil, fmt.Errorf("annotations of %s: %w", slug, err)
	}
	tag, err := stateTag(s.url, key, feed.Revision, feed.Cursor)
	if err != nil {
		return nil, err
	}
	p := &cachedPage{tag: tag, variants: newVariants(annoType, body), cursor: feed.Cursor, revision: feed.Revision}
	s.pages.put(key, p)
	return p, nil
}

// containerDoc is the container of rows, or with a number one of its pages.
func (s *Server) containerDoc(slug, label string, rows []replica.Row, page string) (any, error) {
	id := s.container(slug)
	number := func(n int) string { return fmt.Sprintf("%s?page=%d", id, n) }
	c := collection{ID: id, Type: "AnnotationCollection", Label: label, Total: len(rows)}
	last := (len(rows) - 1) / annosAPage
	if len(rows) > 0 {
		c.First, c.Last = number(0), number(last)
	}
	if page == "" {
		c.Context = annotation.ContextURI
		return c, nil
	}
	n, err := strconv.Atoi(page)
	if err != nil || n < 0 || n > last || len(rows) == 0 {
		return nil, fmt.Errorf("page %q of the annotations: %w", page, store.ErrNotFound)
	}
	from := n * annosAPage
	p := annotationPage{
		Context: annotation.ContextURI, ID: number(n), Type: "AnnotationPage", PartOf: c, StartIndex: from,
		Items: []annotation.Annotation{},
	}
	if n > 0 {
		p.Prev = number(n - 1)
	}
	if n < last {
		p.Next = number(n + 1)
	}
	for _, row := range rows[from:min(from+annosAPage, len(rows))] {
		a := annotation.ToIRI(*row.Annotation, s.url, slug)
		a.Context = "" // the page's holds for all
		p.Items = append(p.Items, a)
	}
	return p, nil
}

// handleAnnotation answers with the public version of one note, so that the id of
// an annotation is an address that leads to it.
func (s *Server) handleAnnotation(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("slug")
	n, err := s.store.Note(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if n.Public == nil || n.Article != slug {
		return fmt.Errorf("annotation: %w", store.ErrNotFound)
	}
	body, err := json.Marshal(annotation.ToIRI(*n.Public, s.url, slug))
	if err != nil {
		return fmt.Errorf("annotation: %w", err)
	}
	annoHeaders(w, "http://www.w3.org/ns/ldp#Resource")
	if !unchanged(w, r, n.PublicETag) {
		newVariants(annoType, body).send(w, r, http.StatusOK)
	}
	return nil
}

// handleAnnotationOptions says what can be done with annotations over HTTP.
func (s *Server) handleAnnotationOptions(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Allow", annoAllow)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func annoHeaders(w http.ResponseWriter, kind string) {
	w.Header().Set("Allow", annoAllow)
	w.Header().Add("Link", "<"+kind+`>; rel="type"`)
	w.Header().Add("Link", `<http://www.w3.org/TR/annotation-protocol/>; rel="http://www.w3.org/ns/ldp#constrainedBy"`)
}
