package server

import (
	"errors"
	"time"

	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/store"
)

// put stores a new note or a new version of one.
func (s *Server) put(tx store.Tx, reader store.Reader, k candidate, now time.Time) (replica.Outcome, error) {
	old, err := tx.Note(k.note.ID)
	isNew := errors.Is(err, store.ErrNotFound)
	if err != nil && !isNew {
		return replica.Outcome{}, err
	}
	if isNew {
		if k.change.IfMatch != "" {
			return replica.Outcome{}, wrong("/ifMatch", "names a version of a note that is not here")
		}
		old = store.Note{ID: k.note.ID, Article: k.change.Article, Reader: reader.ID, Created: now}
	} else if out, done, err := standing(reader, old, k); done || err != nil {
		return out, err
	}
	if err := checkParent(tx, reader, &k); err != nil {
		return replica.Outcome{}, err
	}
	if err := s.renewAnchor(tx, &k); err != nil {
		return replica.Outcome{}, err
	}
	if !isNew && rejectedByHand(old) {
		k.lower(reasonHistory)
	}
	n := revise(old, k, now)
	if err := save(tx, n, rowIf(n.State == replica.Published, replica.RowPut)); err != nil {
		return replica.Outcome{}, err
	}
	return outcomeOf(n), nil
}

// standing answers a put on a note that is here already, unless it is an edit
// that may go on.
func standing(reader store.Reader, old store.Note, k candidate) (out replica.Outcome, done bool, err error) {
	same := old.ETag == k.etag
	switch {
	case old.Reader != reader.ID:
		return out, false, wrong("/annotation/id", "is the id of a note that was posted in another session")
	case old.Article != k.change.Article:
		return out, false, wrong("/article", "is not the article of this note")
	case old.State == replica.Deleted:
		return conflict(old), true, nil
	case k.change.IfMatch == old.ETag:
		return out, false, nil
	case same && (k.change.Op == replica.OpPut || old.State == replica.Published):
		return outcomeOf(old), true, nil // it has arrived before, or stands already
	case same:
		return out, false, nil
	}
	return conflict(old), true, nil
}

// checkParent wants a reply to answer a note of the same article that its author
// can see. What answers a note that is not public waits with it.
func checkParent(tx store.Tx, reader store.Reader, k *candidate) error {
	id := k.note.Note().ReplyTo
	if id == "" {
		return nil
	}
	parent, err := tx.Note(id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	mine := parent.Reader == reader.ID
	switch {
	case err != nil || parent.State == replica.Deleted || parent.Public == nil && !mine:
		return wrong("/annotation/target/source", "is no note that can be answered")
	case parent.Article != k.change.Article:
		return wrong("/annotation/target/source", "is a note on another article")
	case parent.Public == nil:
		k.lower(reasonParent)
	}
	return nil
}

// renewAnchor places the note again if the article got a new revision since it
// was prepared.
func (s *Server) renewAnchor(tx store.Tx, k *candidate) error {
	if k.place.anchor == nil {
		return nil
	}
	art, err := tx.Article(k.change.Article)
	if err != nil {
		return err
	}
	if art.Revision.ID != k.place.newest {
		at := s.anchorIn(art.Revision, k.place.target)
		k.place.anchor = &at
	}
	return nil
}

// rejectedByHand reports whether a moderator rejected n: the rules had not.
func rejectedByHand(n store.Note) bool {
	return n.State == replica.Rejected && (n.Verdict == nil || n.Verdict.Decision != moderation.Reject)
}

// revise makes the note that stands after k. An edit that is not published
// leaves what is public, and its place, as they are.
func revise(old store.Note, k candidate, now time.Time) store.Note {
	n := old
	if old.Annotation.Created != "" {
		k.note.Created = old.Annotation.Created // a note is made once
	}
	n.State, n.ETag, n.Annotation, n.Updated = k.state(), k.etag, k.note, now
	n.Verdict, n.Appeal, n.Reason = &k.verdict, false, ""
	n.Reasons = k.reasons
	if n.State == replica.Rejected {
		n.Reasons = nil // nothing was lowered
	}
	if k.change.Op == replica.OpAppeal {
		n.Appeal, n.Reason = true, k.change.Reason
	}
	if n.State == replica.Published {
		n.Public, n.PublicETag = &k.note, k.etag
	}
	if n.State == replica.Published || n.Public == nil {
		n.Anchor = k.place.anchor
	}
	return n
}

func outcomeOf(n store.Note) replica.Outcome {
	return replica.Outcome{State: n.State, ETag: n.ETag, Verdict: n.Verdict, Reasons: n.Reasons}
}

// conflict shows what is here to a change that was based on something else.
func conflict(n store.Note) replica.Outcome {
	now := &replica.Current{ETag: n.ETag, State: n.State}
	if n.State != replica.Deleted {
		a := n.Annotation
		now.Annotation = &a
	}
	return replica.Outcome{State: replica.Conflict, ETag: n.ETag, Current: now}
}

// invalid says what is wrong with a change.
func invalid(id string, err error) replica.Outcome {
	out := replica.Outcome{ID: id, State: replica.Invalid, Reasons: []string{}}
	var f *fault
	if errors.As(err, &f) {
		p := f.problem
		out.Problem = &p
	}
	return out
}
