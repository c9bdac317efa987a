package moderation

import (
	_ "embed" // the word list
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

//go:embed lexicon.txt
var lexiconFile []byte

// lexicon is a word list, ready for looking up phrases word by word.
type lexicon struct {
	phrases phrases
	// roots are beginnings and middles of words that are abuse in any compound.
	roots []root
	// stars are the one-word terms by first letter and length, for words whose
	// inner letters were starred out.
	stars map[starKey][]*term
	// firsts are the first words of all phrases, by place: bit 0 for those of
	// phrases, the next ones for each level of the grammar.
	firsts *table
	// grammar finds the classes of words that phrases are made of.
	grammar grammar
	index   *nearIndex
	// words are all words of terms and classes; shapes lists those by first
	// letter and length.
	words  map[string]bool
	shapes map[starKey][]string
}

// term is what one entry says.
type term struct {
	rule  string   // empty for an allowed phrase
	limit Severity // the heaviest that it may be; empty for the rule's own
	word  string   // the term itself if it is one word
	name  bool     // may be a person's or place's name when it has a capital
	local bool     // says something else in other languages
	// classes are what a phrase of the grammar is, which is no term of abuse.
	classes []string
}

type root struct {
	text string
	term *term
}

type starKey struct {
	first byte
	size  int
}

// finish makes a lexicon that was read ready for looking up.
func (l *lexicon) finish() {
	l.grammar.finish()
	l.firsts = newTable(8_000)
	l.begin(&l.phrases, 0)
	for level := range l.grammar.tries {
		l.begin(&l.grammar.tries[level], level+1)
	}
	for _, list := range l.stars {
		for _, t := range list {
			l.words[t.word], l.words[t.word+"s"] = true, true
		}
	}
	for _, level := range l.grammar.levels {
		for phrase := range level {
			l.learn(strings.Fields(phrase))
		}
	}
	all := slices.Sorted(maps.Keys(l.words))
	l.index = newNearIndex(all)
	l.shapes = make(map[starKey][]string, len(all)/4)
	for _, w := range all {
		key := starKey{w[0], len(w)}
		l.shapes[key] = append(l.shapes[key], w)
	}
}

// opensBit is the bit of [lexicon.firsts] for phrases (0) or a level of the
// grammar (from 1).
func opensBit(of int) int32 { return 1 << min(of, 29) }

// opened marks a word whose [page.opens] is known.
const opened = 1 << 30

func (l *lexicon) begin(p *phrases, of int) {
	for _, at := range p.firsts {
		l.firsts.set(uint64(at), l.firsts.get(uint64(at))|opensBit(of))
	}
}

// opens are the bits of [lexicon.firsts] for o, or for what o is the plural of.
func (l *lexicon) opens(o *option) int32 {
	mask := l.firsts.get(uint64(o.begins))
	stem, ok := strings.CutSuffix(o.form, "s")
	if !ok {
		return mask
	}
	stem = strings.TrimSuffix(stem, "'")
	mask |= l.firsts.get(uint64(start.after(stem)))
	if e, ok := strings.CutSuffix(stem, "e"); ok {
		mask |= l.firsts.get(uint64(start.after(e)))
	}
	return mask
}

// learn keeps the words of a phrase, for reading misspelled ones.
func (l *lexicon) learn(phrase []string) {
	for _, choice := range phrase {
		for w := range strings.SplitSeq(strings.TrimSuffix(choice, "?"), "|") {
			if w != "" && w[0] != '<' {
				l.words[w] = true
			}
		}
	}
}

// blamed reports whether a word alone breaks a rule.
func (l *lexicon) blamed(word string) bool {
	t := l.phrases.last(start, word)
	return t != nil && t.rule != "" || t == nil && l.rooted(word)
}

// rooted reports whether a word is abuse by a part of it.
func (l *lexicon) rooted(word string) bool {
	return slices.ContainsFunc(l.roots, func(r root) bool { return strings.Contains(word, r.text) })
}

// is reports whether a word alone is a name that people are called.
func (l *lexicon) is(word string) bool {
	t := l.phrases.last(start, word)
	return t != nil && rank(t.rule) > rank(ruleProfanity)
}

// group reports whether a word alone names a group of people.
func (l *lexicon) group(word string) bool {
	for _, level := range l.grammar.levels {
		for _, class := range level[word] {
			switch class {
			case classGroup, "<ident>", "<groups>", "<group1>":
				return true
			}
		}
	}
	return false
}

// leads reports whether word often stands before another in an attack: a word
// like "you" and "all", a verb that does harm, what people are called.
func (l *lexicon) leads(word string) bool {
	if functional(start.after(word)) {
		return true
	}
	for _, level := range l.grammar.levels {
		for _, class := range level[word] {
			switch class {
			case "<hate>", "<kill>", "<vile>", "<bad>", "<quant>", "<adv>":
				return true
			}
		}
	}
	return false
}

// near are the words of the lexicon that word may misspell.
func (l *lexicon) near(word string) []string { return l.index.near(word) }

// lexiconPlaces is about what the shipped word list needs.
const lexiconPlaces = 28_000

func newLexicon() *lexicon {
	return &lexicon{phrases: newPhrases(lexiconPlaces), stars: map[starKey][]*term{}, words: map[string]bool{}}
}

// read adds every line of a word list.
func (l *lexicon) read(file string) error {
	number := 0
	for line := range strings.Lines(file) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if line[0] == '<' {
			if err := l.grammar.define(line); err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
			continue
		}
		if err := l.add(line); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
	}
	return nil
}

