package chaos

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/store"
)

// maxErrors is how many errors of one kind a check lists.
const maxErrors = 5

// Check compares the store of the server, what the server has said, and every
// device, after Settle. It returns an error that names what differs.
func (f *Fleet) Check(ctx context.Context, st store.Store) error {
	if err := f.Ledger.check(ctx, st); err != nil {
		return err
	}
	var errs []error
	for _, slug := range f.slugs {
		page, err := f.feed(ctx, slug)
		if err != nil {
			return err
		}
		public := map[string]replica.Row{}
		for _, row := range page.Changes {
			if row.Op == replica.RowPut {
				public[row.Annotation.ID] = row
			}
		}
		for _, d := range f.devices {
			errs = append(errs, d.checkArticle(ctx, slug, page.Revision, public)...)
		}
	}
	readers := map[string]bool{}
	for _, d := range f.devices {
		errs = append(errs, d.checkOwn(ctx, f.Ledger, st)...)
		who, err := d.tab().Reader(ctx)
		if err != nil {
			return err
		}
		readers[who.ID] = true
	}
	for id, n := range f.Ledger.notes {
		if !readers[n.reader] {
			errs = append(errs, fmt.Errorf("note %s belongs to %s, who has no device", id, n.reader))
		}
	}
	return join(errs)
}

func join(errs []error) error { return errors.Join(errs[:min(len(errs), maxErrors)]...) }

