package annotation

import "encoding/json"

// collectionRules are section 5.1.
func collectionRules() []rule {
	return []rule{
		{"id", exactlyOne, (*checker).iri},
		{"type", oneOrMore, (*checker).text},
		{"label", anyNumber, (*checker).text},
		{"total", upToOne, (*checker).natural},
		{"first", upToOne, (*checker).embeddedPage},
		{"last", upToOne, (*checker).embeddedPage},
	}
}

// pageRules are section 5.2.
func pageRules() []rule {
	return []rule{
		{"id", exactlyOne, (*checker).iri},
		{"type", oneOrMore, (*checker).text},
		{"partOf", upToOne, (*checker).wholeCollection},
		{"items", array, (*checker).item},
		{"next", upToOne, (*checker).reference},
		{"prev", upToOne, (*checker).reference},
		{"startIndex", upToOne, (*checker).natural},
	}
}

func (c *checker) collection(m map[string]any) {
	c.class(m, "AnnotationCollection")
	c.keys(m, collectionRules())
	c.keys(m, lifeRules())
	// A page has an item or more, so only a collection known to be empty may lack
	// its first page; one that does not tell its total is taken at its word.
	if total, ok := m["total"].(json.Number); ok && total != "0" && !has(m, "first") {
		c.problem("has no first")
	}
}

func (c *checker) page(m map[string]any) {
	c.class(m, "AnnotationPage")
	c.keys(m, pageRules())
	c.keys(m, lifeRules())
}

// embeddedPage judges a page within its collection: its address, or the page.
func (c *checker) embeddedPage(v any) {
	c.iriOr(v, func(m map[string]any) {
		if has(m, "items") {
			c.page(m)
			return
		}
		c.keys(m, []rule{{"id", exactlyOne, (*checker).iri}, {"type", anyNumber, (*checker).text}})
	})
}

// wholeCollection judges what a page says of its collection: some or all of it,
// at least the id.
func (c *checker) wholeCollection(v any) {
	c.iriOr(v, func(m map[string]any) {
		c.keys(m, []rule{
			{"id", exactlyOne, (*checker).iri},
			{"type", anyNumber, (*checker).text},
			{"label", anyNumber, (*checker).text},
			{"total", upToOne, (*checker).natural},
			{"first", upToOne, (*checker).reference},
			{"last", upToOne, (*checker).reference},
		})
		c.keys(m, lifeRules())
	})
}

// reference judges a link to a page.
func (c *checker) reference(v any) {
	c.iriOr(v, func(m map[string]any) {
		c.keys(m, []rule{{"id", exactlyOne, (*checker).iri}})
	})
}

// item judges one annotation of a page, or its address. It needs no context of
// its own.
func (c *checker) item(v any) { c.iriOr(v, c.annotation) }
