package main

import (
	"fmt"
	"io"
	"slices"

	"marginalia/app/linear"
	"marginalia/app/moderation"
)

// spamAnswer is what both halves of a model say of a text that they have not seen.
type spamAnswer struct {
	video, news int64
	spam        bool
}

func spamAnswers(video, news *regression, texts []string) ([]spamAnswer, error) {
	p, err := moderation.Default().Bare("spam", moderation.EncodeSpamModel(video.encode(0), news.encode(0)))
	if err != nil {
		return nil, err
	}
	list := make([]spamAnswer, len(texts))
	for i, text := range texts {
		if list[i].video, list[i].news, err = p.SpamLogits(text); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// spamThresholds are what the answers of each half must be lowered by: to where
// F1 is best on labelled comments, each judged by a model that has not seen it,
// of all pairs that leave spamAlarms of the civil sentences above 0.
func spamThresholds(rows []row, news []text, civil []string, progress io.Writer) (shifts [2]float64, err error) {
	var all, calm []spamAnswer
	for fold := range spamFolds {
		var seen, other []row
		var texts []string
		for i, r := range rows {
			if i%spamFolds == fold {
				other, texts = append(other, r), append(texts, r.Text)
			} else {
				seen = append(seen, r)
			}
		}
		video, about := spamTexts(seen, news, civil[:spamCivil])
		v, a := fitTexts(video, io.Discard), fitTexts(about, io.Discard)
		list, err := spamAnswers(v, a, texts)
		if err != nil {
			return shifts, err
		}
		for i := range list {
			list[i].spam = other[i].Label == 1
		}
		all = append(all, list...)
		if fold == 0 {
			if calm, err = spamAnswers(v, a, civil[spamCivil:]); err != nil {
				return shifts, err
			}
		}
		fmt.Fprintf(progress, "part %d of %d\n", fold+1, spamFolds)
	}
	best := 0.0
	const step = linear.Unit / 8
	for video := int64(-2 * linear.Unit); video <= 2*linear.Unit; video += step {
		least := newsLimit(calm, video)
		if f1 := spamF1(all, video, least); f1 > best {
			best, shifts = f1, [2]float64{-float64(video) / linear.Unit, -float64(least) / linear.Unit}
		}
	}
	fmt.Fprintf(progress, "thresholds %.2f and %.2f: F1 %.3f on comments not seen\n", -shifts[0], -shifts[1], best)
	return shifts, nil
}

// newsLimit is the least threshold of the news half that, with this one of the
// video half, leaves spamAlarms of the civil texts above both.
func newsLimit(calm []spamAnswer, video int64) int64 {
	var list []int64
	for _, a := range calm {
		if a.video > video {
			list = append(list, a.news)
		}
	}
	slices.Sort(list)
	if n := len(list) - 1 - int(spamAlarms*float64(len(calm))); n >= 0 {
		return list[n]
	}
	return -8 * linear.Unit
}

func spamF1(all []spamAnswer, video, news int64) float64 {
	right, found, spam := 0, 0, 0
	for _, a := range all {
		if a.spam {
			spam++
		}
		if a.video > video && a.news > news {
			found++
			if a.spam {
				right++
			}
		}
	}
	return 2 * float64(right) / float64(found+spam)
}
