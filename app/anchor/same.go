package anchor

import "strings"

// SameWords reports whether a and b differ at most in what [Text.Locate] leaves
// out of account: letter case, white space, quotation marks, dashes, normalisation
// form.
func SameWords(a, b string) bool {
	return a == b || strings.TrimSpace(fold(a).text) == strings.TrimSpace(fold(b).text)
}