// add adds one line: severity, rule, term. See the head of lexicon.txt.
func (l *lexicon) add(line string) error {
	severity, rest, _ := strings.Cut(line, " ")
	kind, phrase, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if phrase = strings.TrimSpace(phrase); phrase == "" {
		return fmt.Errorf("%q is not \"severity rule term\"", line)
	}
	if kind == "allow" {
		return l.allow(phrase)
	}
	t := term{rule: familyAbuse + "." + kind}
	switch t.rule {
	case ruleThreat, ruleHate, ruleInsult, ruleProfanity:
	default:
		return fmt.Errorf("%q: %q is none of threat, hate, insult, profanity, allow", line, kind)
	}
	if severity != "-" {
		t.limit = Severity(severity)
		if t.limit.weight() == 0 {
			return fmt.Errorf("%q: %q is none of -, hint, hold, reject", line, severity)
		}
	}
	return l.insert(phrase, t)
}

// allow adds a phrase inside which nothing is abuse.
func (l *lexicon) allow(phrase string) error { return l.insert(phrase, term{}) }

func (l *lexicon) insert(phrase string, t term) error {
	phrase = strings.ToLower(phrase)
	for len(phrase) > 0 && strings.ContainsRune("~=", rune(phrase[0])) {
		t.name = t.name || phrase[0] == '~'
		t.local = t.local || phrase[0] == '='
		phrase = phrase[1:]
	}
	if inner, ok := strings.CutSuffix(strings.TrimPrefix(phrase, "*"), "*"); ok {
		if len(inner) < 4 || t.rule == "" {
			return fmt.Errorf("%q: a part of a word needs 4 letters and a rule", phrase)
		}
		l.roots = append(l.roots, root{inner, &t})
		for _, end := range []string{"", "s", "ed", "er", "ing", inner[len(inner)-1:] + "ing"} {
			l.words[inner+end] = true
		}
		return nil
	}
	words := strings.Fields(seen(phrase))
	if len(words) == 0 {
		return errors.New("an empty term")
	}
	if len(words) == 1 && !strings.Contains(words[0], "|") {
		t.word = words[0]
		key := starKey{t.word[0], len(t.word)}
		if t.rule != "" {
			l.stars[key] = append(l.stars[key], &t)
		}
	}
	l.learn(words)
	l.phrases.add(words, &t)
	return nil
}

// starred is the lightest term that fits a word with its inner letters starred
// out, as "f**k".
func (l *lexicon) starred(word string) *term {
	var found *term
	for _, t := range l.stars[starKey{word[0], len(word)}] {
		if now, _ := l.phrases.step(start, t.word); now != t {
			continue // a later line has changed it
		}
		if fitsStars(word, t.word) && (found == nil || rank(t.rule) < rank(found.rule)) {
			found = t
		}
	}
	return found
}

// fitsStars wants two letters or more that stand where they should.
func fitsStars(word, term string) bool {
	shown := 0
	for i := range len(word) {
		switch word[i] {
		case term[i]:
			shown++
		case '*':
		default:
			return false
		}
	}
	return shown >= 2
}

// rank orders the abuse rules by weight.
func rank(rule string) int {
	switch rule {
	case ruleThreat, ruleHate:
		return 3
	case ruleInsult:
		return 2
	case ruleProfanity:
		return 1
	}
	return 0
}
