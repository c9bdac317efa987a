package server

import (
	"context"
	"slices"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/store"
)

// The server reasons: what lowers publish to held beside the verdict.
const (
	reasonPolicy  = "policy"  // there is no valid policy
	reasonRate    = "rate"    // more notes than Limits.NotesPerHour
	reasonAppeal  = "appeal"  // the author asks a moderator
	reasonHistory = "history" // a moderator rejected the earlier version
	reasonParent  = "parent"  // it answers a note that is not public
)

// candidate is a note of a change, placed and judged, before the store is asked
// what is there already.
type candidate struct {
	change  replica.Change
	note    annotation.Annotation
	etag    string
	place   placed
	verdict moderation.Verdict
	reasons []string
}

// candidate prepares the note of a put or an appeal. Nothing is written.
func (s *Server) candidate(ctx context.Context, reader store.Reader, c rawChange) (*candidate, error) {
	if c.slug != "" && c.slug != c.Article {
		return nil, wrong("/annotation/target/source", "names another article than the change")
	}
	p, err := s.place(ctx, c.Article, *c.Annotation)
	if err != nil {
		return nil, err
	}
	now := s.now().UTC().Format(time.RFC3339)
	a := *c.Annotation
	a.Context, a.Target, a.Modified = annotation.ContextURI, p.target, now
	if a.Created == "" {
		a.Created = now
	}
	a.Creator = &annotation.Agent{ID: reader.ID, Type: "Person", Nickname: reader.Nickname}
	k := &candidate{change: c.Change, note: a, etag: annotation.ETag(a), place: p}
	k.verdict = moderation.Check(s.policy, moderation.Note{Note: a.Note(), Nickname: reader.Nickname}, moderation.Subject{
		Article: p.text.topic, Quote: p.quote, Self: []string{s.articleURL(c.Article)},
	})
	if s.policy == nil {
		k.reasons = append(k.reasons, reasonPolicy)
	}
	if c.Op == replica.OpAppeal {
		k.reasons = append(k.reasons, reasonAppeal)
	} else if !s.quota.left(reader.ID, s.now()) {
		k.reasons = append(k.reasons, reasonRate)
	}
	return k, nil
}

// lower adds a server reason.
func (k *candidate) lower(reason string) {
	if !slices.Contains(k.reasons, reason) {
		k.reasons = append(k.reasons, reason)
	}
}

// state is what becomes of the note: the verdict's decision, but an appeal is
// held whatever it says, and a server reason lowers publish to held.
func (k candidate) state() replica.NoteState {
	if k.change.Op == replica.OpAppeal {
		return replica.Held
	}
	switch k.verdict.Decision {
	case moderation.Reject:
		return replica.Rejected
	case moderation.Publish:
		if len(k.reasons) == 0 {
			return replica.Published
		}
	}
	return replica.Held
}

func (s *Server) articleURL(slug string) string { return s.url + "/a/" + slug }
