package annotation

import "slices"

// resourceRules are section 3.2.1.
func resourceRules() []rule {
	return []rule{
		{"type", anyNumber, (*checker).text},
		{"format", anyNumber, (*checker).text},
		{"language", anyNumber, (*checker).text},
		{"processingLanguage", upToOne, (*checker).text},
		{"textDirection", upToOne, (*checker).direction},
		{"purpose", anyNumber, (*checker).text},
		{"styleClass", anyNumber, (*checker).text},
	}
}

// specificRules are section 4.
func specificRules() []rule {
	return []rule{
		{"id", upToOne, (*checker).iri},
		{"source", exactlyOne, (*checker).source},
		{"selector", anyNumber, (*checker).selector},
		{"state", anyNumber, (*checker).state},
		{"renderedVia", anyNumber, (*checker).agent},
		{"scope", anyNumber, (*checker).source},
	}
}

// body judges a body: an IRI, a web resource, a text in place, a specific
// resource or a set of these.
func (c *checker) body(v any) {
	c.iriOr(v, func(m map[string]any) {
		if isTextual(m) {
			c.described(m)
			c.keys(m, []rule{{"id", upToOne, (*checker).iri}, {"value", exactlyOne, (*checker).text}})
			return
		}
		c.resource(m, (*checker).body)
	})
}

// target judges a target, which is all that a body is but a text in place.
func (c *checker) target(v any) {
	c.iriOr(v, func(m map[string]any) { c.resource(m, (*checker).target) })
}

// resource judges what body and target have in common; a set has items that are
// judged by item.
func (c *checker) resource(m map[string]any, item func(*checker, any)) {
	c.described(m)
	switch {
	case isSet(m):
		c.keys(m, []rule{{"id", upToOne, (*checker).iri}, {"items", oneOrMore, item}})
	case isSpecific(m):
		c.keys(m, specificRules())
	default:
		c.keys(m, []rule{{"id", exactlyOne, (*checker).iri}})
	}
}

// source judges a resource that another one is a part of, or is seen in.
func (c *checker) source(v any) {
	c.iriOr(v, func(m map[string]any) {
		c.described(m)
		c.keys(m, []rule{{"id", exactlyOne, (*checker).iri}})
	})
}

func (c *checker) described(m map[string]any) {
	c.keys(m, resourceRules())
	c.keys(m, lifeRules())
}

// isTextual tells a TextualBody (section 3.2.4). The class is advised, not
// required: a value and nothing that says where it is will do.
func isTextual(m map[string]any) bool {
	if slices.Contains(classesOf(m), typeTextual) {
		return true
	}
	return has(m, "value") && !has(m, "id", "source") && !isSet(m) && !isSpecific(m)
}

// isSpecific tells a SpecificResource, whose class is advised too, by a key that
// nothing else has.
func isSpecific(m map[string]any) bool {
	return slices.Contains(classesOf(m), typeSpecific) ||
		has(m, "source", "selector", "state", "renderedVia", "scope")
}

// isSet tells a Choice (section 3.2.7) or one of the sets of the vocabulary's
// appendix, which documents still use.
func isSet(m map[string]any) bool {
	return slices.ContainsFunc(classesOf(m), func(class string) bool {
		switch class {
		case "Choice", "Composite", "List", "Independents":
			return true
		}
		return false
	})
}

// has reports whether m has one of the keys.
func has(m map[string]any, keys ...string) bool {
	return slices.ContainsFunc(keys, func(key string) bool {
		_, ok := m[key]
		return ok
	})
}
