package moderation

import (
	"slices"
	"strings"
	"unicode"
)

// phoneCues announce a telephone number, in the languages of the word lists.
var phoneCues = strings.Fields(`call calling phone tel telephone mobile cell text texting ring fax whatsapp telegram signal viber dial sms hotline ph
	llama llame llámame llamar teléfono telefono tlf tfno móvil celular appelez appeler appelle tél téléphone portable joindre
	anrufen ruf telefon handy rufnummer telefonnummer nummer chiama chiamami chiamare cellulare ligue ligar telefone fone zap
	اتصل اتصلوا هاتف هاتفي هاتفه جوال جوالي موبايل واتساب واتس تلفون للتواصل رقمي رقمه رقمها`)

// numberCues announce another number.
var numberCues = strings.Fields(`isbn issn doi id ids case cases grant docket resolution resolutions file ref reference application patent serial
	invoice order tracking registration account pmid orcid section article page pages expediente dossier aktenzeichen votes population`)

// findPhones finds telephone numbers among runs of digits.
func findPhones(text []rune, runs []numberRun) []span {
	var found []span
	for _, run := range runs {
		before := wordsBefore(text, run.start)
		if names(before, numberCues...) {
			continue
		}
		end := run.groups[len(run.groups)-1].end
		told := names(before, phoneCues...) || saysNumber(before) || saysNumber(wordsAfter(text, end))
		if told && len(run.digits(0, len(run.groups))) < 10 {
			told = !countsThings(text, end) && !run.isRound()
		}
		if run.isPhone(told) {
			found = append(found, span{run.start, end})
		}
	}
	return found
}

// saysNumber reports whether words end like "my number is" and not like "the
// number of dead is".
func saysNumber(before []string) bool {
	tail := before[max(0, len(before)-4):]
	return names(tail, "number", "número", "numéro", "numero", "رقم") && names(tail, "my", "his", "her", "their", "your", "our", "mi", "su", "mon", "son", "meine", "mein", "mio", "meu", "contact", "at", "reach") && !names(tail, "of")
}

// countsThings reports whether a word that is none of the small ones follows, as
// in "call 1500000 people".
func countsThings(text []rune, at int) bool {
	if at+1 >= len(text) || text[at] != ' ' || !unicode.IsLower(text[at+1]) {
		return false
	}
	end := at + 1
	for end < len(text) && unicode.IsLetter(text[end]) {
		end++
	}
	return !slices.Contains(afterAddress, string(text[at+1:end]))
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

// wordsAfter are the next words from i on, up to four of them.
func wordsAfter(text []rune, i int) []string {
	end := i
	for end < len(text) && end-i < 24 && !strings.ContainsRune(".!?\n", text[end]) && digit(text[end]) < 0 {
		end++
	}
	words := strings.FieldsFunc(strings.ToLower(string(text[i:end])), func(r rune) bool { return !unicode.IsLetter(r) })
	return words[:min(len(words), 4)]
}

// isRound reports whether a number in one group ends like an estimate.
func (n numberRun) isRound() bool {
	return len(n.groups) == 1 && strings.HasSuffix(n.groups[0].digits, "000")
}

// isPhone judges by form: a country's prefix, the 0 or the brackets of a
// national number, the groups of countries that have neither. told says that the
// words before it announce one; then seven digits are enough, the last three or
// more in one group, or eight in three groups.
func (n numberRun) isPhone(told bool) bool {
	count := len(n.groups)
	digits := n.digits(0, count)
	size := len(digits)
	switch {
	case size < 7 || size > 20 || count > 7 || n.isDate() || n.areYears() || n.isDecimal():
		return false
	case n.plus:
		return size >= 8 && digits[0] != '0' && !n.isAmount()
	case strings.HasPrefix(digits, "00") && digits[2] != '0':
		return size >= 10 && len(n.groups[0].digits) > 1
	case digits[0] == '0' && digits[1] != '0' && n.isNational(size):
		return true
	case n.isAmerican() || n.isUnprefixed():
		return true
	}
	last := n.groups[count-1].digits
	if !told || size > 15 || count > 1 && isYear(last) && !n.paren {
		return false
	}
	if n.isAmount() {
		return size == 9 && count == 3 && digits[0] >= '6'
	}
	return len(last) >= 3 || count >= 3 && size >= 8
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

// isAmerican judges 3-3-4 digits, perhaps after a 1.
func (n numberRun) isAmerican() bool {
	groups := n.groups
	if len(groups) == 4 && groups[0].digits == "1" {
		groups = groups[1:]
	}
	if !shaped(groups, 3, 3, 4) {
		return false
	}
	area, exchange := groups[0].digits[0], groups[1].digits[0]
	if n.paren {
		return area >= '2' && exchange >= '2'
	}
	// Spaces alone also part the columns of a table, years among them.
	spaced := groups[1].gap == " " && groups[2].gap == " "
	return area >= '2' && exchange >= '2' && (groups[1].gap == groups[2].gap || spaced) && !(spaced && isYear(groups[2].digits))
}

// isUnprefixed judges numbers of countries where they begin with no 0: the
// groups alone tell them, in Spain, Italy and Brazil.
func (n numberRun) isUnprefixed() bool {
	g := n.groups
	first := g[0].digits[0]
	switch {
	case shaped(g, 3, 2, 2, 2), shaped(g, 2, 3, 2, 2):
		return first >= '6' && n.even(0, 4) && g[1].gap != "-"
	case shaped(g, 3, 7):
		return first == '3' && g[1].gap != "."
	case shaped(g, 2, 5, 4), shaped(g, 2, 4, 4):
		return first >= '1' && g[2].gap == "-" && (n.paren || g[1].digits[0] == '9' && g[1].gap == " ")
	}
	return false
}

// shaped reports whether groups have so many digits each.
func shaped(groups []digitGroup, sizes ...int) bool {
	return slices.EqualFunc(groups, sizes, func(g digitGroup, size int) bool { return len(g.digits) == size })
}

// isDecimal tells fractions, such as degrees on a map, from a telephone number:
// a point parts the first two groups and not all.
func (n numberRun) isDecimal() bool {
	count := len(n.groups)
	return count >= 2 && n.groups[1].gap == "." && (count == 2 || !n.even(0, count))
}

// isAmount tells "+15 000 000" from a telephone number.
func (n numberRun) isAmount() bool {
	if len(n.groups) < 2 || n.groups[0].digits[0] == '0' || len(n.groups[0].digits) > 3 || len(n.digits(0, len(n.groups))) > 9 {
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
