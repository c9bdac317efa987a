package server

import (
	"encoding/json"
	"fmt"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// maxReviews bounds the claim reviews of a page: they repeat what it shows.
const maxReviews = 20

// graph is what a page tells search engines about its article, as JSON-LD. See
// https://schema.org/NewsArticle.
type graph struct {
	Context string `json:"@context"`
	Graph   []any  `json:"@graph"`
}

// newsArticle holds what the server knows to be true, no more. It has no author,
// image or publisher, since nobody tells it those; and no correction, since it
// cannot tell one from an update: dateModified says that the text changed.
type newsArticle struct {
	Type             string `json:"@type"`
	ID               string `json:"@id"`
	URL              string `json:"url"`
	MainEntityOfPage string `json:"mainEntityOfPage"`
	Headline         string `json:"headline"`
	DatePublished    string `json:"datePublished"` // here: the first import
	DateModified     string `json:"dateModified"`
	InLanguage       string `json:"inLanguage"`
	WordCount        int    `json:"wordCount"`
	CommentCount     int    `json:"commentCount"`
}

// claimReview is a reader's note on a claim. See https://schema.org/ClaimReview.
//
// The type is made for fact-checks by a publisher with a method and a scale, and
// search engines take it for one. A note is one reader's view, so a page has none
// unless the publisher says that it stands behind them ([Config.ClaimReview]), and
// then only for notes that cite a source on words that still stand in the text. The
// reader is the author, and the rating says in words who judged; it has no figure,
// for nobody gave one.
type claimReview struct {
	Type          string   `json:"@type"`
	URL           string   `json:"url"`
	Author        named    `json:"author"`
	DatePublished string   `json:"datePublished,omitempty"`
	ClaimReviewed string   `json:"claimReviewed"`
	ItemReviewed  reviewed `json:"itemReviewed"`
	ReviewRating  rating   `json:"reviewRating"`
}

type named struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// reviewed is what a note is about; the article is where it is made.
type reviewed struct {
	Type       string    `json:"@type"`
	Appearance reference `json:"appearance"`
}

type reference struct {
	ID string `json:"@id"`
}

type rating struct {
	Type          string `json:"@type"`
	AlternateName string `json:"alternateName"`
}

// describe is the JSON-LD of an article's page, safe to stand in a script element:
// encoding/json escapes what could end one. Nil for other pages, for an older
// revision and for the further parts of the notes, which are not for search engines.
func (s *Server) describe(msg *message.Catalogue, b state.Boot) ([]byte, error) {
	if b.Article == nil || b.Route.Revision != "" || b.Rest != nil && b.Rest.Page > 1 {
		return nil, nil
	}
	notes := []replica.Row{}
	if b.Feed != nil {
		notes = b.Feed.Changes
	}
	total := len(notes)
	if b.Rest != nil {
		total = b.Rest.Total
	}
	address := s.address(b.Article.Slug)
	g := graph{Context: "https://schema.org", Graph: []any{newsOf(*b.Article, address, total)}}
	if s.claimReview {
		for _, r := range reviewsOf(msg, notes, address) {
			g.Graph = append(g.Graph, r)
		}
	}
	data, err := json.Marshal(g)
	if err != nil {
		return nil, fmt.Errorf("describe page: %w", err)
	}
	return data, nil
}

func newsOf(a article.Article, address string, notes int) newsArticle {
	first, last := lifeOf(a)
	return newsArticle{
		Type: "NewsArticle", ID: address, URL: address, MainEntityOfPage: address,
		Headline: a.Revision.Title, InLanguage: a.Revision.Language,
		DatePublished: stamp(first), DateModified: stamp(last),
		WordCount: a.Revision.Words(), CommentCount: notes,
	}
}

// lifeOf is when an article's first and latest texts were imported. An article that
// went back to an earlier text lists that last, so the order of the list says neither.
func lifeOf(a article.Article) (first, last time.Time) {
	first, last = a.Revision.Created, a.Revision.Created
	for _, v := range a.Versions {
		if v.Created.Before(first) {
			first = v.Created
		}
		last = later(last, v.Created)
	}
	return first, last
}

// reviewsOf are the notes among rows that may be told as claim reviews.
func reviewsOf(msg *message.Catalogue, rows []replica.Row, address string) []claimReview {
	var list []claimReview
	for _, r := range rows {
		if r.Annotation == nil || r.Anchor == nil || len(list) == maxReviews {
			continue
		}
		n := r.Annotation.Note()
		quote, quoted := r.Annotation.Quote()
		kept := r.Anchor.Status == anchor.Exact || r.Anchor.Status == anchor.Moved
		verdict := map[annotation.Stance]string{
			annotation.Dispute: "Disputed by a reader with a source",
			annotation.Support: "Supported by a reader with a source",
		}[n.Stance]
		if verdict == "" || len(n.Sources) == 0 || !quoted || !kept {
			continue
		}
		list = append(list, claimReview{
			Type: "ClaimReview", URL: address + "#n-" + r.Annotation.ID,
			Author:        named{"Person", writer(msg, *r.Annotation)},
			DatePublished: r.Annotation.Made(), ClaimReviewed: quote.Exact,
			ItemReviewed: reviewed{"Claim", reference{address}}, ReviewRating: rating{"Rating", verdict},
		})
	}
	return list
}

// writer is the pseudonym that a page shows for the author of a note.
func writer(msg *message.Catalogue, a annotation.Annotation) string {
	if a.Creator == nil || a.Creator.Nickname == "" {
		return msg.Anonymous
	}
	return a.Creator.Nickname
}

// stamp is t as documents tell it (RFC 3339 in UTC, a W3C date and time).
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
