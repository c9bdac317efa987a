package moderation

import (
	"fmt"
	"maps"
	"slices"
)

// The models that a policy may name beside the lexicon, which is part of the
// program.
const (
	modelAbuse = "abuse"
	modelTopic = "topic"
)

// models are the tables that a policy names and that come after it.
type models struct {
	abuse *abuseModel
	topic *meaning
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
}

// Models names the models that must be given to [Policy.With] before a verdict
// is complete, with the hash of each.
func (p *Policy) Models() map[string]string {
	list := maps.Clone(p.doc.Models)
	delete(list, "lexicon")
	return list
}

// With is p with one of its models. It refuses bytes that are not those that the
// policy names. p itself is not changed; data is not kept.
func (p *Policy) With(name string, data []byte) (*Policy, error) {
	want, ok := p.doc.Models[name]
	load := loaders[name]
	switch {
	case !ok || load == nil:
		return nil, fmt.Errorf("the policy names no model %q", name)
	case digest(data) != want:
		return nil, fmt.Errorf("model %s: %s is not the one that the policy names, %s", name, digest(data), want)
	}
	next := *p
	if err := load(&next.models, data); err != nil {
		return nil, fmt.Errorf("model %s: %w", name, err)
	}
	next.loaded = append(slices.Clone(p.loaded), name)
	return &next, nil
}

// Complete is p with all models that it names and get has. Those that get
// returns nil for stay away, and verdicts say so.
func (p *Policy) Complete(get func(name string) []byte) (*Policy, error) {
	for _, name := range slices.Sorted(maps.Keys(p.Models())) {
		data := get(name)
		if data == nil {
			continue
		}
		var err error
		if p, err = p.With(name, data); err != nil {
			return nil, err
		}
	}
	return p, nil
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
