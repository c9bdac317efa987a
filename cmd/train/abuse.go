package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"marginalia/app/linear"
	"marginalia/app/moderation"
)

// abuseSets are what the abuse models learn from. The factor is what a row of a
// set counts beside its own weight: newspaper comments most, tweets about one
// kind of hate least.
var abuseSets = []struct {
	name   string
	factor float64
}{
	{"paradetox", 1},
	{"paradetox_cannot_rewrite", 1},
	{"civil_comments_sentences", 3},
	{"wikipedia_talk", 2},
	{"edos", 0.2},
	{"hatemojibuild", 0.5},
}

// civilSets are sentences on hard subjects, war and crime among them, in which
// nobody is abused: what their labels say of something else does not count.
var civilSets = []struct {
	name   string
	weight float64
}{
	{"claimbuster", 0.5},
}

const (
	abuseBits = 18
	// knownWords is how many words are taken for spelled well.
	knownWords = 24000
	// abuseComments is how many comments are made of several sentences, so that
	// a long one is not taken for abuse because it is long.
	abuseComments      = 10000
	abuseCommentWeight = 0.3
	// abuseKeptOut is one in how many rows of newspaper and Wikipedia comments
	// that is not learned from: the threshold is set by them.
	abuseKeptOut = 7
	// abuseAlarms is the share of the civil ones of those above the threshold.
	abuseAlarms = 0.003
)

// abuse is what is made together: the linear model, and the network that reads
// the vectors and belongs to their file.
type abuse struct {
	policy  *moderation.Policy // to read texts with
	words   []string
	vectors []byte
	line    regression
	net     *net
	civil   []string // civil sentences that were kept out
}

// trainBoth makes the files "abuse" and "topic".
func trainBoth(data string, progress io.Writer) (map[string][]byte, error) {
	a, err := newAbuse(data, progress)
	if err != nil {
		return nil, err
	}
	lines, samples, err := a.examples(data, progress)
	if err != nil {
		return nil, err
	}
	a.line = regression{bits: abuseBits, epochs: 10, rate: 0.3, decay: 1e-6}
	a.line.fit(lines, progress)
	a.net = newNet(moderation.NetWidth, 2, 96, rand.New(rand.NewPCG(3, 3)))
	a.net.fit(samples, 12, 0.1, 0.4, progress)

	sore, err := a.sore(data, progress)
	if err != nil {
		return nil, err
	}
	topic := slices.Concat(a.vectors, a.net.encode(), sore)
	shift, err := a.threshold(a.file(0), topic, progress)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"abuse": a.file(shift), "topic": topic}, nil
}

func (a *abuse) file(shift float64) []byte {
	return moderation.EncodeAbuseModel(a.words, a.line.encode(shift))
}

// newAbuse prepares a policy with the words and vectors and empty models.
func newAbuse(data string, progress io.Writer) (*abuse, error) {
	a := &abuse{}
	var err error
	if a.words, err = commonWords(data, knownWords); err != nil {
		return nil, err
	}
	if a.vectors, err = vectorTable(data, progress); err != nil {
		return nil, err
	}
	a.line = regression{bits: abuseBits, weights: make([]float64, 1<<abuseBits)}
	empty := newNet(moderation.NetWidth, 2, 1, rand.New(rand.NewPCG(1, 1)))
	a.policy, err = with(a.file(0), slices.Concat(a.vectors, empty.encode(), (&regression{weights: make([]float64, 1<<soreBits)}).encode(0)))
	return a, err
}

// with is the shipped policy with these models.
func with(abuse, topic []byte) (*moderation.Policy, error) {
	p, err := moderation.Default().Bare("abuse", abuse)
	if err != nil {
		return nil, err
	}
	return p.Bare("topic", topic)
}

// examples reads the sets as both models see them.
func (a *abuse) examples(data string, progress io.Writer) (lines []example, samples []sample, err error) {
	bag := linear.NewBag(abuseBits)
	add := func(text string, label, weight float64, short bool) error {
		f, err := a.policy.AbuseFeatures(text)
		if err != nil {
			return err
		}
		bag.Reset()
		f.Whole(bag)
		lines = append(lines, newExample(bag, label, weight))
		if short {
			samples = append(samples, newSample(f.Net, label, weight))
		}
		return nil
	}
	var sides [2][]string // civil and abusive sentences of comments
	for _, set := range abuseSets {
		rows, err := read(data, set.name)
		if err != nil {
			return nil, nil, err
		}
		comments := set.name == "civil_comments_sentences" || set.name == "wikipedia_talk"
		for i, r := range rows {
			if comments && i%abuseKeptOut == 0 {
				if r.Label == 0 {
					a.civil = append(a.civil, r.Text)
				}
				continue
			}
			if comments {
				sides[r.Label] = append(sides[r.Label], r.Text)
			}
			if err := add(r.Text, float64(r.Label), r.Weight*set.factor, true); err != nil {
				return nil, nil, err
			}
		}
		fmt.Fprintf(progress, "%s: %d rows\n", set.name, len(rows))
	}
	for _, set := range civilSets {
		rows, err := read(data, set.name)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range rows {
			if err := add(r.Text, 0, set.weight, true); err != nil {
				return nil, nil, err
			}
		}
		fmt.Fprintf(progress, "%s: %d rows\n", set.name, len(rows))
	}
	r := rand.New(rand.NewPCG(9, 9))
	for i := range abuseComments {
		parts := comment(sides[0], r)
		if i%2 == 1 {
			parts[r.IntN(len(parts))] = sides[1][r.IntN(len(sides[1]))]
		}
		if err := add(strings.Join(parts, " "), float64(i%2), abuseCommentWeight, false); err != nil {
			return nil, nil, err
		}
	}
	return lines, samples, nil
}

// comment is one to four sentences.
func comment(sentences []string, r *rand.Rand) []string {
	parts := make([]string, 1+r.IntN(4))
	for i := range parts {
		parts[i] = sentences[r.IntN(len(sentences))]
	}
	return parts
}

// threshold is what the answers must be lowered by so that abuseAlarms of the
// civil comments that were kept out are above 0.
func (a *abuse) threshold(abuse, topic []byte, progress io.Writer) (float64, error) {
	p, err := with(abuse, topic)
	if err != nil {
		return 0, err
	}
	r := rand.New(rand.NewPCG(4, 4))
	var logits []int64
	for range 4000 {
		logit, err := p.AbuseLogit(strings.Join(comment(a.civil, r), " "))
		if err != nil {
			return 0, err
		}
		logits = append(logits, logit)
	}
	slices.Sort(logits)
	at := logits[len(logits)-1-int(abuseAlarms*float64(len(logits)))]
	fmt.Fprintf(progress, "threshold at %.2f, median of civil comments %.2f\n", float64(at)/linear.Unit, float64(logits[len(logits)/2])/linear.Unit)
	return -float64(at) / linear.Unit, nil
}
