package storetest

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/store"
)

const (
	slug   = "harbour"
	reader = "reader-1"
	all    = 1000 // a limit that no test reaches
)

// start is when the tests take place; at is n seconds later.
var start = time.Date(2026, 3, 1, 10, 0, 0, 123_000_000, time.UTC)

func at(n int) time.Time { return start.Add(time.Duration(n) * time.Second) }

// update runs fn as a transaction that must succeed.
func update(t *testing.T, s store.Store, fn func(tx store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

func revision(id string, created time.Time) article.Revision {
	return article.Revision{
		ID: id, Title: "Harbour " + id, Language: "en", Created: created,
		Blocks: []article.Block{
			{Kind: article.Heading, Text: "The harbour reopens", Level: 1},
			{Kind: article.Paragraph, Text: "The first ferry of " + id + " left at dawn."},
			{Kind: article.Item, Text: "forty ships", Level: 1, Ordered: true},
		},
	}
}

// addArticle imports slug with one revision, which is row 1 of its feed.
func addArticle(t *testing.T, s store.Store, slug string, created time.Time) {
	t.Helper()
	update(t, s, func(tx store.Tx) error {
		_, err := tx.PutRevision(slug, revision("sha256-a", created))
		return err
	})
}

// noteText makes the annotation of a note.
func noteText(id, text string, stance annotation.Stance) annotation.Annotation {
	start, end := 4, 11
	return annotation.Annotation{
		Context: annotation.ContextURI, ID: id, Type: "Annotation", Motivation: "assessing",
		Creator:  &annotation.Agent{ID: reader, Type: "Person", Nickname: "Ada"},
		Created:  "2026-03-01T10:00:00Z",
		Modified: "2026-03-01T10:00:01Z",
		Body: []annotation.Body{
			{Type: "TextualBody", Value: text, Format: "text/plain", Language: "en", Purpose: "commenting"},
			{Type: "TextualBody", Value: string(stance), Purpose: "tagging"},
			{
				Type: "SpecificResource", Purpose: "linking", Source: "https://example.org/ferries?a=1&b=2",
				Selector: &annotation.Selector{Type: "TextQuoteSelector", Exact: "forty ships"},
			},
		},
		Target: annotation.Target{
			Source: slug,
			State:  &annotation.State{Type: "TimeState", Cached: "sha256-a"},
			Selector: []annotation.Selector{
				{Type: "TextQuoteSelector", Exact: "harbour", Prefix: "The ", Suffix: " reopens"},
				{Type: "TextPositionSelector", Start: &start, End: &end},
			},
		},
	}
}

// public is a published note with every field filled.
func public(id, text string) store.Note {
	a := noteText(id, text, annotation.Dispute)
	return store.Note{
		ID: id, Article: slug, Reader: reader, State: replica.Published,
		ETag: "etag-" + text, Annotation: a, Public: &a, PublicETag: "etag-" + text,
		Anchor: &anchor.Anchor{Start: 4, End: 11, Status: anchor.Exact, Confidence: 1},
		Verdict: &moderation.Verdict{
			Decision: moderation.Publish, Policy: "sha256-policy",
			Scores: moderation.Scores{Abuse: 625, Topic: 5000}, Findings: []moderation.Finding{},
		},
		Reasons: []string{}, Created: at(1), Updated: at(2),
	}
}

// held is a note that only its author and moderators see.
func held(id, text string) store.Note {
	n := public(id, text)
	n.State, n.Public, n.PublicETag, n.Anchor = replica.Held, nil, "", nil
	return n
}

// addNotes stores notes and appends a row op for each to their articles' feeds.
func addNotes(t *testing.T, s store.Store, op string, notes ...store.Note) {
	t.Helper()
	update(t, s, func(tx store.Tx) error {
		for _, n := range notes {
			if err := tx.PutNote(n); err != nil {
				return err
			}
			if _, err := tx.AppendFeed(n.Article, op, n.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// feed reads a page of slug's feed.
func feed(t *testing.T, s store.Store, since int64, limit int) replica.Changes {
	t.Helper()
	page, err := s.Feed(t.Context(), slug, since, limit)
	if err != nil {
		t.Fatalf("Feed(%d, %d): %v", since, limit, err)
	}
	return page
}

// brief writes rows as "seq op id", the way tests compare them.
func brief(rows []replica.Row) []string {
	list := []string{}
	for _, r := range rows {
		id := r.ID
		if r.Annotation != nil {
			id = r.Annotation.ID
		}
		list = append(list, fmt.Sprint(r.Seq, " ", r.Op, " ", id))
	}
	return list
}

// equal reports a difference between got and want.
func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}
