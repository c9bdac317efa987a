package moderation

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"marginalia/app/annotation"
)

// FAQ is the Comments FAQ, written from a policy.
type FAQ struct {
	Policy   string // the hash
	Language string
	Sentence string
	Sections []Section // the families of rules; one whose rules are all off is left out
	More     []Topic   // what is true of every note
}

// Section is one family of rules.
type Section struct {
	ID     string // abuse, topic, source, privacy, spam, language, form
	Title  string
	Pass   string // the label of a note that passes, as "On topic"
	Text   string
	Denied string // which hosts are not taken as a source; empty if none are named
	Passes Example
	Fails  Example
	Rules  []RuleInfo // without those that are off
	// Examples are a pair for each of Rules, but those whose model has not come
	// and those that this policy's figures and lists leave without one.
	Examples []RuleExample
}

// Example is a note and what the policy does with it: the outcome is found by
// running the rules, not stated.
type Example struct {
	Text     string
	Label    string              // what to show for a note that has no text to show
	Source   string              // empty when it has none
	More     []annotation.Source // what is cited beside Source, or a passage of it
	Decision Decision
	Findings []Finding // all of the section's own family, or of the pair's rule
}

// Topic is a headed paragraph.
type Topic struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// faqText is the FAQ's part of the policy file. The examples are notes on the
// claim in the article given here.
type faqText struct {
	Article  string       `json:"article"`
	Claim    string       `json:"claim"`
	Source   string       `json:"source"`  // of examples that name none
	Address  string       `json:"address"` // the article's own
	Families []familyText `json:"families"`
	// Examples has a pair for each rule.
	Examples map[string]pairText `json:"examples"`
	More     []Topic             `json:"more"`
}

type familyText struct {
	ID     string      `json:"id"`
	Title  string      `json:"title"`
	Pass   string      `json:"pass"`
	Text   string      `json:"text"`
	Denied string      `json:"denied,omitempty"` // said after Text when there are {hosts} to deny
	Passes exampleText `json:"passes"`
	Fails  exampleText `json:"fails"`
}

// pairText is a note on which a rule has nothing to say and one that it finds.
type pairText struct {
	Passes exampleText `json:"passes"`
	Fails  exampleText `json:"fails"`
}

// exampleText is one example; source overrides the common one. "none" is none,
// "article" the article's own address, "denied" the first that the policy denies.
type exampleText struct {
	Text    string `json:"text"`
	Source  string `json:"source,omitempty"`
	Passage string `json:"passage,omitempty"` // quoted from the source
	Again   string `json:"again,omitempty"`   // a second source
	Label   string `json:"label,omitempty"`
}

// FAQ writes the FAQ from the policy: its texts, its figures and what its rules
// make of its examples.
func (p *Policy) FAQ() FAQ {
	faq := FAQ{Policy: p.hash, Language: p.doc.Language, Sentence: p.doc.Sentence}
	figures := p.figures()
	subject := p.faqSubject()
	for _, text := range p.doc.FAQ.Families {
		s := Section{ID: text.ID, Title: text.Title, Pass: text.Pass, Text: figures.Replace(text.Text)}
		if deny := p.doc.Sources.Deny; text.Denied != "" && len(deny) > 0 {
			s.Denied = strings.ReplaceAll(text.Denied, "{hosts}", strings.Join(deny, ", "))
		}
		for _, rule := range p.Rules() {
			if rule.Family == text.ID && !rule.Off {
				s.Rules = append(s.Rules, rule)
			}
		}
		if len(s.Rules) == 0 {
			continue
		}
		s.Passes = p.example(text.ID, text.Passes, subject)
		s.Fails = p.example(text.ID, text.Fails, subject)
		s.Examples = p.pairs(s.Rules, subject)
		faq.Sections = append(faq.Sections, s)
	}
	for _, topic := range p.doc.FAQ.More {
		topic.Text = figures.Replace(topic.Text)
		faq.More = append(faq.More, topic)
	}
	return faq
}

