package state

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"marginalia/app/textpos"
)

// Target is the words that the address names, in one revision.
type Target struct {
	Revision string
	Span     textpos.Span
}

// Directive is a text directive: it names words of a page, by the first and the
// last of them and by what stands next to them. End, Prefix and Suffix may be
// empty. See https://wicg.github.io/scroll-to-text-fragment/#syntax
type Directive struct{ Prefix, Start, End, Suffix string }

// ParseDirective reads the text directive of a fragment or an address, the part
// after ":~:". Of several the first counts.
func ParseDirective(fragment string) (d Directive, ok bool) {
	if _, after, cut := strings.Cut(fragment, ":~:"); cut {
		fragment = after
	}
	for part := range strings.SplitSeq(fragment, "&") {
		text, is := strings.CutPrefix(part, "text=")
		if !is {
			continue
		}
		terms := strings.Split(text, ",")
		if n := len(terms); n > 1 && strings.HasSuffix(terms[0], "-") {
			d.Prefix, terms = strings.TrimSuffix(terms[0], "-"), terms[1:]
		}
		if n := len(terms); n > 1 && strings.HasPrefix(terms[n-1], "-") {
			d.Suffix, terms = strings.TrimPrefix(terms[n-1], "-"), terms[:n-1]
		}
		d.Start = terms[0]
		if len(terms) > 1 {
			d.End = terms[1]
		}
		for _, term := range []*string{&d.Prefix, &d.Start, &d.End, &d.Suffix} {
			plain, err := url.PathUnescape(*term)
			if err != nil {
				return Directive{}, false
			}
			*term = plain
		}
		return d, len(terms) <= 2 && strings.TrimSpace(d.Start) != ""
	}
	return Directive{}, false
}

// String is d as it stands in an address, after ":~:".
func (d Directive) String() string {
	text := escapeTerm(d.Start)
	if d.Prefix != "" {
		text = escapeTerm(d.Prefix) + "-," + text
	}
	if d.End != "" {
		text += "," + escapeTerm(d.End)
	}
	if d.Suffix != "" {
		text += ",-" + escapeTerm(d.Suffix)
	}
	return "text=" + text
}

// escapeTerm escapes what has a meaning in a directive: "-", "," and "&".
func escapeTerm(s string) string {
	return strings.NewReplacer("+", "%20", "-", "%2D").Replace(url.QueryEscape(s))
}

// locate is where a browser finds the words of d in t: the first place. again says
// that they also stand at another one.
func (t *Text) locate(d Directive) (span textpos.Span, again, ok bool) {
	f := t.folded()
	text := f.Text()
	start, end := textpos.FoldWords(d.Start), textpos.FoldWords(d.End)
	prefix, suffix := textpos.FoldWords(d.Prefix), textpos.FoldWords(d.Suffix)
	if start == "" {
		return span, false, false
	}
	for at := 0; ; at++ {
		from := wordIndex(text, start, at)
		if from < 0 {
			return span, false, ok
		}
		at = from
		to := from + len(start)
		before := strings.TrimRight(text[:from], " ")
		if !strings.HasSuffix(before, prefix) || !border(before, len(before)-len(prefix)) {
			continue
		}
		if end != "" {
			last := wordIndex(text, end, to)
			if last < 0 {
				continue
			}
			to = last + len(end)
		}
		after := strings.TrimLeft(text[to:], " ")
		if !strings.HasPrefix(after, suffix) || !border(after, len(suffix)) {
			continue
		}
		if ok {
			return span, true, true
		}
		span, ok = f.Span(from, to), true
	}
}

// wordIndex is where whole words stand in text at or after at, or -1.
func wordIndex(text, words string, at int) int {
	for at <= len(text) {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return -1
		}
		if at += i; border(text, at) && border(text, at+len(words)) {
			return at
		}
		_, n := utf8.DecodeRuneInString(text[at:])
		at += n
	}
	return -1
}

// border reports whether no word goes on over place i. Of scripts without spaces
// every letter may be a word.
func border(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return i == 0 || i == len(text) || !inWord(before) || !inWord(after)
}

func inWord(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

func noWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }

const (
	mostWhole = 12 // a longer claim is named by its first and last words
	edgeWords = 5  // how many of them
	mostNext  = 8  // how many words of what stands next to it
)

// directive names the words of a span, whole ones, so that they are found nowhere
// else in the text, as far as the words of its paragraphs can do that.
func (t *Text) directive(span textpos.Span) Directive {
	span = t.wholeWords(span)
	quote := t.Map.Slice(span)
	words := strings.Fields(quote)
	best := Directive{Start: strings.Join(words, " ")}
	if len(words) > mostWhole || strings.Contains(quote, "\n") {
		first, _, _ := strings.Cut(quote, "\n") // no term goes over the end of a paragraph
		last := quote[strings.LastIndex(quote, "\n")+1:]
		head, tail := strings.Fields(first), strings.Fields(last)
		best.Start = strings.Join(head[:min(edgeWords, len(head))], " ")
		best.End = strings.Join(tail[max(0, len(tail)-edgeWords):], " ")
	}
	before, after := t.beside(span)
	for n := range mostNext + 1 {
		// What differs in a comma only is not told apart safely.
		prefix := strings.TrimLeftFunc(strings.Join(before[max(0, len(before)-n):], " "), noWord)
		suffix := strings.TrimRightFunc(strings.Join(after[:min(n, len(after))], " "), noWord)
		for _, d := range []Directive{
			{Start: best.Start, End: best.End, Suffix: suffix},
			{Start: best.Start, End: best.End, Prefix: prefix},
			{Start: best.Start, End: best.End, Prefix: prefix, Suffix: suffix},
		} {
			if at, again, ok := t.locate(d); ok && !again && at == span {
				return d
			}
		}
	}
	return best
}

// wholeWords is span without white space at its ends and with all of the words
// that it cuts.
func (t *Text) wholeWords(span textpos.Span) textpos.Span {
	span = textpos.TrimSpace(t.Canon, span)
	from, to := int(t.Map.ToByte(span.Start)), int(t.Map.ToByte(span.End))
	for !border(t.Canon, from) {
		_, n := utf8.DecodeLastRuneInString(t.Canon[:from])
		from -= n
	}
	for !border(t.Canon, to) {
		_, n := utf8.DecodeRuneInString(t.Canon[to:])
		to += n
	}
	return textpos.Span{Start: t.Map.FromByte(textpos.Byte(from)), End: t.Map.FromByte(textpos.Byte(to))}
}

// beside is the words before and after a span, in its own paragraphs.
func (t *Text) beside(span textpos.Span) (before, after []string) {
	from, to := int(t.Map.ToByte(span.Start)), int(t.Map.ToByte(span.End))
	head, _, _ := strings.Cut(t.Canon[to:], "\n")
	return strings.Fields(t.Canon[strings.LastIndex(t.Canon[:from], "\n")+1 : from]), strings.Fields(head)
}

// claimLink is the path of an address that opens at the words of a span, and in
// this app at a note too if it is about one.
func (t *Text) claimLink(span textpos.Span, note string) string {
	if note != "" {
		note = "n-" + note
	}
	return "/a/" + t.Slug + "#" + note + ":~:" + t.directive(span).String()
}
