package replica_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// server is as much of the server as a device can see. What it decides stands in
// a note's text: "hold", "reject", "bad" (invalid); anything else is published.
type server struct {
	t        fataler
	notes    map[string]*served
	feeds    map[string][]feedRow
	mine     map[string][]feedRow // by reader
	outcomes map[string]replica.Outcome
	names    map[string]string
	revision string // the newest of every article
	texts    map[string]article.Revision
	page     int // rows in a page
	devices  uint16
}

type served struct {
	reader, article  string
	state            replica.NoteState
	etag, publicETag string
	newest           annotation.Annotation
	public           *annotation.Annotation
	reason           string
	taken            []string // every text that was taken, in order
}

type feedRow struct{ op, id string }

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func newServer(t fataler) *server {
	return &server{
		t: t, notes: map[string]*served{}, feeds: map[string][]feedRow{}, mine: map[string][]feedRow{},
		outcomes: map[string]replica.Outcome{}, names: map[string]string{}, page: 100,
		revision: "sha256-r", texts: map[string]article.Revision{"sha256-r": {ID: "sha256-r"}},
	}
}

// transport is one device's way to a server. fault, if set, is asked once for
// each request and decides what goes wrong.
type transport struct {
	server   *server
	reader   string
	fault    func() fault
	requests []replica.Request // as they arrived, or would have
	lose     bool              // no article comes
	during   func()            // runs while the answer is on its way
}

type fault int

const (
	fine fault = iota
	lostRequest
	lostAnswer
	refused
	lostOutcomes // the answer lacks every second outcome
)

func (tr *transport) Sync(_ context.Context, r replica.Request) (replica.Answer, error) {
	r = overTheWire(tr.server.t, r)
	tr.requests = append(tr.requests, r)
	f := fine
	if tr.fault != nil {
		f = tr.fault()
	}
	switch f {
	case lostRequest:
		return replica.Answer{}, replica.ErrOffline
	case refused:
		return replica.Answer{}, &replica.ServerError{Status: 503, Title: "busy"}
	}
	answer := overTheWire(tr.server.t, tr.server.answer(tr.reader, r))
	if tr.during != nil {
		tr.during()
	}
	switch f {
	case lostAnswer:
		return replica.Answer{}, fmt.Errorf("read answer: %w", replica.ErrOffline)
	case lostOutcomes:
		var kept []replica.Outcome
		for i, o := range answer.Outcomes {
			if i%2 == 1 {
				kept = append(kept, o)
			}
		}
		answer.Outcomes = kept
	}
	return answer, nil
}

func (tr *transport) Article(_ context.Context, slug, revision string) (article.Article, error) {
	if tr.lose {
		return article.Article{}, replica.ErrOffline
	}
	return article.Article{Slug: slug, Revision: tr.server.texts[revision]}, nil
}

// overTheWire is v after JSON, as it arrives on the other side.
func overTheWire[T any](t fataler, v T) T {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	var out T
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&out); err != nil {
		t.Fatalf("decode: %v", err)
	}
	return out
}

func (s *server) answer(reader string, r replica.Request) replica.Answer {
	a := replica.Answer{Policy: "sha256-p", Outcomes: []replica.Outcome{}, Articles: map[string]replica.Changes{}}
	for _, c := range r.Changes {
		key := reader + "/" + c.ID
		o, known := s.outcomes[key]
		if !known {
			o = s.change(reader, c)
			s.outcomes[key] = o
		}
		a.Outcomes = append(a.Outcomes, o)
	}
	a.Reader = replica.Reader{ID: reader, Nickname: s.names[reader]}
	for slug, since := range r.Cursors {
		a.Articles[slug] = s.feed(slug, since)
	}
	a.Mine = s.mineFeed(reader, r.Mine)
	return a
}

