package moderation

import "unicode/utf8"

// topic judges whether a note is about its article: the share of what it says,
// by weight, that the article or the claim says too.
//
// A word weighs nothing if it is a function word, little if it is said about
// everything, more the longer it is, and most if it is a name or a number. A
// word of the claim weighs double when it is shared. Without an article, below
// the policy's least number of words, or in plainly another language than the
// article's, nothing can be judged: the score stays 0.5 and there is no finding.
func (j *job) topic() {
	a := j.subject.Article
	if a == nil || a.words == 0 {
		return
	}
	if len(j.tokens) < j.p.doc.Topic.Words || j.lang != "" && a.lang != "" && j.lang != a.lang {
		return
	}
	claim := map[string]bool{}
	for t := range tokens(j.subject.Quote) {
		claim[stem(t.text)] = true
	}
	shared, all := 0, 0
	for s, weight := range j.said() {
		all += min(weight, maxUnshared)
		if n := a.seen[s]; n > 0 || claim[s] {
			shared += weight * a.rarity(n)
			if claim[s] {
				shared += weight * a.rarity(n)
			}
		}
	}
	if all == 0 {
		return // nothing but function words
	}
	j.scores.Topic = ratio(shared, all*fullRarity)
	if j.scores.Topic < j.p.doc.Topic.Threshold {
		j.add(hit{rule: ruleOffTopic, field: "text"})
	}
}

// said is the weight of each stem in the note's text. A word said twice counts
// once.
func (j *job) said() map[string]int {
	v := known()
	weights := make(map[string]int, len(j.tokens))
	for _, t := range j.tokens {
		if v.languages[t.text] != 0 {
			continue
		}
		s := stem(t.text)
		weights[s] = max(weights[s], v.weight(t, s))
	}
	return weights
}

// weight is how much a word says about what a text is about.
func (v vocabulary) weight(t token, stem string) int {
	switch n := utf8.RuneCountInString(t.text); {
	case v.common[stem]:
		return 1
	case t.number && n < 2:
		return 1
	case t.number || t.name:
		return 5
	case n < 4:
		return 2
	case n < 7:
		return 3
	default:
		return 4
	}
}

// maxUnshared is the most that a word counts against a note. A shared name says
// that it is on topic; a new one may be the news that it brings.
const maxUnshared = 3

// fullRarity is the rarity of a word that an article hardly says.
const fullRarity = 4

// rarity is 2 to 4: a word that fills an article proves less than one that
// stands in it once.
func (a *Article) rarity(n uint16) int {
	switch share := int(n) * 1000 / a.words; {
	case n <= 3 || share < 5:
		return fullRarity
	case share < 20:
		return 3
	default:
		return 2
	}
}
