package server

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/store"
)

// apply takes one change in a transaction of its own, or finds what was answered
// to it before. The reader returned is the one of the changes that follow: a
// change may give another pseudonym.
func (s *Server) apply(ctx context.Context, reader store.Reader, c rawChange) (replica.Outcome, store.Reader, error) {
	if !annotation.ValidID(c.ID) { // there is nothing to store an answer under
		return invalid(c.ID, c.err), reader, nil
	}
	var k *candidate
	problem := c.err
	if problem == nil && c.Annotation != nil && (c.Op == replica.OpPut || c.Op == replica.OpAppeal) {
		var err error
		if k, err = s.candidate(ctx, reader, c); err != nil {
			if !errors.As(err, new(*fault)) {
				return replica.Outcome{}, reader, err
			}
			problem = err
		}
	}
	var out replica.Outcome
	var replayed bool
	next := reader
	now := s.now().UTC()
	err := s.store.Update(ctx, func(tx store.Tx) error {
		next, replayed = reader, false
		was, err := tx.Outcome(reader.ID, c.ID)
		if err == nil {
			out, replayed = was, true
			return nil
		}
		if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		err = problem
		if err == nil {
			out, next, err = s.do(tx, reader, c, k, now)
		}
		if errors.As(err, new(*fault)) {
			out, err = invalid(c.ID, err), nil
		}
		if err != nil {
			return err
		}
		out.ID = c.ID
		if out.Reasons == nil {
			out.Reasons = []string{}
		}
		return tx.SetOutcome(reader.ID, c.ID, out)
	})
	if err != nil {
		return replica.Outcome{}, reader, fmt.Errorf("change %s: %w", c.ID, err)
	}
	if !replayed {
		s.metrics.change(out.State)
		if k != nil && (out.State == replica.Published || out.State == replica.Held) {
			s.sources.add(k.note.Note())
		}
		if out.State == replica.Published && c.Op == replica.OpPut {
			s.quota.take(reader.ID, s.now())
		}
	}
	return out, next, nil
}

// do carries out a change that is new and could be read.
func (s *Server) do(tx store.Tx, reader store.Reader, c rawChange, k *candidate, now time.Time) (replica.Outcome, store.Reader, error) {
	var out replica.Outcome
	var err error
	switch {
	case k != nil:
		out, err = s.put(tx, reader, *k, now)
	case c.Op == replica.OpPut:
		err = wrong("/annotation", "is missing")
	case c.Op == replica.OpDelete:
		out, err = s.remove(tx, reader, c.Change, now)
	case c.Op == replica.OpAppeal:
		out, err = s.appeal(tx, reader, c.Change, now)
	case c.Op == replica.OpRename:
		return s.rename(tx, reader, c.Change)
	case c.Op == replica.OpRate || c.Op == replica.OpReport:
		err = wrong("/op", "is not available in this edition")
	default:
		err = wrong("/op", "must be put, delete, appeal or rename")
	}
	return out, reader, err
}

// own finds a note that the reader may change. A note that is not here and one
// of somebody else's read alike.
func own(tx store.Tx, reader store.Reader, c replica.Change) (store.Note, error) {
	if c.Target == "" {
		return store.Note{}, wrong("/target", "is missing")
	}
	n, err := tx.Note(c.Target)
	switch {
	case errors.Is(err, store.ErrNotFound) || err == nil && n.Reader != reader.ID:
		return store.Note{}, wrong("/target", "is no note of yours that is here")
	case err != nil:
		return store.Note{}, err
	case c.Article != "" && c.Article != n.Article:
		return store.Note{}, wrong("/article", "is not the article of this note")
	}
	return n, nil
}

// remove deletes a note for good: only its id and its place in the feeds stay.
func (s *Server) remove(tx store.Tx, reader store.Reader, c replica.Change, now time.Time) (replica.Outcome, error) {
	n, err := own(tx, reader, c)
	if err != nil {
		return replica.Outcome{}, err
	}
	if n.State == replica.Deleted {
		return replica.Outcome{State: replica.Deleted}, nil
	}
	if c.IfMatch != "" && c.IfMatch != n.ETag {
		return conflict(n), nil
	}
	gone := store.Note{
		ID: n.ID, Article: n.Article, Reader: n.Reader, State: replica.Deleted, Created: n.Created, Updated: now,
	}
	if err := save(tx, gone, rowIf(n.Public != nil, replica.RowDelete)); err != nil {
		return replica.Outcome{}, err
	}
	return replica.Outcome{State: replica.Deleted}, nil
}

// appeal asks a moderator about a note that is here already.
func (s *Server) appeal(tx store.Tx, reader store.Reader, c replica.Change, now time.Time) (replica.Outcome, error) {
	n, err := own(tx, reader, c)
	if err != nil {
		return replica.Outcome{}, err
	}
	switch {
	case n.State == replica.Deleted, c.IfMatch != "" && c.IfMatch != n.ETag:
		return conflict(n), nil
	case n.State == replica.Published:
		return replica.Outcome{}, wrong("/target", "is published: there is nothing to decide")
	}
	if c.Reason != "" || !n.Appeal { // asking again without a word takes none back
		n.Reason = c.Reason
	}
	n.State, n.Appeal, n.Updated = replica.Held, true, now
	if !slices.Contains(n.Reasons, reasonAppeal) {
		n.Reasons = append(n.Reasons, reasonAppeal)
	}
	if err := save(tx, n, ""); err != nil {
		return replica.Outcome{}, err
	}
	return outcomeOf(n), nil
}

// rename gives the reader another pseudonym for the notes to come. The rules run
// on it as on any other words that are published.
func (s *Server) rename(tx store.Tx, reader store.Reader, c replica.Change) (replica.Outcome, store.Reader, error) {
	name := strings.TrimSpace(c.Value)
	if err := checkNickname(name); err != nil {
		return replica.Outcome{}, reader, err
	}
	if f := s.against(name); f != nil {
		return replica.Outcome{}, reader, wrong("/value", strings.TrimSpace(f.Why+" "+f.Fix))
	}
	reader.Nickname = name
	return replica.Outcome{State: replica.Published}, reader, tx.PutReader(reader)
}

// against is what would keep notes under a pseudonym from being published, nil if
// nothing does.
func (s *Server) against(name string) *moderation.Finding {
	for _, f := range moderation.Check(s.policy, moderation.Note{Nickname: name}, moderation.Subject{}).Findings {
		if f.Field == "nickname" && f.Severity != moderation.Hint {
			return &f
		}
	}
	return nil
}

// save stores a note and tells its author, and with a row everybody.
func save(tx store.Tx, n store.Note, row string) error {
	if err := tx.PutNote(n); err != nil {
		return err
	}
	if row != "" {
		if _, err := tx.AppendFeed(n.Article, row, n.ID); err != nil {
			return err
		}
	}
	_, err := tx.AppendMine(n.Reader, n.ID)
	return err
}

func rowIf(public bool, row string) string {
	if public {
		return row
	}
	return ""
}
