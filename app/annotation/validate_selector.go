package annotation

import "strings"

// selectorRules are sections 4.2.1 to 4.2.8, one class each; false for a class
// that is no selector.
func selectorRules(class string) ([]rule, bool) {
	switch class {
	case "FragmentSelector":
		return []rule{{"value", exactlyOne, (*checker).text}, {"conformsTo", upToOne, (*checker).iri}}, true
	case "CssSelector", "XPathSelector":
		return []rule{{"value", exactlyOne, (*checker).text}}, true
	case typeQuote:
		return []rule{
			{"exact", exactlyOne, (*checker).text},
			{"prefix", upToOne, (*checker).text},
			{"suffix", upToOne, (*checker).text},
		}, true
	case typePosition, "DataPositionSelector":
		return []rule{{"start", exactlyOne, (*checker).natural}, {"end", exactlyOne, (*checker).natural}}, true
	case "SvgSelector":
		return []rule{{"value", upToOne, (*checker).svg}}, true
	case "RangeSelector":
		return []rule{
			{"startSelector", exactlyOne, (*checker).selector},
			{"endSelector", exactlyOne, (*checker).selector},
		}, true
	}
	return nil, false
}

// stateRules are sections 4.3.1 and 4.3.2.
func stateRules(class string) ([]rule, bool) {
	switch class {
	case typeTime:
		return []rule{
			{"sourceDate", anyNumber, (*checker).dateTime},
			{"sourceDateStart", upToOne, (*checker).dateTime},
			{"sourceDateEnd", upToOne, (*checker).dateTime},
			{"cached", anyNumber, (*checker).iri},
		}, true
	case "HttpRequestState":
		return []rule{{"value", exactlyOne, (*checker).text}}, true
	}
	return nil, false
}

// selector judges a selector, which only selectors refine (section 4.2.9).
func (c *checker) selector(v any) {
	c.specifier(v, (*checker).selector, selectorRules)
}

// state judges a state, which states and selectors refine (section 4.3.3).
func (c *checker) state(v any) {
	c.specifier(v, (*checker).stateOrSelector, stateRules)
	if m, ok := v.(map[string]any); ok {
		c.interval(m)
	}
}

func (c *checker) stateOrSelector(v any) {
	m, _ := v.(map[string]any)
	class, _ := m["type"].(string)
	if _, ok := selectorRules(class); ok {
		c.selector(v)
		return
	}
	c.state(v)
}

// specifier judges what selectors and states have in common: a class of their
// own, unless an id says where they are described, and refinements.
func (c *checker) specifier(v any, refinement func(*checker, any), rulesOf func(class string) ([]rule, bool)) {
	c.iriOr(v, func(m map[string]any) {
		c.keys(m, []rule{{"id", upToOne, (*checker).iri}, {"refinedBy", anyNumber, refinement}})
		if !has(m, "type") {
			if !has(m, "id") {
				c.problem("has no type")
			}
			return
		}
		c.keys(m, []rule{{"type", exactlyOne, (*checker).text}})
		class, isText := m["type"].(string)
		rules, known := rulesOf(class)
		c.keys(m, rules)
		// A class of another vocabulary is an extension; a bare word that no
		// context defines is a slip of the pen.
		if isText && !known && !c.extended && !strings.Contains(class, ":") {
			c.at("type", func() { c.problem("is not a class of the model that belongs here") })
		}
	})
}

// interval judges how the dates of a TimeState go together.
func (c *checker) interval(m map[string]any) {
	if m["type"] != typeTime {
		return
	}
	from, to := has(m, "sourceDateStart"), has(m, "sourceDateEnd")
	switch {
	case from != to:
		c.problem("needs both of sourceDateStart and sourceDateEnd")
	case from && has(m, "sourceDate"):
		c.problem("has a sourceDate beside sourceDateStart and sourceDateEnd")
	}
}
