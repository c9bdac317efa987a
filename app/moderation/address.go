package moderation

import (
	"slices"
	"strings"
	"unicode"
)

// The words that end the name of a street. The short list is plain enough to
// need nothing more; the other one also means other things (a court, a way).
var (
	streets = []string{"street", "road", "avenue", "lane", "boulevard", "drive", "crescent", "terrace", "mews", "st", "rd", "ave", "ln", "blvd"}
	places  = []string{"court", "square", "place", "way", "close", "gardens", "dr", "ct", "row"}
)

// publicStreets are addresses that stand for an office, and streets that stand for a trade.
var publicStreets = []string{"downing street", "pennsylvania avenue", "wall street", "fleet street", "main street", "high street", "sesame street", "baker street"}

// findAddresses finds house numbers with a street: "12 Example Street",
// "Musterstraße 5". A number with a street may also be a count ("500 Main
// Street shops") or a year; those are left alone.
func findAddresses(text []rune) []span {
	var found []span
	for i := range text {
		if i > 0 && (isWordRune(text[i-1]) || strings.ContainsRune(",.$€£-–/", text[i-1])) {
			continue
		}
		if digit(text[i]) >= 0 {
			if end := englishStreet(text, i); end > 0 {
				found = append(found, span{i, end})
			}
		} else if unicode.IsUpper(text[i]) {
			if end := germanStreet(text, i); end > 0 {
				found = append(found, span{i, end})
			}
		}
	}
	return found
}

// englishStreet is where the address that starts with the number at i ends, or -1.
func englishStreet(text []rune, i int) int {
	at := i
	for at < len(text) && digit(text[at]) >= 0 {
		at++
	}
	count := at - i
	if at < len(text) && unicode.IsLetter(text[at]) {
		at++ // 221b
	}
	if count > 5 || count == 4 && isYear(string(text[i:at])) && !names(wordsBefore(text, i), "at", "live", "lives", "address") {
		return -1
	}
	var street []string
	for len(street) < 4 {
		if at+1 >= len(text) || text[at] != ' ' && !(text[at] == ',' && text[at+1] == ' ' && len(street) == 0) {
			return -1
		}
		at = skipSpaces(text, at+1)
		from := at
		for at < len(text) && (isWordRune(text[at]) || text[at] == '\'' || text[at] == '’') {
			at++
		}
		if at == from || !unicode.IsUpper(text[from]) && digit(text[from]) < 0 {
			return -1
		}
		street = append(street, strings.ToLower(string(text[from:at])))
		if len(street) > 1 && endsStreet(text, at, street) {
			return at
		}
	}
	return -1
}

// endsStreet reports whether the words so far are a street's whole name.
func endsStreet(text []rune, at int, street []string) bool {
	last := street[len(street)-1]
	if slices.Contains(places, last) {
		return furtherAddress(text, at)
	}
	if !slices.Contains(streets, last) || slices.Contains(publicStreets, strings.Join(street, " ")) {
		return false
	}
	// "12 Oxford Street shops" counts shops.
	rest := at
	if rest < len(text) && text[rest] == '.' {
		rest++
	}
	if rest+1 >= len(text) || text[rest] != ' ' || !unicode.IsLower(text[rest+1]) {
		return true
	}
	next := strings.FieldsFunc(string(text[rest:min(len(text), rest+12)]), func(r rune) bool { return !unicode.IsLetter(r) })
	return len(next) > 0 && slices.Contains([]string{"in", "at", "and", "is", "was", "where", "if", "on", "near", "to", "for", "now", "or", "tonight", "with", "by", "please"}, next[0])
}

// furtherAddress reports whether a comma and a town, flat or code follow.
func furtherAddress(text []rune, at int) bool {
	if at+2 >= len(text) || text[at] != ',' {
		return false
	}
	rest := skipSpaces(text, at+1)
	if rest >= len(text) || !unicode.IsUpper(text[rest]) && digit(text[rest]) < 0 {
		return false
	}
	// A code with a digit in it must come soon: a comma and a name alone are
	// common in reports.
	for i := rest; i < min(len(text), rest+24) && !strings.ContainsRune(".!?\n", text[i]); i++ {
		if digit(text[i]) >= 0 {
			return true
		}
	}
	return false
}

// germanStreet is where "Musterstraße 5" at i ends, or -1.
func germanStreet(text []rune, i int) int {
	at := i
	for at < len(text) && (isWordRune(text[at]) || text[at] == '-') {
		at++
	}
	name := strings.ToLower(string(text[i:at]))
	long := strings.HasSuffix(name, "straße") || strings.HasSuffix(name, "strasse")
	short := strings.HasSuffix(name, "str") && at < len(text) && text[at] == '.'
	if !long && !short || at-i < 7 {
		return -1
	}
	if short {
		at++
	}
	from := skipSpaces(text, at)
	end := from
	for end < len(text) && digit(text[end]) >= 0 {
		end++
	}
	if n := end - from; n == 0 || n > 3 {
		return -1
	}
	if end < len(text) && unicode.IsLetter(text[end]) {
		end++
	}
	return end
}
