package replica

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/source"
)

// Errors on which a caller decides.
var (
	// ErrDeleted is returned for a change of a note that is deleted or about to be.
	ErrDeleted = errors.New("the note is deleted")
	// ErrNotMine is returned for a change of another reader's note.
	ErrNotMine = errors.New("the note is another reader's")
	// ErrPosted is returned for a draft of a new note whose id is a note already:
	// another tab has posted it.
	ErrPosted = errors.New("the note is posted already")
	// ErrHeld is for a draft that another window of this browser has open. Who
	// keeps drafts on behalf of windows gives it; a Replica knows no windows.
	ErrHeld = errors.New("the draft is open in another window")
)

// Post turns a draft into a note, or into an edit of one, puts it into the outbox
// and erases the draft, in one write: when it returns nil, the note will reach
// the server, and when it does not, the draft is as it was. An annotation that
// the server would refuse to read is a *annotation.FieldError.
//
// target is ignored for a reply. v is this device's verdict on the note.
func (r *Replica) Post(ctx context.Context, d DraftNote, target annotation.Target, v moderation.Verdict) (Note, error) {
	return r.write(ctx, d, target, v, Change{Op: OpPut})
}

// Appeal is Post for a note that the rules reject: a moderator will decide, and
// read reason.
func (r *Replica) Appeal(ctx context.Context, d DraftNote, target annotation.Target, v moderation.Verdict, reason string) (Note, error) {
	if utf8.RuneCountInString(reason) > annotation.MaxReason {
		return Note{}, &annotation.FieldError{
			Field:  "/reason",
			Detail: fmt.Sprintf("is too long: at most %d characters", annotation.MaxReason),
		}
	}
	return r.write(ctx, d, target, v, Change{Op: OpAppeal, Reason: reason})
}

// write queues c with the annotation that d and target make.
func (r *Replica) write(ctx context.Context, d DraftNote, target annotation.Target, v moderation.Verdict, c Change) (Note, error) {
	var posted Note
	err := r.update(ctx, func(b *batch) error {
		n, err := b.own(ctx, d.ID)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		switch {
		case n == nil && d.Kind == EditNote:
			return ErrNotFound
		case n != nil && d.Kind != EditNote:
			return ErrPosted
		case n == nil:
			n = &Note{ID: d.ID, Article: d.Article, Mine: true}
			n.turn(Draft, byReader)
			if !d.Saved.IsZero() {
				n.log(Draft, d.Saved.UTC(), "")
			}
		case n.State == Deleted || n.Deleting():
			return ErrDeleted
		}
		if err := r.queue(ctx, b, n, d, target, v, c); err != nil {
			return err
		}
		posted = *n
		return b.supersede(ctx, d.Instead)
	})
	if err != nil {
		return Note{}, fmt.Errorf("post note %s: %w", d.ID, err)
	}
	return posted, nil
}

// queue gives n the words of d and puts them into the outbox as c.
func (r *Replica) queue(ctx context.Context, b *batch, n *Note, d DraftNote, target annotation.Target, v moderation.Verdict, c Change) error {
	a, err := made(d, target, n.Annotation, b.now)
	if err != nil {
		return err
	}
	edit := d.Kind == EditNote
	c.IfMatch = n.base(d.IfMatch)
	if edit && n.State != Draft {
		n.begin(d)
		n.keepAside(a, b.now)
	}
	if !n.revise(a, v) {
		return ErrDeleted
	}
	if err := b.place(ctx, n); err != nil {
		return err
	}
	c.ID, c.Article, c.Annotation = r.newID(), n.Article, &a
	stale := c.IfMatch != n.ETag
	if err := b.enqueue(c, stale); err != nil {
		return err
	}
	if stale {
		// From here on the device shows words that were written without sight of
		// the version under the etag: a further edit of them must not pass for one
		// that was made on top of it.
		n.ETag = cmp.Or(c.IfMatch, unseen)
	}
	n.record(Event{State: Queued, At: b.now, What: whatOf(c.Op, edit)}.judged(&v))
	b.keep(n)
	b.erase(Drafts, d.ID)
	return nil
}

// unseen is an etag that no version has: of words that were written before the
// server acknowledged any.
const unseen = "unseen"

