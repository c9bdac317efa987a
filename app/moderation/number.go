package moderation

import "strings"

// numberRun is digits in groups, as a telephone or card number is written.
type numberRun struct {
	groups []digitGroup
	plus   bool // a + stands before it
	paren  bool // the first group, or the second, stands in brackets
	start  int  // with the sign or bracket before it
}

type digitGroup struct {
	span
	digits string
	gap    string // what stands between it and the group before
}

// digits are the digits of the groups [from, to) in one.
func (n numberRun) digits(from, to int) string {
	var b strings.Builder
	for _, g := range n.groups[from:to] {
		b.WriteString(g.digits)
	}
	return b.String()
}

// even reports whether one and the same sign parts the groups [from, to).
func (n numberRun) even(from, to int) bool {
	for i := from + 2; i < to; i++ {
		if n.groups[i].gap != n.groups[from+1].gap {
			return false
		}
	}
	return true
}

// numberRuns finds runs of digits parted by at most three spaces, hyphens,
// points, slashes or brackets. Numbers that are part of a word or a price are
// left out, and so is what comma, colon or dash parts: those make amounts,
// times and ranges.
func numberRuns(text []rune) []numberRun {
	var runs []numberRun
	for i := 0; i < len(text); i++ {
		if digit(text[i]) < 0 {
			continue
		}
		run, end := readRun(text, i)
		before := i - 1
		for before >= 0 && strings.ContainsRune("(+", text[before]) {
			run.plus = run.plus || text[before] == '+'
			run.paren = run.paren || text[before] == '('
			run.start = before
			before--
		}
		glued := before >= 0 && (isWordRune(text[before]) || strings.ContainsRune("$€£¥₹₽#,:–", text[before]))
		if end < len(text) && (isWordRune(text[end]) || text[end] == '%') && !isExtension(text, end) {
			// "020 7946 0958th": the last group is not a number of its own.
			run.groups = run.groups[:len(run.groups)-1]
		}
		if end+1 < len(text) && strings.ContainsRune(",:–", text[end]) && digit(text[end+1]) >= 0 {
			run.groups = run.groups[:max(0, len(run.groups)-1)]
		}
		if !glued && len(run.groups) > 0 {
			runs = append(runs, run)
		}
		i = end
	}
	return runs
}

// isExtension reports whether the x of an extension stands at i: "555-0143x12".
func isExtension(text []rune, i int) bool {
	return (text[i] == 'x' || text[i] == 'X') && i+1 < len(text) && digit(text[i+1]) >= 0
}

// readRun reads the groups from i on and says where they end.
func readRun(text []rune, i int) (numberRun, int) {
	run := numberRun{start: i}
	gap := ""
	for {
		g := digitGroup{span: span{start: i}, gap: gap}
		var b strings.Builder
		for i < len(text) && digit(text[i]) >= 0 {
			b.WriteByte(byte('0' + digit(text[i])))
			i++
		}
		g.end, g.digits = i, b.String()
		run.groups = append(run.groups, g)
		next := i
		for next < len(text) && next-i < 3 && strings.ContainsRune(" .-/()\u00a0\u2011", text[next]) {
			next++
		}
		if next == i || next >= len(text) || digit(text[next]) < 0 {
			return run, i
		}
		gap = string(text[i:next])
		run.paren = run.paren || len(run.groups) == 1 && strings.ContainsRune(gap, '(')
		i = next
	}
}
