package moderation

import (
	"errors"
	"strings"
	"unicode/utf8"

	"marginalia/app/annotation"
	"marginalia/app/source"
)

// sources judges whether a note has a source that a reader can follow.
func (j *job) sources() {
	given := 0
	for _, src := range j.note.Sources {
		if strings.TrimSpace(src.URL) != "" || strings.TrimSpace(src.Passage) != "" {
			given++
		}
	}
	if given == 0 {
		j.missing()
		return
	}
	for i, src := range j.note.Sources {
		j.address(sourceField(i, "url"), src.URL)
	}
}

// missing is lighter where there may be nothing to cite yet.
func (j *job) missing() {
	h := hit{rule: ruleMissing, field: sourceField(0, "url")}
	switch {
	case j.note.ReplyTo != "":
		h.kase, h.limit = "reply", Hint
	case j.note.Stance == annotation.Question:
		h.kase, h.limit = "question", Hint
	}
	j.add(h)
}

func (j *job) address(field, raw string) {
	if len(raw) > annotation.MaxURL {
		return // a matter of length
	}
	h := hit{rule: ruleInvalid, field: field, end: utf8.RuneCountInString(raw), quote: string([]rune(raw))}
	src, err := source.Parse(raw)
	switch {
	// The article's own page first: on a machine of one's own it has no public host.
	case (err == nil || errors.Is(err, source.ErrPrivate)) && src.IsSelf(j.subject.Self):
		h.rule = ruleSelf
	case err == nil && src.Shortened(j.p.doc.Shorteners...):
		h.rule = ruleShortened
	case err == nil:
		return
	default:
		h.kase = addressCase(err)
	}
	j.add(h)
}

func addressCase(err error) string {
	switch {
	case errors.Is(err, source.ErrEmpty):
		return "empty"
	case errors.Is(err, source.ErrScheme):
		return "scheme"
	case errors.Is(err, source.ErrLogin):
		return "login"
	case errors.Is(err, source.ErrPrivate):
		return "private"
	}
	return ""
}
