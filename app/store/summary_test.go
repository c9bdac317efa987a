package store

import (
	"testing"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
)

func TestSummarize(t *testing.T) {
	first := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	rev := article.Revision{
		ID: "sha256-1", Title: "Harbour", Language: "en", Created: first.Add(time.Hour),
		Blocks: []article.Block{
			{Kind: article.Heading, Text: "Harbour reopens", Level: 1},
			{Kind: article.Paragraph, Text: "The first ferry left at dawn."},
			{Kind: article.Paragraph, Text: "Nobody waved."},
		},
	}
	got := Summarize("harbour", rev, first)
	if got.Deck != "The first ferry left at dawn." || got.Words != 10 {
		t.Errorf("deck %q and %d words, want the first paragraph and 10", got.Deck, got.Words)
	}
	if got.Slug != "harbour" || got.Title != "Harbour" || got.Revision != "sha256-1" || got.Language != "en" {
		t.Errorf("Summarize = %+v, want the revision's title, language and id", got)
	}
	if !got.Created.Equal(first) || !got.Updated.Equal(rev.Created) || got.Notes == nil {
		t.Errorf("Summarize = %+v, want created, updated and an empty map of notes", got)
	}
}

func TestStanceOf(t *testing.T) {
	tagged := func(motivation string, values ...string) *annotation.Annotation {
		a := &annotation.Annotation{Motivation: motivation, Body: []annotation.Body{{Purpose: "commenting", Value: "support"}}}
		for _, v := range values {
			a.Body = append(a.Body, annotation.Body{Purpose: "tagging", Value: v})
		}
		return a
	}
	tests := []struct {
		name string
		note *annotation.Annotation
		want annotation.Stance
	}{
		{"not public", nil, ""},
		{"no stance", tagged("commenting"), ""},
		{"dispute", tagged("assessing", "dispute"), annotation.Dispute},
		{"question", tagged("questioning", "question"), annotation.Question},
		{"another tag", tagged("commenting", "sport"), ""},
		{"another tag first", tagged("commenting", "sport", "context"), annotation.Context},
		{"reply", tagged("replying", "support"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := StanceOf(tt.note); got != tt.want {
				t.Errorf("StanceOf = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestMineRow(t *testing.T) {
	n := Note{ID: "n", State: replica.Rejected, Reason: "off the subject", Annotation: annotation.Annotation{ID: "n"}}
	if row := MineRow(3, n); row.Seq != 3 || row.Annotation == nil || row.Reason != n.Reason || row.Reasons == nil {
		t.Errorf("MineRow of a rejected note = %+v", row)
	}
	n.State = replica.Deleted
	if row := MineRow(4, n); row.Annotation != nil {
		t.Errorf("MineRow of a deleted note has annotation %+v", row.Annotation)
	}
	n.State, n.Appeal, n.Reason = replica.Held, true, "please look again"
	if row := MineRow(5, n); row.Reason != "" {
		t.Errorf("MineRow shows the author's appeal %q as a moderator's words", row.Reason)
	}
	if !Waits(n) || Waits(Note{State: replica.Published}) || Waits(Note{State: replica.Deleted, Appeal: true}) {
		t.Error("Waits: want held notes and open appeals only")
	}
}
