package memory

import (
	"fmt"
	"slices"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/store"
)

// tx is the running transaction. It writes in place and remembers how to undo.
type tx struct {
	s    *Store
	undo []func()
}

func (t *tx) rollback() {
	for _, undo := range slices.Backward(t.undo) {
		undo()
	}
}

// set stores v under k.
func set[K comparable, V any](t *tx, m map[K]V, k K, v V) {
	old, had := m[k]
	t.undo = append(t.undo, func() {
		if had {
			m[k] = old
		} else {
			delete(m, k)
		}
	})
	m[k] = v
}

// assign stores v in *p.
func assign[V any](t *tx, p *V, v V) {
	old := *p
	t.undo = append(t.undo, func() { *p = old })
	*p = v
}

func (t *tx) Article(slug string) (article.Article, error) { return t.s.article(slug) }

func (t *tx) Revision(slug, id string) (article.Revision, error) { return t.s.revision(slug, id) }

func (t *tx) Note(id string) (store.Note, error) { return t.s.note(id) }

func (t *tx) Notes(slug string) ([]store.Note, error) {
	return t.s.notesOf(slug)
}

func (t *tx) PutRevision(slug string, rev article.Revision) (bool, error) {
	rev, err := clone(rev)
	if err != nil {
		return false, err
	}
	rev.Created = stamp(rev.Created)
	it, ok := t.s.articles[slug]
	if !ok {
		it = &item{created: rev.Created, revisions: map[string]article.Revision{}, feed: newLog()}
		set(t, t.s.articles, slug, it)
	}
	if it.newest == rev.ID {
		return false, nil
	}
	if _, ok := it.revisions[rev.ID]; !ok {
		set(t, it.revisions, rev.ID, rev)
	}
	assign(t, &it.newest, rev.ID)
	assign(t, &it.updated, rev.Created)
	t.append(&it.feed, replica.RowRevision, rev.ID)
	return true, nil
}

func (t *tx) PutNote(n store.Note) error {
	if _, ok := t.s.articles[n.Article]; !ok {
		return fmt.Errorf("put note %s: article %s: %w", n.ID, n.Article, store.ErrNotFound)
	}
	if old, ok := t.s.notes[n.ID]; ok && old.Reader != n.Reader {
		return fmt.Errorf("put note %s: %w", n.ID, store.ErrExists)
	}
	n, err := clone(n)
	if err != nil {
		return err
	}
	n.Created, n.Updated = stamp(n.Created), stamp(n.Updated)
	if _, ok := t.s.came[n.ID]; !ok {
		set(t, t.s.came, n.ID, len(t.s.came))
	}
	set(t, t.s.notes, n.ID, n)
	return nil
}

func (t *tx) PutAnchor(note string, at anchor.Anchor) error {
	n, ok := t.s.notes[note]
	if !ok {
		return fmt.Errorf("put anchor of note %s: %w", note, store.ErrNotFound)
	}
	n.Anchor = &at
	set(t, t.s.notes, note, n)
	return nil
}

func (t *tx) AppendFeed(slug, op, id string) (int64, error) {
	it, ok := t.s.articles[slug]
	if !ok {
		return 0, fmt.Errorf("append to feed of %s: %w", slug, store.ErrNotFound)
	}
	switch op {
	case replica.RowPut, replica.RowDelete, replica.RowAnchor, replica.RowRevision:
		return t.append(&it.feed, op, id), nil
	}
	return 0, fmt.Errorf("append to feed of %s: unknown op %q", slug, op)
}

func (t *tx) AppendMine(reader, note string) (int64, error) {
	l, ok := t.s.mine[reader]
	if !ok {
		empty := newLog()
		l = &empty
		set(t, t.s.mine, reader, l)
	}
	return t.append(l, replica.RowPut, note), nil
}

// append adds a row to l and notes which rows of the same note it supersedes.
func (t *tx) append(l *log, op, ref string) int64 {
	assign(t, &l.rows, append(l.rows, row{op, ref}))
	seq := int64(len(l.rows))
	switch op {
	case replica.RowPut, replica.RowDelete:
		set(t, l.content, ref, seq)
	case replica.RowAnchor:
		// An anchor row says nothing about a note that is not there: it must not
		// take the place of a delete row.
		if at := l.content[ref]; at > 0 && l.rows[at-1].op == replica.RowPut {
			set(t, l.anchor, ref, seq)
		}
	}
	return seq
}

func (t *tx) Outcome(reader, change string) (replica.Outcome, error) {
	o, ok := t.s.outcomes[[2]string{reader, change}]
	if !ok {
		return replica.Outcome{}, fmt.Errorf("outcome of %s: %w", change, store.ErrNotFound)
	}
	return clone(o)
}

func (t *tx) SetOutcome(reader, change string, o replica.Outcome) error {
	key := [2]string{reader, change}
	if _, ok := t.s.outcomes[key]; ok {
		return nil
	}
	o, err := clone(o)
	if err != nil {
		return err
	}
	set(t, t.s.outcomes, key, o)
	return nil
}

func (t *tx) PutSourceCheck(c store.SourceCheck) error {
	c.Checked = stamp(c.Checked)
	limit := c.Checked.Add(-store.SourceChecksKept)
	kept := map[string]store.SourceCheck{c.URL: c}
	for url, old := range t.s.checks {
		if url != c.URL && old.Checked.After(limit) {
			kept[url] = old
		}
	}
	assign(t, &t.s.checks, kept)
	return nil
}

func (t *tx) PutReader(r store.Reader) error {
	r.Created = stamp(r.Created)
	set(t, t.s.readers, r.ID, r)
	return nil
}

func (t *tx) PutSession(tokenHash []byte, reader string, _ time.Time) error {
	if _, ok := t.s.readers[reader]; !ok {
		return fmt.Errorf("put session of reader %s: %w", reader, store.ErrNotFound)
	}
	set(t, t.s.sessions, string(tokenHash), reader)
	return nil
}
