package ingest

import (
	"strings"
	"unicode"

	"marginalia/app/article"
)

// sample is how many bytes of each block are looked at for its language.
const sample = 2000

// detectLanguage guesses a BCP 47 tag from the script with the most letters and,
// within a script, from letters or small words that only one language uses. It
// knows few languages; the answer for all others in Latin script is "en".
func detectLanguage(blocks []article.Block) string {
	letters := map[string]int{} // by script
	words := map[string]int{}
	for _, b := range blocks {
		text := strings.ToLower(b.Text[:min(len(b.Text), sample)])
		for _, r := range text {
			if s := scriptOf(r); s != "" {
				letters[s]++
			}
		}
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			words[word]++
		}
	}
	text := func(chars string) int { return count(blocks, chars) }
	switch script := most(letters); script {
	case "han", "kana":
		if letters["kana"]*10 > letters["han"] {
			return "ja"
		}
		return "zh"
	case "arabic":
		switch n := letters[script]; {
		case text("ٹڈڑںےہ")*50 > n:
			return "ur"
		case text("پچژگکی")*25 > n:
			return "fa"
		}
		return "ar"
	case "cyrillic":
		if text("іїє") > text("ыэъё") {
			return "uk"
		}
		return "ru"
	case "latin", "":
		return byWords(words)
	default:
		return script // the only language that is told apart in it
	}
}

// scriptOf names the script of a letter. A script that stands for one language
// here has that language's tag as its name.
func scriptOf(r rune) string {
	switch {
	case !unicode.IsLetter(r):
		return ""
	case unicode.Is(unicode.Latin, r):
		return "latin"
	case unicode.Is(unicode.Han, r):
		return "han"
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return "kana"
	case unicode.Is(unicode.Arabic, r):
		return "arabic"
	case unicode.Is(unicode.Cyrillic, r):
		return "cyrillic"
	case unicode.Is(unicode.Hebrew, r):
		return "he"
	case unicode.Is(unicode.Hangul, r):
		return "ko"
	case unicode.Is(unicode.Greek, r):
		return "el"
	case unicode.Is(unicode.Devanagari, r):
		return "hi"
	case unicode.Is(unicode.Thai, r):
		return "th"
	}
	return ""
}

// most is the key with the highest count, the first by name among equals.
func most(counts map[string]int) string {
	best := ""
	for key, n := range counts {
		if n > counts[best] || n == counts[best] && key < best {
			best = key
		}
	}
	return best
}

// count is how often any of chars occurs in the samples of blocks.
func count(blocks []article.Block, chars string) int {
	n := 0
	for _, b := range blocks {
		for _, r := range strings.ToLower(b.Text[:min(len(b.Text), sample)]) {
			if strings.ContainsRune(chars, r) {
				n++
			}
		}
	}
	return n
}

// byWords lets the commonest small words of each language vote. English wins a
// draw and when nobody votes.
func byWords(words map[string]int) string {
	best, bestVotes := "en", 0
	for _, l := range []struct{ tag, words string }{
		{"en", "the and of to in that is was for with said from it as by"},
		{"es", "el los las que en del una por con para se y es su como"},
		{"fr", "le les des et est une dans que pour qui sur au du la il"},
		{"de", "der die und das nicht ist den mit von für ein eine auf im sich"},
		{"it", "il che di non della per una sono gli con del nel è anche la"},
		{"pt", "os que não uma com para do da em dos no na ao mais as"},
		{"nl", "het een van en de niet dat met voor zijn op te is aan er"},
		{"sv", "och att det som en på är av för den med till inte har ett"},
		{"pl", "i w nie na się że z do jest to o jak po ale od"},
		{"tr", "ve bir bu için da de ile çok daha gibi olarak olan ne en kadar"},
	} {
		votes := 0
		for word := range strings.FieldsSeq(l.words) {
			votes += words[word]
		}
		if votes > bestVotes {
			best, bestVotes = l.tag, votes
		}
	}
	return best
}
