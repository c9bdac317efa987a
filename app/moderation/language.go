package moderation

import (
	"slices"
	"strings"
	"unicode"
)

// How much text it takes to hold a note for its language.
const (
	leastLetters = 8  // to name its script
	leastGuess   = 8  // words, to name its language
	leastUnsure  = 20 // different words, to say that it is none of those known
)

// language is one that a policy can list.
type language struct {
	tag     string
	name    string // in itself
	scripts []*unicode.RangeTable
}

// languages are those that can be told apart: by their common words (see
// languages.txt) or by their script alone. Each script costs its table in the
// browser, so the list stops where newspapers do.
var languages = []language{
	{"en", "English", latin},
	{"es", "español", latin},
	{"fr", "français", latin},
	{"de", "Deutsch", latin},
	{"it", "italiano", latin},
	{"pt", "português", latin},
	{"nl", "Nederlands", latin},
	{"tr", "Türkçe", latin},
	{"pl", "polski", latin},
	{"sv", "svenska", latin},
	{"da", "dansk", latin},
	{"no", "norsk", latin},
	{"fi", "suomi", latin},
	{"hu", "magyar", latin},
	{"ro", "română", latin},
	{"cs", "čeština", latin},
	{"id", "bahasa Indonesia", latin},
	{"vi", "Tiếng Việt", latin},
	{"ru", "русский", []*unicode.RangeTable{unicode.Cyrillic}},
	{"uk", "українська", []*unicode.RangeTable{unicode.Cyrillic}},
	{"bg", "български", []*unicode.RangeTable{unicode.Cyrillic}},
	{"sr", "српски", []*unicode.RangeTable{unicode.Cyrillic, unicode.Latin}},
	{"ar", "العربية", []*unicode.RangeTable{unicode.Arabic}},
	{"fa", "فارسی", []*unicode.RangeTable{unicode.Arabic}},
	{"ur", "اردو", []*unicode.RangeTable{unicode.Arabic}},
	{"he", "עברית", []*unicode.RangeTable{unicode.Hebrew}},
	{"el", "ελληνικά", []*unicode.RangeTable{unicode.Greek}},
	{"hy", "հայերեն", []*unicode.RangeTable{unicode.Armenian}},
	{"ka", "ქართული", []*unicode.RangeTable{unicode.Georgian}},
	{"zh", "中文", []*unicode.RangeTable{unicode.Han}},
	{"ja", "日本語", []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana}},
	{"ko", "한국어", []*unicode.RangeTable{unicode.Hangul, unicode.Han}},
	{"hi", "हिन्दी", []*unicode.RangeTable{unicode.Devanagari}},
	{"bn", "বাংলা", []*unicode.RangeTable{unicode.Bengali}},
	{"pa", "ਪੰਜਾਬੀ", []*unicode.RangeTable{unicode.Gurmukhi}},
	{"gu", "ગુજરાતી", []*unicode.RangeTable{unicode.Gujarati}},
	{"ta", "தமிழ்", []*unicode.RangeTable{unicode.Tamil}},
	{"te", "తెలుగు", []*unicode.RangeTable{unicode.Telugu}},
	{"kn", "ಕನ್ನಡ", []*unicode.RangeTable{unicode.Kannada}},
	{"ml", "മലയാളം", []*unicode.RangeTable{unicode.Malayalam}},
	{"si", "සිංහල", []*unicode.RangeTable{unicode.Sinhala}},
	{"th", "ไทย", []*unicode.RangeTable{unicode.Thai}},
	{"km", "ខ្មែរ", []*unicode.RangeTable{unicode.Khmer}},
	{"my", "မြန်မာ", []*unicode.RangeTable{unicode.Myanmar}},
	{"am", "አማርኛ", []*unicode.RangeTable{unicode.Ethiopic}},
}

var latin = []*unicode.RangeTable{unicode.Latin}

// languageOf is the language of a tag.
func languageOf(tag string) (language, bool) {
	i := slices.IndexFunc(languages, func(l language) bool { return l.tag == tag })
	if i < 0 {
		return language{}, false
	}
	return languages[i], true
}

// tongue guesses the language of the text. English that is cut up or glued
// together can look like any other: what it reads as then decides.
func (j *job) tongue(text *field) {
	words := slices.Values(j.tokens)
	if slices.ContainsFunc(text.plain, func(r rune) bool { return visible(r) < 0 }) {
		words = tokens(strings.Map(visible, string(text.plain)))
	}
	j.guess = guessOf(j.lend, words)
	j.lang = j.guess.tag
	if !j.foreign() || j.p.known() == nil {
		return
	}
	g := j.p.page(text)
	read := guessOf(j.lend, func(yield func(token) bool) {
		for _, w := range g.words {
			if !yield(newToken(w.best)) {
				return
			}
		}
	})
	if read.tag == lexiconLanguage && 3*read.known[lexiconLanguage] >= read.kinds {
		j.guess, j.lang = read, read.tag
	}
}

// visible drops what takes no room.
func visible(r rune) rune {
	if r >= 0x80 && unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// language holds a text that the policy's languages do not cover: by its
// script, by its common words, or because it has hardly any of theirs.
func (j *job) language() {
	switch {
	case j.unreadScript():
		j.add(hit{rule: ruleUnknown, field: "text"})
	case j.lang != "":
		if j.guess.words >= leastGuess && !slices.Contains(j.p.doc.Languages, j.lang) {
			l, _ := languageOf(j.lang)
			j.add(hit{rule: ruleUnknown, kase: "language", field: "text", language: l.name})
		}
	case j.guess.kinds >= leastUnsure && !j.familiar():
		j.add(hit{rule: ruleUnknown, kase: "unsure", field: "text"})
	}
}

// unreadScript reports whether most letters are of scripts that no language of
// the policy is written in.
func (j *job) unreadScript() bool { return j.outside(j.p.scripts) }

// outside reports whether most letters are of none of the scripts, nor of those
// that all scripts share.
func (j *job) outside(scripts []*unicode.RangeTable) bool {
	letters, other := 0, 0
	for _, r := range j.fields[0].plain {
		if r < 0x80 && !isWordRune(r) || !unicode.IsLetter(r) {
			continue
		}
		letters++
		if !unicode.In(r, scripts...) && !unicode.Is(unicode.Common, r) {
			other++
		}
	}
	return letters >= leastLetters && 2*other > letters
}

// familiar reports whether one in twelve of the different words is a common one of
// a language that the policy lists, or whether one of those languages has no
// common words here to go by.
func (j *job) familiar() bool {
	for _, tag := range j.p.doc.Languages {
		if 12*j.guess.known[tag] >= j.guess.kinds || !slices.Contains(languageGuide().tags, tag) {
			return true
		}
	}
	return false
}

// languageNames are the policy's languages as they call themselves.
func (p *Policy) languageNames() string {
	names := make([]string, len(p.doc.Languages))
	for i, tag := range p.doc.Languages {
		l, _ := languageOf(tag)
		names[i] = l.name
	}
	return strings.Join(names, ", ")
}
