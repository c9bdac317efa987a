package moderation

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a run of letters and digits of a field, as a reader sees it.
type word struct {
	start, end int      // glyphs
	forms      []string // what it may say; the first is as written
	title      bool     // one capital, then small letters
	first      bool     // begins a sentence
	options    []option // see [page.options]
	best       string   // what it most likely says, see [page.reread]
	opens      int32    // see [page.opens]
	masked     bool     // names a group of people
	hidden     bool     // not the writer's own, see [page.hideSpoken]
}

// page is a field cut into words.
type page struct {
	f      *field
	glyphs []glyph
	words  []word
	// written are the words as they stand, before [page.reread].
	written []word
	// classes are the classes of words that start at each word; see grammar.txt.
	classes [][]option
	// parts are the hashes of the letters in each word, once they are asked for,
	// and judged what the models said of each sentence.
	parts  [][]uint32
	judged map[int]sentenceOpinion
	latin  bool // most letters are Latin: a foreign look-alike is a disguise
}

// option is one way to read on from a word: as form, up to the word after next.
type option struct {
	form string
	next int
	// lead and tail count the signs around it that stand for letters of it.
	lead, tail int
	begins     place // one word after [start]; 0 if it was not found yet
}

// after is the place one word on from at.
func (o *option) after(at place) place {
	if at == start && o.begins != 0 {
		return o.begins
	}
	return at.after(o.form)
}

func newPage(f *field) *page {
	g := &page{f: f, glyphs: f.see().glyphs}
	ascii, letters := 0, 0
	for _, l := range g.glyphs {
		if l.r < 0x80 {
			if l.r >= 'a' && l.r <= 'z' {
				ascii++
				letters++
			}
		} else if unicode.IsLetter(l.r) {
			letters++
		}
	}
	g.latin = 2*ascii > letters
	g.cutWords()
	if !g.latin && g.mixes() {
		g.latin = true
		g.cutWords()
	}
	return g
}

// mixes reports whether many words are of Latin letters and of such as look like
// them: the rest of the page is then meant to be Latin.
func (g *page) mixes() bool {
	n := 0
	for i := range g.words {
		plain, foreign := false, false
		for _, l := range g.glyphs[g.words[i].start:g.words[i].end] {
			plain = plain || l.r >= 'a' && l.r <= 'z'
			foreign = foreign || l.r >= 0x80 && l.alike() != 0
		}
		if plain && foreign {
			n++
		}
	}
	return n > 1 && 4*n >= len(g.words)
}

// cutWords cuts the glyphs into words.
func (g *page) cutWords() {
	g.words = g.f.lend.words.take(len(g.glyphs)/4 + 1)
	forms := g.f.lend.forms.take(len(g.glyphs)/4 + 1) // most words have one
	first := true
	for i := 0; i < len(g.glyphs); {
		if !isWordRune(g.glyphs[i].r) {
			first = first || sentenceEnds.has(g.glyphs[i].r)
			i++
			continue
		}
		end := g.wordEnd(i)
		w := word{start: i, end: end, first: first}
		w.title = g.glyphs[i].upper && end-i > 1 && !g.glyphs[i+1].upper
		if plainWord(g.glyphs[i:end]) {
			forms = append(forms, g.f.see().text(i, end))
			w.forms = forms[len(forms)-1 : len(forms) : len(forms)]
		} else {
			w.forms = g.forms(g.glyphs[i:end])
		}
		g.words = append(g.words, w)
		first = false
		i = end
	}
}

// wordEnd is where the word at i ends; an apostrophe between letters is part of it.
func (g *page) wordEnd(i int) int {
	for i < len(g.glyphs) {
		r := g.glyphs[i].r
		inner := (r == '\'' || r == '’') && i+1 < len(g.glyphs) && isWordRune(g.glyphs[i+1].r)
		if !isWordRune(r) && !inner {
			break
		}
		i++
	}
	return i
}

