package moderation

import (
	"strings"
	"unicode/utf8"

	"marginalia/app/annotation"
)

// maxMarked is how much of what is over a limit is marked.
const maxMarked = 500

// form judges a note's measures, in the limits that the whole system keeps.
func (j *job) form() {
	if strings.TrimSpace(j.note.Text) == "" {
		j.add(hit{rule: ruleLength, kase: "empty", field: "text"})
	}
	for _, f := range j.fields {
		switch {
		case f.name == "text":
			j.over(f, "", annotation.MaxText)
		case f.name == "nickname":
			j.over(f, "nickname", annotation.MaxNickname)
		default:
			j.over(f, "passage", annotation.MaxPassage)
		}
	}
	for i, src := range j.note.Sources {
		if len(src.URL) > annotation.MaxURL {
			runes := utf8.RuneCountInString(src.URL)
			j.add(hit{
				rule: ruleLength, kase: "url", field: sourceField(i, "url"), n: len(src.URL), max: annotation.MaxURL,
				end: min(runes, maxMarked), quote: string([]rune(src.URL)[:min(runes, maxMarked)]),
			})
		}
	}
	if n := len(j.note.Sources); n > annotation.MaxSources {
		j.add(hit{rule: ruleLength, kase: "sources", field: sourceField(annotation.MaxSources, "url"), n: n, max: annotation.MaxSources})
	}
}

// over marks what stands beyond the limit of a field.
func (j *job) over(f *field, kase string, limit int) {
	if n := len(f.runes); n > limit {
		j.mark(f, hit{rule: ruleLength, kase: kase, n: n, max: limit}, limit, min(n, limit+maxMarked))
	}
}
