package store

import (
	"time"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
)

// maxDeck is the length of a summary's deck in code points.
const maxDeck = 200

// Summarize is what a list of articles says about slug while rev is its newest
// revision. Created is when the article was first imported; rev.Created becomes
// the summary's Updated. Notes is empty, not nil: the backend counts them.
func Summarize(slug string, rev article.Revision, created time.Time) article.Summary {
	return article.Summary{
		Slug: slug, Title: rev.Title, Language: rev.Language, Revision: rev.ID,
		Deck: article.Deck(rev, maxDeck), Words: rev.Words(),
		Created: created, Updated: rev.Created, Notes: map[string]int{},
	}
}

// StanceOf is the stance by which a note's public version is counted in
// [article.Summary].Notes. It is empty for what is not counted: nil, a reply, a
// note without one of the four stances.
func StanceOf(public *annotation.Annotation) annotation.Stance {
	if public == nil || public.Motivation == "replying" {
		return ""
	}
	for _, b := range public.Body {
		if b.Purpose != "tagging" {
			continue
		}
		switch s := annotation.Stance(b.Value); s {
		case annotation.Dispute, annotation.Support, annotation.Context, annotation.Question:
			return s
		}
	}
	return ""
}

// ShownAt is when the public version of n was made: when the server took it, or
// if it does not say, when n last changed. The zero time if n has none.
func ShownAt(n Note) time.Time {
	if n.Public == nil {
		return time.Time{}
	}
	if t, err := time.Parse(time.RFC3339, n.Public.Modified); err == nil {
		return t.UTC()
	}
	return n.Updated
}

// Waits reports whether n waits for a moderator: it is held, or its author's
// appeal is open. A deleted note waits for nobody.
func Waits(n Note) bool {
	return n.State == replica.Held || n.Appeal && n.State != replica.Deleted
}

// MineRow is the row of the author-only feed that shows n at position seq. It
// shares n's slices and pointers.
func MineRow(seq int64, n Note) replica.MineRow {
	row := replica.MineRow{
		Seq: seq, ID: n.ID, Article: n.Article, State: n.State, ETag: n.ETag,
		Verdict: n.Verdict, Reasons: n.Reasons,
	}
	if n.State != replica.Deleted {
		row.Annotation = &n.Annotation
	}
	if row.Reasons == nil {
		row.Reasons = []string{} // null is not a list on the wire
	}
	if n.State != replica.Held { // while it is held, Reason is the author's appeal
		row.Reason = n.Reason
	}
	return row
}
