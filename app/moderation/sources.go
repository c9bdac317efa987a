package moderation

import (
	"errors"
	"slices"
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
	var seen []source.Source
	for i, src := range j.note.Sources {
		if len(src.URL) > annotation.MaxURL {
			continue // a matter of length
		}
		h := hit{field: sourceField(i, "url"), end: utf8.RuneCountInString(src.URL), quote: string([]rune(src.URL))}
		parsed, err := source.Parse(src.URL)
		j.address(h, parsed, err)
		if err != nil {
			continue
		}
		if slices.ContainsFunc(seen, parsed.Same) {
			h.rule = ruleTwice
			j.add(h)
		}
		seen = append(seen, parsed)
	}
	j.passages()
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

// address adds to h what stands against a source, the heaviest there is.
func (j *job) address(h hit, src source.Source, err error) {
	switch {
	// The article's own page first: on a machine of one's own it has no public host.
	case (err == nil || errors.Is(err, source.ErrPrivate)) && src.IsSelf(j.subject.Self):
		h.rule = ruleSelf
	case err != nil:
		h.rule, h.kase = ruleInvalid, addressCase(err)
	default:
		j.cited = true
		j.place(&h, src)
	}
	if h.rule != "" {
		j.add(h)
	}
}

// place judges where an address leads. A copy in an archive stands for the page
// that it is of, but that anyone could write there is no longer its weakness.
func (j *job) place(h *hit, src source.Source) {
	c := j.p.classifier(j.subject.Self)
	class := c.Classify(src)
	own, resembles := class.Own, class.Resembles
	denied := src.On(j.p.doc.Sources.Deny)
	if inner, err := source.Parse(class.Inner); err == nil {
		if inner.IsSelf(j.subject.Self) {
			h.rule = ruleSelf
			return
		}
		of := c.Classify(inner)
		own = own || of.Own
		denied = denied || inner.On(j.p.doc.Sources.Deny)
		if resembles == "" {
			resembles = of.Resembles
		}
	}
	switch {
	case denied:
		h.rule = ruleDenied
	case resembles != "":
		h.rule, h.host = ruleLookalike, resembles
	case class.Kind == source.Shortener:
		h.rule = ruleShortened
	case own:
		h.rule, h.kase, h.limit = ruleSelf, "publisher", Hint
	case class.Kind == source.User:
		h.rule = ruleWeak
	}
}

func (p *Policy) classifier(self []string) *source.Classifier {
	return &source.Classifier{
		Suffixes: p.models.suffixes, Allow: p.doc.Sources.Allow, Users: p.doc.Sources.UserGenerated,
		Shorteners: p.doc.Shorteners, Own: self,
	}
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
