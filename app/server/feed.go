package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"marginalia/app/replica"
	"marginalia/app/store"
)

// Bounds of the feeds in one answer. Rows that are left over are announced by
// More and come with the next page.
const (
	minePage   = 100       // rows of the author-only feed
	feedPage   = 500       // rows of one article
	pageBytes  = 512 << 10 // JSON of one page of one feed
	answerRows = 1000      // rows of all articles of one sync
	// answerBytes is JSON of all articles of one sync.
	answerBytes = 1 << 20
	// snapshotAge is how long caches may keep a snapshot, in seconds.
	snapshotAge = 300
)

// handleNotes answers with a page of an article's public feed after a cursor.
//
// Without more it is as of now, and caches must ask each time. With at, a cursor,
// it belongs to the snapshot at that cursor: caches may keep it for a while, and
// who takes it in reads on from its cursor, which makes up for what it lacks. The
// one thing that must not be made up for is a note that was removed after at, so
// from then on there is no such snapshot.
func (s *Server) handleNotes(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	since, _, err := position(query.Get("since"), "since")
	if err != nil {
		return err
	}
	at, snapshot, err := position(query.Get("at"), "at")
	if err != nil {
		return err
	}
	page, whole, err := s.snapshots.page(r.Context(), r.PathValue("slug"), since, at)
	if err != nil {
		return err
	}
	caching := revalidate
	if snapshot {
		if !whole {
			return refuse(http.StatusGone, "A note of this snapshot was removed. Read the feed without at.")
		}
		caching = fmt.Sprintf("public, max-age=%d", snapshotAge)
	}
	if unchangedFor(w, r, page.tag, caching) {
		return nil
	}
	page.send(w, r, http.StatusOK)
	return nil
}

// position reads a cursor of a query; given is false when there is none.
func position(raw, name string) (n int64, given bool, err error) {
	if raw == "" {
		return 0, false, nil
	}
	n, err = strconv.ParseInt(raw, 10, 64)
	if err != nil || n < 0 {
		return 0, true, refuse(http.StatusBadRequest, name+" must be a position in the feed: 0 or a cursor from an earlier answer.")
	}
	return n, true, nil
}

// readFeed reads a page of a feed within both bounds, and how many bytes its rows
// take. One row is taken whatever its size, so that a device gets on; with 0 rows
// the page only says whether there is more.
func readFeed(ctx context.Context, st store.Store, slug string, since int64, rows, bytes int) (replica.Changes, int, error) {
	page, err := st.Feed(ctx, slug, since, max(0, rows))
	if err != nil {
		return page, 0, err
	}
	fits, used, err := fitting(page.Changes, bytes)
	if err != nil {
		return page, 0, fmt.Errorf("feed of %s: %w", slug, err)
	}
	if fits < len(page.Changes) {
		page.Changes, page.More, page.Cursor = page.Changes[:fits], true, page.Changes[fits-1].Seq
	}
	return page, used, nil
}

// fitting is how many of rows, as JSON, fit into some bytes, and what they take. The
// first always fits.
func fitting[T any](rows []T, room int) (n, used int, err error) {
	for _, row := range rows {
		data, err := json.Marshal(row)
		if err != nil {
			return n, used, err
		}
		if n > 0 && used+len(data) > room {
			break
		}
		n, used = n+1, used+len(data)+1
	}
	return n, used, nil
}

// news reads the feed of each article that the device follows; one that is not
// here is left out. Those for which the answer has no room say that there is more.
func (s *Server) news(ctx context.Context, cursors map[string]int64) (map[string]replica.Changes, error) {
	found := map[string]replica.Changes{}
	rows, bytes := answerRows, answerBytes
	for _, slug := range slices.Sorted(maps.Keys(cursors)) {
		if bytes <= 0 {
			rows = 0
		}
		page, used, err := readFeed(ctx, s.store, slug, cursors[slug], min(rows, feedPage), min(bytes, pageBytes))
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		rows, bytes = rows-len(page.Changes), bytes-used
		found[slug] = page
	}
	return found, nil
}

// ownNews reads the author-only feed of a reader within its bounds.
func (s *Server) ownNews(ctx context.Context, reader string, since int64) (replica.MinePage, error) {
	page, err := s.store.Mine(ctx, reader, since, minePage)
	if err != nil {
		return page, err
	}
	fits, _, err := fitting(page.Changes, pageBytes)
	if err != nil {
		return page, fmt.Errorf("own notes of %s: %w", reader, err)
	}
	if fits < len(page.Changes) {
		page.Changes, page.More, page.Cursor = page.Changes[:fits], true, page.Changes[fits-1].Seq
	}
	return page, nil
}
