package annotation

import (
	"maps"
	"slices"
	"strings"
)

// The tables are functions, not variables: they call each other, and nothing of
// them is in a program that does not call Validate.

// annotationRules are sections 3.1, 3.2.5 and 4.4.
func annotationRules() []rule {
	return []rule{
		{"id", exactlyOne, (*checker).iri},
		{"type", oneOrMore, (*checker).text},
		{"motivation", anyNumber, (*checker).text},
		{"body", anyNumber, (*checker).body},
		{"bodyValue", upToOne, (*checker).text},
		{"target", oneOrMore, (*checker).target},
		{"stylesheet", upToOne, (*checker).stylesheet},
		{"styleClass", anyNumber, (*checker).text},
	}
}

// lifeRules are sections 3.3.1, 3.3.3, 3.3.4, 3.3.6 and 3.3.7: what may be said
// of an annotation, a body, a target, a collection or a page.
func lifeRules() []rule {
	return []rule{
		{"creator", anyNumber, (*checker).agent},
		{"created", upToOne, (*checker).dateTime},
		{"modified", upToOne, (*checker).dateTime},
		{"generator", anyNumber, (*checker).agent},
		{"generated", upToOne, (*checker).dateTime},
		{"audience", anyNumber, (*checker).audience},
		{"accessibility", anyNumber, (*checker).text},
		{"rights", anyNumber, (*checker).iri},
		{"canonical", upToOne, (*checker).iri},
		{"via", anyNumber, (*checker).iri},
	}
}

// agentRules are section 3.3.2.
func agentRules() []rule {
	return []rule{
		{"id", upToOne, (*checker).iri},
		{"type", anyNumber, (*checker).text},
		{"name", anyNumber, (*checker).text},
		{"nickname", upToOne, (*checker).text},
		{"email", anyNumber, (*checker).mailto},
		{"email_sha1", anyNumber, (*checker).text},
		{"homepage", anyNumber, (*checker).iri},
	}
}

func (c *checker) annotation(m map[string]any) {
	c.class(m, typeAnnotation)
	c.keys(m, annotationRules())
	c.keys(m, lifeRules())
	_, body := m["body"]
	_, value := m["bodyValue"]
	if body && value {
		c.at("bodyValue", func() { c.problem("must not stand beside body") })
	}
}

func (c *checker) agent(v any) {
	c.iriOr(v, func(m map[string]any) { c.keys(m, agentRules()) })
}

// audience judges section 3.3.3: all but id and type is of schema.org, and must
// be prefixed so that nothing else is mistaken for it.
func (c *checker) audience(v any) {
	c.iriOr(v, func(m map[string]any) {
		c.keys(m, []rule{{"id", upToOne, (*checker).iri}, {"type", anyNumber, (*checker).audienceClass}})
		for _, key := range slices.Sorted(maps.Keys(m)) {
			if key != "id" && key != "type" && !strings.Contains(key, ":") && !c.extended {
				c.at(key, func() { c.problem("must have the prefix schema:") })
			}
		}
	})
}

func (c *checker) audienceClass(v any) {
	s, ok := v.(string)
	if !ok || s != "Audience" && !strings.Contains(s, ":") && !c.extended {
		c.problem("must be a class with the prefix schema:")
	}
}

// stylesheet judges section 4.4: a stylesheet is somewhere or it is here.
func (c *checker) stylesheet(v any) {
	c.iriOr(v, func(m map[string]any) {
		c.keys(m, []rule{
			{"id", upToOne, (*checker).iri},
			{"type", upToOne, (*checker).text},
			{"value", upToOne, (*checker).text},
		})
		c.class(m, "CssStylesheet")
		if m["id"] == nil && m["value"] == nil {
			c.problem("needs an id or a value")
		}
	})
}
