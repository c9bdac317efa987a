package server

import (
	"encoding/xml"
	"net/http"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/message"
	"marginalia/app/message/catalogues"
	"marginalia/app/store"
	"marginalia/app/textpos"
)

const (
	// notesFeed is the end of the address of a feed of notes.
	notesFeed = "/notes.atom"
	atomType  = "application/atom+xml"
	// maxEntries is how many notes a feed holds, the newest.
	maxEntries = 50
	// maxClaim is the length of a claim in the title of an entry, in code points.
	maxClaim = 80
)

// atomFeed is a feed of RFC 4287. Its texts are plain: a note is no HTML.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Icon    string      `xml:"icon,omitempty"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

// atomEntry is a note. Its id is the note's own, which stays when the server's
// address changes.
type atomEntry struct {
	ID        string        `xml:"id"`
	Title     string        `xml:"title"`
	Author    string        `xml:"author>name"`
	Published string        `xml:"published,omitempty"`
	Updated   string        `xml:"updated"`
	Category  *atomCategory `xml:"category"`
	Links     []atomLink    `xml:"link"`
	Content   atomContent   `xml:"content"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

// handleArticleFeed answers with the newest notes on one article. Like the feed of
// the site it is read from the store each time: what is removed is gone at once.
func (s *Server) handleArticleFeed(w http.ResponseWriter, r *http.Request) error {
	a, err := s.store.Article(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	notes, err := s.store.Recent(r.Context(), a.Slug, maxEntries)
	if err != nil {
		return err
	}
	msg, address := catalogueOf(a.Revision.Language), s.address(a.Slug)
	f := s.newFeed(msg, a.Revision.Title, address+notesFeed, address)
	_, last := lifeOf(a)
	return s.sendFeed(w, r, msg, f, notes, nil, last)
}

// handleSiteFeed answers with the newest notes on all articles.
func (s *Server) handleSiteFeed(w http.ResponseWriter, r *http.Request) error {
	list, err := s.store.Articles(r.Context())
	if err != nil {
		return err
	}
	notes, err := s.store.Recent(r.Context(), "", maxEntries)
	if err != nil {
		return err
	}
	titles, since := map[string]string{}, time.Unix(0, 0)
	for _, a := range list {
		titles[a.Slug] = a.Title
		since = later(since, a.Updated)
	}
	msg := s.siteCatalogue()
	return s.sendFeed(w, r, msg, s.newFeed(msg, "", s.url+notesFeed, s.url+"/"), notes, titles, since)
}

// newFeed is a feed without entries; of is the title of its article.
func (s *Server) newFeed(msg *message.Catalogue, of, self, page string) atomFeed {
	f := atomFeed{
		Lang: msg.Lang, ID: self, Title: feedTitle(msg, of),
		Links: []atomLink{{"self", atomType, self}, {"alternate", "text/html", page}},
	}
	if s.assets.byName["icon-192.png"] != nil {
		f.Icon = s.url + "/icon-192.png"
	}
	return f
}

// sendFeed answers with f and the public version of notes. since is the least time
// of its last change, and titles name the articles in a feed of several.
//
// Only the ETag decides about 304: a note that is removed makes the newest time an
// earlier one, so a client that trusts Last-Modified would keep the note.
func (s *Server) sendFeed(w http.ResponseWriter, r *http.Request, msg *message.Catalogue, f atomFeed, notes []store.Note, titles map[string]string, since time.Time) error {
	for _, n := range notes {
		if n.Public == nil {
			continue
		}
		since = later(since, store.ShownAt(n))
		f.Entries = append(f.Entries, s.entry(msg, n, titles[n.Article]))
	}
	f.Updated = stamp(since)
	w.Header().Set("Last-Modified", since.UTC().Format(http.TimeFormat))
	return sendXML(w, r, atomType+"; charset=utf-8", f)
}

// entry tells of a note what its page shows.
func (s *Server) entry(msg *message.Catalogue, note store.Note, of string) atomEntry {
	a := *note.Public
	n := a.Note()
	quote, quoted := a.Quote()
	e := atomEntry{
		ID: "urn:uuid:" + a.ID, Title: entryTitle(msg, n, quote.Exact), Author: writer(msg, a),
		Published: a.Made(), Updated: stamp(store.ShownAt(note)),
		Links:   []atomLink{{"alternate", "text/html", s.address(note.Article) + "#n-" + a.ID}},
		Content: atomContent{Type: "text", Lang: n.Language, Text: n.Text},
	}
	if quoted {
		e.Content.Text = "“" + quote.Exact + "”\n\n" + n.Text
	}
	if of != "" {
		e.Title += " · " + of
	}
	if n.Stance != "" {
		e.Category = &atomCategory{string(n.Stance), msg.Stances[string(n.Stance)]}
	}
	for _, source := range n.Sources {
		e.Links = append(e.Links, atomLink{Rel: "related", Href: source.URL})
	}
	return e
}

func entryTitle(msg *message.Catalogue, n annotation.Note, quote string) string {
	switch {
	case n.ReplyTo != "":
		return msg.Reply
	case quote == "":
		return msg.Stances[string(n.Stance)] + ": " + msg.Pages.OnArticle
	}
	if textpos.Count(quote) > maxClaim {
		whole := textpos.SnapGraphemes(quote, textpos.Span{End: maxClaim})
		quote = textpos.Slice(quote, whole) + "…"
	}
	return msg.Stances[string(n.Stance)] + ": “" + quote + "”"
}

// catalogueOf is the catalogue for a text in a language. A feed is the same for
// everybody, so what its readers prefer does not count.
func catalogueOf(lang string) *message.Catalogue {
	return catalogues.Get(message.Choose(lang, catalogues.Languages(), "en"))
}

// siteCatalogue is that of the policy's language.
func (s *Server) siteCatalogue() *message.Catalogue {
	if s.policy == nil {
		return catalogueOf("en")
	}
	return catalogueOf(s.policy.Language())
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
