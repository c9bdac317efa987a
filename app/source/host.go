package source

import (
	"strings"
	"unicode"
)

// reserved are the last labels that never lead to a public page: RFC 2606, RFC
// 6762 and what home networks use. RFC 2606's "example" is not among them: it
// stands for a public name, and those who try the rules out write it as one.
var reserved = []string{"localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "test", "invalid", "onion"}

// public reports whether host can be a name on the public internet. Numbers are
// refused: an address of figures tells a reader nothing about who speaks.
func public(host string) bool {
	host = plainHost(host)
	if len(asciiHost(host)) > 253 || strings.Contains(host, ":") {
		return false
	}
	labels := strings.Split(host, ".")
	if len(labels) < 2 {
		return false
	}
	for _, label := range labels {
		if !validLabel(label) {
			return false
		}
	}
	return topLevel(labels[len(labels)-1])
}

// validLabel accepts letters of any script, digits and inner hyphens. The
// underscore is not a host name's but is met in real ones.
func validLabel(label string) bool {
	if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
		return false
	}
	if strings.HasPrefix(label, "xn--") {
		written := unicodeLabel(label)
		return !isASCII(written) && validLabel(written)
	}
	for _, r := range label {
		ascii := r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_'
		if !ascii && (r < 0x80 || !unicode.In(r, unicode.Letter, unicode.Mark, unicode.Nd)) {
			return false
		}
	}
	return true
}

func topLevel(label string) bool {
	for _, name := range reserved {
		if label == name {
			return false
		}
	}
	if strings.HasPrefix(label, "xn--") {
		return len(label) > 4
	}
	letters := 0
	for _, r := range label {
		if !unicode.In(r, unicode.Letter, unicode.Mark) {
			return false
		}
		letters++
	}
	return letters >= 2
}
