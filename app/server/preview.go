package server

import (
	"strings"

	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/state"
	"marginalia/app/ui"
)

// previewIcon is the picture of a preview. Articles have none of their own.
const previewIcon = "icon-512.png"

// preview is what other sites show of a link to a page: Open Graph
// (https://ogp.me/), which Twitter cards fall back to. What is not known is empty
// and not told.
type preview struct {
	Type, Title, Description, URL, Site string
	// Locale is language and territory. A territory that nobody named is not
	// guessed.
	Locale              string
	Image               string
	Published, Modified string // of an article
}

// found are the links by which programs find what belongs to a page.
type found struct {
	Preview *preview
	Feeds   []feedLink
	// Service is the container of the article's annotations (Web Annotation
	// Protocol, section 5: discovery of annotation containers).
	Service string
}

type feedLink struct{ Title, URL string }

// find gathers what a page that is found by its canonical address says of itself.
func (s *Server) find(v view) found {
	if v.canonical == "" {
		return found{}
	}
	f := found{Preview: s.preview(v)}
	if a := v.boot.Article; a != nil {
		msg := catalogueOf(a.Revision.Language)
		f.Feeds = append(f.Feeds, feedLink{feedTitle(msg, a.Revision.Title), s.address(a.Slug) + notesFeed})
		f.Service = s.container(a.Slug)
	}
	if v.boot.Article != nil || v.boot.Route.Page == state.Home {
		f.Feeds = append(f.Feeds, feedLink{feedTitle(s.siteCatalogue(), ""), s.url + notesFeed})
	}
	return f
}

func (s *Server) preview(v view) *preview {
	p := &preview{
		Type: "website", Title: ui.Title(v.msg, state.FromBoot(v.boot)), Description: v.description,
		URL: v.canonical, Site: v.msg.Brand, Locale: locale(v.msg.Lang),
	}
	if s.assets.byName[previewIcon] != nil {
		p.Image = s.url + "/" + previewIcon
	}
	if a := v.boot.Article; a != nil {
		p.Type, p.Title, p.URL, p.Locale = "article", a.Revision.Title, s.address(a.Slug), locale(a.Revision.Language)
		first, last := lifeOf(*a)
		p.Published, p.Modified = stamp(first), stamp(last)
	}
	return p
}

// locale is a BCP 47 tag with a region as language_TERRITORY, else "".
func locale(tag string) string {
	parts := strings.Split(tag, "-")
	for _, part := range parts[1:] {
		switch len(part) {
		case 1: // an extension: no region behind it
			return ""
		case 2:
			return strings.ToLower(parts[0]) + "_" + strings.ToUpper(part)
		}
	}
	return ""
}

// titled is a description of the front page: its newest articles.
func titled(list []article.Summary) string {
	const most = 3
	var titles []string
	for _, a := range list[:min(len(list), most)] {
		titles = append(titles, a.Title)
	}
	return strings.Join(titles, " · ")
}

// feedTitle names a feed of notes; of is "" for that of the whole site.
func feedTitle(msg *message.Catalogue, of string) string {
	if of == "" {
		return msg.Notes + " · " + msg.Brand
	}
	return msg.Notes + " · " + of + " · " + msg.Brand
}
