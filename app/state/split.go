package state

import "marginalia/app/replica"

// Rest says that a page was sent with some of an article's notes only: thousands
// of them are no reading, and whoever has the app gets the others after the page.
type Rest struct {
	// Snapshot names the snapshot of the feed that has all: the cursor "at".
	Snapshot int64 `json:"snapshot"`
	Total    int   `json:"total"` // notes in all
	Page     int   `json:"page"`  // which part this is, from 1
	Pages    int   `json:"pages"`
}

// Split parts the rows of a feed that show notes into pages of about size notes,
// in the order in which the notes stand on the page. A note and its replies stay
// together unless they are more than a page. There is at least one page.
func Split(slug string, rows []replica.Row, size int) [][]replica.Row {
	byID := make(map[string]replica.Row, len(rows))
	for _, r := range rows {
		if r.Annotation != nil {
			byID[r.Annotation.ID] = r
		}
	}
	pages := [][]replica.Row{{}}
	add := func(thread []replica.Row) {
		last := len(pages) - 1
		if len(pages[last]) > 0 && len(pages[last])+len(thread) > size {
			pages, last = append(pages, nil), last+1
		}
		pages[last] = append(pages[last], thread...)
	}
	for _, n := range Thread(fromFeed(slug, rows)) {
		thread := []replica.Row{byID[n.ID]}
		for _, reply := range n.Replies {
			if len(thread) == size {
				add(thread)
				thread = nil
			}
			thread = append(thread, byID[reply.ID])
		}
		add(thread)
	}
	return pages
}