// change does one change and returns its outcome.
func (s *server) change(reader string, c replica.Change) replica.Outcome {
	o := replica.Outcome{ID: c.ID, Reasons: []string{}}
	if c.Op == replica.OpRename {
		if strings.Contains(c.Value, "bad") {
			return invalid(o, "/value")
		}
		s.names[reader], o.State = c.Value, replica.Published
		return o
	}
	id := c.Target
	if c.Annotation != nil {
		id = c.Annotation.ID
	}
	n := s.notes[id]
	switch {
	case n != nil && n.reader != reader:
		return invalid(o, "/annotation/id")
	case n == nil && (c.IfMatch != "" || c.Op == replica.OpDelete):
		return invalid(o, "/ifMatch")
	case n != nil && c.Op == replica.OpDelete && n.state == replica.Deleted:
		o.State = replica.Deleted
		return o
	case n != nil && n.state != replica.Deleted && c.Op == replica.OpPut && n.etag != c.IfMatch && n.etag == annotation.ETag(*c.Annotation):
		o.State, o.ETag = n.state, n.etag // it has arrived before
		return o
	case n != nil && (n.etag != c.IfMatch || n.state == replica.Deleted):
		o.State, o.ETag = replica.Conflict, n.etag
		o.Current = &replica.Current{ETag: n.etag, State: n.state}
		if n.state != replica.Deleted {
			current := n.newest
			o.Current.Annotation = &current
		}
		return o
	case c.Op == replica.OpDelete:
		s.remove(id, n)
		o.State, o.ETag = replica.Deleted, n.etag
		return o
	}
	return s.put(reader, c, n, o)
}

func invalid(o replica.Outcome, field string) replica.Outcome {
	o.State, o.Problem = replica.Invalid, &replica.Problem{Title: "not valid", Field: field}
	return o
}

func (s *server) put(reader string, c replica.Change, n *served, o replica.Outcome) replica.Outcome {
	text := c.Annotation.Text()
	parent := s.notes[c.Annotation.Note().ReplyTo]
	switch {
	case strings.Contains(text, "bad"):
		return invalid(o, "/annotation/body")
	case parent != nil && parent.state == replica.Deleted:
		return invalid(o, "/annotation/target/source")
	case c.Article != slug:
		return invalid(o, "/article")
	}
	if id := c.Annotation.Note().ReplyTo; id != "" {
		parent := s.notes[id]
		if parent == nil || parent.state == replica.Deleted || parent.public == nil && parent.reader != reader {
			return invalid(o, "/annotation/target/source")
		}
	}
	if n == nil {
		n = &served{reader: reader, article: c.Article}
		s.notes[c.Annotation.ID] = n
	}
	n.newest = *c.Annotation
	n.newest.Creator = &annotation.Agent{ID: reader, Type: "Person", Nickname: s.names[reader]}
	n.newest.Modified = "2026-11-22T21:00:00Z"
	n.etag, n.reason = annotation.ETag(n.newest), ""
	n.taken = append(n.taken, text)
	decision := moderation.Publish
	switch {
	case strings.Contains(text, "hold"), c.Op == replica.OpAppeal:
		n.state, decision = replica.Held, moderation.Hold
	case strings.Contains(text, "reject"):
		n.state, decision = replica.Rejected, moderation.Reject
	default:
		s.publish(c.Annotation.ID, n)
	}
	s.mine[reader] = append(s.mine[reader], feedRow{id: c.Annotation.ID})
	o.State, o.ETag = n.state, n.etag
	o.Verdict = &moderation.Verdict{Decision: decision, Policy: "sha256-p", Findings: []moderation.Finding{}}
	return o
}

func (s *server) publish(id string, n *served) {
	public := n.newest
	n.state, n.public, n.publicETag = replica.Published, &public, n.etag
	s.feeds[n.article] = append(s.feeds[n.article], feedRow{replica.RowPut, id})
}

func (s *server) unpublish(id string, n *served) {
	if n.public != nil {
		n.public = nil
		s.feeds[n.article] = append(s.feeds[n.article], feedRow{replica.RowDelete, id})
	}
}

func (s *server) remove(id string, n *served) {
	s.unpublish(id, n)
	n.state = replica.Deleted
	s.mine[n.reader] = append(s.mine[n.reader], feedRow{id: id})
}

// decide is what a moderator does.
func (s *server) decide(id string, state replica.NoteState, reason string) {
	n := s.notes[id]
	n.reason = reason
	if state == replica.Published {
		s.publish(id, n)
	} else {
		if n.state == replica.Published {
			s.unpublish(id, n)
		}
		n.state = state
	}
	s.mine[n.reader] = append(s.mine[n.reader], feedRow{id: id})
}

