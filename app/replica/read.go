package replica

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// Notes returns the notes on an article, in the order of their ids: other
// readers' and one's own in any state but deleted.
func (r *Replica) Notes(ctx context.Context, slug string) ([]Note, error) {
	return r.list(ctx, func(n *Note) bool { return n.Article == slug && n.State != Deleted })
}

// Mine returns the reader's own notes on all articles, the newest first, with
// those that were deleted.
func (r *Replica) Mine(ctx context.Context) ([]Note, error) {
	mine, err := r.list(ctx, func(n *Note) bool { return n.Mine })
	// Ids start with the time they were made.
	slices.Reverse(mine)
	return mine, err
}

// Shown is Notes and Mine in one reading.
func (r *Replica) Shown(ctx context.Context, slug string) (onArticle, mine []Note, err error) {
	err = r.kept.read(ctx, r.store, func(n *Note, all int) {
		if n.Article == slug && n.State != Deleted {
			if onArticle == nil {
				onArticle = make([]Note, 0, all) // most are
			}
			onArticle = append(onArticle, *n)
		}
		if n.Mine {
			mine = append(mine, *n)
		}
	})
	slices.Reverse(mine)
	return onArticle, mine, err
}

func (r *Replica) list(ctx context.Context, want func(*Note) bool) ([]Note, error) {
	var notes []Note
	err := r.kept.read(ctx, r.store, func(n *Note, _ int) {
		if want(n) {
			notes = append(notes, *n)
		}
	})
	return notes, err
}

// Note returns one note, deleted or not, or ErrNotFound.
func (r *Replica) Note(ctx context.Context, id string) (Note, error) {
	var n Note
	err := read(ctx, r.store, Notes, id, &n)
	return n, err
}

// Pending is the number of changes that no server has acknowledged. Drafts are
// not among them.
func (r *Replica) Pending(ctx context.Context) (int, error) {
	waiting, err := r.store.List(ctx, Outbox)
	return len(waiting), err
}

// Reader is who the session belongs to, under the pseudonym last chosen on this
// device. It is zero until the first answer of a server.
func (r *Replica) Reader(ctx context.Context) (Reader, error) {
	waiting, err := r.outbox(ctx)
	if err != nil {
		return Reader{}, err
	}
	var who Reader
	if err := readOr(ctx, r.store, Meta, metaReader, &who); err != nil {
		return Reader{}, err
	}
	return waiting.renamed(who), nil
}

// renamed gives who the pseudonym that is on its way to the server.
func (o outbox) renamed(who Reader) Reader {
	for _, e := range []*entry{o.waiting(""), o.inFlight("")} {
		if e != nil {
			who.Nickname = e.Change.Value
			break
		}
	}
	return who
}

// SaveDraft stores a draft as it is typed, in place of an earlier state of it.
// Saved is set to now if it is zero. The draft is durable when it returns nil.
// ErrPosted is returned for a draft that another tab has posted.
func (r *Replica) SaveDraft(ctx context.Context, d DraftNote) error {
	if d.ID == "" {
		return errors.New("a draft without an id")
	}
	if d.Saved.IsZero() {
		d.Saved = r.now().UTC()
	}
	// It is written first: the caller may be killed while it waits for anything.
	if err := r.save(ctx, Drafts, d.ID, d); err != nil || d.Kind == EditNote {
		return err
	}
	_, err := r.store.Get(ctx, Notes, d.ID)
	switch {
	case err == nil:
		return fmt.Errorf("save draft %s: %w", d.ID, errors.Join(ErrPosted, r.EraseDraft(ctx, d.ID)))
	case errors.Is(err, ErrNotFound):
		return nil
	}
	return fmt.Errorf("save draft %s: %w", d.ID, err)
}

// Drafts returns all drafts, the last saved first.
func (r *Replica) Drafts(ctx context.Context) ([]DraftNote, error) {
	stored, err := r.store.List(ctx, Drafts)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", Drafts, err)
	}
	var drafts []DraftNote
	for _, s := range stored {
		var d DraftNote
		if err := decode(Drafts, s, &d); err != nil {
			return nil, err
		}
		drafts = append(drafts, d)
	}
	slices.SortStableFunc(drafts, func(a, b DraftNote) int {
		return cmp.Or(b.Saved.Compare(a.Saved), cmp.Compare(b.ID, a.ID))
	})
	return drafts, nil
}

// EraseDraft removes a draft; one that is not there is no error.
func (r *Replica) EraseDraft(ctx context.Context, id string) error {
	if err := r.store.Write(ctx, Write{Table: Drafts, Key: id}); err != nil {
		return fmt.Errorf("erase %s/%s: %w", Drafts, id, err)
	}
	return nil
}
