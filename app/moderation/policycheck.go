package moderation

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"marginalia/app/source"
)

func (p *Policy) checkHead() error {
	switch {
	case p.doc.Version != 1:
		return fmt.Errorf("version: %d is not known; this program reads 1", p.doc.Version)
	case p.doc.Language == "":
		return errors.New("language: it is missing")
	case strings.TrimSpace(p.doc.Sentence) == "":
		return errors.New("sentence: it is missing")
	}
	return p.checkModels()
}

func (p *Policy) checkModels() error {
	for name, hash := range p.doc.Models {
		switch {
		case name == modelLexicon && hash != digest(lexiconFile):
			return fmt.Errorf("models.lexicon: %q is not the shipped one, %s", hash, digest(lexiconFile))
		case name != modelLexicon && loaders[name] == nil:
			return fmt.Errorf("models.%s: no such model", name)
		case !isHash(hash):
			return fmt.Errorf("models.%s: %q is not \"sha256-\" and 64 hexadecimal digits", name, hash)
		}
	}
	if p.doc.Models[modelLexicon] == "" {
		return errors.New("models.lexicon: it is missing")
	}
	return nil
}

func (p *Policy) readRules() error {
	p.rules = map[string]RuleInfo{}
	for _, rule := range Rules() {
		text, ok := p.doc.Rules[rule.ID]
		if !ok {
			return fmt.Errorf("rules.%s: it is missing; switch a rule off with \"off\": true", rule.ID)
		}
		if err := text.check(rule.ID); err != nil {
			return fmt.Errorf("rules.%s.%w", rule.ID, err)
		}
		rule.Severity, rule.Off = text.Severity, text.Off
		p.rules[rule.ID] = rule
	}
	for id := range p.doc.Rules {
		if _, ok := p.rules[id]; !ok {
			return fmt.Errorf("rules.%s: no such rule", id)
		}
	}
	return nil
}

func (t ruleText) check(rule string) error {
	if t.Severity.weight() == 0 {
		return fmt.Errorf("severity: %q is none of hint, hold, reject", string(t.Severity))
	}
	if t.Why == "" || t.Fix == "" {
		return errors.New("why and fix: both are needed")
	}
	known := cases(rule)
	for _, name := range known {
		if c := t.Cases[name]; c.Why == "" || c.Fix == "" {
			return fmt.Errorf("cases.%s: why and fix are both needed", name)
		}
	}
	for name := range t.Cases {
		if !slices.Contains(known, name) {
			return fmt.Errorf("cases.%s: no such case", name)
		}
	}
	return nil
}

// checkLimits keeps figures where a rule still means something.
func (p *Policy) checkLimits() error {
	spam := p.doc.Spam
	if spam.Links == nil {
		return errors.New("spam.links: it is missing")
	}
	for _, limit := range []struct {
		key           string
		got, low, top int
	}{
		// A note that cannot be judged scores 0.5 and must never be off topic.
		{"topic.threshold (in ten-thousandths)", int(p.doc.Topic.Threshold), 1, 5000},
		{"topic.words", p.doc.Topic.Words, 8, 1000},
		{"spam.links", *spam.Links, 0, 100},
		{"spam.letters", spam.Letters, 8, 2000},
		{"spam.capitals (in ten-thousandths)", int(spam.Capital), 5000, 10000},
		{"spam.marks", spam.Marks, 2, 100},
		{"spam.repeats", spam.Repeats, 2, 100},
		{"spam.words", spam.Words, 3, 100},
	} {
		if limit.got < limit.low || limit.got > limit.top {
			return fmt.Errorf("%s: %d is not from %d to %d", limit.key, limit.got, limit.low, limit.top)
		}
	}
	return nil
}

// checkHosts wants hosts that an address can have, and no host at once welcome
// and not.
func (p *Policy) checkHosts() error {
	lists := p.doc.Sources
	for _, list := range []struct {
		key   string
		hosts []string
	}{
		{"shorteners", p.doc.Shorteners},
		{"sources.allow", lists.Allow},
		{"sources.deny", lists.Deny},
		{"sources.userGenerated", lists.UserGenerated},
	} {
		for i, host := range list.hosts {
			if s, err := source.Parse("https://" + host); err != nil || s.URL != "https://"+host || strings.Contains(host, ":") {
				return fmt.Errorf("%s.%d: %q is not a host in lower case, such as \"example.org\"", list.key, i, host)
			}
		}
	}
	for i, host := range lists.Allow {
		if slices.Contains(lists.Deny, host) {
			return fmt.Errorf("sources.allow.%d: %q stands under deny too", i, host)
		}
	}
	return nil
}

func (p *Policy) readLexicon() (err error) {
	if len(p.doc.Lexicon.Add) == 0 && len(p.doc.Lexicon.Allow) == 0 {
		p.lexicon, err = shippedLexicon()
		return err
	}
	l, err := readShipped()
	if err != nil {
		return err
	}
	for i, line := range p.doc.Lexicon.Add {
		if err := l.add(line); err != nil {
			return fmt.Errorf("lexicon.add.%d: %w", i, err)
		}
	}
	for i, term := range p.doc.Lexicon.Allow {
		if err := l.allow(term); err != nil {
			return fmt.Errorf("lexicon.allow.%d: %w", i, err)
		}
	}
	l.finish()
	p.lexicon = l
	return nil
}

// shippedLexicon is the word list that nobody edited, which policies share: it is
// never changed.
var shippedLexicon = sync.OnceValues(func() (*lexicon, error) {
	l, err := readShipped()
	if err == nil {
		l.finish()
	}
	return l, err
})

// readShipped reads the word list and the grammar; more may be added to it.
func readShipped() (*lexicon, error) {
	l := newLexicon()
	if err := l.read(string(lexiconFile)); err != nil {
		return nil, fmt.Errorf("models.lexicon: %w", err)
	}
	if err := l.read(grammarFile); err != nil {
		return nil, fmt.Errorf("models.lexicon: grammar: %w", err)
	}
	return l, nil
}

func (p *Policy) readLanguages() error {
	if len(p.doc.Languages) == 0 {
		return errors.New("languages: it is missing")
	}
	for i, tag := range p.doc.Languages {
		l, ok := languageOf(tag)
		switch {
		case !ok:
			return fmt.Errorf("languages.%d: %q is not a language that can be told apart", i, tag)
		case slices.Contains(p.doc.Languages[:i], tag):
			return fmt.Errorf("languages.%d: %q is there twice", i, tag)
		}
		p.scripts = append(p.scripts, l.scripts...)
	}
	if own, _, _ := strings.Cut(p.doc.Language, "-"); !slices.Contains(p.doc.Languages, own) {
		return fmt.Errorf("languages: %q, the policy's own, is missing", own)
	}
	return nil
}

// isHash reports whether s names bytes.
func isHash(s string) bool {
	digits, ok := strings.CutPrefix(s, "sha256-")
	return ok && len(digits) == 64 && strings.Trim(digits, "0123456789abcdef") == ""
}
