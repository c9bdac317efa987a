package moderation

import "strings"

// quoteMarks pairs the quotation marks that open with those that close.
var quoteMarks = map[rune]string{
	'"': `"`, '“': `”"“`, '„': `“”"`, '«': `»`, '»': `«»`, '‘': `’'`, '\'': `'’`, '”': `”`,
}

// maxQuotation is the length of the longest quotation that is looked for.
const maxQuotation = 1000

// quotations finds the insides of quotation marks on one line each.
func quotations(text []rune) []span {
	var list []span
	for i := 0; i < len(text); i++ {
		// An apostrophe stands inside a word or at its end.
		if !quoteOpeners.has(text[i]) || i > 0 && isWordRune(text[i-1]) {
			continue
		}
		closing := quoteMarks[text[i]]
		single := singleMarks.has(text[i])
		for k := i + 1; k < min(len(text), i+maxQuotation) && text[k] != '\n'; k++ {
			if !strings.ContainsRune(closing, text[k]) || single && k+1 < len(text) && isWordRune(text[k+1]) {
				continue
			}
			list = append(list, span{i + 1, k})
			i = k
			break
		}
	}
	return list
}

// says reports whether the words of quoted stand in the claim or the article.
// What an ellipsis parts may stand apart.
func (s Subject) says(quoted string) bool {
	quoted = strings.ReplaceAll(quoted, "...", "…")
	any := false
	for part := range strings.SplitSeq(quoted, "…") {
		words := joinWords(part)
		if words == " " {
			continue
		}
		if !strings.Contains(joinWords(s.Quote), words) && (s.Article == nil || !strings.Contains(s.Article.joined, words)) {
			return false
		}
		any = true
	}
	return any
}
