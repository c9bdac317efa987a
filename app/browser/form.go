package browser

import (
	"fmt"
	"strings"

	"marginalia/app/replica"
)

// fields are the values of the form's fields by their data-field. There is
// always a first source.
func fields(d replica.DraftNote) map[string]any {
	values := map[string]any{"text": d.Text, "reason": d.Appeal, "sources/0/url": "", "sources/0/passage": ""}
	for i, s := range d.Sources {
		values[fmt.Sprintf("sources/%d/url", i)] = s.URL
		values[fmt.Sprintf("sources/%d/passage", i)] = s.Passage
	}
	return values
}

// selector finds the element that a target of the focus names; "" when it names
// none.
func selector(t Target) string {
	switch t.Kind {
	case AtText:
		return `form.composer [data-field="text"]`
	case AtReason:
		return `form.composer [data-field="reason"]`
	case AtPicker:
		return `main [role="listbox"]`
	case AtFind:
		return `[data-find]`
	case AtAll:
		return `.comments > .btn`
	case AtStory:
		return `main article[data-revision]`
	case AtSheet:
		return `aside.notes > header h2`
	case AtDock:
		return `.dock > .btn`
	case AtMain:
		return `#main`
	case AtBlock:
		return byAttribute("main article[data-revision] [id=%q]", t.ID)
	case AtField:
		return byAttribute("form.composer [data-field=%q]", t.ID)
	case AtNote:
		return byAttribute("[data-annotation-id=%q]", t.ID)
	}
	return ""
}

// byAttribute refuses what would need escaping in a CSS string; ids and names of
// fields never do.
func byAttribute(format, value string) string {
	if value == "" || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }) {
		return ""
	}
	return fmt.Sprintf(format, value)
}
