package moderation

import "unicode"

// least is how many letters it takes to name a text's script.
const leastLetters = 8

// script is a way of writing that a policy can name.
type script struct {
	name  string
	table *unicode.RangeTable
}

// scripts are the scripts that can be told apart. Each costs its table in the
// browser, so the list stops where newspapers do.
var scripts = []script{
	{"Latin", unicode.Latin},
	{"Arabic", unicode.Arabic},
	{"Hebrew", unicode.Hebrew},
	{"Cyrillic", unicode.Cyrillic},
	{"Greek", unicode.Greek},
	{"Armenian", unicode.Armenian},
	{"Georgian", unicode.Georgian},
	{"Han", unicode.Han},
	{"Hiragana", unicode.Hiragana},
	{"Katakana", unicode.Katakana},
	{"Hangul", unicode.Hangul},
	{"Devanagari", unicode.Devanagari},
	{"Bengali", unicode.Bengali},
	{"Gurmukhi", unicode.Gurmukhi},
	{"Gujarati", unicode.Gujarati},
	{"Tamil", unicode.Tamil},
	{"Telugu", unicode.Telugu},
	{"Kannada", unicode.Kannada},
	{"Malayalam", unicode.Malayalam},
	{"Sinhala", unicode.Sinhala},
	{"Thai", unicode.Thai},
	{"Khmer", unicode.Khmer},
	{"Myanmar", unicode.Myanmar},
	{"Ethiopic", unicode.Ethiopic},
}

// language holds a text whose letters are mostly of scripts that the policy
// does not list: no rule here could read it.
func (j *job) language() {
	f := j.fields[0]
	letters, unread := 0, 0
	for _, r := range f.plain {
		if r < 0x80 && !isWordRune(r) || !unicode.IsLetter(r) {
			continue
		}
		letters++
		if !j.reads(r) {
			unread++
		}
	}
	if letters >= leastLetters && 2*unread > letters {
		j.add(hit{rule: ruleUnknown, field: "text"})
	}
}

// reads reports whether r is of a script that the policy lists, or of none in
// particular.
func (j *job) reads(r rune) bool {
	for _, s := range j.p.scripts {
		if unicode.Is(s.table, r) {
			return true
		}
	}
	return unicode.Is(unicode.Common, r)
}
