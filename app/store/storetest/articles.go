package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/store"
)

func testEmpty(t *testing.T, s store.Store) {
	ctx := t.Context()
	if err := s.Ping(ctx); err != nil {
		t.Errorf("Ping: %v", err)
	}
	if list, err := s.Articles(ctx); err != nil || len(list) != 0 {
		t.Errorf("Articles = %v, %v, want none", list, err)
	}
	if list, err := s.Held(ctx); err != nil || len(list) != 0 {
		t.Errorf("Held = %v, %v, want none", list, err)
	}
	page, err := s.Mine(ctx, reader, 0, all)
	if err != nil || page.Changes == nil || len(page.Changes) != 0 || page.Cursor != 0 || page.More {
		t.Errorf("Mine = %+v, %v, want an empty page", page, err)
	}
}

func testNotFound(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	tests := []struct {
		name string
		call func(ctx context.Context) error
	}{
		{"Article", func(ctx context.Context) error { _, err := s.Article(ctx, "no"); return err }},
		{"Revision", func(ctx context.Context) error { _, err := s.Revision(ctx, slug, "no"); return err }},
		{"Revision of no article", func(ctx context.Context) error { _, err := s.Revision(ctx, "no", "sha256-a"); return err }},
		{"Feed", func(ctx context.Context) error { _, err := s.Feed(ctx, "no", 0, all); return err }},
		{"Note", func(ctx context.Context) error { _, err := s.Note(ctx, "no"); return err }},
		{"ReaderBySession", func(ctx context.Context) error { _, err := s.ReaderBySession(ctx, []byte("no")); return err }},
		{"Tx.Article", inTx(s, func(tx store.Tx) error { _, err := tx.Article("no"); return err })},
		{"Tx.Revision", inTx(s, func(tx store.Tx) error { _, err := tx.Revision(slug, "no"); return err })},
		{"Tx.Note", inTx(s, func(tx store.Tx) error { _, err := tx.Note("no"); return err })},
		{"Tx.Outcome", inTx(s, func(tx store.Tx) error { _, err := tx.Outcome(reader, "no"); return err })},
		{"Tx.PutNote", inTx(s, func(tx store.Tx) error {
			n := public("n1", "one")
			n.Article = "no"
			return tx.PutNote(n)
		})},
		{"Tx.PutAnchor", inTx(s, func(tx store.Tx) error { return tx.PutAnchor("no", anchor.Anchor{Status: anchor.Orphan}) })},
		{"Tx.AppendFeed", inTx(s, func(tx store.Tx) error { _, err := tx.AppendFeed("no", replica.RowPut, "n1"); return err })},
		{"Tx.AppendFeed anchor", inTx(s, func(tx store.Tx) error { _, err := tx.AppendFeed("no", replica.RowAnchor, "n1"); return err })},
		{"Tx.PutSession", inTx(s, func(tx store.Tx) error { return tx.PutSession([]byte("hash"), "no", at(0)) })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.call(t.Context()); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("error = %v, want ErrNotFound", err)
			}
		})
	}
}

func inTx(s store.Store, fn func(tx store.Tx) error) func(context.Context) error {
	return func(ctx context.Context) error { return s.Update(ctx, fn) }
}

