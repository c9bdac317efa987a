package anchor

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

// The types of selector that are made and read here.
const (
	quoteType    = "TextQuoteSelector"
	positionType = "TextPositionSelector"
)

// The least and the most code points of context on each side of a quote.
const (
	minContext = 32
	maxContext = 64
)

// Describe makes the selectors for span, which is clamped to the text: the quote
// with its context, then the position. Each side of the context has 32 to 64
// code points, fewer only where the text ends, and ends at white space where
// there is some; where the shortest such context is found elsewhere too, the
// longest is taken. No context cuts a grapheme cluster; that span cuts none is
// the caller's care. An empty span has no selectors: the result is nil.
func (t *Text) Describe(span textpos.Span) []annotation.Selector {
	span = t.pos.Clamp(span)
	if span.Empty() {
		return nil
	}
	from, to := int(t.pos.ToByte(span.Start)), int(t.pos.ToByte(span.End))
	before, after := t.contextBefore(from), t.contextAfter(to)
	first, last := before.short, after.short
	if !t.unique(t.text[first:last]) {
		first, last = before.long, after.long
	}
	start, end := int(span.Start), int(span.End)
	return []annotation.Selector{
		{Type: quoteType, Exact: t.text[from:to], Prefix: t.text[first:from], Suffix: t.text[to:last]},
		{Type: positionType, Start: &start, End: &end},
	}
}

// unique reports whether s, a part of the text, occurs once in it.
func (t *Text) unique(s string) bool {
	first := strings.Index(t.text, s)
	_, n := utf8.DecodeRuneInString(s)
	return !strings.Contains(t.text[first+n:], s)
}

// reach is where the shortest and the longest context of one side end, in bytes.
type reach struct{ short, long int }

func (t *Text) contextBefore(from int) reach {
	stops := []int{from}
	for at := from; at > 0 && len(stops) <= maxContext; {
		_, n := utf8.DecodeLastRuneInString(t.text[:at])
		at -= n
		stops = append(stops, at)
	}
	return t.choose(stops, func(at int) bool {
		r, n := utf8.DecodeLastRuneInString(t.text[:at])
		return n == 0 || unicode.IsSpace(r)
	})
}

func (t *Text) contextAfter(to int) reach {
	stops := []int{to}
	for at := to; at < len(t.text) && len(stops) <= maxContext; {
		_, n := utf8.DecodeRuneInString(t.text[at:])
		at += n
		stops = append(stops, at)
	}
	return t.choose(stops, func(at int) bool {
		r, n := utf8.DecodeRuneInString(t.text[at:])
		return n == 0 || unicode.IsSpace(r)
	})
}

// choose picks from stops, the places after 0, 1, 2 … code points of context.
// Where no word ends between the least and the most, any border of grapheme
// clusters will do, even one short of the least if there is no other.
func (t *Text) choose(stops []int, wordEnds func(at int) bool) reach {
	if len(stops) <= minContext {
		end := stops[len(stops)-1] // the text's
		return reach{end, end}
	}
	whole := func(at int) bool { return textpos.GraphemeBorder(t.text, textpos.Byte(at)) }
	word := func(at int) bool { return wordEnds(at) && whole(at) }
	for _, fits := range []func(int) bool{word, whole} {
		far := stops[minContext:]
		if i := slices.IndexFunc(far, fits); i >= 0 {
			return reach{far[i], far[lastIndex(far, fits)]}
		}
	}
	if i := lastIndex(stops, whole); i >= 0 {
		return reach{stops[i], stops[i]}
	}
	return reach{stops[0], stops[0]} // the quote itself cuts a giant cluster
}

func lastIndex(stops []int, fits func(int) bool) int {
	for i, at := range slices.Backward(stops) {
		if fits(at) {
			return i
		}
	}
	return -1
}
