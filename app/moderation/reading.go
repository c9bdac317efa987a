package moderation

import (
	"slices"
	"strings"
	"unicode"
)

// How far words are put together and taken apart.
const (
	leastSplit = 6   // letters of a word that may be several
	mostSplit  = 120 // a longer one is none of them
	leastLong  = 10  // one table may take so long a word for known by chance
	usualRank  = 7   // of the 128 words that are said most
	mostParts  = 3   // pieces that may be one word
	mostRight  = 3   // terms that one misspelling may stand for
)

// reread cuts the words of a page anew where a writer has left spaces out or put
// them in: what is no common word as it stands and is common words together or
// apart. It also finds for each word what it most likely says.
func (g *page) reread(p *Policy) {
	if p.known() == nil {
		return
	}
	m := g.manner(p)
	words := g.f.lend.words.take(len(g.words) + 4)
	at := 0 // the glyph that the words so far go up to
	for i := 0; i < len(g.words); {
		if m.digits {
			words = append(words, g.signWords(at, g.signsFrom(i), p)...)
		}
		words, i = g.rereadFrom(words, i, p, m)
		at = words[len(words)-1].end
	}
	g.words = words
}

// rereadFrom reads word i anew, and those after it that belong to it: it appends
// what they say to list.
func (g *page) rereadFrom(list []word, i int, p *Policy, m manner) (_ []word, next int) {
	if whole, next := g.chunk(i, p, m); next > i {
		return append(list, whole), next
	}
	if run := g.singleRun(i); run > i+1 {
		if parts := g.joined(i, run, p, m); parts != nil {
			return append(list, parts...), run
		}
	}
	w := g.words[i]
	settled := g.settle(&w, p)
	if m.digits && hasDigit(w.best) {
		g.shortDigits(&w, p)
	}
	if whole, next := g.together(i, settled, p); next > i {
		return append(list, whole), next
	}
	if !settled {
		if parts := g.apart(w, p, m); parts != nil {
			return append(list, parts...), i + 1
		}
		g.correct(&w, p)
	}
	return append(list, w), i + 1
}

// settle gives w its likely reading and reports whether it needs no other: a
// common word, a number, a name, or another script's.
func (g *page) settle(w *word, p *Policy) bool {
	forms := w.forms
	if len(forms) > 1 && mixed(forms[0]) {
		forms = forms[1:]
	}
	for _, form := range forms {
		if plain := strings.TrimSuffix(form, "'s"); p.common(plain) || p.spelled(plain) && len(plain) < leastLong {
			w.best = form
			return true
		}
	}
	w.best = w.forms[len(w.forms)-1]
	for _, form := range forms {
		if p.meant(form) {
			w.best = form
			return true
		}
	}
	return !plainLetters(w.best) || strings.Contains(w.best, "'") && len(w.best) < leastLong-2
}

func plainLetters(s string) bool {
	for i := range len(s) {
		if (s[i] < 'a' || s[i] > 'z') && s[i] != '\'' {
			return false
		}
	}
	return s != ""
}

// singleRun is where a run of single letters from word i ends. Letters that signs
// part go on to the next space, those that spaces part to the next such run.
func (g *page) singleRun(i int) int {
	end := i + 1
	if !g.single(i) {
		return i
	}
	signs := false
	for ; end < len(g.words) && end < i+maxJoined && g.single(end) && loose(g.gap(end-1)); end++ {
		joint := !spacious(g.gap(end - 1))
		if end == i+1 {
			signs = joint
		}
		if joint == signs {
			continue
		}
		if joint {
			end-- // its first letter belongs to the next run
		}
		break
	}
	return end
}

// spacious reports whether a gap has a space.
func spacious(gap []glyph) bool {
	return slices.ContainsFunc(gap, func(l glyph) bool { return unicode.IsSpace(l.r) })
}

// maxJoined is the longest run of single letters that is read as words.
const maxJoined = 400

