package moderation_test

import (
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
)

// pair is a text and what it may or may not be about.
type pair struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Context string `json:"context"`
	Body    string `json:"body"` // the ID of a context
	Label   int    `json:"label"`
}

// TestEvalTopic prints how well notes are told from notes on other articles: of
// all, where one that cannot be judged counts as undecided, and of those that can.
func TestEvalTopic(t *testing.T) {
	onlyEval(t)
	for _, tt := range []struct {
		name   string
		target float64 // 0: none
		others string
	}{
		{"topic_ctc", .84, "small model .796"},
		{"topic_fox_title", 0, ""},
		{"topic_fox_title_lead", .75, "small model .668"},
		{"topic_c3_public", .82, "small model .776"},
		{"topic_fnc1", .99, "small model .992"},
	} {
		rows := setOf[pair](t, tt.name)
		bodies := map[string]string{}
		if rows[0].Body != "" {
			for _, r := range setOf[pair](t, tt.name+"_bodies") {
				bodies[r.ID] = r.Context
			}
		}
		articles := map[string]*moderation.Article{}
		var all, judged sides
		held, n := 0, 0
		for _, r := range rows {
			context := r.Context + bodies[r.Body]
			if articles[context] == nil {
				articles[context] = moderation.NewArticle(context)
			}
			v := moderation.Check(full(), moderation.Note{Note: annotation.Note{Text: r.Text, Stance: annotation.Question}}, moderation.Subject{Article: articles[context]})
			score := v.Scores.Topic
			all.add(r.Label == 1, float64(score))
			if score != 5000 {
				judged.add(r.Label == 1, float64(score))
			}
			if r.Label == 1 {
				n++
				for _, f := range v.Findings {
					if f.Rule == "topic.off" {
						held++
					}
				}
			}
		}
		if tt.target > 0 {
			record(tt.name+", AUC of those that can be judged", judged.auc(), tt.target, tt.others)
		}
		t.Logf("%-22s AUC %.3f of all %d, %.3f of the %d that can be judged; %.2f %% of those on topic are held", tt.name,
			all.auc(), len(rows), judged.auc(), len(judged.yes)+len(judged.no), percent(held, n))
	}
}

func (s *sides) add(yes bool, score float64) {
	if yes {
		s.yes = append(s.yes, score)
	} else {
		s.no = append(s.no, score)
	}
}
