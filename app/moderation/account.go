package moderation

import "strings"

// findCards finds payment card numbers: 12 to 19 digits in a card's groups, a
// known first digit and a right check digit (Luhn).
func findCards(runs []numberRun) []span {
	var found []span
	for _, run := range runs {
		if run.plus {
			continue
		}
		for from := 0; from < len(run.groups); from++ {
			for to := min(len(run.groups), from+5); to > from; to-- {
				if run.isCard(from, to) {
					found = append(found, span{run.groups[from].start, run.groups[to-1].end})
					from = to - 1
					break
				}
			}
		}
	}
	return found
}

func (n numberRun) isCard(from, to int) bool {
	digits := n.digits(from, to)
	if !cardLength(digits) || !luhn(digits) {
		return false
	}
	if to-from == 1 {
		return true
	}
	if gap := n.groups[from+1].gap; gap != " " && gap != "-" || !n.even(from, to) {
		return false
	}
	for _, g := range n.groups[from : to-1] {
		if len(g.digits) != 4 && len(g.digits) != 6 {
			return false
		}
	}
	return len(n.groups[from].digits) == 4
}

// cardLength reports whether a card of this first digit has so many digits.
func cardLength(digits string) bool {
	size := len(digits)
	if size < 12 || size > 19 {
		return false
	}
	switch digits[0] {
	case '1':
		return size == 15 && digits[:4] == "1800"
	case '2':
		return size == 16 && digits[1] >= '2' && digits[1] <= '7' || size == 15 && digits[:4] == "2131"
	case '3':
		return size == 14 || size == 15 || size == 16
	case '4':
		return size == 13 || size == 16 || size == 19
	case '5':
		return size == 16 || isMaestro(digits)
	case '6':
		return size >= 16 || isMaestro(digits)
	}
	return false
}

// isMaestro knows the first digits of the cards that may be short.
func isMaestro(digits string) bool {
	switch digits[:2] {
	case "56", "57", "58":
		return true
	}
	switch digits[:4] {
	case "5018", "5020", "5038", "6304", "6390", "6759", "6761", "6762", "6763":
		return true
	}
	return false
}

func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// ibanLengths is country and length of every IBAN, four characters each.
const ibanLengths = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20"

// findIBANs finds bank account numbers: a country, its length and a right
// remainder of 97.
func findIBANs(text []rune) []span {
	var found []span
	for i := 0; i+4 < len(text); i++ {
		if !asciiLetter(text[i]) || !asciiLetter(text[i+1]) || asciiLetter(text[i+2]) || i > 0 && isWordRune(text[i-1]) {
			continue
		}
		if end := ibanEnd(text, i); end > 0 {
			found = append(found, span{i, end})
			i = end
		}
	}
	return found
}

func asciiLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }

// ibanEnd is where the IBAN that starts at i ends, or -1.
func ibanEnd(text []rune, i int) int {
	want, code := 0, make([]byte, 0, 34)
	for ; i < len(text); i++ {
		r := text[i]
		if r == ' ' || r == '\u00a0' || r == '-' {
			if len(code) == 0 || text[i-1] == r {
				return -1
			}
			continue
		}
		c, ok := ibanChar(r)
		if !ok {
			return -1
		}
		switch code = append(code, c); len(code) {
		case 2:
			want = ibanLength(string(code))
		case 4:
			if code[2] > '9' || code[3] > '9' {
				return -1
			}
		}
		if len(code) >= 2 && want == 0 {
			return -1
		}
		if len(code) >= want && want > 0 {
			break
		}
	}
	if want == 0 || len(code) < want || i+1 < len(text) && isWordRune(text[i+1]) || mod97(code) != 1 {
		return -1
	}
	return i + 1
}

func ibanLength(country string) int {
	for i := 0; i < len(ibanLengths); i += 4 {
		if ibanLengths[i:i+2] == country {
			return int(ibanLengths[i+2]-'0')*10 + int(ibanLengths[i+3]-'0')
		}
	}
	return 0
}

func ibanChar(r rune) (byte, bool) {
	switch {
	case digit(r) >= 0:
		return byte('0' + digit(r)), true
	case r >= 'A' && r <= 'Z':
		return byte(r), true
	case r >= 'a' && r <= 'z':
		return strings.ToUpper(string(r))[0], true
	}
	return 0, false
}

// mod97 is the remainder of the account number by ISO 7064: the first four
// characters last, letters as 10 to 35.
func mod97(code []byte) int {
	rest := 0
	for i := range code {
		c := code[(i+4)%len(code)]
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest
}
