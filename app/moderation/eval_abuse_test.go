package moderation_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"marginalia/app/moderation"
)

// score is a number that some sets write as text.
type score float64

func (s *score) UnmarshalJSON(data []byte) error {
	f, err := strconv.ParseFloat(strings.Trim(string(data), `"`), 64)
	*s = score(f)
	return err
}

var _ json.Unmarshaler = (*score)(nil)

// sides are the scores of rows that should and should not be found.
type sides struct{ yes, no []float64 }

// abuseSides are the abuse scores of a set's rows; side is 1, 0, or -1 for
// neither.
func abuseSides(t *testing.T, name string, side func(labelled) int) (s sides) {
	t.Helper()
	for _, r := range set(t, name) {
		switch side(r) {
		case 1:
			s.yes = append(s.yes, float64(verdict(r.Text).Scores.Abuse))
		case 0:
			s.no = append(s.no, float64(verdict(r.Text).Scores.Abuse))
		}
	}
	return s
}

// auc is the chance that a row that should be found scores above one that
// should not (Mann and Whitney's U).
func (s sides) auc() float64 {
	type row struct {
		score float64
		yes   bool
	}
	var all []row
	for _, v := range s.yes {
		all = append(all, row{v, true})
	}
	for _, v := range s.no {
		all = append(all, row{v, false})
	}
	slices.SortFunc(all, func(a, b row) int { return cmp.Compare(a.score, b.score) })
	ranks := 0.0
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j].score == all[i].score {
			j++
		}
		for k := i; k < j; k++ {
			if all[k].yes {
				ranks += float64(i+j+1) / 2
			}
		}
		i = j
	}
	n, m := float64(len(s.yes)), float64(len(s.no))
	return (ranks - n*(n+1)/2) / (n * m)
}

// recall is the share found when share of those that should not be is found too.
func (s sides) recall(share float64) float64 {
	no := slices.Sorted(slices.Values(s.no))
	limit := no[len(no)-1-int(share*float64(len(no)))]
	n := 0
	for _, v := range s.yes {
		if v > limit {
			n++
		}
	}
	return float64(n) / float64(len(s.yes))
}

func byLabel(r labelled) int { return r.Label }

// TestEvalAbuse prints the abuse rules on every labelled set beside the targets
// and what others reach.
func TestEvalAbuse(t *testing.T) {
	onlyEval(t)
	t.Run("scores", func(t *testing.T) {
		c3 := abuseSides(t, "c3_public", func(r labelled) int {
			switch {
			case r.Toxicity >= 2.5:
				return 1
			case r.Toxicity < 1.5:
				return 0
			}
			return -1
		})
		ucc := abuseSides(t, "ucc_test", func(r labelled) int { return r.Hostile })
		imp := abuseSides(t, "impermium_test", byLabel)
		wiki := abuseSides(t, "wikipedia_talk_test", byLabel)
		record("C3, toxicity >= 2.5 against < 1.5, AUC", c3.auc(), .86, "small model .83")
		record("C3, recall at 1 % false alarms", c3.recall(.01), .30, "small model .25")
		record("UCC hostile, AUC", ucc.auc(), .80, "BERT .843, small model .747")
		record("UCC hostile, recall at 1 %", ucc.recall(.01), .15, "BERT .093, small model .12")
		record("Impermium, AUC", imp.auc(), .87, ".919 trained on it")
		record("Wikipedia talk, AUC", wiki.auc(), .80, "Perspective .824")
	})
	t.Run("OLID", func(t *testing.T) {
		// Offensive tweets: any finding counts, hints too.
		var c confusion
		for _, r := range set(t, "olid_test") {
			c.add(anyFinding(r.Text, "abuse") || verdict(r.Text).Scores.Abuse >= olidThreshold, r.Label == 1)
		}
		record("OLID, macro F1", c.macroF1(), .76, "BERT .828, fastText .734")
	})
	t.Run("HateCheck", func(t *testing.T) { hatecheck(t, set(t, "hatecheck")) })
	t.Run("unseen hate", func(t *testing.T) {
		for _, name := range []string{"hatemojicheck", "stormfront_test", "hateval_test", "edos_test", "davidson_test", "abuseval_test", "fox_news"} {
			s := abuseSides(t, name, byLabel)
			var c confusion
			for _, r := range set(t, name) {
				c.add(anyFinding(r.Text, "abuse"), r.Label == 1)
			}
			t.Logf("%-16s AUC %.3f, macro F1 of findings %.3f", name, s.auc(), c.macroF1())
		}
	})
	t.Run("spans", func(t *testing.T) {
		sum, n := 0.0, 0
		for _, r := range setOf[spanned](t, "toxic_spans_test") {
			sum += r.f1()
			n++
		}
		record("toxic spans, character F1", sum/float64(n), .68, "winner .708, median .676")
	})
}

// olidThreshold was chosen on paradetox, before OLID was seen: the score above
// which half of what its authors call toxic lies.
const olidThreshold = 1200

// anyFinding reports a finding of any severity.
func anyFinding(text, family string) bool {
	return slices.ContainsFunc(verdict(text).Findings, func(f moderation.Finding) bool { return strings.HasPrefix(f.Rule, family) })
}

