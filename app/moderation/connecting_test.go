package moderation

import (
	"slices"
	"testing"

	"marginalia/app/annotation"
)

func TestConnecting(t *testing.T) {
	subject := Subject{Article: NewArticle("The council paid 3.9 million for the bridge. The auditor had estimated half of that."), Quote: "3.9 million for the bridge"}
	for _, tt := range []struct {
		name, text string
		policy     *Policy
		most       int
		want       []string
	}{
		{"the rarest first", "The auditor wrote that the bridge would cost less, and he was the auditor.", shipped(), 9, []string{"auditor", "bridge"}},
		{"no more than asked for", "The auditor wrote that the bridge would cost less.", shipped(), 1, []string{"auditor"}},
		{"nothing in common", "Penguins swim well.", shipped(), 9, nil},
		{"without word vectors", "The auditor wrote that.", Default(), 9, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Connecting(tt.policy, Note{Note: annotation.Note{Text: tt.text}}, subject, tt.most)
			if !slices.Equal(got, tt.want) {
				t.Errorf("Connecting(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
