package moderation

import "slices"

// Speech about abuse is none: who calls it wrong has to name it. A match is
// dropped if it is quoted and the text around says whose words they are or what
// is wrong with them, or if its sentence speaks of saying it and condemns that.

// spoken drops what is only spoken of, and every match that touches it. What was
// dropped is the second answer.
func (g *page) spoken(list []match) (kept, dropped []match) {
	if len(list) == 0 {
		return list, nil
	}
	quotes := quotations(g.f.runes)
	for _, m := range list {
		if m.term.rule != ruleProfanity && g.spokenOf(m, quotes) {
			dropped = append(dropped, m)
		}
	}
	if dropped == nil {
		return list, nil
	}
	return slices.DeleteFunc(slices.Clone(list), func(m match) bool {
		return slices.ContainsFunc(dropped, func(d match) bool { return m.first <= d.last && d.first <= m.last })
	}), dropped
}

// spokenOf reports whether m is spoken of and not said.
func (g *page) spokenOf(m match, quotes []span) bool {
	from, to := g.sentenceOf(m)
	if g.denied(from, m) || g.reclaimed(from, to, m) || g.other(from, to, m) || g.ownFault(from, m) {
		return true
	}
	if g.named(from, to, "<isay>") {
		return false // whoever is quoted, the writer agrees
	}
	if q, ok := g.quoteOf(quotes, m); ok {
		return g.around(from, to, q.first, q.last, "<says>", "<wrong>")
	}
	return g.named(from, m.first, "<saying>") && g.around(from, to, m.first, m.last, "<wrong>")
}

// ownFault reports whether m is a name that the writer gives to themselves.
func (g *page) ownFault(from int, m match) bool {
	return m.term.rule == ruleInsult && g.named(max(from, m.first-4), m.first, "<myself>")
}

// homonyms are words beside which a term is the name of something else.
var homonyms = map[string]string{
	"bitch":   "<dogs>",
	"bitches": "<dogs>",
	"faggot":  "<food>",
	"faggots": "<food>",
	"dyke":    "<water>",
	"dykes":   "<water>",
	"pussy":   "<dogs>",
	"pig":     "<food>",
	"pigs":    "<food>",
	"swine":   "<food>",
	"tranny":  "<cars>",
	"coon":    "<dogs>",
	"chink":   "<light>",
	"spic":    "<clean>",
	"fag":     "<smoke>",
	"fags":    "<smoke>",
}

// other reports whether m is one word that means something else here.
func (g *page) other(from, to int, m match) bool {
	if m.first != m.last {
		return false
	}
	class := homonyms[g.words[m.first].forms[0]]
	return class != "" && g.around(from, to, m.first, m.last, class) && !g.named(from, to, "<theyre>")
}

// denied reports whether the sentence says before m that it is not so.
func (g *page) denied(from int, m match) bool {
	if m.last-m.first < 2 || m.term.rule == ruleInsult {
		return false // an attack by a word alone stays one: "I don't think you morons care"
	}
	const reach = 6
	for i := max(from, m.first-reach); i < m.first; i++ {
		if !slices.ContainsFunc(g.classes[i], func(o option) bool { return o.form == "<deny>" && o.next <= m.first }) {
			continue
		}
		return !slices.ContainsFunc(g.words[i:m.first], func(w word) bool { return w.best == "but" || w.forms[0] == "but" })
	}
	return false
}

// reclaimed reports whether m is one slur by which the writer speaks of people
// as their own.
func (g *page) reclaimed(from, to int, m match) bool {
	return m.first == m.last && (m.term.rule == ruleHate || m.term.rule == ruleInsult) && g.around(from, to, m.first, m.last, "<reclaim>") &&
		!g.around(from, to, m.first, m.last, "<theyre>", "<vile>", "<hate>", "<you>")
}

// sentenceOf is the words of the sentence that m is in, and of its neighbours if
// it is a question or a quotation of its own.
func (g *page) sentenceOf(m match) (from, to int) {
	from, to = 0, len(g.words)
	for i := m.first; i > 0; i-- {
		if g.words[i].first && !g.quoted(i) {
			from = i
			break
		}
	}
	for i := m.last + 1; i < len(g.words); i++ {
		if g.words[i].first && !g.quoted(i) {
			to = i
			break
		}
	}
	return from, to
}

// quoted reports whether word i begins a sentence only because a quotation mark
// stands before it.
func (g *page) quoted(i int) bool {
	if i == 0 {
		return false
	}
	for _, l := range g.gap(i - 1) {
		switch l.r {
		case '.', '!', '?', '\n':
			// "X are scum." is what he said
			return slices.ContainsFunc(g.gap(i-1), func(l glyph) bool { return quoteMarks[l.r] != "" || l.r == '”' || l.r == '’' })
		}
	}
	return true
}

// quoteOf is the words of the quotation that m is in.
func (g *page) quoteOf(quotes []span, m match) (words match, ok bool) {
	s := g.span(m)
	for _, q := range quotes {
		if s.start < q.start || q.end < s.end {
			continue
		}
		words = m
		for words.first > 0 && int(g.glyphs[g.words[words.first-1].start].at) >= q.start {
			words.first--
		}
		for words.last+1 < len(g.words) && int(g.glyphs[g.words[words.last+1].end-1].at) < q.end {
			words.last++
		}
		return words, true
	}
	return match{}, false
}

// around reports whether one of the classes starts in [from, to) but outside
// [first, last].
func (g *page) around(from, to, first, last int, classes ...string) bool {
	return slices.ContainsFunc(classes, func(class string) bool {
		return g.named(from, first, class) || g.named(last+1, to, class)
	})
}

// named reports whether a class starts in [from, to).
func (g *page) named(from, to int, class string) bool {
	for i := max(0, from); i < min(to, len(g.classes)); i++ {
		if slices.ContainsFunc(g.classes[i], func(o option) bool { return o.form == class && o.next <= to }) {
			return true
		}
	}
	return false
}
