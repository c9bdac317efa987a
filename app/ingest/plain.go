package ingest

import (
	"strings"
	"time"

	"marginalia/app/article"
	"marginalia/app/textpos"
)

// maxTitle is the length of the longest first block that is taken for a title.
const maxTitle = 120

// Plain reads plain text. When a blank line lies between its lines, the blocks
// between blank lines are the paragraphs, else each line is one. The first is
// the title, and a heading, when it has at most 120 code points and no full stop
// at its end and another follows; else the title is the file's name in words. A
// trailing comment notice is not article text: a block "COMMENTS" that at most
// three others follow.
func Plain(name string, data []byte, now time.Time) (Result, error) {
	text, err := decode(name, data)
	if err != nil {
		return Result{}, err
	}
	var blocks []article.Block
	for _, text := range paragraphs(text) {
		blocks = append(blocks, article.Block{Kind: article.Paragraph, Text: text})
	}
	blocks = cutNotice(blocks)
	if len(blocks) > 1 && isTitle(blocks[0].Text) {
		blocks[0].Kind, blocks[0].Level = article.Heading, 1
	}
	return finish(name, draft{blocks: blocks}, now)
}

// paragraphs cuts text at blank lines if it has any inside, else at every line
// end. Its results are canonical and never empty.
func paragraphs(text string) []string {
	var byLine, byBlank []string
	var open []string // the lines since the last blank one
	blankInside, blankSeen := false, false
	for line := range strings.SplitSeq(text, "\n") {
		line = article.Canonical(line)
		if line == "" {
			blankSeen = len(byLine) > 0
			byBlank, open = appendJoined(byBlank, open), nil
			continue
		}
		blankInside = blankInside || blankSeen
		byLine, open = append(byLine, line), append(open, line)
	}
	if blankInside {
		return appendJoined(byBlank, open)
	}
	return byLine
}

func appendJoined(paragraphs, lines []string) []string {
	if len(lines) == 0 {
		return paragraphs
	}
	return append(paragraphs, strings.Join(lines, " "))
}

func isTitle(text string) bool {
	return textpos.Count(text) <= maxTitle && !strings.HasSuffix(text, ".")
}
