package moderation

import (
	_ "embed" // word lists of other languages
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed lists.txt
var listsFile string

// wordList is the abuse of one language other than English, as words and set
// phrases. Each choice of words in a phrase is a class of its own, so that the
// table stays small whatever the choices are.
type wordList struct {
	classes map[string][]string // word to its classes
	phrases phrases
}

// wordLists are those of [listsFile] by language, read when the first text needs
// one: a reader of an English article may never.
var wordLists = sync.OnceValue(func() map[string]*wordList {
	lists, err := readLists(listsFile)
	if err != nil {
		panic("moderation: lists.txt: " + err.Error()) // a test reads it
	}
	return lists
})

func readLists(file string) (map[string]*wordList, error) {
	lists := map[string]*wordList{}
	var r *listReader
	number := 0
	for line := range strings.Lines(file) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			r = newListReader(strings.Trim(line, "[]"))
			lists[r.tag] = r.list
			continue
		}
		if r == nil {
			return nil, fmt.Errorf("line %d stands under no language", number)
		}
		if err := r.read(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	return lists, nil
}

// listReader reads the lines of one language.
type listReader struct {
	tag     string
	list    *wordList
	endings []string
	macros  map[string][]string
	named   map[string]string // choice to its class
}

func newListReader(tag string) *listReader {
	return &listReader{
		tag: tag, list: &wordList{classes: map[string][]string{}, phrases: newPhrases(0)},
		macros: map[string][]string{}, named: map[string]string{},
	}
}

func (r *listReader) read(line string) error {
	words := strings.Fields(line)
	switch {
	case words[0] == "@":
		r.endings = words[1:]
		return nil
	case words[0][0] == '$':
		all, err := r.expand(words[1:])
		r.macros[words[0]] = all
		return err
	}
	head, list, ok := strings.Cut(line, ":")
	severity, kind, spaced := strings.Cut(head, " ")
	if !ok || !spaced {
		return fmt.Errorf("%.20q is not \"severity rule: phrases\"", line)
	}
	t := term{}
	if kind != "allow" {
		t.rule = familyAbuse + "." + kind
		if rank(t.rule) == 0 {
			return fmt.Errorf("%q is none of threat, hate, insult, profanity, allow", kind)
		}
	}
	if severity != "-" {
		if t.limit = Severity(severity); t.limit.weight() == 0 {
			return fmt.Errorf("%q is none of -, hint, hold, reject", severity)
		}
	}
	for phrase := range strings.SplitSeq(list, ",") {
		if err := r.add(strings.TrimSpace(phrase), t); err != nil {
			return fmt.Errorf("%q: %w", phrase, err)
		}
	}
	return nil
}

// add adds one phrase as a chain of classes.
func (r *listReader) add(phrase string, t term) error {
	phrase, t.local = strings.CutPrefix(phrase, "=")
	var chain []string
	needed := false
	for word := range strings.FieldsSeq(phrase) {
		choice, optional := strings.CutSuffix(word, "?")
		class, err := r.class(choice)
		if err != nil {
			return err
		}
		if optional {
			class += "?"
		}
		needed = needed || !optional
		chain = append(chain, class)
	}
	if !needed {
		return fmt.Errorf("every word of it may be left out")
	}
	r.list.phrases.add(chain, &t)
	return nil
}

// class is the class of a choice of words, made at its first use.
func (r *listReader) class(choice string) (string, error) {
	if name, ok := r.named[choice]; ok {
		return name, nil
	}
	words, err := r.expand(strings.Split(choice, "|"))
	if err != nil {
		return "", err
	}
	name := strconv.Itoa(len(r.named))
	r.named[choice] = name
	for _, w := range words {
		r.list.classes[w] = append(r.list.classes[w], name)
	}
	return name, nil
}

// expand replaces names and endings and folds letters.
func (r *listReader) expand(words []string) ([]string, error) {
	all := map[string]bool{}
	for _, w := range words {
		w = strings.TrimSuffix(w, "?")
		switch stem, inflected := strings.CutSuffix(w, "@"); {
		case w[0] == '$':
			list, ok := r.macros[w]
			if !ok {
				return nil, fmt.Errorf("%s is not defined above it", w)
			}
			for _, x := range list {
				all[x] = true
			}
		case inflected:
			for _, end := range r.endings {
				all[r.fold(stem+strings.Trim(end, "_"))] = true
			}
		default:
			all[r.fold(w)] = true
		}
		if strings.ContainsAny(w[1:], "$?@") && !strings.HasSuffix(w, "@") {
			return nil, fmt.Errorf("%q has a sign in its middle", w)
		}
	}
	return slices.Sorted(maps.Keys(all)), nil
}

func (r *listReader) fold(word string) string {
	word = strings.ReplaceAll(seen(word), "ß", "ss")
	if r.tag == "ar" {
		word = foldArabic(word)
	}
	return word
}
