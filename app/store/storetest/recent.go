package storetest

import (
	"testing"
	"time"

	"marginalia/app/replica"
	"marginalia/app/store"
)

// shownAt is a public note of an article whose public version was made n seconds
// after the start.
func shownAt(id, article string, n int) store.Note {
	note := public(id, "text of "+id)
	note.Article, note.Annotation.Modified = article, at(n).Format(time.RFC3339)
	a := note.Annotation
	note.Public = &a
	return note
}

// recent is the ids that Recent lists.
func recent(t *testing.T, s store.Store, slug string, limit int) []string {
	t.Helper()
	list, err := s.Recent(t.Context(), slug, limit)
	if err != nil {
		t.Fatalf("Recent(%q, %d): %v", slug, limit, err)
	}
	ids := []string{}
	for _, n := range list {
		ids = append(ids, n.ID)
	}
	return ids
}

func lastShown(t *testing.T, s store.Store) map[string]time.Time {
	t.Helper()
	last, err := s.LastShown(t.Context())
	if err != nil {
		t.Fatalf("LastShown: %v", err)
	}
	return last
}

func testRecent(t *testing.T, s store.Store) {
	equal(t, "Recent of an empty store", recent(t, s, "", all), []string{})
	addArticle(t, s, slug, at(0))
	addArticle(t, s, "other", at(1))
	addArticle(t, s, "quiet", at(2))
	addNotes(t, s, replica.RowPut, shownAt("n4", slug, 10), shownAt("n2", "other", 30), shownAt("n1", slug, 20), shownAt("n3", slug, 25))
	equal(t, "Recent of all", recent(t, s, "", all), []string{"n3", "n1", "n2", "n4"})
	equal(t, "Recent, two", recent(t, s, "", 2), []string{"n3", "n1"})
	equal(t, "Recent of one article", recent(t, s, slug, 2), []string{"n3", "n1"})
	equal(t, "Recent of none", recent(t, s, slug, 0), []string{})
	equal(t, "Recent of an unknown article", recent(t, s, "no", all), []string{})
	second := func(n int) time.Time { return at(n).Truncate(time.Second) } // as far as RFC 3339 tells
	equal(t, "LastShown", lastShown(t, s), map[string]time.Time{slug: second(25), "other": second(30)})

	addNotes(t, s, replica.RowPut, shownAt("n4", slug, 60)) // an edit
	equal(t, "Recent after an edit", recent(t, s, slug, all), []string{"n3", "n1", "n4"})
	equal(t, "LastShown after an edit", lastShown(t, s)[slug], second(60))

	undated := shownAt("n1", slug, 0)
	undated.Public.Modified, undated.Updated = "", at(90)
	addNotes(t, s, replica.RowPut, undated)
	equal(t, "LastShown of one that does not say when", lastShown(t, s)[slug], at(90))
}

// What is not public any more, or not yet, neither is listed nor moves what is.
func testRecentKeepsSecrets(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	first, second := shownAt("n1", slug, 10), shownAt("n2", slug, 20)
	addNotes(t, s, replica.RowPut, first, second)
	update(t, s, func(tx store.Tx) error { return tx.PutNote(held("n3", "not yet")) })
	equal(t, "Recent", recent(t, s, slug, all), []string{"n2", "n1"})

	first.State, first.Updated = replica.Held, at(50) // an edit of it waits
	first.Annotation.Modified = at(50).Format(time.RFC3339)
	update(t, s, func(tx store.Tx) error { return tx.PutNote(first) })
	equal(t, "Recent with an edit that waits", recent(t, s, "", all), []string{"n2", "n1"})
	equal(t, "LastShown with an edit that waits", lastShown(t, s)[slug], at(20).Truncate(time.Second))

	second.State, second.Public, second.PublicETag = replica.Rejected, nil, "" // taken down
	addNotes(t, s, replica.RowDelete, second)
	equal(t, "Recent after a takedown", recent(t, s, "", all), []string{"n1"})
	equal(t, "LastShown after a takedown", lastShown(t, s), map[string]time.Time{slug: at(10).Truncate(time.Second)})
}
