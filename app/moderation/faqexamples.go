package moderation

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// RuleExample is a rule with a note that passes it and one that does not.
type RuleExample struct {
	Rule   RuleInfo
	Passes Example
	Fails  Example
}

// pairs are the examples of rules. A pair that does not show what its rule does,
// for want of a model or because the policy was changed since, is left out: the
// FAQ must not tell what is not so.
func (p *Policy) pairs(rules []RuleInfo, s Subject) []RuleExample {
	var list []RuleExample
	for _, rule := range rules {
		if pair, err := p.pair(rule, s); err == nil {
			list = append(list, pair)
		}
	}
	return list
}

// errNoExample is why a rule has no example: nothing in this policy can break it.
var errNoExample = errors.New("nothing breaks this rule")

// pair runs the two examples of a rule. The error names the one that does not
// hold and what the policy makes of it.
func (p *Policy) pair(rule RuleInfo, s Subject) (RuleExample, error) {
	text := p.doc.FAQ.Examples[rule.ID]
	if rule.ID == ruleDenied && len(p.doc.Sources.Deny) == 0 {
		return RuleExample{}, errNoExample
	}
	passes, v := p.judged(text.Passes, s)
	if found := broken(v); slices.Contains(found, rule.ID) {
		return RuleExample{}, fmt.Errorf("passes: %s finds something in it", rule.ID)
	}
	if len(v.Without) > 0 && p.needs(rule.ID) {
		return RuleExample{}, fmt.Errorf("passes: it cannot be judged without %s", strings.Join(v.Without, ", "))
	}
	fails, v := p.judged(text.Fails, s)
	switch found := broken(v); {
	case len(found) == 0:
		return RuleExample{}, fmt.Errorf("fails: no rule finds anything in it, want %s", rule.ID)
	case len(found) > 1 || found[0] != rule.ID:
		return RuleExample{}, fmt.Errorf("fails: %s finds something in it, want %s alone", strings.Join(found, " and "), rule.ID)
	}
	fails.Findings = v.Findings
	return RuleExample{rule, passes, fails}, nil
}

// needs reports whether a rule decides by a model that may come later.
func (p *Policy) needs(rule string) bool {
	switch rule {
	case ruleOffTopic:
		return p.lacks(modelTopic)
	case ruleInsult:
		return p.lacks(modelAbuse)
	case rulePromotion:
		return p.lacks(modelSpam)
	}
	return false
}

// broken are the rules that have a finding.
func broken(v Verdict) []string {
	var list []string
	for _, f := range v.Findings {
		if !slices.Contains(list, f.Rule) {
			list = append(list, f.Rule)
		}
	}
	return list
}

// CheckExamples wants the FAQ's examples to hold: for each rule that is on, no
// finding of it in the one that passes, and of it alone in the one that fails.
// The error names the key. A rule whose model p lacks is left for later, see
// [Policy.Complete].
func (p *Policy) CheckExamples() error {
	subject := p.faqSubject()
	for _, rule := range p.Rules() {
		if rule.Off || p.needs(rule.ID) {
			continue
		}
		if _, err := p.pair(rule, subject); err != nil && !errors.Is(err, errNoExample) {
			return fmt.Errorf("policy: faq.examples.%s.%w", rule.ID, err)
		}
	}
	return nil
}

// checkPairs wants a pair of each rule.
func (p *Policy) checkPairs() error {
	for _, rule := range Rules() {
		pair, ok := p.doc.FAQ.Examples[rule.ID]
		if !ok {
			return fmt.Errorf("faq.examples.%s: it is missing", rule.ID)
		}
		if pair.Passes.Text == "" {
			return fmt.Errorf("faq.examples.%s.passes: text is missing", rule.ID)
		}
		if pair.Fails.Text == "" && pair.Fails.Label == "" {
			return fmt.Errorf("faq.examples.%s.fails: text or label is missing", rule.ID)
		}
	}
	for id := range p.doc.FAQ.Examples {
		if _, ok := p.rules[id]; !ok {
			return fmt.Errorf("faq.examples.%s: no such rule", id)
		}
	}
	return nil
}