func whatOf(op Op, edit bool) string {
	switch {
	case op == OpAppeal:
		return whatAppeal
	case edit:
		return whatEdit
	}
	return ""
}

// own returns a note of the reader's, to change it.
func (b *batch) own(ctx context.Context, id string) (*Note, error) {
	n, err := b.note(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case n == nil:
		return nil, ErrNotFound
	case !n.Mine:
		return nil, ErrNotMine
	}
	return n, nil
}

// made is the annotation of a draft. An edit keeps the time and the language of
// the version before it.
func made(d DraftNote, target annotation.Target, before annotation.Annotation, now time.Time) (annotation.Annotation, error) {
	created := now
	if at, err := time.Parse(time.RFC3339, before.Created); err == nil {
		created = at
	}
	a := annotation.New(d.ID, annotation.Note{
		Text: d.Text, Language: before.Note().Language, Stance: d.Stance, ReplyTo: d.ReplyTo, Sources: cited(d.Sources),
	}, target, created)
	return a, annotation.Check(a)
}

// cited is what the form's sources cite: the form always shows one, which may be
// left blank, and takes a bare DOI, which is no address that others could read.
func cited(form []annotation.Source) []annotation.Source {
	var list []annotation.Source
	for _, s := range form {
		if strings.TrimSpace(s.URL) == "" && strings.TrimSpace(s.Passage) == "" {
			continue
		}
		if parsed, err := source.Parse(s.URL); err == nil {
			s.URL = parsed.Link
		}
		list = append(list, s)
	}
	return list
}

// revise gives n its reader's newest text. What was public stays known. It reports
// false for a note that takes none.
func (n *Note) revise(a annotation.Annotation, v moderation.Verdict) bool {
	if !can(n.State, Queued, byReader) {
		return false
	}
	n.unpublish()
	n.turn(Queued, byReader)
	n.Annotation, n.Verdict = a, &v
	n.Reasons, n.Reason, n.Problem, n.Theirs = nil, "", nil, nil
	return true
}

// unpublish says, before n's state changes, what others go on seeing.
func (n *Note) unpublish() {
	if n.State == Published {
		public := n.Annotation
		n.Public = &public
	}
}

// Delete deletes an own note. One that the server never had is deleted at once,
// together with its unsent change; any other stays, queued, until the server has
// acknowledged that it is gone. Deleting it again changes nothing.
func (r *Replica) Delete(ctx context.Context, noteID string) error {
	err := r.update(ctx, func(b *batch) error {
		n, err := b.own(ctx, noteID)
		if err != nil || n.State == Deleted || n.Deleting() {
			return err
		}
		if n.ETag == "" && b.outbox.inFlight(noteID) == nil && can(n.State, Deleted, byReader) {
			if unsent := b.outbox.waiting(noteID); unsent != nil {
				b.unqueue(unsent)
			}
			n.bury(byReader, Event{At: b.now, What: whatDelete})
			b.keep(n)
			return nil
		}
		c := Change{ID: r.newID(), Op: OpDelete, Article: n.Article, Target: noteID, IfMatch: n.ETag}
		if err := b.enqueue(c, false); err != nil {
			return err
		}
		n.unpublish()
		n.turn(Queued, byReader)
		n.log(Queued, b.now, whatDelete)
		b.keep(n)
		return nil
	})
	if err != nil {
		return fmt.Errorf("delete note %s: %w", noteID, err)
	}
	return nil
}

// bury makes n a tombstone, if why may do that; e says the rest. Its text stays
// for its author, on this device only.
func (n *Note) bury(why cause, e Event) bool {
	if !n.turn(Deleted, why) {
		return false
	}
	n.Public, n.Theirs, n.Was, n.Problem, n.Anchor, n.Before = nil, nil, nil, nil, nil, nil
	e.State = Deleted
	n.record(e)
	return true
}

// Rename asks the server for another pseudonym. Reader returns it at once; if the
// server refuses it, Result.Refused says why.
func (r *Replica) Rename(ctx context.Context, nickname string) error {
	nickname = strings.TrimSpace(nickname)
	if nickname == "" {
		return errors.New("a pseudonym needs at least one character")
	}
	return r.update(ctx, func(b *batch) error {
		return b.enqueue(Change{ID: r.newID(), Op: OpRename, Value: nickname}, false)
	})
}