// after lists the rows after since that are the newest of their note, at most a
// page; next is the cursor behind them.
func (s *server) after(feed []feedRow, since int64) (rows []int, next int64, more bool) {
	newest := map[string]int{}
	for i, row := range feed {
		newest[row.id] = i
	}
	for i := int(since); i < len(feed); i++ {
		if newest[feed[i].id] != i {
			continue
		}
		if len(rows) == s.page {
			return rows, int64(rows[len(rows)-1] + 1), true
		}
		rows = append(rows, i)
	}
	return rows, int64(len(feed)), false
}

func (s *server) feed(slug string, since int64) replica.Changes {
	rows, next, more := s.after(s.feeds[slug], since)
	page := replica.Changes{Cursor: next, More: more, Revision: s.revision, Changes: []replica.Row{}}
	for _, i := range rows {
		row := s.feeds[slug][i]
		n := s.notes[row.id]
		if row.op == replica.RowAnchor && slices.Contains(s.feeds[slug][since:i], feedRow{replica.RowPut, row.id}) {
			row.op = replica.RowPut
		}
		out := replica.Row{Seq: int64(i + 1), Op: row.op}
		if row.op == replica.RowAnchor {
			out.ID, out.Anchor = row.id, s.placeOf(n.public)
		} else if row.op == replica.RowPut {
			out.ETag, out.Annotation = n.publicETag, n.public
			out.Anchor = s.placeOf(n.public)
		} else {
			out.ID = row.id
		}
		page.Changes = append(page.Changes, out)
	}
	return page
}

// correct gives the article another text.
func (s *server) correct(rev article.Revision) {
	s.revision, s.texts[rev.ID] = rev.ID, rev
	s.feeds[slug] = append(s.feeds[slug], feedRow{replica.RowRevision, rev.ID})
	for _, id := range slices.Sorted(maps.Keys(s.notes)) {
		if s.notes[id].public != nil {
			s.feeds[slug] = append(s.feeds[slug], feedRow{replica.RowAnchor, id})
		}
	}
}

// placeOf is where a note sits in the newest revision; nil for one on no words.
func (s *server) placeOf(a *annotation.Annotation) *anchor.Anchor {
	span, ok := a.Position()
	switch {
	case !ok:
		return nil
	case a.Revision() == s.revision || s.revision == "sha256-r":
		return &anchor.Anchor{Start: span.Start, End: span.End, Status: anchor.Exact, Confidence: 1}
	}
	at := anchor.Locate(s.texts[s.revision].Text(), a.Target.Selector)
	return &at
}

func (s *server) mineFeed(reader string, since int64) replica.MinePage {
	rows, next, more := s.after(s.mine[reader], since)
	page := replica.MinePage{Cursor: next, More: more, Changes: []replica.MineRow{}}
	for _, i := range rows {
		id := s.mine[reader][i].id
		n := s.notes[id]
		out := replica.MineRow{
			Seq: int64(i + 1), ID: id, Article: n.article, State: n.state, ETag: n.etag,
			Reasons: []string{}, Reason: n.reason,
		}
		if n.state != replica.Deleted {
			newest := n.newest
			out.Annotation = &newest
		}
		page.Changes = append(page.Changes, out)
	}
	return page
}

func TestServerErrorIsAsServed(t *testing.T) {
	err := fmt.Errorf("sync: %w", &replica.ServerError{Status: 503, Title: "busy"})
	var refusal *replica.ServerError
	if !errors.As(err, &refusal) || refusal.Error() != "busy" {
		t.Errorf("errors.As(%v) = %v, want the refusal", err, refusal)
	}
}

// seed publishes a note of somebody else's.
func (s *server) seed(i int) {
	id := annotation.NewID(time.Unix(1_700_000_000+int64(i), 0), [10]byte{1, byte(i >> 8), byte(i)})
	a := annotation.New(id, annotation.Note{
		Text: strings.Repeat("A note that somebody wrote about the ships of the harbour. ", 4), Stance: annotation.Dispute,
		Sources: []annotation.Source{{URL: fmt.Sprint("https://example.org/report/", i), Passage: "as counted in the winter months"}},
	}, target(), time.Unix(1_700_000_000+int64(i), 0))
	a.Creator = &annotation.Agent{ID: fmt.Sprint("reader-", i), Type: "Person", Nickname: "somebody"}
	n := &served{reader: a.Creator.ID, article: slug, newest: a, etag: annotation.ETag(a)}
	s.notes[id] = n
	s.publish(id, n)
}
