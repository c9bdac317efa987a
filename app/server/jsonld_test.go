package server

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
)

func TestNewsArticle(t *testing.T) {
	h := openHouse(t)
	h.talk()
	data := told(h.body("/a/" + slug))
	var doc struct {
		Graph []struct {
			Type         string `json:"@type"`
			CommentCount int    `json:"commentCount"`
		} `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(data), &doc); err != nil || len(doc.Graph) != 1 || doc.Graph[0].Type != "NewsArticle" || doc.Graph[0].CommentCount != 3 {
		t.Errorf("JSON-LD = %s, %v, want the article with 3 comments alone", data, err)
	}
	for _, path := range []string{"/", "/faq", "/me", "/shell"} {
		if data := told(h.body(path)); data != "" {
			t.Errorf("%s has JSON-LD %s", path, data)
		}
	}
	h.publish(slug, "The night buses carried 4,200 people in October.")
	old := h.device().request("GET", "/a/"+slug+"/r/"+h.rev.ID, "")
	if data := told(old.Body.String()); data != "" || !strings.Contains(strings.Join(old.Header().Values("Link"), ","), "/a/"+slug+"/annotations/") {
		t.Errorf("an older revision has JSON-LD %q and Link %q", data, old.Header().Values("Link"))
	}
}

// A page of a busy article tells the number of all notes, and its further parts
// leave it to the first to tell.
func TestNewsArticleOfManyNotes(t *testing.T) {
	h := openHouse(t, func(c *Config) { c.ClaimReview = true })
	rev := h.publish(slug, long()...)
	crowd(t, h.st, rev, slug, 250, 1)
	first := told(h.body("/a/" + slug))
	if !strings.Contains(first, `"commentCount":250`) || strings.Count(first, `"ClaimReview"`) != maxReviews {
		t.Errorf("first part: %.300s, %d reviews", first, strings.Count(first, `"ClaimReview"`))
	}
	page := h.body("/a/" + slug)
	size := func(page string) int { return len(encode("br", []byte(page), quickBrotli, quickGzip)) }
	if grown := size(page) - size(strings.Replace(page, first, "", 1)); grown > 3000 {
		t.Errorf("what the page tells of itself takes %d bytes in brotli", grown)
	}
	part := h.body("/a/" + slug + "?notes=2")
	if told(part) != "" || !strings.Contains(part, `<link rel="canonical" href="`+base+"/a/"+slug+`">`) {
		t.Error("the second part tells of itself, or is not known as the article's")
	}
}

func TestReviewsOf(t *testing.T) {
	sourced := []annotation.Source{{URL: "https://stats.example/"}}
	row := func(stance annotation.Stance, status anchor.Status, sources []annotation.Source) replica.Row {
		target := annotation.Target{Source: slug, Selector: []annotation.Selector{{Type: "TextQuoteSelector", Exact: claim}}}
		a := annotation.New("id", annotation.Note{Text: "text", Stance: stance, Sources: sources}, target, time.Time{})
		return replica.Row{Op: replica.RowPut, Annotation: &a, Anchor: &anchor.Anchor{Status: status}}
	}
	reply := row("", anchor.Exact, sourced)
	reply.Anchor = nil
	for _, tc := range []struct {
		name string
		row  replica.Row
		want string
	}{
		{"dispute", row(annotation.Dispute, anchor.Exact, sourced), "Disputed by a reader with a source"},
		{"support that moved", row(annotation.Support, anchor.Moved, sourced), "Supported by a reader with a source"},
		{"no source", row(annotation.Dispute, anchor.Exact, nil), ""},
		{"words changed", row(annotation.Dispute, anchor.Changed, sourced), ""},
		{"words gone", row(annotation.Dispute, anchor.Orphan, sourced), ""},
		{"context", row(annotation.Context, anchor.Exact, sourced), ""},
		{"question", row(annotation.Question, anchor.Exact, sourced), ""},
		{"reply", reply, ""},
		{"removed", replica.Row{Op: replica.RowDelete, ID: "id"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := ""
			for _, r := range reviewsOf(catalogueOf("en"), []replica.Row{tc.row}, base+"/a/"+slug) {
				got = r.ReviewRating.AlternateName
				if r.Author.Name != "A reader" || r.ClaimReviewed != claim || r.URL != base+"/a/"+slug+"#n-id" {
					t.Errorf("review = %+v", r)
				}
			}
			if got != tc.want {
				t.Errorf("rating = %q, want %q", got, tc.want)
			}
		})
	}
}

func TestLifeOf(t *testing.T) {
	at := func(n int) time.Time { return time.Unix(int64(n), 0) }
	back := article.Article{Revision: article.Revision{Created: at(1)}, Versions: []article.Version{{Created: at(5)}, {Created: at(1)}}}
	if first, last := lifeOf(back); !first.Equal(at(1)) || !last.Equal(at(5)) {
		t.Errorf("lifeOf an article that went back = %v, %v, want 1 and 5", first, last)
	}
}
