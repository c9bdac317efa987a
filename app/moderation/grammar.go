package moderation

import (
	_ "embed" // the classes and phrases
	"fmt"
	"maps"
	"slices"
	"strings"
)

//go:embed grammar.txt
var grammarFile string

// Classes that are found by more than their phrases.
const (
	classGroup  = "<group>"
	classThey   = "<they>"
	classTheyre = "<theyre>"
	classTarget = "<target>"
)

var targetBegins = start.after(classTarget)

// How many words after a group was named "they" may mean it, and how many before.
const (
	pronounReach  = 40
	pronounBefore = 8
)

// grammar finds classes of words: those of one level are made of words and of
// classes of the levels below.
type grammar struct {
	level  map[string]int
	levels []map[string][]string // phrase to its classes
	tries  []phrases
}

// define reads a class line, "<name>: phrase, phrase".
func (m *grammar) define(line string) error {
	name, list, ok := strings.Cut(line, ":")
	if !ok || !strings.HasSuffix(name, ">") {
		return fmt.Errorf("%q is not \"<name>: phrase, phrase\"", line)
	}
	var all [][]string
	level := 0
	for phrase := range strings.SplitSeq(list, ",") {
		words := strings.Fields(seen(phrase))
		if len(words) == 0 {
			return fmt.Errorf("%s: an empty phrase", name)
		}
		for _, w := range words {
			for class := range strings.SplitSeq(strings.TrimSuffix(w, "?"), "|") {
				if class[0] != '<' {
					continue
				}
				at, known := m.level[class]
				if !known {
					return fmt.Errorf("%s: %s is not defined above it", name, class)
				}
				level = max(level, at+1)
			}
		}
		all = append(all, words)
	}
	if m.level == nil {
		m.level = map[string]int{classTarget: 0}
	}
	m.level[name] = max(m.level[name], level)
	for len(m.levels) <= level {
		m.levels = append(m.levels, map[string][]string{})
	}
	for _, words := range all {
		key := strings.Join(words, " ")
		m.levels[level][key] = append(m.levels[level][key], name)
	}
	return nil
}

// finish makes what was defined ready for looking up.
func (m *grammar) finish() {
	m.tries = nil
	for _, level := range m.levels {
		trie := newPhrases(2 * len(level))
		for _, phrase := range slices.Sorted(maps.Keys(level)) {
			trie.merge(strings.Fields(phrase), level[phrase])
		}
		m.tries = append(m.tries, trie)
	}
}

// fewClasses is how many classes start at hardly any word.
const fewClasses = 4

// classify finds the classes that start at each word.
func (g *page) classify(l *lexicon) {
	n := len(g.words)
	g.classes = g.f.lend.classes.take(n)[:n]
	found := g.f.lend.classes.take(n)[:n]
	for level := range l.grammar.tries {
		trie, bit := &l.grammar.tries[level], opensBit(level+1)
		for i := range g.words {
			found[i] = found[i][:0]
			if g.opens(l, i)&bit == 0 {
				continue
			}
			g.walk(trie, start, match{first: i}, i, func(m match) {
				if found[i] == nil {
					found[i] = g.f.lend.options.take(fewClasses)
				}
				for _, class := range m.term.classes {
					found[i] = append(found[i], option{form: class, next: m.last + 1, begins: start.after(class)})
				}
			})
		}
		// A level is made of those below it, not of itself.
		for i := range found {
			if g.classes[i] == nil && len(found[i]) > 0 {
				g.classes[i] = g.f.lend.options.take(fewClasses)
			}
			g.classes[i] = appendNew(g.classes[i], found[i]...)
		}
		g.target()
	}
	g.mask(l)
}

// opens are the tables, as bits of [lexicon.firsts], that a phrase may be found in
// from word i.
func (g *page) opens(l *lexicon, i int) int32 {
	w := &g.words[i]
	if w.opens == 0 {
		options := g.options(i)
		for k := range options {
			w.opens |= l.opens(&options[k])
		}
		w.opens |= opened
	}
	mask := w.opens
	if g.classes != nil {
		for k := range g.classes[i] {
			mask |= l.firsts.get(uint64(g.classes[i][k].begins))
		}
	}
	return mask
}

// target marks groups, and the pronouns that may stand for them.
func (g *page) target() {
	near := make([]bool, len(g.words)) // a group is named near enough
	for i, list := range g.classes {
		for k := range list {
			if list[k].form != classGroup {
				continue
			}
			for k := max(0, i-pronounBefore); k < min(len(near), i+pronounReach+1); k++ {
				near[k] = near[k] || k != i
			}
			break
		}
	}
	for i, list := range g.classes {
		for _, o := range list { // what is added is no group
			if o.form == classGroup || o.form == classThey && near[i] {
				g.classes[i] = appendNew(g.classes[i], option{form: classTarget, next: o.next, begins: targetBegins})
			}
		}
		if !near[i] && len(list) > 0 {
			g.classes[i] = slices.DeleteFunc(g.classes[i], func(o option) bool { return o.form == classTheyre })
		}
	}
}

func appendNew(list []option, more ...option) []option {
	for _, o := range more {
		if !slices.Contains(list, o) {
			list = append(list, o)
		}
	}
	return list
}