// joined reads the single letters from word i to end as one word or several.
func (g *page) joined(i, end int, p *Policy, m manner) []word {
	if end-i < 3 && !m.spaced {
		return nil
	}
	first, last := g.words[i], g.words[end-1]
	w := word{start: first.start, end: last.end, first: first.first}
	var at []int // the glyph of each letter
	var b strings.Builder
	for k := i; k < end; k++ {
		at = append(at, g.words[k].start)
		b.WriteString(spell(g.glyphs[g.words[k].start:g.words[k].end], false))
		if k+1 == end {
			break
		}
		for n, l := range g.gap(k) {
			if strings.ContainsRune("@$€", l.r) {
				at = append(at, g.words[k].end+n)
				b.WriteRune(leet(l.r, false))
			}
		}
	}
	form := b.String()
	if len(form) != len(at) || !plainLetters(form) {
		return nil
	}
	w.forms, w.best = []string{form}, form
	if p.meant(form) && (len(form) > 3 || m.spaced) {
		return []word{w}
	}
	cuts := split(form, p, m.spaced || len(form) >= leastSplit)
	if cuts != nil {
		return g.cut(w, form, cuts, func(k int) int { return at[k] })
	}
	if m.spaced || len(form) > 3 && !spacious(g.gap(i)) {
		g.correct(&w, p)
		return []word{w}
	}
	return nil
}

// cut is w as the words that end at cuts of its form; at is the glyph of each
// letter.
func (g *page) cut(w word, form string, cuts []int, at func(int) int) (parts []word) {
	from := 0
	for _, to := range cuts {
		part := word{start: at(from), end: at(to-1) + 1, first: w.first && from == 0, title: w.title && from == 0}
		part.forms, part.best = []string{form[from:to]}, form[from:to]
		parts = append(parts, part)
		from = to
	}
	return parts
}

// together reads word i and those after it as one word that a space was put
// into; next is i if they are none. Of two that are words already it makes none.
func (g *page) together(i int, settled bool, p *Policy) (whole word, next int) {
	form := g.words[i].forms[len(g.words[i].forms)-1]
	for k := i + 1; k < min(len(g.words), i+mostParts); k++ {
		gap := g.gap(k - 1)
		if len(gap) != 1 || gap[0].r == blank {
			break
		}
		part := g.words[k].forms[len(g.words[k].forms)-1]
		settled = settled && (p.spelled(part) && len(part) > 1 || part == "a" || part == "i")
		if settled || g.words[k].title {
			break // "the Fox"
		}
		if k+1 < len(g.words) && (inside(g.gap(k)) || g.single(k) && g.single(k+1) && loose(g.gap(k))) || g.signsTo(g.words[k].end) > g.words[k].end {
			break
		}
		form += part
		if len(form) > 3 && plainLetters(form) && p.meant(form) {
			whole = word{start: g.words[i].start, end: g.words[k].end, first: g.words[i].first, forms: []string{form}, best: form}
			return whole, k + 1
		}
	}
	return word{}, i
}

// apart reads w as several common words without the spaces between them.
func (g *page) apart(w word, p *Policy, m manner) []word {
	form, l := w.best, p.lexicon
	least := leastSplit
	if m.glued {
		least = 4
	}
	if len(form) != w.end-w.start || !plainLetters(form) || len(form) < least || len(form) > mostSplit {
		return nil
	}
	cuts := split(form, p, m.glued)
	if cuts == nil || w.title && !w.first && !tailed(form, cuts, l) {
		return nil
	}
	// Two words may make a longer one that is neither: "retardants".
	if !m.glued && len(cuts) < 4 && shortest(cuts) < 4 {
		if _, sure := p.corrected(form); sure {
			return nil // "lanlord" is no lord of a network
		}
	}
	named := len(cuts) == 2 && (l.is(form[:cuts[0]]) || l.is(form[cuts[0]:])) && !l.leads(form[:cuts[0]])
	if !m.glued && (named || l.rooted(form) && shortest(cuts) < 3) {
		return nil
	}
	return g.cut(w, form, cuts, func(k int) int { return w.start + k })
}

// tailed reports whether a form with a capital is a group and small words: other
// such forms are names.
func tailed(form string, cuts []int, l *lexicon) bool {
	if !l.group(form[:cuts[0]]) {
		return false
	}
	for i, from := range cuts[:len(cuts)-1] {
		if !functional(start.after(form[from:cuts[i+1]])) {
			return false
		}
	}
	return true
}

// shortest is the length of the shortest part between cuts.
func shortest(cuts []int) int {
	n, from := cuts[0], 0
	for _, to := range cuts {
		n, from = min(n, to-from), to
	}
	return n
}
