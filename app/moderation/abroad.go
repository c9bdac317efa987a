package moderation

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// abroad looks for the words of other languages' lists in a field: of the note's
// own language all, and where that is not plain what means the same in any.
func (j *job) abroad(f *field, g *page) {
	list := j.listed(g)
	if len(list) == 0 {
		return
	}
	list = j.quotedOut(g, prune(list))
	words := 0
	for _, m := range list {
		s := g.span(m)
		j.mark(f, hit{rule: m.term.rule, limit: m.term.limit}, s.start, s.end)
		words += m.last - m.first + 1
	}
	for _, m := range list {
		if !j.p.rules[m.term.rule].Off {
			j.scores.Abuse = max(j.scores.Abuse, m.term.score()+ratio(words, len(g.words))*999/one)
		}
	}
}

// listed finds the terms of the lists that the note's language calls for.
func (j *job) listed(g *page) []match {
	if j.lang == lexiconLanguage {
		return nil
	}
	var found []match
	arabic := slices.ContainsFunc(g.words, func(w word) bool { return isArabic(w.forms[0]) })
	for _, tag := range j.p.doc.Languages {
		if tag == lexiconLanguage || j.lang != "" && j.lang != tag || tag == "ar" && !arabic {
			continue
		}
		list := wordLists()[tag]
		if list == nil {
			continue
		}
		if tag == "ar" || tag == "fr" {
			g.inflect(tag)
		}
		found = append(found, list.matches(g, func(m match) bool {
			return j.lang == tag || j.guess.lean == tag || !m.term.local && !j.p.ownWord(g, m)
		})...)
	}
	return found
}

// ownWord reports whether m is one word that the English list judges itself.
func (p *Policy) ownWord(g *page, m match) bool {
	return m.first == m.last && slices.ContainsFunc(g.words[m.first].forms, func(form string) bool {
		return p.lexicon.phrases.last(start, form) != nil
	})
}

// inflect adds the forms of words without what is written together with them:
// "d'idiots" and "والكلاب" hold a word of the list.
func (g *page) inflect(tag string) {
	g.words = slices.Clone(g.words)
	for i := range g.words {
		w := &g.words[i]
		forms := slices.Clone(w.forms)
		for _, form := range w.forms {
			if tag == "ar" && isArabic(form) {
				forms = append(forms, arabicForms(form)...)
			} else if at := strings.IndexByte(form, '\''); tag == "fr" && at > 0 && at < 3 && at+1 < len(form) {
				forms = append(forms, form[at+1:])
			}
		}
		w.forms, w.options = forms, nil
	}
}

// matches finds, from each word, the longest term that fits and the longest
// allowed phrase.
func (l *wordList) matches(g *page, fits func(match) bool) []match {
	var list []match
	for i := range g.words {
		var found, allowed match
		l.walk(g, start, match{first: i}, i, func(m match) {
			best := &found
			if m.term.rule == "" {
				best = &allowed
			} else if !fits(m) {
				return
			}
			if best.term == nil || m.last > best.last || m.last == best.last && rank(m.term.rule) > rank(best.term.rule) {
				*best = m
			}
		})
		for _, m := range []match{found, allowed} {
			if m.term != nil {
				list = append(list, m)
			}
		}
		if len(list) >= maxHits {
			break
		}
	}
	return list
}

func (l *wordList) walk(g *page, at place, m match, i int, report func(match)) {
	for _, o := range g.options(i) {
		m.last, m.tail = o.next-1, o.tail
		if i == m.first {
			m.lead = o.lead
		}
		form := o.form
		if strings.Contains(form, "ß") {
			form = strings.ReplaceAll(form, "ß", "ss")
		}
		for _, class := range l.classes[form] {
			ends, on := l.phrases.step(at, class)
			if m.term = ends; ends != nil {
				report(m)
			}
			if on != 0 && g.adjoins(o.next-1) {
				l.walk(g, on, m, o.next, report)
			}
		}
	}
}

func isArabic(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return r >= 0x600 && r < 0x700
}

// foldArabic writes the letters that people exchange as one and drops the
// stretching sign; vowel signs and the hamza are gone already, see [glyphs].
func foldArabic(word string) string {
	return arabicLetters.Replace(word)
}

var arabicLetters = strings.NewReplacer("ـ", "", "ٱ", "ا", "ة", "ه", "ى", "ي", "ی", "ي", "ک", "ك", "گ", "ك", "ڤ", "ف", "پ", "ب", "چ", "ج")

// arabicForms are a word folded, and without the article and the "and" before it.
func arabicForms(word string) []string {
	plain := foldArabic(word)
	forms := []string{plain}
	for _, prefix := range []string{"وال", "فال", "بال", "كال", "لل", "ال", "و", "ف"} {
		if rest, ok := strings.CutPrefix(plain, prefix); ok && utf8.RuneCountInString(rest) >= 3 {
			forms = append(forms, rest)
		}
	}
	return forms
}
