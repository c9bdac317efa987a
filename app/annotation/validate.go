package annotation

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// Problem is one way in which a document breaks the Recommendation.
type Problem struct {
	// Path is a JSON pointer into the document; empty means all of it.
	Path string `json:"path"`
	// Detail is for a person: lower case, no final stop.
	Detail string `json:"detail"`
}

const (
	// maxDepth is how deep the objects that the model knows may stand in each
	// other: 64 refinements in an annotation in a page in a collection.
	maxDepth = 64 + 8
	// maxProblems is enough to mend a document by; the rest would repeat itself.
	maxProblems = 100
)

// Validate judges a JSON document by the whole Web Annotation Data Model, not by
// the profile: an annotation, an AnnotationCollection or an AnnotationPage. See
// https://www.w3.org/TR/annotation-model/. It returns what the document must
// mend, in a fixed order, at most 100 problems, and never nil: a valid document
// has an empty list.
//
// What the Recommendation only advises is no problem, nor is a key that it does
// not know, since both are allowed. Nothing is fetched. The time taken is linear
// in the document's length.
func Validate(doc []byte) []Problem {
	v, fault := parse(doc)
	if fault != nil {
		return []Problem{{fault.Field, fault.Detail}}
	}
	c := &checker{problems: []Problem{}}
	c.document(v)
	return c.problems
}

// document chooses the rules by the type that the document says it has.
func (c *checker) document(v any) {
	m, ok := v.(map[string]any)
	if !ok {
		c.problem("must be an object")
		return
	}
	c.keys(m, []rule{{"@context", oneOrMore, (*checker).contextEntry}})
	c.context(m)
	switch classes := classesOf(m); {
	case slices.Contains(classes, "AnnotationCollection"):
		c.collection(m)
	case slices.Contains(classes, "AnnotationPage"):
		c.page(m)
	default:
		c.annotation(m)
	}
}

// contextEntry judges one context: an address, or definitions in place.
func (c *checker) contextEntry(v any) {
	if _, inPlace := v.(map[string]any); !inPlace {
		c.iri(v)
	}
}

// context wants the model's own context among those of the document (section 3.1).
func (c *checker) context(m map[string]any) {
	list, ok := m["@context"].([]any)
	if !ok {
		list = []any{m["@context"]}
	}
	if m["@context"] != nil && !slices.ContainsFunc(list, func(v any) bool { return v == ContextURI }) {
		c.at("@context", func() { c.problem("must include " + ContextURI) })
	}
	c.extended = len(list) > 1
}

// A checker walks a document and collects problems.
type checker struct {
	path     []string
	depth    int
	extended bool // other contexts may define further terms
	problems []Problem
}

// count is how many values a key may have. Where one is the most, a list is
// refused even if it holds one value, as the W3C's own schemas do.
type count int

const (
	upToOne count = iota
	exactlyOne
	anyNumber
	oneOrMore
	array // one or more, and written as a list even if it is one
)

// A rule says how many values a key has and what each of them must be.
type rule struct {
	key string
	n   count
	is  func(*checker, any)
}

// keys applies the rules to an object. Keys without a rule are extensions.
func (c *checker) keys(m map[string]any, rules []rule) {
	for _, r := range rules {
		v, ok := m[r.key]
		if !ok {
			if r.n == exactlyOne || r.n == oneOrMore || r.n == array {
				c.problem("has no " + r.key)
			}
			continue
		}
		c.at(r.key, func() { c.values(v, r) })
	}
}

func (c *checker) values(v any, r rule) {
	list, isList := v.([]any)
	switch {
	case !isList && r.n == array:
		c.problem("must be a list")
	case !isList:
		r.is(c, v)
	case r.n == upToOne || r.n == exactlyOne:
		c.problem("must be one value, not a list")
	case len(list) == 0 && r.n != anyNumber:
		c.problem("must not be empty")
	default:
		for i, v := range list {
			c.at(strconv.Itoa(i), func() { r.is(c, v) })
		}
	}
}

// at runs f one step further down.
func (c *checker) at(step string, f func()) {
	if len(c.problems) == maxProblems {
		return
	}
	c.path = append(c.path, step)
	f()
	c.path = c.path[:len(c.path)-1]
}

// inside runs f for an object that can hold another of its kind.
func (c *checker) inside(f func()) {
	if c.depth == maxDepth {
		c.problem(fmt.Sprintf("is nested too deep: at most %d levels", maxDepth))
		return
	}
	c.depth++
	f()
	c.depth--
}

func (c *checker) problem(detail string) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, Problem{pointer(c.path), detail})
	}
}

// iriOr judges a value that is an IRI or an object, which it hands to f.
func (c *checker) iriOr(v any, f func(m map[string]any)) {
	switch v := v.(type) {
	case string:
		c.iri(v)
	case map[string]any:
		c.inside(func() { f(v) })
	default:
		c.problem("must be an IRI or an object")
	}
}

// classesOf returns the strings in an object's type.
func classesOf(m map[string]any) []string {
	list, ok := m["type"].([]any)
	if !ok {
		list = []any{m["type"]}
	}
	var classes []string
	for _, v := range list {
		if s, ok := v.(string); ok {
			classes = append(classes, s)
		}
	}
	return classes
}

// class wants class among the types of an object.
func (c *checker) class(m map[string]any, class string) {
	if _, ok := m["type"]; ok && !slices.Contains(classesOf(m), class) {
		c.at("type", func() { c.problem("must include " + class) })
	}
}

// naturalNumber reports whether v is an xsd:nonNegativeInteger.
func naturalNumber(v any) bool {
	n, ok := v.(json.Number)
	if !ok || n == "" {
		return false
	}
	for _, r := range n {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}
