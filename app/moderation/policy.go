package moderation

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the shipped policy and its models
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"
)

//go:embed default_policy.json
var defaultPolicy []byte

// Policy is a publisher's rules as data, ready for [Check]. It is never changed
// after [Parse] and may be used by several goroutines.
type Policy struct {
	doc     document
	hash    string
	lexicon *lexicon
	scripts []*unicode.RangeTable // of its languages
	rules   map[string]RuleInfo
	models  models
	loaded  []string // models given by With
}

// document is the policy file. Nothing in it has a silent default: a file that
// leaves something out is refused, so that the hash covers all that decides.
type document struct {
	Version    int                 `json:"version"` // of this format: 1
	Language   string              `json:"language"`
	Sentence   string              `json:"sentence"`
	Models     map[string]string   `json:"models"`
	Rules      map[string]ruleText `json:"rules"`
	Lexicon    lexiconEdits        `json:"lexicon"`
	Topic      topicLimits         `json:"topic"`
	Spam       spamLimits          `json:"spam"`
	Languages  []string            `json:"languages"`
	Shorteners []string            `json:"shorteners"`
	Sources    sourceLists         `json:"sources"`
	FAQ        faqText             `json:"faq"`
}

// ruleText is one rule's severity and what it says. {n} and {max} stand for the
// figures of a finding.
type ruleText struct {
	Severity Severity           `json:"severity"`
	Off      bool               `json:"off,omitempty"`
	Why      string             `json:"why"`
	Fix      string             `json:"fix"`
	Cases    map[string]caseMsg `json:"cases,omitempty"`
}

type caseMsg struct {
	Why string `json:"why"`
	Fix string `json:"fix"`
}

// lexiconEdits changes the shipped word list for one newspaper.
type lexiconEdits struct {
	// Add holds lines of the word list's own form, see lexicon.txt.
	Add []string `json:"add"`
	// Allow holds words and phrases that are never abuse here.
	Allow []string `json:"allow"`
}

// sourceLists are the publisher's own hosts, in lower case. Each stands for the
// names below it too.
type sourceLists struct {
	// Allow are hosts that are what they say: neither weak nor a look-alike nor a
	// shortener, and guarded against look-alikes themselves.
	Allow []string `json:"allow"`
	// Deny are hosts that are not taken as a source, whatever Allow says.
	Deny []string `json:"deny"`
	// UserGenerated are more hosts where anyone can publish.
	UserGenerated []string `json:"userGenerated"`
}

type topicLimits struct {
	Threshold Score `json:"threshold"` // a score below it is off topic
	Words     int   `json:"words"`     // a shorter note is not judged
}

type spamLimits struct {
	Links   *int  `json:"links"`   // more links than this in the text
	Letters int   `json:"letters"` // fewer letters than this never shout
	Capital Score `json:"capitals"`
	Marks   int   `json:"marks"`   // so many ! or ? in a row
	Repeats int   `json:"repeats"` // the same line or sentence so often
	Words   int   `json:"words"`   // the same word so often in a row
}

// DefaultPolicy is the file of the shipped policy. The bytes are the caller's.
func DefaultPolicy() []byte { return bytes.Clone(defaultPolicy) }

// Default is the shipped policy.
func Default() *Policy { return sharedDefault() }

// The shipped policy is parsed once; a test keeps it valid.
var sharedDefault = sync.OnceValue(func() *Policy {
	p, err := Parse(defaultPolicy)
	if err != nil {
		panic("moderation: the shipped policy: " + err.Error())
	}
	return p
})

// Parse reads a policy file. What it refuses it names by its key: unknown and
// missing keys, figures out of range, a word list other than the shipped one, and
// an FAQ example for "passes" that the policy itself would not publish.
//
// Models beside the word list are not loaded: see [Policy.With].
func Parse(data []byte) (*Policy, error) {
	p := &Policy{hash: digest(data)}
	if err := decodeStrict(data, &p.doc); err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	steps := []func() error{p.checkHead, p.readRules, p.checkLimits, p.checkHosts, p.readLexicon, p.readLanguages, p.checkFAQ}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("policy: %w", err)
		}
	}
	return p, nil
}

// Hash names the policy: "sha256-" and 64 hexadecimal digits over the bytes
// given to [Parse].
func (p *Policy) Hash() string { return p.hash }

// Language is the BCP 47 tag of the policy's own texts, findings included.
func (p *Policy) Language() string { return p.doc.Language }

// Sentence is what stands under every article.
func (p *Policy) Sentence() string { return p.doc.Sentence }

// Rules lists every rule with the severity that this policy gives it.
func (p *Policy) Rules() []RuleInfo {
	list := Rules()
	for i := range list {
		list[i] = p.rules[list[i].ID]
	}
	return list
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256-" + hex.EncodeToString(sum[:])
}

// decodeStrict reads one JSON value without unknown keys and nothing after it.
func decodeStrict(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && wrong.Field != "" {
			return fmt.Errorf("%s: a %s cannot stand here", wrong.Field, wrong.Value)
		}
		return errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more after the closing brace")
	}
	return nil
}
