package replica

import (
	"context"
	"fmt"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
)

// metaBefore is the key, with a slug behind it, of the revision that an article's
// newer one has replaced on this device.
const metaBefore = "before/"

// SaveArticle keeps an article for reading offline, in place of an older
// revision of it. Own notes that no server has placed move to it.
func (r *Replica) SaveArticle(ctx context.Context, a article.Article) error {
	return r.update(ctx, func(b *batch) error { return b.takeArticle(ctx, a) })
}

// Revision returns a revision that this device has: the article's newest or the
// one before it. The error is ErrNotFound for any other.
func (r *Replica) Revision(ctx context.Context, slug, id string) (article.Revision, error) {
	var a article.Article
	if err := readOr(ctx, r.store, Articles, slug, &a); err != nil || a.Revision.ID == id && id != "" {
		return a.Revision, err
	}
	var before article.Revision
	if err := readOr(ctx, r.store, Meta, metaBefore+slug, &before); err != nil {
		return before, err
	}
	if before.ID != id || id == "" {
		return article.Revision{}, fmt.Errorf("revision %s of %s: %w", id, slug, ErrNotFound)
	}
	return before, nil
}

// SaveBefore keeps an older revision, to compare the newest with.
func (r *Replica) SaveBefore(ctx context.Context, slug string, before article.Revision) error {
	return r.save(ctx, Meta, metaBefore+slug, before)
}

// takeArticle stores a. If it is another revision than the one that is here, that
// one is kept beside it, and own notes that the server does not place for this
// device get their places in the new text.
func (b *batch) takeArticle(ctx context.Context, a article.Article) error {
	has, err := b.article(ctx, a.Slug)
	if err != nil {
		return err
	}
	b.articles[a.Slug] = a
	if err := b.put(Articles, a.Slug, a); err != nil {
		return err
	}
	if has.Revision.ID == "" || has.Revision.ID == a.Revision.ID {
		return nil
	}
	if err := b.put(Meta, metaBefore+a.Slug, has.Revision); err != nil {
		return err
	}
	return b.moveOwn(ctx, a.Slug)
}

// article is what is here, or was just taken in, of slug; zero for nothing.
func (b *batch) article(ctx context.Context, slug string) (article.Article, error) {
	if a, ok := b.articles[slug]; ok {
		return a, nil
	}
	var a article.Article
	err := readOr(ctx, b.store, Articles, slug, &a)
	return a, err
}

// moveOwn gives the own notes on an article that other readers do not see as they
// are their places in its text: the feed says nothing of those.
func (b *batch) moveOwn(ctx context.Context, slug string) error {
	stored, err := b.store.List(ctx, Notes)
	if err != nil {
		return fmt.Errorf("list %s: %w", Notes, err)
	}
	for _, s := range stored {
		n, known := b.notes[s.Key]
		if !known {
			n = new(Note)
			if err := decode(Notes, s, n); err != nil {
				return err
			}
		}
		if n == nil || n.Article != slug || !n.Mine || n.State == Published || n.State == Deleted {
			continue
		}
		if err := b.place(ctx, n); err != nil {
			return err
		}
		b.keep(n)
	}
	return nil
}

// place finds an own note's words in the article's text on this device. Without
// one, it stands where it was written.
func (b *batch) place(ctx context.Context, n *Note) error {
	target := n.Annotation.Target
	if len(target.Selector) == 0 {
		n.Anchor = nil
		return nil
	}
	a, err := b.article(ctx, n.Article)
	if err != nil {
		return err
	}
	written, counted := n.Annotation.Position()
	if counted && (a.Revision.ID == "" || n.Annotation.Revision() == a.Revision.ID) {
		n.anchor(anchor.Anchor{Start: written.Start, End: written.End, Status: anchor.Exact, Confidence: 1}, b)
		return nil
	}
	text, ok := b.texts[a.Revision.ID]
	if !ok {
		text = anchor.NewText(a.Revision.Text())
		b.texts[a.Revision.ID] = text
	}
	n.anchor(text.Locate(target.Selector), b)
	return nil
}

// anchor gives n another place. The ledger of an own note says so if that changes
// what the place means.
func (n *Note) anchor(to anchor.Anchor, b *batch) {
	was := n.Anchor
	n.Anchor = &to
	if !n.Mine || was == nil || fate(was.Status) == fate(to.Status) {
		return
	}
	what := whatFound
	switch {
	case to.Status == anchor.Orphan:
		what = whatLost
	case to.Status == anchor.Changed && n.Annotation.Note().Stance == annotation.Dispute:
		what = whatAddressed
	case to.Status == anchor.Changed:
		what = whatChanged
	}
	n.log("", b.now, what)
}

// fate is what an anchor's status means for the note.
func fate(s anchor.Status) anchor.Status {
	if s == anchor.Moved {
		return anchor.Exact
	}
	return s
}

// sameWords reports whether two annotations are about the same words.
func sameWords(a, b annotation.Annotation) bool {
	inA, _ := a.Position()
	inB, _ := b.Position()
	return a.Revision() == b.Revision() && inA == inB
}

// hasRevision is the revision in which an article is here, "" if it is not.
func (r *Replica) hasRevision(ctx context.Context, slug string) (string, error) {
	var a struct{ Revision struct{ ID string } }
	err := readOr(ctx, r.store, Articles, slug, &a)
	return a.Revision.ID, err
}
