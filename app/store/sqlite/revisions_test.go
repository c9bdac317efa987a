package sqlite

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"marginalia/app/article"
	"marginalia/app/store"
)

func TestRevisionsAreBounded(t *testing.T) {
	kept := newRevisions()
	for _, id := range []string{"a", "b", "c"} {
		kept.put("s", article.Revision{ID: id}, maxRevisions/2)
	}
	kept.put("s", article.Revision{ID: "huge"}, maxRevisions+1)
	if len(kept.by) != 2 || kept.size != maxRevisions {
		t.Errorf("%d revisions of %d bytes are kept, want 2 of %d", len(kept.by), kept.size, maxRevisions)
	}
	if _, ok := kept.get("s", "c"); !ok {
		t.Error("the last one is not kept")
	}
}

// A transaction that is undone must leave nothing behind, although it has read
// what it wrote.
func TestRevisionOfAnUndoneTransaction(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "marginalia.db"))
	rev, err := article.NewRevision("Title", "en", []article.Block{{Kind: article.Paragraph, Text: "Text."}}, time.Now().UTC())
	if err != nil {
		t.Fatal(err)
	}
	undo := errors.New("undo")
	err = s.Update(t.Context(), func(tx store.Tx) error {
		if _, err := tx.PutRevision("s", rev); err != nil {
			return err
		}
		if _, err := tx.Article("s"); err != nil {
			return err
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
	if _, err := s.Revision(t.Context(), "s", rev.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Revision = %v, want not found", err)
	}
}
