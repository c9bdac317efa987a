package moderation

import (
	"slices"
	"strings"
)

// maxStreet is how many words the name of a street may have.
const maxStreet = 6

// englishStreet reads "12 Example Street" and "221b Old Mill Road, Apt. 4".
func (a *addresses) englishStreet(i int) int {
	if !a.house(i) {
		return -1
	}
	first := i
	if i+2 < len(a.words) && a.words[i+1].isHouse() && a.words[i+1].gap == '-' {
		first++ // 12-14
	}
	for k := first + 1; k < min(len(a.words), first+1+maxStreet); k++ {
		w := &a.words[k]
		if !a.joined(k) && !(k == first+1 && w.gap == ',') || !w.upper && w.digits == 0 {
			return -1
		}
		// "12 Avenue Road": the name itself may be such a word.
		if k == first+1 || a.is(k+1, streets) && a.joined(k+1) {
			continue
		}
		strong := slices.Contains(streets, w.text)
		if !strong && !slices.Contains(places, w.text) {
			continue
		}
		name := make([]string, 0, maxStreet)
		for _, part := range a.words[i : k+1] {
			name = append(name, part.text)
		}
		if a.isPublic(name) {
			return -1
		}
		if a.standsForHouse(i, k, strong) {
			return a.flatAfter(k)
		}
	}
	return -1
}

// standsForHouse weighs what is around a number and a street, the words [i, k].
func (a *addresses) standsForHouse(i, k int, strong bool) bool {
	sure := a.flatAfter(k) > k || a.codeAfter(k)
	if sure {
		return true
	}
	if a.counted(k) {
		return false
	}
	told := a.told(i)
	if a.words[i].isYear() || a.words[i].digits == 1 && !a.words[i].letter && !strong {
		return told
	}
	if k+1 < len(a.words) && a.words[k+1].upper && a.joined(k+1) {
		// "57 Mount St. Helens", "9 Park Avenue Synagogue"
		return told || a.is(k+1, compass)
	}
	return strong || told
}

// isPublic reports whether words are an address that everybody knows, or a street
// that stands for a trade.
func (a *addresses) isPublic(name []string) bool {
	whole := strings.Join(name, " ")
	_, street, _ := strings.Cut(whole, " ")
	return slices.Contains(publicAddresses, whole) || slices.Contains(publicStreets, street)
}

// frenchStreet reads "12 bis, rue de la Paix".
func (a *addresses) frenchStreet(i int) int {
	if !a.house(i) {
		return -1
	}
	k := i + 1
	if a.is(k, []string{"bis", "ter", "quater"}) {
		k++
	}
	if !a.is(k, numberFirst) || a.words[k].gap != ' ' && a.words[k].gap != ',' && a.words[k].gap != '.' {
		return -1
	}
	return a.name(i, k)
}

// name is the last word of the name that follows the word for a street at k, for
// an address that begins at i.
func (a *addresses) name(i, k int) int {
	last := -1
	for n := k + 1; n < min(len(a.words), k+1+maxStreet) && a.joined(n); n++ {
		w := &a.words[n]
		if w.upper && w.digits == 0 || elided(w.text) {
			last = n
		} else if w.digits > 0 || !slices.Contains(connectors, w.text) {
			break
		}
	}
	if last < 0 || a.isPublic(a.texts(i, last)) {
		return -1
	}
	return last
}

func elided(word string) bool {
	return strings.HasPrefix(word, "l'") || strings.HasPrefix(word, "l’") || strings.HasPrefix(word, "d'") || strings.HasPrefix(word, "d’")
}

func (a *addresses) texts(i, last int) []string {
	var list []string
	for _, w := range a.words[i : last+1] {
		list = append(list, w.text)
	}
	return list
}

// typeFirst reads "Calle Mayor, 12", "Via Roma 5", "ul. Długa 7".
func (a *addresses) typeFirst(i int) int {
	w := &a.words[i]
	strong := slices.Contains(typeWords, w.text)
	if !strong && !(w.upper && slices.Contains(typeNames, w.text)) {
		return -1
	}
	names := 0
	for k := i + 1; k < min(len(a.words), i+1+maxStreet+2); k++ {
		n := &a.words[k]
		slash := k == i+1 && w.text == "c" && n.gap == '-'
		if !a.joined(k) && n.gap != ',' && !slash {
			return -1
		}
		marked := a.is(k, numberSigns)
		if marked {
			k++
			if k >= len(a.words) || a.words[k].gap == 'x' || a.words[k].gap == '\n' {
				return -1
			}
			n = &a.words[k]
		}
		if n.digits > 0 && names > 0 {
			return a.endsWithNumber(i, k, marked)
		}
		if marked || n.gap == ',' && k > i+1 {
			return -1
		}
		switch {
		case n.upper && n.digits == 0 || elided(n.text):
			names++
		case n.digits > 0 || !slices.Contains(connectors, n.text):
			return -1
		}
	}
	return -1
}

// endsWithNumber judges the number at k that may end an address from i on.
func (a *addresses) endsWithNumber(i, k int, marked bool) int {
	w := &a.words[k]
	if !w.isHouse() || w.digits > 4 || w.isYear() && !marked {
		return -1
	}
	// "Via Twitter 12,000", "8.5", "12%"
	if w.end < len(a.text) && strings.ContainsRune("%€$£°", a.text[w.end]) {
		return -1
	}
	if w.end+1 < len(a.text) && strings.ContainsRune(",.:", a.text[w.end]) && digit(a.text[w.end+1]) >= 0 {
		return -1
	}
	// A script without capitals does not show a count: "في شارع الحمرا قتل 12 شخصا".
	caseless := a.words[k-1].upper && !isUpper(a.text[a.words[k-1].start]) && k+1 < len(a.words) && a.words[k+1].gap == ' '
	if !marked && (a.counted(k) || caseless) && !a.told(i) {
		return -1
	}
	if a.isPublic(a.texts(i, k)) {
		return -1
	}
	return a.flatAfter(k)
}

// suffixed reads "Musterstraße 5a", "Kungsgatan 12" and "Petőfi utca 3".
func (a *addresses) suffixed(i int) int {
	w := &a.words[i]
	if !w.upper || w.digits > 0 {
		return -1
	}
	k, strong := i, hasEnding(w.text, endings)
	if !strong && i+1 < len(a.words) && a.words[i+1].gap == ' ' && slices.Contains(lastWords, a.words[i+1].text) {
		k, strong = i+1, true
	}
	if !strong && !hasEnding(w.text, weakEndings) {
		return -1
	}
	k++
	marked := a.is(k, numberSigns)
	if marked {
		k++
	}
	if k >= len(a.words) || a.words[k].digits == 0 || a.words[k].digits > 3 || a.words[k].gap == 'x' || a.words[k].gap == '-' || a.words[k].gap == '\n' {
		return -1
	}
	if !strong && !a.told(i) && !a.codeAfter(k) && a.flatAfter(k) == k {
		return -1
	}
	return a.endsWithNumber(i, k, marked)
}

func hasEnding(word string, list []string) bool {
	return slices.ContainsFunc(list, func(e string) bool {
		return strings.HasSuffix(word, e) && len(word) > len(e)+2
	})
}
