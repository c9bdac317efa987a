package anchor

import (
	"unicode"
	"unicode/utf8"
)

// maxCells bounds the work of one comparison. Edits are small and close together
// as a rule: what is the same at both ends is not counted in.
const maxCells = 1 << 18

// whole is the likeness of equal strings.
const whole = 1000

// alike says how much of two folded strings is the same, 0 to [whole]: by their
// words, or by their code points when those are three quarters the same (a slip
// of the pen in a short quote spoils most of its words). Beyond maxCells it is
// less than the truth, never more.
func alike(a, b string) (likeness, cells int) {
	if a == b {
		return whole, 0
	}
	words, cells := sameWords(tokens(a), tokens(b))
	runes, more := sameRunes([]rune(a), []rune(b))
	if runes >= whole*3/4 {
		words = max(words, runes)
	}
	return min(words, whole-1), cells + more
}

// sameWords is the share of the letters that stand in words of a longest common
// subsequence: twice its letters by those of both strings (L. R. Dice,
// "Measures of the amount of ecologic association between species", 1945).
func sameWords(a, b []string) (share, cells int) {
	total := letters(a) + letters(b)
	same := 0
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		same += utf8.RuneCountInString(a[0])
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		same += utf8.RuneCountInString(a[len(a)-1])
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	cells = len(a) * len(b)
	if cells <= maxCells {
		same += subsequence(a, b)
	} else {
		cells = 0
	}
	return whole * 2 * same / max(total, 1), cells
}

// subsequence is the weight in letters of the heaviest common subsequence.
func subsequence(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		corner, weight := 0, utf8.RuneCountInString(x)
		for j, y := range b {
			above := row[j+1]
			row[j+1] = max(above, row[j])
			if x == y {
				row[j+1] = max(row[j+1], corner+weight)
			}
			corner = above
		}
	}
	return row[len(b)]
}

func letters(words []string) int {
	n := 0
	for _, w := range words {
		n += utf8.RuneCountInString(w)
	}
	return n
}

// sameRunes is the share of code points that no edit touches: V. I. Levenshtein,
// "Binary codes capable of correcting deletions, insertions, and reversals", 1966.
func sameRunes(a, b []rune) (share, cells int) {
	longer := max(len(a), len(b), 1)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	cells = len(a) * len(b)
	if cells > maxCells {
		return 0, 0
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		corner := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := 1
			if x == y {
				cost = 0
			}
			corner, row[j+1] = row[j+1], min(row[j]+1, row[j+1]+1, corner+cost)
		}
	}
	return whole * (longer - row[len(b)]) / longer, cells
}

// tokens are the words of a folded string, figures with their points and commas,
// and symbols; an ideograph is a word. Spaces and punctuation are none.
func tokens(s string) []string {
	var words []string
	start := -1
	flush := func(to int) {
		if start >= 0 {
			words = append(words, s[start:to])
		}
		start = -1
	}
	for i, r := range s {
		switch {
		case wordRune(r):
			if start < 0 {
				start = i
			}
		case start >= 0 && connects(s[:i], r, s[i+utf8.RuneLen(r):]):
		default:
			flush(i)
			if !unicode.IsSpace(r) && !unicode.IsPunct(r) {
				words = append(words, s[i:i+utf8.RuneLen(r)])
			}
		}
	}
	flush(len(s))
	return words
}

// connects reports whether r between before and after is a part of a word or of
// a figure: can't, 40,005, 17:30, non-lethal.
func connects(before string, r rune, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	switch r {
	case '.', ',', ':', '/':
		return unicode.IsDigit(last) && unicode.IsDigit(first)
	case '\'', '’', '-', '‐', '‑':
		return wordRune(last) && wordRune(first)
	}
	return false
}
