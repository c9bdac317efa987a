// Package claims finds the sentences of an article that are worth checking: those
// that say something about the world which is either so or not, and which matters.
//
// A small linear model looks at each sentence by itself in three ways: its words,
// the letters within them, and its shape (figures, names, tense, who speaks). It
// computes on integers only, so a device and a server give the same scores. It
// knows English alone and says nothing of articles in other languages. Its weights
// are no part of this package: they come as bytes, made by cmd/train from the
// ClaimBuster data (Arslan et al., ICWSM 2020).
//
//	m, err := claims.Parse(data)
//	for _, c := range claims.Worth(m.Find(rev), 5) { … }
package claims

import (
	"cmp"
	"slices"
	"strings"

	"marginalia/app/article"
	"marginalia/app/textpos"
)

// Claim is a sentence of a revision. Its JSON form is {"start", "end", "text",
// "score"}, with offsets in code points of the canonical text.
type Claim struct {
	textpos.Span

	Text  string `json:"text"`
	Score Score  `json:"score"`
}

// Knows reports whether the model can judge texts in a language, a BCP 47 tag.
func Knows(language string) bool {
	primary, _, _ := strings.Cut(strings.ToLower(language), "-")
	return primary == "en"
}

// Find scores every sentence of rev, best first; of equals the earlier comes
// first. Headings are left out: they say in short what the text says in full. The
// answer is nil when the language is not known (see [Knows]).
func (m *Model) Find(rev article.Revision) []Claim {
	if !Knows(rev.Language) {
		return nil
	}
	var all []Claim
	for _, s := range rev.Sentences() {
		if rev.Blocks[s.Block].Kind != article.Heading {
			all = append(all, Claim{Span: s.Span, Text: s.Text, Score: m.Score(s.Text)})
		}
	}
	slices.SortStableFunc(all, func(a, b Claim) int { return cmp.Compare(b.Score, a.Score) })
	return all
}

// Worth is those at the head of a list from [Model.Find] that are worth checking,
// at most n.
func Worth(found []Claim, n int) []Claim {
	end := 0
	for end < min(n, len(found)) && found[end].Score >= Half {
		end++
	}
	return found[:end:end]
}
