package state

import (
	"slices"
	"strconv"
	"strings"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// compose opens the form on a draft. A form that is open closes first; what was
// written in it is kept.
func compose(s State, d replica.DraftNote) (State, []Effect) {
	s, effects := shut(s)
	if len(d.Sources) == 0 {
		d.Sources = []annotation.Source{{}}
	}
	d.Open = true
	s.Article = s.Article.ready()
	s.Composer = &Composer{Draft: d, Typed: written(d), Saved: true}
	if d.Kind != replica.NewNote {
		id := d.ID
		if d.Kind == replica.ReplyTo {
			id = d.ReplyTo
		}
		if base, ok := find(s.Notes, id); ok {
			s.Composer.Base = &base
		}
	}
	s.Open, s.Sheet, s.Picker.Open, s.Moving = "", true, false, ""
	s = judge(settle(s))
	if at := s.Composer.Place; at != nil && at.Status != anchor.Orphan {
		span := at.Span()
		effects = append(effects, Show{Span: &span})
	}
	return s, append(effects, HoldDraft{ID: d.ID}, FillForm{Draft: s.Composer.Draft}, Focus{FocusTarget{Kind: FocusText}}, CheckRoom{})
}

// shut closes the form and keeps what was written as a draft that stays closed.
func shut(s State) (State, []Effect) {
	if s.Composer == nil {
		return s, nil
	}
	d, posted, base := s.Composer.Draft, s.Composer.Posted, s.Composer.Base
	if s.Composer.Elsewhere {
		s.Composer = nil
		return s, nil // it is not ours to save or to erase
	}
	s.Composer = nil
	if posted {
		// It is on its way to the outbox, which erases the draft: saving it now
		// would bring it back beside its note.
		return s, nil
	}
	d.Open = false
	if !written(d) || d.Kind == replica.EditNote && base != nil && unchanged(d, *base) {
		s.Drafts = without(s.Drafts, d.ID)
		return s, []Effect{EraseDraft{ID: d.ID}}
	}
	s.Drafts = append([]replica.DraftNote{d}, without(s.Drafts, d.ID)...)
	return s, []Effect{SaveDraft{Draft: d}}
}

func without(drafts []replica.DraftNote, id string) []replica.DraftNote {
	return slices.DeleteFunc(slices.Clone(drafts), func(d replica.DraftNote) bool { return d.ID == id })
}

// written reports whether a draft holds anything of the reader's.
func written(d replica.DraftNote) bool {
	if d.Kind == replica.EditNote || strings.TrimSpace(d.Text) != "" || d.Appeal != "" {
		return true
	}
	return slices.ContainsFunc(d.Sources, func(src annotation.Source) bool { return src != annotation.Source{} })
}

// judge checks the open form by the policy.
func judge(s State) State {
	c := *s.Composer
	_, rows := NoteOf(c.Draft)
	c.Verdict = verdictOn(s, c.Draft)
	c.Shared = moderation.Connecting(s.Policy, moderation.Note{Note: annotation.Note{Text: c.Draft.Text}}, subjectOf(s, c.Draft), mostShared)
	for i, f := range c.Verdict.Findings {
		c.Verdict.Findings[i].Field = formField(f.Field, rows)
	}
	s.Composer = &c
	return s
}

// mostShared is how many connecting words are shown.
const mostShared = 4

// verdictOn judges a draft by the policy.
func verdictOn(s State, d replica.DraftNote) moderation.Verdict {
	note, _ := NoteOf(d)
	return moderation.Check(s.Policy, moderation.Note{Note: note, Nickname: s.Reader.Nickname}, subjectOf(s, d))
}

func subjectOf(s State, d replica.DraftNote) moderation.Subject {
	return moderation.Subject{Article: s.Article.Topic, Quote: d.Quote, Self: []string{s.Article.URL}}
}

// NoteOf is what would be posted: the draft without its empty sources. rows
// holds, for each source of the note, its row in the form.
func NoteOf(d replica.DraftNote) (n annotation.Note, rows []int) {
	n = annotation.Note{Text: d.Text, Stance: d.Stance, ReplyTo: d.ReplyTo}
	for i, src := range d.Sources {
		src.URL, src.Passage = strings.TrimSpace(src.URL), strings.TrimSpace(src.Passage)
		if src == (annotation.Source{}) {
			continue
		}
		n.Sources = append(n.Sources, src)
		rows = append(rows, i)
	}
	return n, rows
}

// formField turns a finding's field, which counts the note's sources, into the
// form's, which counts its rows.
func formField(field string, rows []int) string {
	rest, ok := strings.CutPrefix(field, "sources/")
	if !ok {
		return field
	}
	number, part, _ := strings.Cut(rest, "/")
	if i, err := strconv.Atoi(number); err == nil && i < len(rows) {
		return "sources/" + strconv.Itoa(rows[i]) + "/" + part
	}
	return field
}
