package moderation

import (
	"slices"
	"strings"
)

// addresses reads the words of a field for street addresses. Each form is read
// from the word where it starts, over a few words at most.
type addresses struct {
	text  []rune
	words []addressWord
}

// findAddresses finds the address of a house: its number with a street, in the
// order of several languages, a flat, or a box at the post office.
//
// A number beside the name of a street may also be a count ("500 Oxford Street
// shops") or a year; those are left alone. So are addresses that everybody knows
// and nobody is found at who has not chosen it, see publicAddresses: notes about
// a government say where it sits. Other offices are not told from homes.
func findAddresses(lend *arenas, text []rune) []span {
	if !slices.ContainsFunc(text, func(r rune) bool { return digit(r) >= 0 }) {
		return nil
	}
	a := &addresses{text, addressWords(lend, text)}
	var found []span
	number := 0 // the next word that begins with a digit, which every form has
	for i := 0; i < len(a.words); i++ {
		for number < i || number < len(a.words) && a.words[number].digits == 0 {
			number++
		}
		if number == len(a.words) {
			break
		}
		if i = max(i, number-mostBefore); i >= len(a.words) {
			break
		}
		for _, read := range []func(int) int{a.box, a.englishStreet, a.frenchStreet, a.typeFirst, a.suffixed, a.withFlat, a.flatFirst} {
			if last := read(i); last >= 0 {
				found = append(found, span{a.words[i].start, a.words[last].end})
				i = last
				break
			}
		}
	}
	return found
}

// mostBefore is how many words an address may have before its number.
const mostBefore = maxStreet + 4

// house reports whether the number of a house stands at i, and nothing that
// makes it an amount or part of something longer before it.
func (a *addresses) house(i int) bool {
	if i >= len(a.words) || !a.words[i].isHouse() {
		return false
	}
	if at := a.words[i].start; at > 0 && strings.ContainsRune(",.$€£¥₹-–/:%", a.text[at-1]) {
		return false
	}
	return i == 0 || a.words[i].gap != '-' && (a.words[i].gap != '.' || a.words[i-1].digits == 0)
}

// told reports whether one of the words before i announces an address.
func (a *addresses) told(i int) bool {
	for k := i - 1; k >= max(0, i-5) && a.words[k+1].gap != 'x'; k-- {
		if slices.Contains(addressCues, a.words[k].text) {
			return true
		}
	}
	return false
}

// is reports whether word i exists and is one of the list.
func (a *addresses) is(i int, list []string) bool {
	return i >= 0 && i < len(a.words) && slices.Contains(list, a.words[i].text)
}

// joined reports whether word i follows the one before with no more than a
// space, or the point of an abbreviation.
func (a *addresses) joined(i int) bool {
	if i >= len(a.words) {
		return false
	}
	before := a.words[i-1]
	return a.words[i].gap == ' ' || a.words[i].gap == '.' && before.digits == 0 && before.end-before.start <= 4
}

// flatAfter is the last word of a flat that follows word i ("Apt. 4B"), else i.
func (a *addresses) flatAfter(i int) int {
	k := i + 1
	if k+1 >= len(a.words) || !slices.Contains([]rune{' ', ',', '.', '\n'}, a.words[k].gap) || !a.is(k, flats) {
		return i
	}
	if a.is(k+1, []string{"no", "number"}) && k+2 < len(a.words) {
		k++
	}
	next := a.words[k+1]
	if next.gap != ' ' && next.gap != '.' || next.digits == 0 && next.end-next.start > 1 {
		return i
	}
	return k + 1
}

// codeAfter reports whether a comma or line break and then, soon, a number
// follow word i: a town with its code.
func (a *addresses) codeAfter(i int) bool {
	if i+1 >= len(a.words) || a.words[i+1].gap != ',' && a.words[i+1].gap != '\n' || !a.words[i+1].upper && a.words[i+1].digits == 0 {
		return false
	}
	for k := i + 1; k < min(len(a.words), i+6); k++ {
		w := a.words[k]
		if k > i+1 && (w.gap == 'x' || w.gap == '.') {
			return false
		}
		if w.digits >= 4 && !w.isYear() || w.digits > 0 && w.digits < w.end-w.start {
			return true
		}
		// "N1 9GU", "SW1A 2AA"
		if w.upper && w.end-w.start <= 4 && digit(a.text[w.end-1]) >= 0 {
			return true
		}
		if w.digits == 0 && !w.upper {
			return false
		}
	}
	return false
}

// counted reports whether the words after i make what was read a count: "12
// Oxford Street shops".
func (a *addresses) counted(i int) bool {
	if i+1 >= len(a.words) || a.words[i+1].gap != ' ' {
		return false
	}
	next := a.words[i+1]
	return next.digits == 0 && !next.upper && !slices.Contains(afterAddress, next.text)
}

// box reads a box at the post office.
func (a *addresses) box(i int) int {
	for _, form := range boxes {
		k := i
		for _, part := range form {
			if k >= len(a.words) || a.words[k].text != part || k > i && a.words[k].gap != ' ' && a.words[k].gap != '.' {
				k = -1
				break
			}
			k++
		}
		if k < 0 || k >= len(a.words) || !a.words[k].isHouse() || a.words[k].gap != ' ' && a.words[k].gap != '.' {
			continue
		}
		// "FPO AE 09349" is where a soldier's post goes.
		if form[0] == "apo" || form[0] == "fpo" || form[0] == "dpo" {
			if a.words[k].digits != 5 {
				continue
			}
		}
		return k
	}
	return -1
}

// withFlat reads a number, names and a flat in any language: "6750 Harju 5, Apt.
// 864".
func (a *addresses) withFlat(i int) int {
	if !a.house(i) {
		return -1
	}
	for k := i + 1; k < min(len(a.words), i+6); k++ {
		if last := a.flatAfter(k - 1); last >= k && k > i+1 {
			return last
		}
		w := a.words[k]
		if !a.joined(k) || !w.upper && w.digits == 0 && !slices.Contains(connectors, w.text) {
			return -1
		}
	}
	return -1
}

// flatFirst reads "Flat 3, Rose House" and "House No. 12, Gandhi Nagar".
func (a *addresses) flatFirst(i int) int {
	w := &a.words[i]
	if !w.upper || w.digits > 0 || !slices.Contains([]string{"flat", "apartment", "apt", "house", "plot", "door"}, w.text) {
		return -1
	}
	k := i + 1
	no := a.is(k, []string{"no", "number"}) && a.joined(k)
	if no {
		k++
	}
	if k+1 >= len(a.words) || !a.words[k].isHouse() || !a.joined(k) || !no && slices.Contains([]string{"house", "plot", "door"}, w.text) {
		return -1
	}
	if next := a.words[k+1]; next.gap == ',' && next.upper && (no || a.told(i) || a.codeAfter(k)) {
		return k
	}
	return -1
}
