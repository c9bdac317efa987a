package moderation

import (
	"slices"
	"strings"
	"unicode"
)

// spam judges the form of a note's text (links, repetition, shouting) and whether
// it is there to promote something.
func (j *job) spam() {
	f := j.fields[0]
	limits := j.p.doc.Spam
	if n := len(f.links); n > *limits.Links {
		over := f.links[*limits.Links]
		j.mark(f, hit{rule: ruleLinks, n: n, max: *limits.Links}, over.start, over.end)
	}
	j.repeatedParts(f)
	j.repeatedWords(f)
	j.repeatedLetters(f)
	j.capitals(f)
	j.marks(f)
	j.promotion(f)
}

// repeatedParts marks a line or sentence from where it has been said too often.
func (j *job) repeatedParts(f *field) {
	if !mayRepeat(f.plain, j.p.doc.Spam.Repeats) {
		return
	}
	count := map[string]int{}
	for start := 0; start < len(f.plain); {
		end := start
		for end < len(f.plain) && !lineEnds.has(f.plain[end]) {
			end++
		}
		part := joinWords(string(f.plain[start:end]))
		// Two words may well come again ("No. Why?"): a sentence has three.
		if strings.Count(part, " ") > 3 {
			if count[part]++; count[part] == j.p.doc.Spam.Repeats {
				s := trim(f.plain, start, end)
				j.mark(f, hit{rule: ruleRepeat, n: count[part]}, s.start, s.end)
			}
		}
		start = end + 1
	}
}

// trim narrows [start, end) to what is not white space.
func trim(text []rune, start, end int) span {
	for start < end && unicode.IsSpace(text[start]) {
		start++
	}
	for start < end && unicode.IsSpace(text[end-1]) {
		end--
	}
	return span{start, end}
}

// repeatedWords marks one word said again and again.
func (j *job) repeatedWords(f *field) {
	var last []rune
	from, n := 0, 0
	flush := func(end int) {
		if n >= j.p.doc.Spam.Words {
			j.mark(f, hit{rule: ruleRepeat, kase: "word", n: n}, from, end)
		}
	}
	end := 0
	for i := 0; i < len(f.plain); {
		if !isWordRune(f.plain[i]) {
			i++
			continue
		}
		stop := i
		for stop < len(f.plain) && isWordRune(f.plain[stop]) {
			stop++
		}
		word := f.plain[i:stop]
		if !slices.EqualFunc(word, last, sameLetter) || digit(f.plain[i]) >= 0 {
			flush(end)
			last, from, n = word, i, 0
		}
		n++
		i, end = stop, stop
	}
	flush(end)
}

// sameLetter reports whether two letters differ by their case alone.
func sameLetter(a, b rune) bool { return a == b || unicode.ToLower(a) == unicode.ToLower(b) }

// maxSame is how often one letter may stand in a row; "nooooo" is speech.
const maxSame = 15

func (j *job) repeatedLetters(f *field) {
	for start := 0; start < len(f.plain); {
		end := start
		for end < len(f.plain) && f.plain[end] == f.plain[start] {
			end++
		}
		if end-start > maxSame && unicode.IsLetter(f.plain[start]) {
			j.mark(f, hit{rule: ruleRepeat, kase: "letters", n: end - start}, start, end)
		}
		start = end
	}
}

// capitals marks a text that is mostly capitals. Scripts without capitals never
// shout.
func (j *job) capitals(f *field) {
	upper, cased, first, last := 0, 0, -1, 0
	for i, r := range f.plain {
		switch {
		case isUpper(r):
			upper++
			if first < 0 {
				first = i
			}
			last = i + 1
		case !unicode.IsLower(r):
			continue
		}
		cased++
	}
	limits := j.p.doc.Spam
	if cased >= limits.Letters && ratio(upper, cased) >= limits.Capital {
		j.mark(f, hit{rule: ruleShouting}, first, last)
	}
}

// marks marks the first run of exclamation and question marks that is too long.
func (j *job) marks(f *field) {
	for start := 0; start < len(f.plain); start++ {
		end := start
		for end < len(f.plain) && shouts.has(f.plain[end]) {
			end++
		}
		if end-start >= j.p.doc.Spam.Marks {
			j.mark(f, hit{rule: ruleShouting, kase: "marks", n: end - start}, start, end)
			return
		}
		start = end
	}
}

// mayRepeat reports whether so many parts of a plain text have the same letters
// and digits, in any case. Of other texts it says yes.
func mayRepeat(text []rune, repeats int) bool {
	seen := map[uint64]int{}
	h, letters := uint64(start), 0
	for i := 0; i <= len(text); i++ {
		if i == len(text) || lineEnds.has(text[i]) {
			if letters > 0 {
				if seen[h]++; seen[h] >= repeats {
					return true
				}
			}
			h, letters = uint64(start), 0
			continue
		}
		r := text[i]
		switch {
		case r >= 0x80:
			return true
		case r >= 'A' && r <= 'Z':
			r |= 0x20
		case r < '0' || r > '9' && r < 'a' || r > 'z':
			continue
		}
		letters++
		h = (h ^ uint64(r)) * 1099511628211
	}
	return false
}
