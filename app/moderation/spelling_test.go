package moderation

import (
	"math/rand/v2"
	"strings"
	"unicode"
)

// disguise is a way to write a text so that people read it and filters do not.
type disguise struct {
	name  string
	write func(r *rand.Rand, text string) string
}

// disguises are the ways that are known from comment sections. Each is applied
// to every word that is long enough for it, so civil words are disguised too.
var disguises = []disguise{
	{"digits for letters", byLetter(swapIn("aeiost", "431057"))},
	{"signs for letters", byLetter(swapIn("asei", "@$€!"))},
	{"Cyrillic", byLetter(swapIn("aceopxyijs", "асеорхуіјѕ"))},
	{"Greek", byLetter(swapIn("aeiknopuvxy", "αεικηορυνχγ"))},
	{"fullwidth", byLetter(shifted('Ａ', 'ａ'))},
	{"mathematical bold", byLetter(shifted(0x1D400, 0x1D41A))},
	{"mathematical script", byLetter(shifted(0x1D4D0, 0x1D4EA))},
	{"boxed", byLetter(shifted(0x1F130, 0x1F130))},
	{"small capitals", byLetter(swapIn("abcdeghjklmnoprtuvwyz", "ᴀʙᴄᴅᴇɢʜᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ"))},
	{"accents", byLetter(swapIn("aeioucnsy", "áèîöüçñšÿ"))},
	{"stacked marks", byLetter(func(r *rand.Rand, l rune) string {
		return string([]rune{l, 0x300 + rune(r.IntN(0x20)), 0x316 + rune(r.IntN(0x20)), 0x334})
	})},
	{"mocking case", byLetter(func(r *rand.Rand, l rune) string {
		if r.IntN(2) == 0 {
			return string(unicode.ToUpper(l))
		}
		return string(unicode.ToLower(l))
	})},
	{"spaced letters", func(_ *rand.Rand, text string) string {
		return strings.Join(eachLetter(strings.Join(strings.Fields(text), "  ")), " ")
	}},
	{"spaced words", byWord(4, joinedBy(" "))},
	{"dots", byWord(4, joinedBy("."))},
	{"hyphens", byWord(4, joinedBy("-"))},
	{"underscores", byWord(4, joinedBy("_"))},
	{"stars", byWord(4, joinedBy("*"))},
	{"apostrophes", byWord(4, joinedBy("'"))},
	{"quotation marks", byWord(4, joinedBy("”"))},
	{"emoji", byWord(4, joinedBy("🙂"))},
	{"zero-width spaces", byWord(2, joinedBy("\u200b"))},
	{"soft hyphens", byWord(2, joinedBy("\u00ad"))},
	{"one space", byWord(5, func(r *rand.Rand, w string) string {
		at := 2 + r.IntN(len(w)-3)
		return w[:at] + " " + w[at:]
	})},
	{"stretched", byWord(4, func(r *rand.Rand, w string) string {
		at := r.IntN(len(w))
		return w[:at] + strings.Repeat(w[at:at+1], 3+r.IntN(4)) + w[at+1:]
	})},
	{"doubled", byWord(5, func(r *rand.Rand, w string) string {
		at := 1 + r.IntN(len(w)-1)
		return w[:at] + w[at:at+1] + w[at:]
	})},
	{"swapped letters", byWord(4, func(r *rand.Rand, w string) string {
		at := 1 + r.IntN(len(w)-2)
		return w[:at] + w[at+1:at+2] + w[at:at+1] + w[at+2:]
	})},
	{"dropped letter", byWord(5, func(r *rand.Rand, w string) string {
		at := 1 + r.IntN(len(w)-2)
		return w[:at] + w[at+1:]
	})},
	{"dropped vowel", byWord(4, onVowel(""))},
	{"starred vowel", byWord(4, onVowel("*"))},
	{"starred inside", byWord(5, func(_ *rand.Rand, w string) string {
		return w[:1] + strings.Repeat("*", min(2, len(w)-2)) + w[1+min(2, len(w)-2):]
	})},
	{"missing spaces", func(_ *rand.Rand, text string) string {
		words := strings.Fields(text)
		for i := 0; i+1 < len(words); i += 2 {
			words[i] += words[i+1]
			words[i+1] = ""
		}
		return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
	}},
	{"three words in one", func(r *rand.Rand, text string) string {
		words := strings.Fields(text)
		at := r.IntN(len(words) - 3)
		return strings.Join(words[:at], " ") + " " + strings.Join(words[at:at+3], "") + " " + strings.Join(words[at+3:], " ")
	}},
	{"no spaces", func(_ *rand.Rand, text string) string { return strings.ReplaceAll(text, " ", "") }},
	{"one space to a letter", func(_ *rand.Rand, text string) string {
		return strings.Join(eachLetter(strings.ReplaceAll(text, " ", "")), " ")
	}},
}

// disguised is text written in a disguise, the same each time.
func (d *disguise) disguised(text string) string {
	return d.write(rand.New(rand.NewPCG(uint64(len(d.name)), uint64(len(text)))), text)
}

func eachLetter(text string) []string { return strings.Split(text, "") }

// byLetter writes each Latin letter by itself.
func byLetter(write func(*rand.Rand, rune) string) func(*rand.Rand, string) string {
	return func(r *rand.Rand, text string) string {
		var b strings.Builder
		for _, l := range text {
			if l < 0x80 && unicode.IsLetter(l) {
				b.WriteString(write(r, l))
			} else {
				b.WriteRune(l)
			}
		}
		return b.String()
	}
}

// byWord writes each word of least letters or more by itself.
func byWord(least int, write func(*rand.Rand, string) string) func(*rand.Rand, string) string {
	return func(r *rand.Rand, text string) string {
		var b strings.Builder
		for text != "" {
			end := strings.IndexFunc(text, func(l rune) bool { return l >= 0x80 || !unicode.IsLetter(l) })
			if end < 0 {
				end = len(text)
			}
			if word := text[:end]; len(word) >= least {
				b.WriteString(write(r, word))
			} else {
				b.WriteString(word)
			}
			rest := strings.IndexFunc(text[end:], func(l rune) bool { return l < 0x80 && unicode.IsLetter(l) })
			if rest < 0 {
				rest = len(text) - end
			}
			b.WriteString(text[end : end+rest])
			text = text[end+rest:]
		}
		return b.String()
	}
}

// swapIn writes the letters of from as those of to.
func swapIn(from, to string) func(*rand.Rand, rune) string {
	other := []rune(to)
	return func(_ *rand.Rand, l rune) string {
		if i := strings.IndexRune(from, unicode.ToLower(l)); i >= 0 {
			return string(other[i])
		}
		return string(l)
	}
}

// shifted writes letters as those of an alphabet that starts at large and small.
func shifted(large, small rune) func(*rand.Rand, rune) string {
	return func(_ *rand.Rand, l rune) string {
		if l >= 'a' {
			return string(small + l - 'a')
		}
		return string(large + l - 'A')
	}
}

func joinedBy(sign string) func(*rand.Rand, string) string {
	return func(_ *rand.Rand, w string) string { return strings.Join(eachLetter(w), sign) }
}

// onVowel writes the first vowel inside a word as sign.
func onVowel(sign string) func(*rand.Rand, string) string {
	return func(_ *rand.Rand, w string) string {
		if at := strings.IndexAny(w[1:len(w)-1], "aeiou"); at >= 0 {
			return w[:1+at] + sign + w[2+at:]
		}
		return w
	}
}
