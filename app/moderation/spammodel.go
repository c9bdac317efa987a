package moderation

import (
	"errors"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"marginalia/app/linear"
)

// spamModel is the statistical part of the spam rules: two linear models over the
// words of a text and the letters in them. One tells spam from other comments
// under videos; the other tells spam, and whatever is said under videos, from
// what is said about news. Only what both object to is spam: the first alone
// knows no newspaper and takes half of one for advertisements.
//
// A link is one word to them, with its host: that a note has links says nothing
// against it.
type spamModel struct{ video, news *linear.Model }

// EncodeSpamModel writes a model that [Policy.With] reads, from what
// [linear.Encode] gave for each of its halves. The two must be of one size.
func EncodeSpamModel(video, news []byte) []byte { return append(slices.Clone(video), news...) }

func parseSpamModel(data []byte) (*spamModel, error) {
	video, err := linear.Parse(data[:len(data)/2])
	if err != nil {
		return nil, err
	}
	news, err := linear.Parse(data[len(data)/2:])
	if err != nil {
		return nil, err
	}
	return &spamModel{video, news}, nil
}

// linkWord stands for any link.
const linkWord = "\x03"

// Kinds of features beside those of the abuse model, see [featWord].
const (
	featHost = 16 + iota // a part of a link's host
	featForm             // length and number of links
)

// spamWord is a word as the model sees it, with its place in the field.
type spamWord struct {
	text string
	host string // of a link, without its scheme
	span
	first bool     // begins a sentence
	parts []uint32 // the hashes of the letters in it
}

// spamWords cuts a field into small words without accents, numbers as 0, links
// as [linkWord].
func spamWords(f *field) []spamWord {
	list := f.lend.spam.take(len(f.plain)/4 + 1)
	first := true
	text := f.see()
	at := 0 // glyph
	read := func(end int) {
		for at < len(text.glyphs) && int(text.glyphs[at].at) < end {
			if r := text.glyphs[at].r; !isWordRune(r) {
				first = first || lineEnds.has(r)
				at++
				continue
			}
			w := text.spamWord(at)
			w.first, first = first, false
			at = w.end
			w.span = span{int(text.glyphs[w.start].at), int(text.glyphs[w.end-1].at) + 1}
			list = append(list, w)
		}
	}
	for _, link := range f.links {
		read(link.start)
		list = append(list, spamWord{text: linkWord, host: hostOf(f.runes[link.start:link.end]), span: link, first: first})
		for first = false; at < len(text.glyphs) && int(text.glyphs[at].at) < link.end; at++ {
		}
	}
	read(len(f.plain))
	all := f.lend.parts.take(16 * len(list))
	for i := range list {
		w, from := &list[i], len(all)
		if w.text != linkWord && w.text != "0" {
			eachPart(w.text, func(h uint32) { all = append(all, h) })
		}
		w.parts = all[from:len(all):len(all)]
	}
	return list
}

// spamWord is the word at a glyph; its span is of glyphs.
func (s *sight) spamWord(from int) spamWord {
	end, plain := from, true
	for end < len(s.glyphs) && (isWordRune(s.glyphs[end].r) || apostrophe(s.glyphs, end)) {
		plain = plain && s.glyphs[end].r >= 'a' && s.glyphs[end].r <= 'z'
		end++
	}
	w := spamWord{span: span{from, end}}
	if plain {
		w.text = s.text(from, end)
		return w
	}
	var b strings.Builder
	for i := from; i < end; i++ {
		switch r := s.glyphs[i].r; {
		case r == '’' || r == '\'':
		case digit(r) < 0:
			b.WriteRune(r)
		case i == from || digit(s.glyphs[i-1].r) < 0:
			b.WriteByte('0')
		}
	}
	w.text = b.String()
	return w
}

// hostOf is the host of a link.
func hostOf(link []rune) string {
	_, host, ok := strings.Cut(strings.ToLower(string(link)), "://")
	if !ok {
		host = strings.ToLower(string(link))
	}
	if end := strings.IndexAny(host, "/?#:"); end >= 0 {
		host = host[:end]
	}
	return strings.TrimPrefix(host, "www.")
}

