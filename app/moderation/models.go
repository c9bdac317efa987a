package moderation

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"marginalia/app/source"
)

// The models that a policy may name. The lexicon is part of the program and must
// be named; the others come by [Policy.With].
const (
	modelLexicon  = "lexicon"
	modelAbuse    = "abuse"
	modelTopic    = "topic"
	modelSuffixes = "suffixes"
	modelSpam     = "spam"
)

// models are the tables that a policy names and that come after it.
type models struct {
	abuse    *abuseModel
	topic    *meaning
	suffixes *source.Suffixes
	spam     *spamModel
}

// loaders read each model.
var loaders = map[string]func(*models, []byte) error{
	modelAbuse: func(m *models, data []byte) (err error) {
		m.abuse, err = parseAbuseModel(data)
		return err
	},
	modelTopic: func(m *models, data []byte) (err error) {
		m.topic, err = parseMeaning(data)
		return err
	},
	modelSpam: func(m *models, data []byte) (err error) {
		m.spam, err = parseSpamModel(data)
		return err
	},
	modelSuffixes: func(m *models, data []byte) (err error) {
		m.suffixes, err = source.ParseSuffixes(data)
		return err
	},
}

// Models names the models that must be given to [Policy.With] before a verdict
// is complete, with the hash of each.
func (p *Policy) Models() map[string]string {
	list := maps.Clone(p.doc.Models)
	delete(list, modelLexicon)
	return list
}

// With is p with one of its models. It refuses bytes that are not those that the
// policy names. p itself is not changed; data is not kept.
func (p *Policy) With(name string, data []byte) (*Policy, error) {
	want, ok := p.doc.Models[name]
	load := loaders[name]
	switch {
	case !ok || load == nil:
		return nil, fmt.Errorf("model %s: the policy does not name it", name)
	case digest(data) != want:
		return nil, fmt.Errorf("model %s: this is %s, the policy wants %s", name, digest(data), want)
	}
	next := *p
	if err := load(&next.models, data); err != nil {
		return nil, fmt.Errorf("model %s: %w", name, err)
	}
	next.loaded = append(slices.Clone(p.loaded), name)
	return &next, nil
}

// Complete is p with all models that it names and get has. Verdicts name those
// that stay away. The error says which could not be read; p is to be used all
// the same.
func (p *Policy) Complete(get func(name string) []byte) (*Policy, error) {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(p.Models())) {
		data := get(name)
		if data == nil {
			continue
		}
		next, err := p.With(name, data)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		p = next
	}
	return p, errors.Join(errs...)
}

// ModelPath is where a server has a model of that hash, for browsers to keep.
func ModelPath(name, hash string) string {
	digits := strings.TrimPrefix(hash, "sha256-")
	return "/assets/" + name + "." + digits[:min(len(digits), modelDigits)] + ".bin"
}

// modelDigits is how many digits of its hash are in a model's address.
const modelDigits = 16

// Lacking names the models that the policy names and that have not come.
func (p *Policy) Lacking() []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(p.Models())) {
		if p.lacks(name) {
			list = append(list, name)
		}
	}
	return list
}

// lacks reports whether the policy names a model that has not come.
func (p *Policy) lacks(name string) bool {
	return p.doc.Models[name] != "" && !slices.Contains(p.loaded, name)
}

// Bare is p with other bytes for one of its models, whatever the policy names:
// for training it.
func (p *Policy) Bare(name string, data []byte) (*Policy, error) {
	next := *p
	if err := loaders[name](&next.models, data); err != nil {
		return nil, fmt.Errorf("model %s: %w", name, err)
	}
	next.loaded = append(slices.Clone(p.loaded), name)
	return &next, nil
}

// without names the models that have not come and that could have changed the
// verdict.
func (j *job) without() []string {
	var list []string
	for _, name := range []string{modelAbuse, modelTopic, modelSpam, modelSuffixes} {
		if j.p.lacks(name) && (name != modelSuffixes || j.cited) && (name == modelSuffixes || !j.foreign()) {
			list = append(list, name)
		}
	}
	return list
}
