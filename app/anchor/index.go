package anchor

import "strings"

const (
	// seedLen is how many bytes of a needle are looked for at first: as many as
	// every processor compares at once.
	seedLen = 24
	// maxMisses is how many seeds without the rest are looked at before the needle
	// is looked for as a whole, so that no text takes more than linear time.
	maxMisses = 64
)

// index is [strings.Index] for prose: most of the time goes into stops at common
// letters, so it looks for a part of needle that begins with a rare one.
func index(text, needle string) int {
	if len(needle) < 4 {
		return strings.Index(text, needle)
	}
	at := rarest(needle)
	seed := needle[at:min(at+seedLen, len(needle))]
	for from, misses := at, 0; from <= len(text); misses++ {
		i := strings.Index(text[from:], seed)
		if i < 0 {
			return -1
		}
		start := from + i - at
		if strings.HasPrefix(text[start:], needle) {
			return start
		}
		if misses == maxMisses {
			if i = strings.Index(text[start:], needle); i < 0 {
				return -1
			}
			return start + i
		}
		from += i + 1
	}
	return -1
}

// rarest is where the rarest byte of needle stands, not near its end.
func rarest(needle string) int {
	best, least := 0, 256
	for i := range max(len(needle)-seedLen/2, 1) {
		if n := frequency(needle[i]); n < least {
			best, least = i, n
		}
		if i == 4*seedLen {
			break
		}
	}
	return best
}

// frequency ranks bytes by how often they stand in prose, roughly: letters by
// their order in English, what is not ASCII in between.
func frequency(c byte) int {
	const common = "zqjxkvbpgywfmcudlhrsinoate "
	switch i := strings.IndexByte(common, c|' '); {
	case c >= 0x80:
		return 20
	case c == ' ':
		return len(common)
	case i < 0, c >= 'A' && c <= 'Z':
		return 1 // figures, signs, capitals
	default:
		return 1 + i
	}
}
