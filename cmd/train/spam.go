package main

import (
	_ "embed" // spam_news.txt
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"marginalia/app/linear"
	"marginalia/app/moderation"
)

// spamNews is spam and civil notes under a newspaper: the labelled comments are
// all from under music videos.
//
//go:embed spam_news.txt
var spamNews string

const (
	spamBits = 16
	// spamCivil is how many civil sentences are learned from; the others set the
	// threshold.
	spamCivil       = 16000
	spamCivilWeight = 0.5
	// spamVideoWeight is what a civil comment under a video counts as a
	// counterexample of what is said about news.
	spamVideoWeight = 0.5
	spamNewsWeight  = 1
	// spamReportWeight is what one of the many made-up reports counts.
	spamReportWeight = 0.2
	// spamStep is what weights are multiples of: few values pack well.
	spamStep = 0.2
	// spamFolds is in how many parts the labelled comments are cut, to answer for
	// each from the others.
	spamFolds = 8
	// spamAlarms is the share of civil sentences, links added, above the threshold.
	spamAlarms = 0.001
)

// spamLinks are ways to put a link into a note: the first %s is the note.
var spamLinks = []string{
	"%s %s", "%s (%s)", "%s See %s.", "%s Source: %s", "%s Please read this report: %s", "%s More at %s", "%s According to %s",
	"%[2]s %[1]s", "As %[2]s says: %[1]s", "%[1]s %[2]s/b %[2]s/c",
}

// spamHosts are hosts that notes about news cite.
var spamHosts = strings.Fields(`example.org example.com www.example.org city.example.net www.bbc.co.uk www.reuters.com apnews.com www.nytimes.com
	www.theguardian.com www.washingtonpost.com www.un.org www.who.int data.worldbank.org ec.europa.eu www.gov.uk www.census.gov www.cdc.gov
	www.bls.gov en.wikipedia.org web.archive.org doi.org arxiv.org www.nature.com www.aljazeera.com www.lemonde.fr elpais.com www.spiegel.de
	www.haaretz.com www.ochaopt.org www.amnesty.org www.hrw.org www.icj-cij.org www.parliament.uk www.congress.gov www.youtube.com twitter.com
	x.com www.facebook.com t.me medium.com data.gov www.oecd.org www.imf.org www.snopes.com www.politifact.com www.cbc.ca www.abc.net.au
	www.npr.org www.jstor.org pubmed.ncbi.nlm.nih.gov github.com`)

// text is a text with the number that it should get.
type text struct {
	words         string
	label, weight float64
}

// spamTexts are what the halves of the model learn from.
func spamTexts(rows []row, news []text, civil []string) (video, about []text) {
	video, about = slices.Clone(news), append(slices.Clone(news), reports()...)
	for _, r := range rows {
		video = append(video, text{r.Text, float64(r.Label), 1})
		weight := 1.0
		if r.Label == 0 {
			weight = spamVideoWeight
		}
		about = append(about, text{r.Text, 1, weight})
	}
	for _, words := range civil {
		about = append(about, text{words, 0, spamCivilWeight})
	}
	return video, about
}

// trainSpam makes the file "spam".
func trainSpam(data string, progress io.Writer) (map[string][]byte, error) {
	rows, err := read(data, "spam_youtube_train")
	if err != nil {
		return nil, err
	}
	civil, err := civilSentences(data)
	if err != nil {
		return nil, err
	}
	news := newsTexts()
	shifts, err := spamThresholds(rows, news, civil, progress)
	if err != nil {
		return nil, err
	}
	video, about := spamTexts(rows, news, civil[:spamCivil])
	v, a := fitTexts(video, progress), fitTexts(about, progress)
	return map[string][]byte{"spam": moderation.EncodeSpamModel(v.encode(shifts[0]), a.encode(shifts[1]))}, nil
}

// Reports of the things that advertisements are about: each of newsSubjects with
// each of newsEvents is a civil sentence.
var (
	newsSubjects = []string{
		"The broadcaster", "The channel", "State television", "The video", "The clip", "The song", "The album", "The singer", "Subscribers", "Its subscribers",
		"Visitors to the site", "The website", "The home page", "The app", "The game", "Facebook", "YouTube", "Instagram", "Twitter", "Google", "The podcast",
		"Followers of the party", "The free newsletter", "The offer", "The shop", "The discount", "The company's blog", "The live broadcast", "People who watched it",
		"The new book", "My union", "The link", "The page", "The tunnel", "The market for bitcoin", "The free clinic",
	}
	newsEvents = []string{
		"lost 12,000 subscribers that year", "was closed for two days", "was removed by court order", "fell by a third", "reached 5 million views",
		"started at seven", "asked people to vote", "was shown in full", "was not checked", "raised prices to 11.50", "paid 40 dollars a day",
		"came first in the poll", "was free for students", "visited the camp", "took part in the strike", "won the case", "ended in 2012",
		"said so in April", "shared the picture before it was verified", "must be registered", "went down after the attack", "gave another figure",
	}
)

// newsLinks is how many notes that are only a link are learned as civil.
const newsLinks = 40

// newsTexts are the texts of spam_news.txt.
func newsTexts() []text {
	r := rand.New(rand.NewPCG(7, 6))
	var list []text
	for line := range strings.Lines(spamNews) {
		sign, words, _ := strings.Cut(strings.TrimSpace(line), " ")
		t := text{words: strings.ReplaceAll(words, "@", spamHost(r)), weight: spamNewsWeight}
		switch sign {
		case "+":
			t.label = 1
		case "-":
		default:
			continue
		}
		list = append(list, t)
	}
	return list
}

// reports are made-up sentences about what advertisements are about, and links
// alone: what is said about news.
func reports() []text {
	r := rand.New(rand.NewPCG(8, 6))
	var list []text
	for _, who := range newsSubjects {
		for _, what := range newsEvents {
			words := who + " " + what + "."
			if r.IntN(2) == 0 {
				words = fmt.Sprintf(spamLinks[r.IntN(len(spamLinks))], words, spamHost(r))
			}
			list = append(list, text{words, 0, spamReportWeight})
		}
	}
	for range newsLinks {
		list = append(list, text{spamHost(r), 0, spamNewsWeight})
	}
	return list
}

func spamHost(r *rand.Rand) string { return "https://" + spamHosts[r.IntN(len(spamHosts))] + "/a" }

// civilSentences are the civil ones of three sets in an order of chance; every
// third has a link.
func civilSentences(data string) ([]string, error) {
	var list []string
	for _, name := range []string{"civil_comments_sentences", "wikipedia_talk", "claimbuster"} {
		rows, err := read(data, name)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r.Label == 0 || name == "claimbuster" {
				list = append(list, r.Text)
			}
		}
	}
	r := rand.New(rand.NewPCG(6, 6))
	r.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	for i := 0; i < len(list); i += 3 {
		list[i] = fmt.Sprintf(spamLinks[r.IntN(len(spamLinks))], list[i], spamHost(r))
	}
	return list, nil
}

func fitTexts(texts []text, progress io.Writer) *regression {
	bag := linear.NewBag(spamBits)
	var list []example
	for _, t := range texts {
		bag.Reset()
		moderation.SpamFeatures(t.words, bag)
		list = append(list, newExample(bag, t.label, t.weight))
	}
	g := &regression{bits: spamBits, epochs: 20, rate: 0.3, decay: 1e-5}
	g.fit(list, progress)
	for i, w := range g.weights {
		g.weights[i] = math.Round(w/spamStep) * spamStep
	}
	return g
}
