package moderation

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"

	"marginalia/app/annotation"
)

// generated are the words that made-up notes are put together from.
var generated = [][]string{
	{"the", "council", "bridge", "estimate", "million", "4,200,000", "Lindqvist", "river", "repairs", "months", "said", "of", "and", "was", "engineers", "traffic", "report", "in", "a"},
	{"idiot", "fool", "you", "are", "kill", "yourself", "scum", "should", "be", "shot", "stupid", "bullshit", "they", "vermin", "hope", "die", "moron", "kill yourself", "they are vermin", "Subscribe to my channel!"},
	{"1d10t", "i d i o t", "f.o.o.l", "f*ck", "a$$hole", "idiooot", "іdіоt", "ｆｏｏｌ", "𝓶𝓸𝓻𝓸𝓷", "fo\u200bol", "m\u0301oron", "🅵🅾🅾🅻", "k1ll", "y0urself", "sh!t"},
	{"+44 7700 900123", "(202) 555-0143", "06 12 34 56 78", "jo@example.org", "jo [at] example [dot] org", "4111 1111 1111 1111", "GB82 WEST 1234 5698 7654 32", "12 Example Street", "Musterstraße 5", "2019-2020", "01.02.2024", "40,005"},
	{"https://someone.blogspot.com/a", "https://reuter5.com/a", "https://www.nytimes.com.example.net/", "https://denied.example/a", "https://web.archive.org/web/2024/https://denied.example/a", "https://www.example.org/a?b=c&utm_source=x", "doi:10.1000/182", "https://nоtes.example.org/b", "https://www.example.org/b", "https://example.org/a?b=c", "www.example.com/x", "http://bit.ly/a", "HTTPS://EXAMPLE.ORG"},
	{"جسر", "المدينة", "٤٠٠٠", "мост", "дурак", "桥梁重新开放", "γέφυρα", "पुल", "สะพาน", "ᚠᚢᚦᚨᚱᚲ", "Straße", "coûté", "niño", "İstanbul", "ﬁn"},
	{"🙂", "👩‍👩‍👧", "🇺🇸", "é", "e\u0301", "\u202e", "\u00ad", "!!!!", "???", "“", "”", "\"", "<b>", "&", "\n", "…", "\x00", "\xff", "\U0010FFFF"},
}

// generatedNotes makes count notes, the same ones on every machine.
func generatedNotes(count int) []Note {
	r := rand.New(rand.NewPCG(20, 24))
	notes := make([]Note, count)
	for i := range notes {
		n := Note{Note: annotation.Note{Text: generatedText(r, 1+r.IntN(60))}}
		for range r.IntN(4) {
			s := annotation.Source{URL: generated[4][r.IntN(len(generated[4]))]}
			switch r.IntN(5) {
			case 0:
				s.URL = generatedText(r, 2)
			case 1:
				s.Passage = generatedText(r, r.IntN(20))
			case 2:
				s.URL = "https://notes.example.org/a/bridge"
			}
			n.Sources = append(n.Sources, s)
		}
		switch r.IntN(6) {
		case 0:
			n.Nickname = generatedText(r, 2)
		case 1:
			n.Stance = annotation.Question
		case 2:
			n.ReplyTo = "019a"
		case 3:
			n.Text = strings.ToUpper(n.Text)
		}
		notes[i] = n
	}
	return notes
}

func generatedText(r *rand.Rand, words int) string {
	var b strings.Builder
	for range words {
		kind := 0
		if r.IntN(3) == 0 {
			kind = r.IntN(len(generated))
		}
		b.WriteString(generated[kind][r.IntN(len(generated[kind]))])
		b.WriteString([]string{" ", " ", " ", ". ", "", ", ", "-", "\n"}[r.IntN(8)])
	}
	return b.String()
}

var (
	generatedShort = sync.OnceValue(func() *Article { return NewArticle(generatedArticle(300)) })
	// comparedArticle is an article of words that notes share.
	comparedArticle = sync.OnceValue(func() *Article {
		return NewArticle(strings.Repeat("The council said that the bridge and the tunnel cost four million; the engineers and the mayor disagree. ", 30))
	})
)

// denying is the shipped policy with a site that is no source.
var denying = sync.OnceValue(func() *Policy {
	p, err := policyWith(strings.Replace(string(DefaultPolicy()), `"deny": []`, `"deny": ["denied.example"]`, 1))
	if err != nil {
		panic(err)
	}
	return p
})

// generatedSubject is what the made-up notes are about.
func generatedSubject() Subject {
	return Subject{
		Article: generatedShort(),
		Quote:   "the estimate was 4,200,000",
		Self:    []string{"https://notes.example.org/a/bridge"},
	}
}

// generatedArticle is a text of so many words with a long tail of rare ones.
func generatedArticle(words int) string {
	r := rand.New(rand.NewPCG(7, 7))
	var b strings.Builder
	for i := range words {
		switch r.IntN(4) {
		case 0:
			b.WriteString("word" + strconv.Itoa(r.IntN(3000)))
		default:
			b.WriteString(generated[0][r.IntN(len(generated[0]))])
		}
		if i%17 == 16 {
			b.WriteString(".\n")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