func testArticlesOrder(t *testing.T, s store.Store) {
	addArticle(t, s, "oldest", at(0))
	addArticle(t, s, "b-same-time", at(5))
	addArticle(t, s, "newest", at(9))
	addArticle(t, s, "a-same-time", at(5))
	update(t, s, func(tx store.Tx) error { // a new revision does not move an article
		_, err := tx.PutRevision("oldest", revision("sha256-b", at(20)))
		return err
	})
	list, err := s.Articles(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, sum := range list {
		got = append(got, sum.Slug)
	}
	equal(t, "order of Articles", got, []string{"newest", "a-same-time", "b-same-time", "oldest"})
}

func testArticlesSummary(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	rev := revision("sha256-b", at(7))
	rev.Language = "de"
	update(t, s, func(tx store.Tx) error {
		_, err := tx.PutRevision(slug, rev)
		return err
	})
	list, err := s.Articles(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("Articles = %v, %v, want one", list, err)
	}
	want := store.Summarize(slug, rev, at(0))
	equal(t, "summary", list[0], want)
	if want.Deck == "" || want.Words == 0 || !list[0].Updated.Equal(at(7)) {
		t.Errorf("summary %+v lacks deck, words or the newest revision's time", list[0])
	}
}

func testArticlesCountNotes(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	addArticle(t, s, "other", at(1))
	stanced := func(id string, stance annotation.Stance) store.Note {
		n := public(id, "text")
		n.Annotation = noteText(id, "text", stance)
		n.Public = &n.Annotation
		return n
	}
	reply := stanced("n5", annotation.Support)
	reply.Public.Motivation = "replying"
	edited := stanced("n6", annotation.Support) // a held edit: the public stance still counts
	before := noteText("n6", "before", annotation.Question)
	edited.State, edited.Public = replica.Held, &before
	gone := stanced("n7", annotation.Support)
	gone.State, gone.Public, gone.Annotation = replica.Deleted, nil, annotation.Annotation{}
	addNotes(t, s, replica.RowPut, stanced("n1", annotation.Dispute), stanced("n2", annotation.Dispute),
		stanced("n3", annotation.Context), held("n4", "held"), reply, edited, stanced("n7", annotation.Support),
		stanced("n8", ""))
	addNotes(t, s, replica.RowDelete, gone)

	list, err := s.Articles(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatalf("Articles = %v, %v, want two", list, err)
	}
	equal(t, "notes of other", list[0].Notes, map[string]int{})
	equal(t, "notes", list[1].Notes, map[string]int{"dispute": 2, "context": 1, "question": 1})
}

func testRevisionsStay(t *testing.T, s store.Store) {
	first, second := revision("sha256-a", at(0)), revision("sha256-b", at(5))
	empty := article.Revision{ID: "sha256-c", Created: at(6)}
	update(t, s, func(tx store.Tx) error {
		for _, rev := range []article.Revision{first, second, empty, second} {
			if added, err := tx.PutRevision(slug, rev); err != nil || !added {
				return fmt.Errorf("PutRevision(%s) = %v, %w, want true", rev.ID, added, err)
			}
		}
		return nil
	})
	for _, want := range []article.Revision{first, second, empty} {
		got, err := s.Revision(t.Context(), slug, want.ID)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "revision", got, want)
	}
	got, err := s.Article(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	versions := []article.Version{{ID: first.ID, Created: at(0)}, {ID: empty.ID, Created: at(6)}, {ID: second.ID, Created: at(5)}}
	equal(t, "article", got, article.Article{Slug: slug, Revision: second, Versions: versions})
	update(t, s, func(tx store.Tx) error {
		inside, err := tx.Article(slug)
		equal(t, "article in a transaction", inside, got)
		return err
	})
}

func testPutRevisionTwice(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	update(t, s, func(tx store.Tx) error {
		added, err := tx.PutRevision(slug, revision("sha256-a", at(9)))
		if err != nil || added {
			return fmt.Errorf("PutRevision of the newest = %v, %w, want false", added, err)
		}
		return nil
	})
	equal(t, "feed", brief(feed(t, s, 0, all).Changes), []string{"1 revision sha256-a"})
	if a, err := s.Article(t.Context(), slug); err != nil || !a.Revision.Created.Equal(at(0)) {
		t.Errorf("newest revision = %+v, %v, want it as first imported", a.Revision, err)
	}
	if list, err := s.Articles(t.Context()); err != nil || !list[0].Updated.Equal(at(0)) {
		t.Errorf("Articles = %+v, %v, want it not updated", list, err)
	}
}

// An article whose edit is taken back has its earlier revision again, as it was.
func testPutRevisionOlder(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	again := revision("sha256-a", at(9))
	again.Title = "not the title that the id stands for"
	update(t, s, func(tx store.Tx) error {
		if _, err := tx.PutRevision(slug, revision("sha256-b", at(5))); err != nil {
			return err
		}
		added, err := tx.PutRevision(slug, again)
		if err != nil || !added {
			return fmt.Errorf("PutRevision of an older one = %v, %w, want true", added, err)
		}
		return nil
	})
	got, err := s.Article(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "newest", got.Revision, revision("sha256-a", at(0)))
	page := feed(t, s, 0, all)
	equal(t, "feed", brief(page.Changes), []string{"1 revision sha256-a", "2 revision sha256-b", "3 revision sha256-a"})
	equal(t, "revision of the feed", page.Revision, "sha256-a")
	list, err := s.Articles(t.Context())
	if err != nil || !list[0].Created.Equal(at(0)) || !list[0].Updated.Equal(at(9)) {
		t.Errorf("Articles = %+v, %v, want it created at first and updated when taken back", list, err)
	}
}
