package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marginalia/app/article"
)

// noticeMark is the block that starts a newspaper's notice about comments, and
// maxNotice the number of blocks that may follow it.
const (
	noticeMark = "COMMENTS"
	maxNotice  = 3
)

// cutNotice drops a trailing comment notice. A block "COMMENTS" with more behind
// it is a part of the article.
func cutNotice(blocks []article.Block) []article.Block {
	for i := max(len(blocks)-1-maxNotice, 0); i < len(blocks); i++ {
		if article.Canonical(blocks[i].Text) == noticeMark {
			return blocks[:i]
		}
	}
	return blocks
}

// titleOf is a file's name in words: "harbour-ferry.txt" is "Harbour ferry".
func titleOf(name string) string {
	words := strings.FieldsFunc(article.BaseName(name), func(r rune) bool {
		return r == '-' || r == '_' || unicode.IsSpace(r)
	})
	title := article.Canonical(strings.Join(words, " "))
	if title == "" {
		return "Article"
	}
	first, n := utf8.DecodeRuneInString(title)
	return string(unicode.ToTitle(first)) + title[n:]
}
