package moderation

import (
	"slices"
	"strings"
	"unicode"
)

// findPhones finds telephone numbers among runs of digits.
func findPhones(text []rune, runs []numberRun) []span {
	var found []span
	for _, run := range runs {
		before := wordsBefore(text, run.start)
		if names(before, "isbn", "issn", "doi", "id", "case", "grant", "docket", "resolution") {
			continue
		}
		told := names(before, "call", "phone", "tel", "telephone", "mobile", "cell", "text", "ring", "fax", "whatsapp", "telegram", "dial", "sms", "hotline")
		if run.isPhone(told) {
			found = append(found, span{run.start, run.groups[len(run.groups)-1].end})
		}
	}
	return found
}

// wordsBefore are the last words before i in one sentence, in small letters.
func wordsBefore(text []rune, i int) []string {
	from := i
	for from > 0 && i-from < 28 && !strings.ContainsRune("!?\n", text[from-1]) && digit(text[from-1]) < 0 {
		from--
	}
	return strings.FieldsFunc(strings.ToLower(string(text[from:i])), func(r rune) bool { return !unicode.IsLetter(r) })
}

func names(words []string, any ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(any, w) })
}

// isPhone judges by form: a country's prefix, the 0 or the brackets of a
// national number, the groups of a North American one. told says that the words
// before it announce one; then seven digits
// are enough, the last three or more in one group.
func (n numberRun) isPhone(told bool) bool {
	count := len(n.groups)
	digits := n.digits(0, count)
	size := len(digits)
	switch {
	case size < 7 || size > 17 || count > 7 || n.isDate() || n.areYears():
		return false
	case n.plus:
		return size >= 8 && size <= 15 && digits[0] != '0' && !n.isAmount()
	case strings.HasPrefix(digits, "00") && digits[2] != '0':
		return size >= 10 && len(n.groups[0].digits) > 1
	case digits[0] == '0' && digits[1] != '0':
		return n.isNational(size)
	case n.isAmerican(told):
		return true
	}
	return told && size <= 15 && !n.isAmount() && len(n.groups[count-1].digits) >= 3
}

// isNational judges a number that begins with one 0.
func (n numberRun) isNational(size int) bool {
	first := len(n.groups[0].digits)
	if size < 9 || size > 12 || first == 1 && !n.paren {
		return false
	}
	if len(n.groups) == 1 {
		return size == 10 || size == 11
	}
	pairs := !slices.ContainsFunc(n.groups, func(g digitGroup) bool { return len(g.digits) != 2 })
	if pairs {
		return len(n.groups) == 5 && n.even(0, 5)
	}
	return (first >= 2 || n.paren) && first <= 6
}

// isAmerican judges 3-3-4 digits, perhaps after a 1. Spaces alone also part the
// columns of a table, so they need a word that announces the number.
func (n numberRun) isAmerican(told bool) bool {
	groups := n.groups
	if len(groups) == 4 && groups[0].digits == "1" {
		groups = groups[1:]
	}
	if len(groups) != 3 || len(groups[0].digits) != 3 || len(groups[1].digits) != 3 || len(groups[2].digits) != 4 {
		return false
	}
	area, exchange := groups[0].digits[0], groups[1].digits[0]
	signed := n.paren || groups[1].gap == groups[2].gap && (groups[1].gap == "-" || groups[1].gap == ".")
	return area >= '2' && exchange >= '2' && (signed || told)
}

// isAmount tells "+15 000 000" from a telephone number.
func (n numberRun) isAmount() bool {
	if len(n.groups) < 2 || len(n.groups[0].digits) > 3 || len(n.digits(0, len(n.groups))) > 9 {
		return false
	}
	return !slices.ContainsFunc(n.groups[1:], func(g digitGroup) bool {
		return len(g.digits) != 3 || g.gap == "-"
	})
}

// isDate tells 01.02.2024 and 2024-02-01, with what may follow, from a
// telephone number.
func (n numberRun) isDate() bool {
	if len(n.groups) < 3 || n.plus || n.paren || !n.even(0, 3) {
		return false
	}
	a, b, c := n.groups[0].digits, n.groups[1].digits, n.groups[2].digits
	if len(a) == 4 {
		a, c = c, a
	}
	day := func(s string) bool { return len(s) <= 2 && s <= "31" || len(s) == 1 }
	return day(a) && day(b) && isYear(c) && !strings.Contains(n.groups[1].gap, " ")
}

// areYears tells "2023-2024" and lists of years from a telephone number.
func (n numberRun) areYears() bool {
	return !n.plus && !slices.ContainsFunc(n.groups, func(g digitGroup) bool { return !isYear(g.digits) })
}

func isYear(s string) bool {
	return len(s) == 4 && (s[:2] == "18" || s[:2] == "19" || s[:2] == "20" || s[:2] == "21")
}
