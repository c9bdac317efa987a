package state_test

import (
	"testing"

	"marginalia/app/message/catalogues"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// Why a note is not sent is heard in the page's language, as far as that has words for it.
func TestRefusalIsHeardInThePagesLanguage(t *testing.T) {
	for name, c := range map[string]struct{ why, fix, want string }{
		"shipped":      {"This calls a person names.", "Say it once.", "Todavía no. Esto insulta a una persona. Dilo una sola vez."},
		"with figures": {"The note is 12,001 characters long; there is room for 2,000.", "Say it once.", "Todavía no. La nota tiene 12.001 caracteres; caben 2000. Dilo una sola vez."},
		"their own":    {"We like it otherwise.", "Say it once.", "Todavía no. We like it otherwise. Dilo una sola vez."},
	} {
		s := state.State{Msg: catalogues.Get("es"), Composer: &state.Composer{
			Draft:   replica.DraftNote{ID: "d", Text: "So."},
			Verdict: moderation.Verdict{Decision: moderation.Reject, Findings: []moderation.Finding{{Rule: "abuse.insult", Field: "text", Why: c.why, Fix: c.fix}}},
		}}
		if got, _ := after(s, state.Post{}); got.Say != c.want {
			t.Errorf("%s: it says %q, want %q", name, got.Say, c.want)
		}
	}
}
