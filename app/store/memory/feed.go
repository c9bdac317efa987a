package memory

import (
	"marginalia/app/replica"
	"marginalia/app/store"
)

func newLog() log {
	return log{content: map[string]int64{}, anchor: map[string]int64{}}
}

// feedPage reads the rows of it after since.
func (s *Store) feedPage(it *item, since int64, limit int) (replica.Changes, error) {
	page := replica.Changes{Cursor: since, Revision: it.newest, Changes: []replica.Row{}}
	end := int64(len(it.feed.rows))
	for seq := since + 1; seq <= end; seq++ {
		r, ok := s.shown(&it.feed, seq, since)
		if !ok {
			continue
		}
		if len(page.Changes) >= limit {
			page.More = true
			break
		}
		r, err := clone(r)
		if err != nil {
			return replica.Changes{}, err
		}
		page.Changes, page.Cursor = append(page.Changes, r), seq
	}
	if !page.More {
		page.Cursor = end
	}
	return page, nil
}

// shown makes the row with number seq for a device that has read up to since,
// and reports whether there is anything to show.
func (s *Store) shown(l *log, seq, since int64) (replica.Row, bool) {
	r := l.rows[seq-1]
	n := s.notes[r.ref]
	out := replica.Row{Seq: seq, Op: r.op, ID: r.ref}
	switch r.op {
	case replica.RowRevision:
		return out, true
	case replica.RowDelete:
		return out, l.content[r.ref] == seq
	case replica.RowAnchor:
		// A put row shows the newest anchor, so who is still to read it needs no
		// anchor row.
		out.Anchor = n.Anchor
		return out, n.Public != nil && l.anchor[r.ref] == seq && l.content[r.ref] <= since
	default:
		out = replica.Row{Seq: seq, Op: r.op, ETag: n.PublicETag, Annotation: n.Public, Anchor: n.Anchor}
		return out, n.Public != nil && l.content[r.ref] == seq
	}
}

// minePage reads the rows of reader after since.
func (s *Store) minePage(reader string, since int64, limit int) (replica.MinePage, error) {
	l := s.mine[reader]
	if l == nil {
		return replica.MinePage{Changes: []replica.MineRow{}}, nil
	}
	page := replica.MinePage{Cursor: since, Changes: []replica.MineRow{}}
	end := int64(len(l.rows))
	for seq := since + 1; seq <= end; seq++ {
		id := l.rows[seq-1].ref
		n := s.notes[id]
		if l.content[id] != seq || n.Reader != reader {
			continue
		}
		if len(page.Changes) >= limit {
			page.More = true
			break
		}
		r, err := clone(store.MineRow(seq, n))
		if err != nil {
			return replica.MinePage{}, err
		}
		page.Changes, page.Cursor = append(page.Changes, r), seq
	}
	if !page.More {
		page.Cursor = end
	}
	return page, nil
}
