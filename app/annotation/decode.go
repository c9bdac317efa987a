package annotation

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// Decode reads one annotation of the profile as a device sends it. It is
// strict: a key that the profile does not have, a value of another kind, a key
// that comes twice, a second text or a second stance is a [*FieldError] that
// names the place, for what is not understood must not be dropped in silence.
//
// Some forms are equal in the model and read alike: body and target.selector may
// be one object or a list, target may be a string, the target's type may be
// said, and type may be absent. Ids stay as they are written; see [FromIRI].
// Decode judges the form only; see [Check].
func Decode(data []byte) (Annotation, error) {
	v, fault := parse(data)
	if fault != nil {
		return Annotation{}, fault
	}
	r := &reader{}
	a := r.annotation(v)
	if r.fault != nil {
		return Annotation{}, r.fault
	}
	return a, nil
}

// A reader turns the tree of a JSON document into the profile's types. It keeps
// the first fault; what it returns after that is of no use.
type reader struct {
	path  []string
	fault *FieldError
}

func (r *reader) annotation(v any) Annotation {
	a := Annotation{Type: typeAnnotation, Body: []Body{}}
	r.object(v, func(key string, v any) bool {
		switch key {
		case "@context":
			a.Context = r.text(v)
		case "id":
			a.ID = r.text(v)
		case "type":
			a.Type = r.text(v)
		case "motivation":
			a.Motivation = r.text(v)
		case "creator":
			a.Creator = r.agent(v)
		case "created":
			a.Created = r.text(v)
		case "modified":
			a.Modified = r.text(v)
		case "body":
			r.each(v, func(v any) { a.Body = append(a.Body, r.body(v)) })
		case "target":
			a.Target = r.target(v)
		default:
			return false
		}
		return true
	})
	r.onlyOne(a.Body)
	return a
}

// onlyOne refuses a second text or stance: the model allows it, but a note has
// one of each, and which one was meant cannot be known.
func (r *reader) onlyOne(bodies []Body) {
	seen := map[string]bool{}
	for i, b := range bodies {
		if b.Purpose != commenting && b.Purpose != tagging {
			continue
		}
		if seen[b.Purpose] && r.fault == nil {
			r.fault = &FieldError{"/body/" + strconv.Itoa(i) + "/purpose", "is there twice: a note has one text and one stance"}
		}
		seen[b.Purpose] = true
	}
}

func (r *reader) agent(v any) *Agent {
	var a Agent
	r.object(v, func(key string, v any) bool {
		switch key {
		case "id":
			a.ID = r.text(v)
		case "type":
			a.Type = r.text(v)
		case "nickname":
			a.Nickname = r.text(v)
		default:
			return false
		}
		return true
	})
	return &a
}

func (r *reader) body(v any) Body {
	var b Body
	r.object(v, func(key string, v any) bool {
		switch key {
		case "type":
			b.Type = r.text(v)
		case "value":
			b.Value = r.text(v)
		case "format":
			b.Format = r.text(v)
		case "language":
			b.Language = r.text(v)
		case "purpose":
			b.Purpose = r.text(v)
		case "source":
			b.Source = r.text(v)
		case "selector":
			s := r.selector(v)
			b.Selector = &s
		default:
			return false
		}
		return true
	})
	return b
}

func (r *reader) target(v any) Target {
	if source, ok := v.(string); ok {
		return Target{Source: source}
	}
	var t Target
	r.object(v, func(key string, v any) bool {
		switch key {
		case "type":
			if r.text(v) != typeSpecific {
				r.fail("must be " + typeSpecific)
			}
		case "source":
			t.Source = r.text(v)
		case "state":
			t.State = r.state(v)
		case "selector":
			r.each(v, func(v any) { t.Selector = append(t.Selector, r.selector(v)) })
		default:
			return false
		}
		return true
	})
	return t
}

func (r *reader) state(v any) *State {
	var s State
	r.object(v, func(key string, v any) bool {
		switch key {
		case "type":
			s.Type = r.text(v)
		case "sourceDate":
			s.SourceDate = r.text(v)
		case "cached":
			s.Cached = r.text(v)
		default:
			return false
		}
		return true
	})
	return &s
}

func (r *reader) selector(v any) Selector {
	var s Selector
	r.object(v, func(key string, v any) bool {
		switch key {
		case "type":
			s.Type = r.text(v)
		case "exact":
			s.Exact = r.text(v)
		case "prefix":
			s.Prefix = r.text(v)
		case "suffix":
			s.Suffix = r.text(v)
		case "start":
			s.Start = r.integer(v)
		case "end":
			s.End = r.integer(v)
		default:
			return false
		}
		return true
	})
	return s
}

// object calls field for each key, in order of the keys so that of two faults
// always the same is reported. field returns false for a key it does not know.
func (r *reader) object(v any, field func(key string, v any) bool) {
	m, ok := v.(map[string]any)
	if !ok {
		r.fail("must be an object")
		return
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		r.at(key, func() {
			if !field(key, m[key]) {
				r.fail("is not a field of a note")
			}
		})
	}
}

// each calls f for every element of a list, or for the one value that is none.
func (r *reader) each(v any, f func(v any)) {
	list, ok := v.([]any)
	if !ok {
		f(v)
		return
	}
	for i, v := range list {
		r.at(strconv.Itoa(i), func() { f(v) })
	}
}

func (r *reader) text(v any) string {
	s, ok := v.(string)
	if !ok {
		r.fail("must be a string")
	}
	return s
}

func (r *reader) integer(v any) *int {
	n, ok := v.(json.Number)
	i, err := strconv.Atoi(n.String())
	if !ok || err != nil {
		r.fail("must be an integer")
	}
	return &i
}

// at runs f one step further down, unless something was wrong before.
func (r *reader) at(step string, f func()) {
	if r.fault != nil {
		return
	}
	r.path = append(r.path, step)
	f()
	r.path = r.path[:len(r.path)-1]
}

func (r *reader) fail(detail string) {
	if r.fault == nil {
		r.fault = &FieldError{pointer(r.path), detail}
	}
}