// check compares a server's store with what the server has said.
func (l *Ledger) check(ctx context.Context, st store.Store) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	errs := slices.Clone(l.broken)
	err := st.Update(ctx, func(tx store.Tx) error {
		for _, key := range slices.SortedFunc(maps.Keys(l.outcomes), changeKey.compare) {
			o, err := tx.Outcome(key.reader, key.change)
			if said, _ := json.Marshal(o); err != nil || string(said) != l.outcomes[key] {
				errs = append(errs, fmt.Errorf("change %s: the store has %s, %v; acknowledged was %s", key.change, said, err, l.outcomes[key]))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(l.notes)) {
		n := l.notes[id]
		switch s, err := st.Note(ctx, id); {
		case err != nil:
			errs = append(errs, fmt.Errorf("note %s, acknowledged as %s: %w", id, n.state, err))
		case s.State != n.state || s.ETag != n.etag || s.Annotation.Text() != n.text || publicText(s) != n.public || s.Reader != n.reader:
			errs = append(errs, fmt.Errorf("note %s: the store has %s %q, public %q; acknowledged was %s %q, public %q",
				id, s.State, s.Annotation.Text(), publicText(s), n.state, n.text, n.public))
		}
	}
	return join(append(errs, l.checkFeeds(ctx, st)...))
}

func (k changeKey) compare(other changeKey) int {
	return strings.Compare(k.reader+k.change, other.reader+other.change)
}

// checkFeeds wants exactly one row for each thing that happened, numbered without
// a gap, and no note of which nobody was told.
func (l *Ledger) checkFeeds(ctx context.Context, st store.Store) (errs []error) {
	for slug, rows := range l.feeds {
		page, err := st.Feed(ctx, slug, 0, all)
		if err != nil || page.Cursor != rows {
			errs = append(errs, fmt.Errorf("the feed of %s ends at %d, %v, want one row for each of %d changes", slug, page.Cursor, err, rows))
		}
		notes, err := st.Notes(ctx, slug)
		if err != nil {
			errs = append(errs, err)
		}
		for _, n := range notes {
			if l.notes[n.ID] == nil {
				errs = append(errs, fmt.Errorf("note %s is in the store, but no outcome told of it", n.ID))
			}
		}
	}
	for reader, rows := range l.mine {
		page, err := st.Mine(ctx, reader, 0, all)
		if err != nil || page.Cursor != rows {
			errs = append(errs, fmt.Errorf("the own feed of %s ends at %d, %v, want one row for each of %d changes", reader, page.Cursor, err, rows))
		}
	}
	return errs
}

// checkArticle wants the device to show an article as the server does.
func (d *device) checkArticle(ctx context.Context, slug, revision string, public map[string]replica.Row) (errs []error) {
	a, err := d.tab().Article(ctx, slug)
	if err != nil || a.Revision.ID != revision {
		errs = append(errs, fmt.Errorf("%s has %s in revision %s, %v, want %s", d.name, slug, a.Revision.ID, err, revision))
	}
	notes, err := d.tab().Notes(ctx, slug)
	if err != nil {
		return append(errs, err)
	}
	here := map[string]bool{}
	for _, n := range notes {
		here[n.ID] = true
		row, shown := public[n.ID]
		seen := n.Public
		if n.State == replica.Published {
			seen = &n.Annotation
		}
		switch {
		case shown != (seen != nil):
			errs = append(errs, fmt.Errorf("%s: note %s, %s, is public %t, on the server %t", d.name, n.ID, n.State, seen != nil, shown))
		case shown && !sameJSON(seen, row.Annotation):
			errs = append(errs, fmt.Errorf("%s: note %s shows %s, the server %s", d.name, n.ID, toJSON(seen), toJSON(row.Annotation)))
		case n.State == replica.Published && (n.ETag != row.ETag || !sameJSON(n.Anchor, row.Anchor)):
			errs = append(errs, fmt.Errorf("%s: note %s is %s at %s, on the server %s at %s",
				d.name, n.ID, n.ETag, toJSON(n.Anchor), row.ETag, toJSON(row.Anchor)))
		}
	}
	for id := range public {
		if !here[id] {
			errs = append(errs, fmt.Errorf("%s lacks note %s", d.name, id))
		}
	}
	return errs
}

func toJSON(v any) string {
	data, err := json.Marshal(v)
	return fmt.Sprint(string(data), err)
}

func sameJSON(a, b any) bool { return toJSON(a) == toJSON(b) }

// checkOwn wants the device to have all of its reader's notes as the server does,
// or beside what the server has what it would not take.
func (d *device) checkOwn(ctx context.Context, l *Ledger, st store.Store) (errs []error) {
	if n, err := d.tab().Pending(ctx); err != nil || n != 0 {
		errs = append(errs, fmt.Errorf("%s: %d changes pending, %v", d.name, n, err))
	}
	who, err := d.tab().Reader(ctx)
	if err != nil {
		return append(errs, err)
	}
	mine, err := d.tab().Mine(ctx)
	if err != nil {
		return append(errs, err)
	}
	here := map[string]bool{}
	for _, n := range mine {
		here[n.ID] = true
		s, err := st.Note(ctx, n.ID)
		switch {
		case errors.Is(err, store.ErrNotFound) && neverTaken(n):
		case err != nil:
			errs = append(errs, fmt.Errorf("%s: note %s, %s: %w", d.name, n.ID, n.State, err))
		case !agrees(n, s):
			errs = append(errs, fmt.Errorf("%s: note %s is %s %q at %s, theirs %s, problem %v; on the server %s %q at %s",
				d.name, n.ID, n.State, n.Annotation.Text(), n.ETag, toJSON(n.Theirs), n.Problem, s.State, s.Annotation.Text(), s.ETag))
		}
	}
	for id, n := range l.notes {
		if n.reader != who.ID {
			continue
		}
		if n.state != replica.Deleted && !here[id] {
			errs = append(errs, fmt.Errorf("%s lacks its reader's note %s", d.name, id))
		}
		// Nobody else can have changed these.
		if clash, was := l.clashes[id]; was && d.alone && !l.moved[id] {
			errs = append(errs, fmt.Errorf("%s: note %s had a conflict, but nobody to have it with: %s", d.name, id, clash))
		}
	}
	return append(errs, d.checkWords(ctx, l)...)
}

// neverTaken reports whether the server need not know a note.
func neverTaken(n replica.Note) bool {
	return n.State == replica.Deleted || n.State == replica.Rejected && n.Problem != nil
}

// agrees reports whether a device's own note is what the server has.
func agrees(n replica.Note, s store.Note) bool {
	switch {
	case n.State == replica.Conflict:
		return n.Theirs != nil && n.Theirs.State == s.State && n.Theirs.ETag == s.ETag && textOf(n.Theirs.Annotation) == s.Annotation.Text()
	case n.State == replica.Rejected && n.Problem != nil: // words that the server does not have
		return true
	case n.State == replica.Deleted || s.State == replica.Deleted:
		return n.State == s.State
	}
	return n.State == s.State && n.ETag == s.ETag && n.Annotation.Text() == s.Annotation.Text() &&
		slices.Equal(n.Reasons, s.Reasons) && (s.State == replica.Held || n.Reason == s.Reason)
}

func textOf(a *annotation.Annotation) string {
	if a == nil {
		return ""
	}
	return a.Text()
}

// checkWords wants every text that was posted last on this device to have been
// taken by the server, or to stand here; and every open form to be stored.
func (d *device) checkWords(ctx context.Context, l *Ledger) (errs []error) {
	for _, id := range slices.Sorted(maps.Keys(d.last)) {
		if l.wasTaken(id, d.last[id]) {
			continue
		}
		if n, err := d.tab().Note(ctx, id); err != nil || n.Annotation.Text() != d.last[id] {
			errs = append(errs, fmt.Errorf("%s: note %s: the words %q are lost; there is %s %q, %v", d.name, id, d.last[id], n.State, n.Annotation.Text(), err))
		}
	}
	drafts, err := d.tab().Drafts(ctx)
	if err != nil {
		return append(errs, err)
	}
	stored := map[string]string{}
	for _, draft := range drafts {
		stored[draft.ID] = draft.Text
	}
	open := map[string]string{}
	for _, form := range d.forms {
		open[form.ID] = form.Text
	}
	if !maps.Equal(stored, open) {
		errs = append(errs, fmt.Errorf("%s: drafts %v, open forms %v", d.name, stored, open))
	}
	return errs
}