// apostrophe reports whether an apostrophe inside a word stands at i.
func apostrophe(text []glyph, i int) bool {
	return (text[i].r == '\'' || text[i].r == '’') && i+1 < len(text) && isWordRune(text[i+1].r)
}

// spamFeatures puts words into a bag.
func spamFeatures(bag *linear.Bag, words []spamWord) {
	last := uint32(0)
	for _, w := range words {
		h := linear.Hash(featWord, w.text)
		bag.Add(h)
		bag.Add(linear.Pair(last, h))
		last = h
		for _, part := range w.parts {
			bag.Add(part)
		}
		if w.host != "" {
			for label := range strings.SplitSeq(w.host, ".") {
				bag.Add(linear.Hash(featHost, label))
			}
		}
	}
	bag.Add(linear.Pair(last, 0))
	links := 0
	for _, w := range words {
		if w.text == linkWord {
			links++
		}
	}
	// The form of a text counts like a word said three times.
	for range 3 {
		bag.Add(linear.Hash(featForm, "words "+strconv.Itoa(bits.Len(uint(len(words))))))
		bag.Add(linear.Hash(featForm, "links "+strconv.Itoa(min(links, 3))))
	}
	if links == len(words) {
		bag.Add(linear.Hash(featForm, "links alone"))
	}
}

// SpamFeatures is what the model of spam is trained on: it puts a text into a
// bag.
func SpamFeatures(text string, bag *linear.Bag) {
	spamFeatures(bag, spamWords(newField("text", text)))
}

// sentencesOf yields the half-open intervals of words that are sentences.
func sentencesOf(words []spamWord) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		from := 0
		for i := 1; i <= len(words); i++ {
			if i < len(words) && !words[i].first {
				continue
			}
			if i > from && !yield(from, i) {
				return
			}
			from = i
		}
	}
}

// judge says what the model makes of words: above 0 they are spam. [from, to) is
// the sentence that it finds worst.
func (m *spamModel) judge(words []spamWord) (logit int64, from, to int) {
	video, news := m.halves(words)
	if news.logit() < video.logit() {
		return news.logit(), news.from, news.to
	}
	return video.logit(), video.from, video.to
}

// half is what one half of the model says: the mean of its answers for all words
// and for the sentence that it finds worst.
type half struct {
	whole, worst int64
	from, to     int
}

func (h *half) hear(logit int64, from, to int) {
	if logit > h.worst {
		h.worst, h.from, h.to = logit, from, to
	}
}

func (h *half) logit() int64 { return (h.whole + h.worst) / 2 }

// halves asks both halves, which look at the same features.
func (m *spamModel) halves(words []spamWord) (video, news half) {
	const least = -1 << 40
	video, news = half{whole: least, worst: least}, half{whole: least, worst: least}
	if len(words) == 0 {
		return video, news
	}
	bag := m.video.Bag()
	defer m.video.Done(bag)
	spamFeatures(bag, words)
	video.whole, news.whole = m.video.Logit(bag), m.news.Logit(bag)
	for from, to := range sentencesOf(words) {
		bag.Reset()
		spamFeatures(bag, words[from:to])
		video.hear(m.video.Logit(bag), from, to)
		news.hear(m.news.Logit(bag), from, to)
	}
	return video, news
}

// SpamLogits are what each half of the model says of a text, in [linear.Unit].
func (p *Policy) SpamLogits(text string) (video, news int64, err error) {
	if p.models.spam == nil {
		return 0, 0, errors.New("the policy lacks a model")
	}
	words := spamWords(newField("text", text))
	v, n := p.models.spam.halves(words)
	return v.logit(), n.logit(), nil
}

// promotion asks the model whether the text is there to draw readers elsewhere.
func (j *job) promotion(f *field) {
	if j.p.models.spam == nil || j.foreign() {
		return
	}
	words := spamWords(f)
	// A link alone says nothing: it is judged as a source.
	if !slices.ContainsFunc(words, func(w spamWord) bool { return w.text != linkWord }) {
		return
	}
	logit, from, to := j.p.models.spam.judge(words)
	if logit > 0 {
		j.mark(f, hit{rule: rulePromotion}, words[from].start, words[to-1].end)
	}
}