// figures fills a policy's figures into its FAQ.
func (p *Policy) figures() *strings.Replacer {
	number := func(n int) string { return grouped(n) }
	percent := func(s Score) string { return grouped(int(s)/100) + " %" }
	return strings.NewReplacer(
		"{topic}", percent(p.doc.Topic.Threshold), "{topicWords}", number(p.doc.Topic.Words),
		"{links}", number(*p.doc.Spam.Links), "{marks}", number(p.doc.Spam.Marks),
		"{repeats}", number(p.doc.Spam.Repeats), "{capitals}", percent(p.doc.Spam.Capital),
		"{text}", number(annotation.MaxText), "{passage}", number(annotation.MaxPassage),
		"{sources}", number(annotation.MaxSources), "{languages}", p.languageNames(),
	)
}

func (p *Policy) faqSubject() Subject {
	return Subject{Article: NewArticle(p.doc.FAQ.Article), Quote: p.doc.FAQ.Claim, Self: []string{p.doc.FAQ.Address}}
}

func (p *Policy) example(family string, text exampleText, s Subject) Example {
	e, v := p.judged(text, s)
	for _, f := range v.Findings {
		if strings.HasPrefix(f.Rule, family+".") {
			e.Findings = append(e.Findings, f)
		}
	}
	return e
}

// judged is an example without its findings, and what the rules make of it.
func (p *Policy) judged(text exampleText, s Subject) (Example, Verdict) {
	e := Example{Text: text.Text, Label: text.Label, Source: text.Source}
	switch text.Source {
	case "":
		e.Source = p.doc.FAQ.Source
	case "none":
		e.Source = ""
	case "article":
		e.Source = p.doc.FAQ.Address
	case "denied":
		e.Source = ""
		if deny := p.doc.Sources.Deny; len(deny) > 0 {
			e.Source = "https://" + deny[0] + "/report"
		}
	}
	n := Note{Note: annotation.Note{Text: text.Text, Stance: annotation.Dispute}}
	if e.Source != "" {
		n.Sources = []annotation.Source{{URL: e.Source, Passage: text.Passage}}
	}
	if text.Passage != "" {
		e.More = append(e.More, annotation.Source{Passage: text.Passage})
	}
	if text.Again != "" {
		e.More = append(e.More, annotation.Source{URL: text.Again})
		n.Sources = append(n.Sources, annotation.Source{URL: text.Again})
	}
	v := Check(p, n, s)
	e.Decision = v.Decision
	return e, v
}

// checkFAQ wants every family explained and every passing example to pass. The
// failing ones are shown with whatever the policy makes of them.
func (p *Policy) checkFAQ() error {
	text := p.doc.FAQ
	if text.Article == "" || text.Claim == "" || text.Source == "" || text.Address == "" {
		return errors.New("faq: article, claim, source and address are all needed")
	}
	if err := p.checkPairs(); err != nil {
		return err
	}
	subject := p.faqSubject()
	for i, f := range families() {
		if i >= len(text.Families) || text.Families[i].ID != f.id {
			return fmt.Errorf("faq.families.%d: want %q here", i, f.id)
		}
		section := text.Families[i]
		if slices.Contains([]string{section.Title, section.Pass, section.Text, section.Passes.Text}, "") {
			return fmt.Errorf("faq.families.%d: title, pass, text and passes are all needed", i)
		}
		if e := p.example(f.id, section.Passes, subject); e.Decision != Publish {
			return fmt.Errorf("faq.families.%d.passes: this policy gives it %q", i, e.Decision)
		}
	}
	if len(text.Families) > len(families()) {
		return errors.New("faq.families: there is one too many")
	}
	for i, topic := range text.More {
		if topic.ID == "" || topic.Title == "" || topic.Text == "" {
			return fmt.Errorf("faq.more.%d: id, title and text are all needed", i)
		}
	}
	return nil
}
