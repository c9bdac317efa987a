package moderation

import (
	"slices"
	"strings"
)

// How far a disguised word is followed.
const (
	maxPieces  = 16
	maxLetters = 24
)

// joiners are the signs that people put between the letters of a word.
const joiners = ".-_*·•~`^,/\\:'’=+"

// options are the ways to read on from word i: as it stands, put together
// with its neighbours where signs split it ("f-o-o-l", "f@@l"), or put together
// from single letters ("f o o l").
func (g *page) options(i int) []option {
	if w := &g.words[i]; w.options == nil {
		w.options = g.f.lend.options.take(len(w.forms))
		for _, form := range w.forms {
			w.options = append(w.options, option{form: form, next: i + 1})
		}
		w.options = g.pieces(i, w.options)
		w.options = g.singles(i, w.options)
		for k := range w.options {
			w.options[k].begins = start.after(w.options[k].form)
		}
	}
	return g.words[i].options
}

// pieces appends what word i and its neighbours say together when no space
// parts them.
func (g *page) pieces(i int, list []option) []option {
	lead := g.signBefore(i)
	if joined := i+1 < len(g.words) && tight(g.gap(i)); lead == "" && !joined && g.signsAfter(i) == "" {
		return list
	}
	dropped, mapped, other := g.words[i].forms[0], lead, lead
	first := g.glyphs[g.words[i].start:g.words[i].end]
	mapped += spell(first, false)
	other += spell(first, true)
	signs, letters := lead != "", hasLetter(first)
	for k := i; k < i+maxPieces && len(mapped) <= maxLetters; k++ {
		if tail := g.signsAfter(k); (tail != "" || lead != "") && letters && len(mapped+tail) >= 3 {
			list = append(list, option{form: mapped + tail, next: k + 1, lead: len(lead), tail: len(tail)})
		}
		if k+1 >= len(g.words) || !tight(g.gap(k)) {
			break
		}
		gap, next := g.gap(k), g.words[k+1]
		word := g.glyphs[next.start:next.end]
		dropped += next.forms[0]
		mapped += spellGap(gap, false) + spell(word, false)
		other += spellGap(gap, true) + spell(word, true)
		signs = signs || spellGap(gap, false) != ""
		letters = letters || hasLetter(word)
		if len(dropped) >= 4 {
			list = append(list, option{form: dropped, next: k + 2})
		}
		if signs && letters {
			list = append(list, option{form: mapped, next: k + 2, lead: len(lead)}, option{form: other, next: k + 2, lead: len(lead)})
		}
	}
	return list
}

// signBefore is the letter that a sign right before word i stands for, or "".
func (g *page) signBefore(i int) string {
	at := g.words[i].start - 1
	var b strings.Builder
	for ; at >= 0 && letterSigns.has(g.glyphs[at].r); at-- {
		b.WriteRune(leet(g.glyphs[at].r, false))
	}
	if at >= 0 && isWordRune(g.glyphs[at].r) {
		return "" // inside a chunk: the word before starts it
	}
	return b.String()
}

// signsAfter is the letters that signs right after word i stand for, or "".
func (g *page) signsAfter(i int) string {
	var b strings.Builder
	at := g.words[i].end
	for ; at < len(g.glyphs) && letterSigns.has(g.glyphs[at].r); at++ {
		b.WriteRune(leet(g.glyphs[at].r, false))
	}
	if at < len(g.glyphs) && isWordRune(g.glyphs[at].r) {
		return ""
	}
	return b.String()
}

// hasLetter reports whether a run is more than a number.
func hasLetter(run []glyph) bool {
	return slices.ContainsFunc(run, func(l glyph) bool { return digit(l.r) < 0 })
}

// tight reports whether a gap holds nothing but signs that hide a letter or
// split a word.
func tight(gap []glyph) bool {
	for _, l := range gap {
		if leet(l.r, false) == 0 && !joinerSigns.has(l.r) {
			return false
		}
	}
	return len(gap) <= 4
}

// spellGap is the letters that the signs in a gap stand for.
func spellGap(gap []glyph, second bool) string {
	var b strings.Builder
	for _, l := range gap {
		if letter := leet(l.r, second); letter != 0 {
			b.WriteRune(letter)
		}
	}
	return b.String()
}

// singles appends what a run of single letters from word i spells.
func (g *page) singles(i int, list []option) []option {
	if !g.single(i) {
		return list
	}
	starts := i == 0 || !g.single(i-1) || !loose(g.gap(i-1))
	form := spell(g.glyphs[g.words[i].start:g.words[i].end], false)
	for k := i + 1; k < min(len(g.words), i+maxLetters); k++ {
		if !g.single(k) || !loose(g.gap(k-1)) {
			break
		}
		form += spell(g.glyphs[g.words[k].start:g.words[k].end], false)
		ends := k+1 >= len(g.words) || !g.single(k+1) || !loose(g.gap(k))
		// Three letters in a row are an abbreviation as often as not.
		if len(form) > 3 || len(form) == 3 && starts && ends {
			list = append(list, option{form: form, next: k + 1})
		}
	}
	return list
}

// single reports whether word i is one letter, or a digit that stands for one.
func (g *page) single(i int) bool { return g.words[i].end-g.words[i].start == 1 }

// loose reports whether a gap can stand between the letters of one word: spaces,
// signs, pictures.
func loose(gap []glyph) bool {
	for _, l := range gap {
		if letterEnds.has(l.r) {
			return false
		}
	}
	return len(gap) <= 3
}

func hasDigit(form string) bool { return strings.ContainsAny(form, "0123456789") }
