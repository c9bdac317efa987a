package anchor

import (
	"cmp"
	"slices"
	"strings"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

// What a guess is worth, of 1,000: words in common count for most, then the
// context; nearness only decides between equals.
const (
	wordsWeight   = 800
	contextWeight = 200
	// maxGuessed bounds the places of the quote's own words that are looked at.
	maxGuessed = 64
)

// guessed is a place that might be meant.
type guessed struct {
	span     textpos.Span
	status   Status
	worth    int
	distance int
}

// Guess offers places for a quote that [Text.Locate] found none for, the best
// first, at most n, none over another: the quote's own words where they stand at
// several places ([Moved]), then those sentences that share words with it
// ([Changed]). sentences are spans of the text. Confidence is how much is the
// same; nothing is offered that has no word in common. It is for a person to
// choose from, never to be taken by a program.
func (t *Text) Guess(selectors []annotation.Selector, sentences []textpos.Span, n int) []Anchor {
	quote, ok := find(selectors, quoteType)
	if !ok || strings.TrimSpace(quote.Exact) == "" {
		return nil
	}
	prefix, exact, suffix := foldParts(quote.Prefix, quote.Exact, quote.Suffix)
	if exact == "" {
		return nil
	}
	near := -1
	if p, ok := find(selectors, positionType); ok && p.Start != nil {
		near = *p.Start
	}
	context := head(suffix) + " " + last(prefix)
	all := t.standing(exact, near)
	words, around := tokens(limited(exact)), tokens(context)
	for _, s := range sentences {
		if g, ok := t.resemblance(s, words, around, near); ok {
			all = append(all, g)
		}
	}
	slices.SortStableFunc(all, func(a, b guessed) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.distance, b.distance))
	})
	return choose(all, n)
}

// standing are the places of the quote's own words.
func (t *Text) standing(exact string, near int) []guessed {
	f := t.folded()
	var all []guessed
	for from := 0; len(all) < maxGuessed; {
		i := strings.Index(f.text[from:], exact)
		if i < 0 {
			break
		}
		start, end := f.sourceRange(from+i, from+i+len(exact))
		span := textpos.Span{Start: t.pos.FromByte(textpos.Byte(start)), End: t.pos.FromByte(textpos.Byte(end))}
		all = append(all, guessed{span, Moved, whole, distance(span, near)})
		from += i + len(exact)
	}
	return all
}

// resemblance compares a sentence with the words of a quote and of its context.
func (t *Text) resemblance(s textpos.Span, words, around []string, near int) (guessed, bool) {
	text := fold(limited(t.pos.Slice(s))).text
	here := tokens(text)
	same, _ := sameWords(words, here)
	if same == 0 {
		return guessed{}, false
	}
	beside := 0
	if len(around) > 0 {
		beside, _ = sameWords(around, here)
	}
	return guessed{s, Changed, (wordsWeight*same + contextWeight*beside) / whole, distance(s, near)}, true
}

// limited is what is compared of a long text.
func limited(s string) string { return textpos.Slice(s, textpos.Span{End: maxCompare * 4}) }

func distance(s textpos.Span, near int) int {
	if near < 0 {
		return 0
	}
	return max(int(s.Start)-near, near-int(s.Start))
}

// choose takes the best n that do not overlap.
func choose(all []guessed, n int) []Anchor {
	var chosen []Anchor
	for _, g := range all {
		if len(chosen) == n {
			break
		}
		over := func(a Anchor) bool { return a.Start < g.span.End && g.span.Start < a.End }
		if slices.ContainsFunc(chosen, over) {
			continue
		}
		chosen = append(chosen, Anchor{Start: g.span.Start, End: g.span.End, Status: g.status, Confidence: float64(g.worth) / whole})
	}
	return chosen
}
