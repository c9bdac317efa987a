package server

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"

	"marginalia/app/replica"
	"marginalia/app/store"
)

const (
	// minePage is how many rows of the author-only feed one answer holds.
	minePage = 100
	// feedPage is how many rows of one article's feed one answer holds.
	feedPage = 500
	// answerRows bounds the rows of all articles in one answer; those that are
	// left over say so by More.
	answerRows = 2000
)

// handleSync takes a batch of changes and answers with each one's outcome and
// what is new for the device. Each change is durable before it is answered; one
// that cannot be taken does not stop those after it.
func (s *Server) handleSync(w http.ResponseWriter, r *http.Request) error {
	e, err := readEnvelope(w, r)
	if err != nil {
		return err
	}
	changes := make([]rawChange, len(e.changes))
	for i, raw := range e.changes {
		changes[i] = readChange(raw)
	}
	reader, err := s.session(w, r, changes)
	if err != nil {
		return err
	}
	answer := replica.Answer{Policy: s.policyHash(), Outcomes: make([]replica.Outcome, 0, len(changes))}
	for _, c := range changes {
		var out replica.Outcome
		if out, reader, err = s.apply(r.Context(), reader, c); err != nil {
			return err
		}
		answer.Outcomes = append(answer.Outcomes, out)
	}
	answer.Reader = replica.Reader{ID: reader.ID, Nickname: reader.Nickname}
	if answer.Mine, err = s.store.Mine(r.Context(), reader.ID, e.mine, minePage); err != nil {
		return err
	}
	if answer.Articles, err = s.news(r.Context(), e.cursors); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return writeJSON(w, r, answer)
}

// news reads the feed of each article that the device follows; one that is not
// here is left out.
func (s *Server) news(ctx context.Context, cursors map[string]int64) (map[string]replica.Changes, error) {
	found := map[string]replica.Changes{}
	left := answerRows
	for _, slug := range slices.Sorted(maps.Keys(cursors)) {
		page, err := s.store.Feed(ctx, slug, cursors[slug], max(1, min(left, feedPage)))
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		left -= len(page.Changes)
		found[slug] = page
	}
	return found, nil
}