// TestEvalIdentity holds the rules to the limit that no word for a group of people raises an alarm: the
// shares of false alarms by the word, on sentences that differ in it alone.
func TestEvalIdentity(t *testing.T) {
	rows := set(t, "identity_templates")
	count := map[string]int{}
	for _, r := range rows {
		for w := range strings.FieldsSeq(r.Text) {
			count[w]++
		}
	}
	alarms, of := map[string]int{}, map[string]int{}
	total, all := 0, 0
	for _, r := range rows {
		if r.Label != 0 {
			continue
		}
		hit := finds(r.Text, "abuse")
		all++
		if hit {
			total++
		}
		words := strings.Fields(r.Text)
		w := words[len(words)-1]
		if of[w]++; hit {
			alarms[w]++
		}
	}
	low, high, worst := math.Inf(1), 0.0, ""
	for w, n := range of {
		if n < 20 {
			continue
		}
		share := percent(alarms[w], n)
		low = min(low, share)
		if share > high {
			high, worst = share, w
		}
	}
	atMost("identity templates, false-alarm gap between groups, points", high-low, 3)
	t.Logf("identity templates: %d of %d civil sentences held or rejected; by the word from %.1f %% to %.1f %% (%s)", total, all, low, high, worst)
	if high-low > 3 {
		t.Errorf("the false alarms differ by %.1f points between groups, the limit is 3", high-low)
	}
}

// spanned is a text with the code points that make it toxic.
type spanned struct {
	Text  string `json:"text"`
	Spans []int  `json:"spans"`
}

// f1 is the F1 of the code points that abuse findings mark (SemEval-2021 task 5:
// 1 if both are empty, 0 if one is).
func (r spanned) f1() float64 {
	got := map[int]bool{}
	for _, f := range verdict(r.Text).Findings {
		if strings.HasPrefix(f.Rule, "abuse") {
			for i := f.Start; i < f.End; i++ {
				got[i] = true
			}
		}
	}
	if len(got) == 0 && len(r.Spans) == 0 {
		return 1
	}
	both := 0
	for _, i := range r.Spans {
		if got[i] {
			both++
		}
	}
	return 2 * float64(both) / float64(len(got)+len(r.Spans))
}

// hatecheck prints accuracy by functionality beside Perspective's on the same
// cases. A finding that holds or rejects is a yes.
func hatecheck(t *testing.T, rows []labelled) {
	type count struct{ n, ours, theirs int }
	by := map[string]*count{}
	var order []string
	var ours, theirs, oursLess, theirsLess, oursHint confusion
	groups := map[string]*count{}
	add := func(name string, got, want, theirs bool) {
		s := groups[name]
		if s == nil {
			s = new(count)
			groups[name] = s
		}
		s.n++
		if got == want {
			s.ours++
		}
		if theirs == want {
			s.theirs++
		}
	}
	for _, r := range rows {
		s := by[r.Functionality]
		if s == nil {
			s = new(count)
			by[r.Functionality] = s
			order = append(order, r.Functionality)
		}
		got, want, other := finds(r.Text, "abuse"), r.Label == 1, r.Perspective == 1
		s.n++
		if got == want {
			s.ours++
		}
		if other == want {
			s.theirs++
		}
		ours.add(got, want)
		oursHint.add(anyFinding(r.Text, "abuse"), want)
		theirs.add(other, want)
		if r.Functionality != "target_indiv_nh" && r.Functionality != "profanity_nh" {
			oursLess.add(got, want)
			theirsLess.add(other, want)
		}
		switch {
		case strings.HasPrefix(r.Functionality, "spell"):
			add("spelling (target .85)", got, want, other)
		case r.Functionality == "negate_neg_nh" || strings.HasPrefix(r.Functionality, "counter"):
			add("negation, counter-speech (.60)", got, want, other)
		case strings.HasPrefix(r.Functionality, "ident"):
			add("identity (.88)", got, want, other)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-32s %5s %8s %12s\n", "HateCheck", "n", "ours", "Perspective")
	for _, f := range order {
		s := by[f]
		fmt.Fprintf(&b, "%-32s %5d %7.1f%% %11.1f%%\n", f, s.n, percent(s.ours, s.n), percent(s.theirs, s.n))
	}
	for _, name := range []string{"spelling (target .85)", "negation, counter-speech (.60)", "identity (.88)"} {
		s := groups[name]
		fmt.Fprintf(&b, "%-32s %5d %7.1f%% %11.1f%%\n", name, s.n, percent(s.ours, s.n), percent(s.theirs, s.n))
	}
	share := func(name string) float64 { return percent(groups[name].ours, groups[name].n) / 100 }
	record("HateCheck, macro F1", ours.macroF1(), .70, "Perspective .702; on these cases "+fmt.Sprintf("%.3f", theirs.macroF1()))
	record("HateCheck without the two, macro F1", oursLess.macroF1(), .72, "Perspective .665; on these cases "+fmt.Sprintf("%.3f", theirsLess.macroF1()))
	record("HateCheck spelling, recall", share("spelling (target .85)"), .85, "Perspective .77")
	record("HateCheck negation and counter-speech, accuracy", share("negation, counter-speech (.60)"), .60, "Perspective .13")
	record("HateCheck identity, accuracy", share("identity (.88)"), .88, "Perspective .66")
	fmt.Fprintf(&b, "%-32s %5d %8.3f %12.3f\n", "macro F1 (.70)", len(rows), ours.macroF1(), theirs.macroF1())
	fmt.Fprintf(&b, "%-32s %5s %8.3f %12.3f\n", "  without the two (.72)", "", oursLess.macroF1(), theirsLess.macroF1())
	fmt.Fprintf(&b, "%-32s %5s %8.3f", "  with hints", "", oursHint.macroF1())
	t.Log(b.String())
}
