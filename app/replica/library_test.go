package replica_test

import (
	"bytes"
	"errors"
	"reflect"
	"testing"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
)

func TestLibrary(t *testing.T) {
	ctx := t.Context()
	d := newDevice(t, newServer(t), "ada")
	if _, err := d.Article(ctx, slug); !errors.Is(err, replica.ErrNotFound) {
		t.Errorf("Article before it is saved: %v, want ErrNotFound", err)
	}
	if _, err := d.Policy(ctx); !errors.Is(err, replica.ErrNotFound) {
		t.Errorf("Policy before it is saved: %v, want ErrNotFound", err)
	}
	if list, err := d.List(ctx); list != nil || err != nil {
		t.Errorf("List before it is saved = %v, %v, want nil", list, err)
	}
	created := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	rev, err := article.NewRevision("Ships", "en", []article.Block{{Kind: article.Paragraph, Text: "Ten ships left."}}, created)
	if err != nil {
		t.Fatal(err)
	}
	a := article.Article{Slug: slug, Revision: rev, URL: "https://example.org/a/harbour"}
	list := []article.Summary{{Slug: slug, Title: "Ships", Created: created, Notes: map[string]int{"dispute": 2}}}
	policy := []byte("{\n  \"a\": \"<&>\" \xff}")
	prefs := replica.Prefs{Stance: annotation.Question}
	for _, err := range []error{
		d.SaveArticle(ctx, a), d.SaveList(ctx, list), d.SavePolicy(ctx, policy), d.SavePrefs(ctx, prefs),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if got, err := d.Article(ctx, slug); err != nil || !reflect.DeepEqual(got, a) {
		t.Errorf("Article = %v, %v, want %v", got, err, a)
	}
	if got, err := d.List(ctx); err != nil || !reflect.DeepEqual(got, list) {
		t.Errorf("List = %v, %v, want %v", got, err, list)
	}
	if got, err := d.Policy(ctx); err != nil || !bytes.Equal(got, policy) {
		t.Errorf("Policy = %q, %v, want the same bytes %q", got, err, policy)
	}
	if got, err := d.Prefs(ctx); err != nil || got != prefs {
		t.Errorf("Prefs = %v, %v, want %v", got, err, prefs)
	}
	if got, err := d.Saved(ctx); err != nil || len(got) != 1 || !got[slug] {
		t.Errorf("Saved = %v, %v, want %s", got, err, slug)
	}
}

func TestDrafts(t *testing.T) {
	ctx := t.Context()
	d := newDevice(t, newServer(t), "ada")
	if err := d.SaveDraft(ctx, replica.DraftNote{Text: "x"}); err == nil {
		t.Error("SaveDraft without an id gives no error")
	}
	var ids []string
	for _, text := range []string{"first", "second", "third"} {
		draft := d.draft(text)
		ids = append(ids, draft.ID)
		draft.Saved = d.mint.now()
		if err := d.SaveDraft(ctx, draft); err != nil {
			t.Fatal(err)
		}
	}
	again := d.draft("first, longer")
	again.ID = ids[0]
	if err := d.SaveDraft(ctx, again); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time it is gone already
		if err := d.EraseDraft(ctx, ids[1]); err != nil {
			t.Fatal(err)
		}
	}
	got, err := d.Drafts(ctx)
	if err != nil || len(got) != 2 || got[0].Text != "first, longer" || got[1].Text != "third" {
		t.Errorf("Drafts = %v, %v, want the first, last saved, and the third", got, err)
	}
	d.wantPending(0)
}

// TestDamagedValue names what cannot be read instead of passing it over.
func TestDamagedValue(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	if err := d.store.Write(t.Context(), replica.Write{Table: replica.Notes, Key: "k", Value: []byte(`{"id":`)}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Notes(t.Context(), slug); err == nil || !bytes.Contains([]byte(err.Error()), []byte("notes/k")) {
		t.Errorf("Notes = %v, want an error that names notes/k", err)
	}
}