// plainWord reports whether a run of letters and digits can be read in one way
// alone: small letters as they are written, at most one apostrophe among them, and
// none of them repeated as people do for emphasis.
func plainWord(run []glyph) bool {
	apostrophes := 0
	for i, l := range run {
		switch {
		case l.r == '\'':
			apostrophes++
		case l.r < 'a' || l.r > 'z':
			return false
		}
		if i >= 2 && run[i-1].r == l.r && run[i-2].r == l.r {
			return false
		}
	}
	return apostrophes < 2
}

// forms are the readings of one run of letters and digits.
func (g *page) forms(run []glyph) []string {
	text := make([]byte, 0, 32)
	digits, letters, foreign, mapped := 0, 0, 0, true
	stretched := false
	for i, l := range run {
		r := l.r
		if r == '’' {
			r = '\''
		}
		text = utf8.AppendRune(text, r)
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 0x80:
			foreign++
			mapped = mapped && l.alike() != 0
		default:
			letters++
		}
		stretched = stretched || i >= 2 && run[i-1].r == l.r && run[i-2].r == l.r
	}
	list := []string{string(text)}
	if bytes.Count(text, []byte("'")) > 1 {
		list = []string{strings.ReplaceAll(list[0], "'", "")}
	}
	if foreign > 0 && mapped && (letters > 0 || g.latin) {
		list = append(list, spell(run, false))
		letters += foreign
	}
	// "A55" is a road; "a55hole" is not.
	inside := len(run) == 3 && digits == 1 && digit(run[1].r) >= 0
	if digits > 0 && letters > 0 && len(run) > 3 || inside {
		list = append(list, spell(run, false), spell(run, true))
	}
	if stretched {
		for _, form := range list {
			list = append(list, squeeze(form, 1), squeeze(form, 2))
		}
	}
	return list
}

// spell reads look-alikes and digits as the Latin letters they stand for.
func spell(run []glyph, second bool) string {
	var b strings.Builder
	for _, l := range run {
		r := l.r
		if letter := leet(r, second); letter != 0 {
			r = letter
		} else if letter := l.alike(); letter != 0 {
			r = letter
		}
		b.WriteRune(r)
	}
	return b.String()
}

// squeeze shortens every run of three or more of one letter to keep of them.
func squeeze(form string, keep int) string {
	runes := []rune(form)
	var b strings.Builder
	for i := 0; i < len(runes); {
		end := i
		for end < len(runes) && runes[end] == runes[i] {
			end++
		}
		n := end - i
		if n > 2 {
			n = keep
		}
		for range n {
			b.WriteRune(runes[i])
		}
		i = end
	}
	return b.String()
}

// gap is what stands between word i and the next, without the outer ends.
func (g *page) gap(i int) []glyph {
	return g.glyphs[g.words[i].end:g.words[i+1].start]
}

// adjoins reports whether a phrase can go on from word i to the next: little
// but spaces and hyphens between, and no end of a sentence.
func (g *page) adjoins(i int) bool {
	if i+1 >= len(g.words) {
		return false
	}
	gap := g.gap(i)
	signs := 0
	for k, l := range gap {
		if l.r != ' ' || k == 0 {
			signs++
		}
		if signs > 3 || k > 8 {
			return false
		}
		if l.r == blank || phraseEnds.has(l.r) && len(gap) > 1 {
			return false
		}
		if l.r == '.' && k+1 < len(gap) {
			return false
		}
	}
	return true
}

// span is the code points of m, with the accents that hang on its end.
func (g *page) span(m match) span {
	first := g.words[m.first].start - m.lead
	last := g.words[m.last].end + m.tail - 1
	s := span{int(g.glyphs[first].at), int(g.glyphs[last].at) + 1}
	for s.end < len(g.f.runes) && unicode.In(g.f.runes[s.end], unicode.Mn, unicode.Me) {
		s.end++
	}
	return s
}
