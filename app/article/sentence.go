package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"marginalia/app/textpos"
)

// Sentence is one sentence of a revision. Span counts in the canonical text and
// leaves out the white space around the sentence; Text is what it holds.
type Sentence struct {
	Span  textpos.Span `json:"span"`
	Block int          `json:"block"` // index into the revision's blocks
	Text  string       `json:"text"`
}

// Sentences are the sentences of every block, in order. No sentence runs over
// the end of its block. The borders are those of Unicode (UAX 29), mended where
// that splits behind an abbreviation or inside quoted speech.
func (rev Revision) Sentences() []Sentence {
	var all []Sentence
	var at textpos.Rune
	for i, b := range rev.Blocks {
		where := at
		for _, piece := range split(b.Text) {
			n := textpos.Count(piece)
			text := strings.TrimSpace(piece)
			if text != "" {
				start := where + textpos.Count(piece[:strings.Index(piece, text)])
				span := textpos.Span{Start: start, End: start + textpos.Count(text)}
				all = append(all, Sentence{Span: span, Block: i, Text: text})
			}
			where += n
		}
		at += textpos.Count(b.Text) + 1
	}
	return all
}

// split cuts text into sentences that, joined, give text again.
func split(text string) []string {
	var pieces []string
	start, end := 0, 0
	for rest, state := text, -1; rest != ""; {
		var s string
		s, rest, state = uniseg.FirstSentenceInString(rest, state)
		end += len(s)
		if rest == "" {
			break
		}
		// Without a space between, Unicode gives an opening mark to the sentence
		// before it.
		cut := len(strings.TrimRightFunc(text[:end], opens))
		if cut > start && !belongs(text[start:cut], text[cut:]) {
			pieces = append(pieces, text[start:cut])
			start = cut
		}
	}
	if start < len(text) {
		pieces = append(pieces, text[start:])
	}
	return pieces
}

// opens reports whether r is an opening bracket or quotation mark.
func opens(r rune) bool { return unicode.In(r, unicode.Ps, unicode.Pi) }

// belongs reports whether the text next goes on with the sentence that before
// seems to end.
func belongs(before, next string) bool {
	before = strings.TrimRight(before, " ")
	first, _ := utf8.DecodeRuneInString(next)
	if unicode.In(first, unicode.Pe, unicode.Pf) || first == '"' && openQuote(before) {
		return true // the closing mark of what before opened
	}
	letter := firstLetter(next)
	if unicode.IsLower(letter) && (openQuote(before) || endsQuoted(before)) {
		return true
	}
	return strings.HasSuffix(before, ".") && abbreviated(before, letter)
}

// abbreviated reports whether the full stop at the end of before belongs to an
// abbreviation, when letter is the first letter or digit behind it.
func abbreviated(before string, letter rune) bool {
	word := before[strings.LastIndexAny(before, " ([{\"“‘«—–/")+1:]
	word = strings.TrimLeft(strings.TrimSuffix(word, "."), "(“‘«—–")
	switch word {
	case "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Sr", "Jr", "Gen", "Col", "Capt", "Lt", "Sgt",
		"Gov", "Sen", "Rep", "Rev", "Hon", "Messrs", "Mme", "Mlle", "Sra", "vs", "e.g", "i.e", "cf",
		"approx", "Mt", "Ft", "z.B", "d.h", "bzw", "Hr", "Fr":
		return true
	case "No", "Nos", "no", "nos", "Nr", "Art", "Sec", "Fig", "Vol", "Ch", "pp", "p", "ca", "c",
		"Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec":
		return unicode.IsDigit(letter)
	}
	return initials(word)
}

// initials reports whether word is one letter or several with full stops between
// them, as in "J." and "U.S."; small letters, as in "7 p.m.", do not count.
func initials(word string) bool {
	if word == "" {
		return false
	}
	for letter := range strings.SplitSeq(word, ".") {
		r, n := utf8.DecodeRuneInString(letter)
		if n != len(letter) || !unicode.IsUpper(r) && !unicode.In(r, unicode.Arabic, unicode.Hebrew) {
			return false
		}
	}
	return true
}

// lookAround is how many bytes around a border are looked at, so that no text,
// however odd, takes more than linear time.
const lookAround = 2000

// openQuote reports whether s ends inside a quotation. Single marks are left
// out: they are also apostrophes.
func openQuote(s string) bool {
	s = s[max(len(s)-lookAround, 0):]
	depth, straight := 0, false
	for _, r := range s {
		switch r {
		case '“', '«', '「', '『':
			depth++
		case '”', '»', '」', '』':
			depth = max(depth-1, 0)
		case '"':
			straight = !straight
		}
	}
	return straight || depth > 0
}

// endsQuoted reports whether the last character of s is a closing quotation mark.
func endsQuoted(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == '"' || r == '\'' || unicode.Is(unicode.Pf, r) || r == '」' || r == '』'
}

// firstLetter is the first letter or digit of s, or 0 when none is near.
func firstLetter(s string) rune {
	s = s[:min(len(s), lookAround)]
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
	}
	return 0
}
