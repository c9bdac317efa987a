package source

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// plainHost is a host in lower case, without a final dot and in the letters that
// a browser reads it by: full width and other full stops make no difference.
func plainHost(host string) string {
	if isASCII(host) {
		return strings.ToLower(strings.TrimSuffix(host, "."))
	}
	host = norm.NFKC.String(strings.ToLower(norm.NFKC.String(host)))
	return strings.TrimSuffix(strings.ReplaceAll(host, "。", "."), ".")
}

// asciiHost is a host as the name system knows it: labels of other scripts as
// "xn--…".
func asciiHost(host string) string {
	host = plainHost(host)
	if isASCII(host) {
		return host
	}
	labels := strings.Split(host, ".")
	for i, label := range labels {
		if !isASCII(label) {
			labels[i] = "xn--" + punycode([]rune(label))
		}
	}
	return strings.Join(labels, ".")
}

// unicodeLabel is a label in its own script; one that is no punycode is returned
// as it is.
func unicodeLabel(label string) string {
	rest, ok := strings.CutPrefix(label, "xn--")
	if !ok {
		return label
	}
	if runes, ok := fromPunycode(rest); ok {
		return norm.NFKC.String(string(runes))
	}
	return label
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// The parameters of RFC 3492, section 5.
const (
	punyBase, punyMin, punyMax = 36, 1, 26
	punySkew, punyDamp         = 38, 700
	punyBias, punyFirst        = 72, 0x80

	punyDigits = "abcdefghijklmnopqrstuvwxyz0123456789"
)

// punycode writes a label as in RFC 3492, section 6.3.
func punycode(label []rune) string {
	var out []byte
	for _, r := range label {
		if r < punyFirst {
			out = append(out, byte(r))
		}
	}
	basic := len(out)
	if basic > 0 {
		out = append(out, '-')
	}
	n, delta, bias := rune(punyFirst), 0, punyBias
	for done := basic; done < len(label); {
		next := rune(0x10FFFF)
		for _, r := range label {
			if r >= n && r < next {
				next = r
			}
		}
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range label {
			if r < n {
				delta++
			}
			if r != n {
				continue
			}
			q := delta
			for k := punyBase; ; k += punyBase {
				t := min(max(k-bias, punyMin), punyMax)
				if q < t {
					break
				}
				out = append(out, punyDigits[t+(q-t)%(punyBase-t)])
				q = (q - t) / (punyBase - t)
			}
			out = append(out, punyDigits[q])
			bias = adapt(delta, done+1, done == basic)
			delta = 0
			done++
		}
		delta++
		n++
	}
	return string(out)
}

// fromPunycode reads what [punycode] writes: RFC 3492, section 6.2.
func fromPunycode(s string) ([]rune, bool) {
	var out []rune
	if cut := strings.LastIndexByte(s, '-'); cut >= 0 {
		out, s = []rune(s[:cut]), s[cut+1:]
	}
	n, i, bias := punyFirst, 0, punyBias
	for len(s) > 0 {
		old, weight := i, 1
		for k := punyBase; ; k += punyBase {
			if s == "" {
				return nil, false
			}
			digit := strings.IndexByte(punyDigits, s[0])
			s = s[1:]
			// A label has at most 63 letters, so no honest one comes near this.
			if digit < 0 || weight > 1<<24 || i > 1<<30 {
				return nil, false
			}
			i += digit * weight
			t := min(max(k-bias, punyMin), punyMax)
			if digit < t {
				break
			}
			weight *= punyBase - t
		}
		bias = adapt(i-old, len(out)+1, old == 0)
		n += i / (len(out) + 1)
		i %= len(out) + 1
		if n > 0x10FFFF {
			return nil, false
		}
		out = append(out[:i], append([]rune{rune(n)}, out[i:]...)...)
		i++
	}
	return out, true
}

func adapt(delta, points int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for delta > (punyBase-punyMin)*punyMax/2 {
		delta /= punyBase - punyMin
		k += punyBase
	}
	return k + (punyBase-punyMin+1)*delta/(delta+punySkew)
}
