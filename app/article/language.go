package article

import "strings"

// maxLanguage is the length that RFC 5646 tells software to have room for.
const maxLanguage = 35

// ValidLanguage reports whether tag has the form of a BCP 47 language tag. It
// does not look subtags up in the registry.
func ValidLanguage(tag string) bool {
	if len(tag) > maxLanguage {
		return false
	}
	for i, part := range strings.Split(tag, "-") {
		if len(part) < 1 || len(part) > 8 || i == 0 && len(part) < 2 {
			return false
		}
		for _, r := range part {
			letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
			if !letter && (i == 0 || r < '0' || r > '9') {
				return false
			}
		}
	}
	return true
}

// Direction is the writing direction of a language, "rtl" or "ltr", as the dir
// attribute of HTML wants it. A script in the tag outweighs the language.
func Direction(language string) string {
	parts := strings.Split(strings.ToLower(language), "-")
	for _, part := range parts[1:] {
		if len(part) == 1 {
			break // an extension or private use: no script behind it
		}
		if len(part) == 4 && (part[0] < '0' || part[0] > '9') {
			return directionOfScript(part)
		}
	}
	switch parts[0] {
	case "ar", "fa", "ur", "he", "iw", "yi", "ps", "dv", "ug", "ckb", "syr", "sd", "arc":
		return "rtl"
	}
	return "ltr"
}

func directionOfScript(script string) string {
	switch script {
	case "arab", "aran", "hebr", "syrc", "thaa", "nkoo", "adlm":
		return "rtl"
	}
	return "ltr"
}
