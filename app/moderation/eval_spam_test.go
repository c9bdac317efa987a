package moderation_test

import (
	"os"
	"strings"
	"testing"
)

// spamUnderNews is the least share of advertisements under news, in percent, that
// must be held.
const spamUnderNews = 60

// TestEvalSpam prints how the spam rules do on comments under videos, and fails
// where they trouble those who discuss news.
func TestEvalSpam(t *testing.T) {
	onlyEval(t)
	for _, name := range []string{"spam_youtube_val", "spam_youtube_test"} {
		t.Run(name, func(t *testing.T) {
			rows := set(t, name)
			spam := func(r labelled) bool { return r.Label == 1 }
			c := logF1(t, "all spam rules", rows, spam, func(r labelled) bool { return finds(r.Text, "spam") })
			if name == "spam_youtube_test" {
				record("spam, YouTube test, F1", c.f1(), .97, "SVM .947, small model .962")
			}
			logF1(t, "half of the model, learned from videos", rows, spam, func(r labelled) bool { return videoHalf(t, r.Text) })
			logF1(t, "spam.promotion alone", rows, spam, func(r labelled) bool { return finds(r.Text, "spam.promotion") })
		})
	}
	for name, civil := range map[string]func(labelled) bool{
		"c3_public":           func(r labelled) bool { return r.Toxicity < 1.3 },
		"fox_news":            func(r labelled) bool { return r.Label == 0 },
		"ucc_test":            func(r labelled) bool { return r.Hostile == 0 },
		"wikipedia_talk_test": func(r labelled) bool { return r.Label == 0 },
	} {
		t.Run(name, func(t *testing.T) {
			n, any, promotion, half := 0, 0, 0, 0
			for _, r := range set(t, name) {
				if !civil(r) {
					continue
				}
				n++
				if finds(r.Text, "spam") {
					any++
				}
				if finds(r.Text, "spam.promotion") {
					promotion++
				}
				if videoHalf(t, r.Text) {
					half++
				}
			}
			t.Logf("%d civil: %.2f %% held by spam rules, %.2f %% by spam.promotion (the limit is 0.5 %%; half of the model alone: %.1f %%)", n, percent(any, n), percent(promotion, n), percent(half, n))
			if percent(promotion, n) > 0.5 {
				t.Errorf("spam.promotion holds %.2f %% of civil comments", percent(promotion, n))
			}
		})
	}
}

// videoHalf reports what the half of the model says that has seen no newspaper.
func videoHalf(t *testing.T, text string) bool {
	t.Helper()
	video, _, err := full().SpamLogits(text)
	if err != nil {
		t.Fatal(err)
	}
	return video > 0
}

// TestEvalSpamNotes judges sourced notes with links and the words of
// advertisements (-), and spam as it is under newspapers (+).
func TestEvalSpamNotes(t *testing.T) {
	data, err := os.ReadFile("testdata/promotion.txt")
	if err != nil {
		t.Fatal(err)
	}
	var of, held [2]int
	for line := range strings.Lines(string(data)) {
		sign, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		side := strings.Index("-+", sign)
		if side < 0 {
			continue
		}
		found := finds(text, "spam")
		of[side]++
		if found {
			held[side]++
		}
		if found != (side == 1) {
			t.Logf("held %v: %s", found, text)
		}
	}
	t.Logf("under news: %d of %d civil notes held, %d of %d advertisements", held[0], of[0], held[1], of[1])
	if percent(held[0], of[0]) > 0.5 || of[0] < 100 {
		t.Errorf("%d of %d civil notes are held as spam, the limit is 0.5 %% of at least 100", held[0], of[0])
	}
	if percent(held[1], of[1]) < spamUnderNews {
		t.Errorf("%d of %d advertisements are held", held[1], of[1])
	}
}
