package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CompareWords shows what became of the words of was in now. Where both differ,
// what is removed stands before what is added. Equal texts are one run, two empty
// ones none.
func CompareWords(was, now string) []Run {
	a, b := pieces(was), pieces(now)
	var runs []Run
	i, j := 0, 0
	for _, p := range append(common(a, b), pair{len(a), len(b)}) {
		runs = add(runs, Removed, a[i:p.a])
		runs = add(runs, Added, b[j:p.b])
		if p.a < len(a) {
			runs = add(runs, Same, a[p.a:p.a+1])
		}
		i, j = p.a+1, p.b+1
	}
	return smooth(runs)
}

// add appends words to the last run if that is of the same part.
func add(runs []Run, part Part, words []string) []Run {
	if len(words) == 0 {
		return runs
	}
	text := strings.Join(words, "")
	if n := len(runs); n > 0 && runs[n-1].Part == part {
		runs[n-1].Text += text
		return runs
	}
	return append(runs, Run{part, text})
}

// smooth joins changes with nothing but spaces and signs between them, so that a
// rewritten phrase reads as one, and puts what is removed first.
func smooth(runs []Run) []Run {
	var out []Run
	for i := 0; i < len(runs); {
		if runs[i].Part == Same {
			out = append(out, runs[i])
			i++
			continue
		}
		var gone, came strings.Builder
		for ; i < len(runs) && (runs[i].Part != Same || i+1 < len(runs) && wordless(runs[i].Text)); i++ {
			if runs[i].Part != Added {
				gone.WriteString(runs[i].Text)
			}
			if runs[i].Part != Removed {
				came.WriteString(runs[i].Text)
			}
		}
		out = add(out, Removed, texts(gone.String()))
		out = add(out, Added, texts(came.String()))
	}
	return out
}

// texts is a list of s, empty if s is.
func texts(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// wordless reports whether s has neither letter nor digit.
func wordless(s string) bool { return !strings.ContainsFunc(s, wordRune) }

func wordRune(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }

// pieces cuts s into words, figures and what stands between them; joined they are
// s. A character of a script without spaces between words is a piece of its own.
func pieces(s string) []string {
	var all []string
	start := -1
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case wordRune(r) && !unspaced(r), start >= 0 && links(s[:i], r, s[i+n:]):
			if start < 0 {
				start = i
			}
		default:
			if start >= 0 {
				all = append(all, s[start:i])
				start = -1
			}
			all = append(all, s[i:i+n])
		}
		i += n
	}
	if start >= 0 {
		all = append(all, s[start:])
	}
	return all
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// links reports whether r joins what stands around it to one word or figure:
// don't, 40,005, 17:30.
func links(before string, r rune, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	switch r {
	case '.', ',', ':':
		return unicode.IsDigit(last) && unicode.IsDigit(next)
	case '\'', '’', '-', '‑':
		return wordRune(last) && wordRune(next)
	}
	return false
}
