package server

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"marginalia/app/article"
	"marginalia/app/store"
)

// maxLocations is how many pages one site map may list (https://www.sitemaps.org).
const maxLocations = 50_000

// robots keeps crawlers from what is no page. It does not keep them from pages that
// say noindex: one that is never read is never seen to say so.
const robots = "User-agent: *\nDisallow: /api/\nDisallow: /shell\nDisallow: /share\n\nSitemap: %s/sitemap.xml\n"

type urlSet struct {
	XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []location `xml:"url"`
}

type siteIndex struct {
	XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []location `xml:"sitemap"`
}

type location struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// handleRobots answers with /robots.txt.
func (s *Server) handleRobots(w http.ResponseWriter, r *http.Request) error {
	return sendBytes(w, r, "text/plain; charset=utf-8", fmt.Appendf(nil, robots, s.url))
}

// handleSitemap answers with the list of all pages that are for search engines, or
// when they are more than one list may hold, with the list of its parts.
func (s *Server) handleSitemap(w http.ResponseWriter, r *http.Request) error {
	list, err := s.store.Articles(r.Context())
	if err != nil {
		return err
	}
	shown, err := s.store.LastShown(r.Context())
	if err != nil {
		return err
	}
	doc, err := s.siteMap(s.locations(list, shown), maxLocations, r.URL.Query().Get("part"))
	if err != nil {
		return err
	}
	return sendXML(w, r, "application/xml; charset=utf-8", doc)
}

// locations are the addresses of all pages, each with the newest of its text and
// of its notes. The FAQ does not say when its policy came.
func (s *Server) locations(list []article.Summary, shown map[string]time.Time) []location {
	home := location{Loc: s.url + "/"}
	all := make([]location, 0, len(list)+2)
	all = append(all, home, location{Loc: s.url + "/faq"})
	var newest time.Time
	for _, a := range list {
		changed := later(a.Updated, shown[a.Slug])
		newest = later(newest, changed)
		all = append(all, location{s.address(a.Slug), stamp(changed)})
	}
	if len(list) > 0 {
		all[0].LastMod = stamp(newest)
	}
	return all
}

// siteMap is the whole of a site map, its index, or one of its parts, numbered from
// 1. The parts are told apart by the query: a list may hold no page outside the
// folder of its address.
func (s *Server) siteMap(all []location, most int, part string) (any, error) {
	parts := (len(all) + most - 1) / most
	if part != "" {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || n > parts {
			return nil, fmt.Errorf("part %q of the site map: %w", part, store.ErrNotFound)
		}
		return urlSet{URLs: all[(n-1)*most : min(n*most, len(all))]}, nil
	}
	if parts == 1 {
		return urlSet{URLs: all}, nil
	}
	index := siteIndex{}
	for n := range parts {
		index.Maps = append(index.Maps, location{Loc: fmt.Sprintf("%s/sitemap.xml?part=%d", s.url, n+1)})
	}
	return index, nil
}

// sendXML answers with v as an XML document.
func sendXML(w http.ResponseWriter, r *http.Request, contentType string, v any) error {
	body, err := xml.Marshal(v)
	if err != nil {
		return err
	}
	return sendBytes(w, r, contentType, append([]byte(xml.Header), body...))
}

// sendBytes answers with a body that is the same for everybody, or with 304.
func sendBytes(w http.ResponseWriter, r *http.Request, contentType string, body []byte) error {
	sum := sha256.Sum256(body)
	if !unchanged(w, r, hex.EncodeToString(sum[:12])) {
		newVariants(contentType, body).send(w, r, http.StatusOK)
	}
	return nil
}
