package moderation

import (
	_ "embed" // the function words
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed words.txt
var wordsFile string

// vocabulary is what is known of words without an article.
type vocabulary struct {
	// languages are the bits of the languages that a function word is of.
	languages *table // by the word's place
	// common holds the stems of English words that say little about a topic.
	common map[string]bool
}

// tags are the languages of words.txt, in the order of their bits.
var tags = [...]string{"en", "es", "fr", "de", "ar"}

// known is words.txt, read once. Each line is a tag and words; the tag "common"
// is for English words that are no function words.
var known = sync.OnceValue(func() vocabulary {
	v := vocabulary{languages: newTable(1024), common: map[string]bool{}}
	for line := range strings.Lines(wordsFile) {
		tag, words, _ := strings.Cut(strings.TrimSpace(line), " ")
		for word := range strings.FieldsSeq(words) {
			if tag == "common" {
				v.common[stem(word)] = true
			}
			for bit, name := range tags {
				if name == tag {
					at := uint64(start.after(word))
					v.languages.set(at, v.languages.get(at)|1<<bit)
				}
			}
		}
	}
	return v
})

// functional reports whether the word with that place is a function word of any
// language.
func functional(at place) bool { return known().languages.get(uint64(at)) != 0 }

// stem strips the endings that change nothing about what a word is about. It
// need not give a word, only the same letters for the same word.
func stem(word string) string {
	if word == "" || digit(rune(word[0])) >= 0 {
		return word
	}
	if r, _ := utf8.DecodeRuneInString(word); r >= 0x600 && r < 0x700 {
		return stemArabic(word)
	}
	word = strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "'")
	for _, rule := range [...]struct {
		end, with string
		least     int // letters that must be left
	}{
		{"ies", "y", 3},
		{"sses", "ss", 2},
		{"xes", "x", 2},
		{"ches", "ch", 2},
		{"shes", "sh", 2},
		{"ations", "at", 3},
		{"ation", "at", 3},
		{"ments", "", 4},
		{"ment", "", 4},
		{"ings", "", 3},
		{"ing", "", 3},
		{"ied", "y", 3},
		{"ed", "", 3},
		{"ly", "", 4},
		{"ers", "", 4},
		{"er", "", 4},
		{"ss", "ss", 2},
		{"us", "us", 2},
		{"is", "is", 2},
		{"s", "", 3},
	} {
		if rest, ok := strings.CutSuffix(word, rule.end); ok && len(rest) >= rule.least {
			word = rest + rule.with
			break
		}
	}
	return undouble(word)
}

// undouble brings "stopp" (of "stopped") and "stop", "hope" and "hop" (of
// "hoping") to the same letters.
func undouble(word string) string {
	word = strings.TrimSuffix(word, "e")
	if n := len(word); n > 3 && word[n-1] == word[n-2] && word[n-1] != 'l' && word[n-1] != 's' {
		return word[:n-1]
	}
	return word
}

// stemArabic drops vowel signs and the article, and writes the letters that
// people exchange as one.
func stemArabic(word string) string {
	var b strings.Builder
	for _, r := range word {
		switch {
		case r >= 0x64B && r <= 0x65F || r == 0x670 || r == 0x640:
		case r == 'أ' || r == 'إ' || r == 'آ':
			b.WriteRune('ا')
		case r == 'ة':
			b.WriteRune('ه')
		case r == 'ى':
			b.WriteRune('ي')
		default:
			b.WriteRune(r)
		}
	}
	plain := b.String()
	for _, prefix := range []string{"وال", "بال", "كال", "فال", "لل", "ال"} {
		if rest, ok := strings.CutPrefix(plain, prefix); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return plain
}
