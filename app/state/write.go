package state

import (
	"slices"

	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

// write handles what is typed into the open form.
func write(s State, a Action, in Input) (State, []Effect, bool) {
	c := s.Composer
	if c == nil || c.Elsewhere {
		return s, nil, false
	}
	d := c.Draft
	d.Sources = slices.Clone(d.Sources)
	var effects []Effect
	switch a := a.(type) {
	case TypedText:
		d.Text = a.Text
	case TypedURL:
		if a.Source < 0 || a.Source >= len(d.Sources) {
			return s, nil, true
		}
		d.Sources[a.Source].URL = a.Text
	case TypedPassage:
		if a.Source < 0 || a.Source >= len(d.Sources) {
			return s, nil, true
		}
		d.Sources[a.Source].Passage = a.Text
	case TypedReason:
		d.Appeal = a.Text
	case SetStance:
		d.Stance, s.Stance, s.Prefs.Stance = a.Stance, a.Stance, a.Stance
		effects = append(effects, s.keepPrefs())
	case AddSource:
		if len(d.Sources) >= annotation.MaxSources {
			s.Say = s.said().MostSources.N(annotation.MaxSources)
			return s, nil, true
		}
		d.Sources = append(d.Sources, annotation.Source{})
		effects = append(effects, FillForm{Draft: d}, Focus{FocusTarget{Kind: FocusField, ID: formField("sources/0/url", []int{len(d.Sources) - 1})}})
	case RemoveSource:
		if a.Source < 0 || a.Source >= len(d.Sources) || len(d.Sources) == 1 {
			return s, nil, true
		}
		d.Sources = slices.Delete(d.Sources, a.Source, a.Source+1)
		effects = append(effects, FillForm{Draft: d}, Focus{FocusTarget{Kind: FocusField, ID: formField("sources/0/url", []int{max(a.Source-1, 0)})}})
	case TakeOut:
		return takeOut(s, a.Finding, in)
	case ShowWords:
		return showWords(s, a.Finding)
	default:
		return s, nil, false
	}
	next, saved := edited(s, d, in)
	return next, append(effects, saved...), true
}

// edited puts a changed draft into the form, judges it and has it stored.
func edited(s State, d replica.DraftNote, in Input) (State, []Effect) {
	d.Saved = in.Now
	c := *s.Composer
	c.Draft, c.Saved = d, false
	if c.Posted {
		// The note is on its way as it was; this stays in the form if the way ends.
		s.Composer = &c
		return s, nil
	}
	c.Typed, c.Restored = c.Typed || written(d), false
	s.Composer = &c
	return judge(s), []Effect{SaveDraft{Draft: d}}
}

// takeOut removes the words of a finding from the note's text.
func takeOut(s State, index int, in Input) (State, []Effect, bool) {
	if index < 0 || index >= len(s.Composer.Verdict.Findings) {
		return s, nil, true
	}
	f := s.Composer.Verdict.Findings[index]
	text := []rune(s.Composer.Draft.Text)
	if f.Field != "text" || f.Start >= f.End || f.End > len(text) {
		return s, nil, true
	}
	d := s.Composer.Draft
	d.Text = string(text[:f.Start]) + string(text[f.End:])
	next, effects := edited(s, d, in)
	next.Say = next.said().TakenOut
	return next, append(effects, FillForm{Draft: d}, Focus{FocusTarget{Kind: FocusText}}), true
}

// showWords selects the words of a finding in their field.
func showWords(s State, index int) (State, []Effect, bool) {
	if index < 0 || index >= len(s.Composer.Verdict.Findings) {
		return s, nil, true
	}
	f := s.Composer.Verdict.Findings[index]
	value := fieldValue(s.Composer.Draft, f.Field)
	m := textpos.NewMap(value)
	return s, []Effect{MarkWords{
		Field: f.Field, Start: int(m.ToUTF16(textpos.Rune(f.Start))), End: int(m.ToUTF16(textpos.Rune(f.End))),
	}}, true
}

// fieldValue is what stands in a field of the form.
func fieldValue(d replica.DraftNote, field string) string {
	if field == "text" {
		return d.Text
	}
	for i, src := range d.Sources {
		switch field {
		case formField("sources/0/url", []int{i}):
			return src.URL
		case formField("sources/0/passage", []int{i}):
			return src.Passage
		}
	}
	return ""
}
