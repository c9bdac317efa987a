package server

import (
	"net/http"

	"marginalia/app/replica"
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
		s.live.kick(c.Article)
		answer.Outcomes = append(answer.Outcomes, out)
	}
	answer.Reader = replica.Reader{ID: reader.ID, Nickname: reader.Nickname}
	if answer.Mine, err = s.ownNews(r.Context(), reader.ID, e.mine); err != nil {
		return err
	}
	if answer.Articles, err = s.news(r.Context(), e.cursors); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return writeJSON(w, r, answer)
}
