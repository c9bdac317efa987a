package moderation

import "strings"

// charset is a few characters that texts are searched for one by one: whether an
// ASCII character is among them takes two instructions.
type charset struct {
	ascii [2]uint64
	other string
}

func charsOf(list string) charset {
	var c charset
	for _, r := range list {
		if r < 0x80 {
			c.ascii[r>>6] |= 1 << (r & 63)
		} else {
			c.other += string(r)
		}
	}
	return c
}

func (c *charset) has(r rune) bool {
	if r >= 0 && r < 0x80 {
		return c.ascii[r>>6]>>(r&63)&1 != 0
	}
	return c.other != "" && strings.ContainsRune(c.other, r)
}

var (
	// sentenceEnds part sentences, and headings and quotations from what follows.
	sentenceEnds = charsOf(".!?:\n\"“")
	// lineEnds part the sentences and lines that may come again.
	lineEnds = charsOf("\n.!?")
	// phraseEnds stand inside no phrase.
	phraseEnds = charsOf("!?;:()")
	// letterEnds stand between no letters of one word.
	letterEnds = charsOf("!?;()" + string(blank))
	// letterSigns stand for letters at the ends of a word.
	letterSigns  = charsOf("@$")
	joinerSigns  = charsOf(joiners)
	edgeSigns    = charsOf(signs)
	shouts       = charsOf("!?！？¡¿")
	singleMarks  = charsOf("‘'")
	quoteOpeners = charsOf("\"“„«»‘'”")
	linkStarts   = charsOf("hHwW")
	linkEnds     = charsOf(`<>"“”«»`)
	wordInner    = charsOf("-'’")
	opening      = charsOf("[({")
	mailSigns    = charsOf("._%+-'")
)
