package replica

import (
	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/moderation"
)

// Op is what a change does.
type Op string

// The ops of a change that a device sends.
const (
	OpPut    Op = "put"
	OpDelete Op = "delete"
	OpAppeal Op = "appeal"
	OpRate   Op = "rate"
	OpReport Op = "report"
	// OpRename gives the reader another pseudonym, Value. It names no article.
	OpRename Op = "rename"
)

// Limits of one sync request.
const (
	MaxChanges      = 100
	MaxRequestBytes = 1 << 20
)

// Request is the body of POST /api/v1/sync.
type Request struct {
	// Cursors holds, for each article the device follows, how far it has read.
	Cursors map[string]int64 `json:"cursors"`
	// Mine is how far the device has read the author-only feed.
	Mine    int64    `json:"mine"`
	Changes []Change `json:"changes"`
}

// Change is one entry of the outbox. ID is a UUIDv7 of its own: sent again, it
// is the same change.
type Change struct {
	ID         string                 `json:"id"`
	Op         Op                     `json:"op"`
	Article    string                 `json:"article"`
	Annotation *annotation.Annotation `json:"annotation,omitempty"` // put, appeal
	Target     string                 `json:"target,omitempty"`     // delete, rate, report, appeal: a note's id
	IfMatch    string                 `json:"ifMatch"`              // empty for a create, else the etag the change is based on
	Value      string                 `json:"value,omitempty"`      // rate, rename
	Rule       string                 `json:"rule,omitempty"`       // report
	Reason     string                 `json:"reason,omitempty"`     // report, appeal
}

// Answer is what the server says to a Request.
type Answer struct {
	Policy   string             `json:"policy"`
	Reader   Reader             `json:"reader"`
	Outcomes []Outcome          `json:"outcomes"`
	Mine     MinePage           `json:"mine"`
	Articles map[string]Changes `json:"articles"`
}

// Reader is who the session belongs to.
type Reader struct {
	ID       string `json:"id"`
	Nickname string `json:"nickname"`
}

// NoteState is the state of a note on a device; the server's outcomes use
// published, held, rejected, deleted, conflict and, for a change only, invalid.
type NoteState string

// The note states.
const (
	Draft     NoteState = "draft"
	Queued    NoteState = "queued"
	Sending   NoteState = "sending"
	Published NoteState = "published"
	Held      NoteState = "held"
	Rejected  NoteState = "rejected"
	Conflict  NoteState = "conflict"
	Deleted   NoteState = "deleted"
	Invalid   NoteState = "invalid"
)

// Outcome is what became of one change.
type Outcome struct {
	ID      string              `json:"id"` // the change's
	State   NoteState           `json:"state"`
	ETag    string              `json:"etag"`
	Verdict *moderation.Verdict `json:"verdict,omitempty"`
	// Reasons are server reasons, such as "rate", that lowered publish to held.
	Reasons []string `json:"reasons"`
	Problem *Problem `json:"problem,omitempty"` // invalid
	Current *Current `json:"current,omitempty"` // conflict: what the server has
}

// Problem is an RFC 9457 problem detail, as far as it concerns one change.
type Problem struct {
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"`
	// Field is a JSON pointer into the change, such as "/annotation/target".
	Field string `json:"field,omitempty"`
}

// Current is the server's version of a note whose change was based on another.
type Current struct {
	ETag       string                 `json:"etag"`
	State      NoteState              `json:"state"`
	Annotation *annotation.Annotation `json:"annotation,omitempty"`
}

// Changes is a page of one article's feed.
type Changes struct {
	Cursor   int64  `json:"cursor"`
	More     bool   `json:"more"`
	Revision string `json:"revision"` // the newest
	Changes  []Row  `json:"changes"`
}

// The ops of a feed row.
const (
	RowPut      = "put"
	RowDelete   = "delete"
	RowAnchor   = "anchor"
	RowRevision = "revision"
)

// Row is one entry of an article's public feed. Seq has no gaps. A page holds a
// note's newest row only, so sequence numbers may skip within it.
type Row struct {
	Seq        int64                  `json:"seq"`
	Op         string                 `json:"op"`
	ID         string                 `json:"id,omitempty"` // delete, anchor: the note; revision: the revision
	ETag       string                 `json:"etag,omitempty"`
	Annotation *annotation.Annotation `json:"annotation,omitempty"`
	Anchor     *anchor.Anchor         `json:"anchor,omitempty"` // nil for a reply or a note on the whole article
}

// MinePage is a page of what only the author may see.
type MinePage struct {
	Cursor  int64     `json:"cursor"`
	More    bool      `json:"more"`
	Changes []MineRow `json:"changes"`
}

// MineRow is one change of a note of the reader's own.
type MineRow struct {
	Seq        int64                  `json:"seq"`
	ID         string                 `json:"id"`
	Article    string                 `json:"article"`
	State      NoteState              `json:"state"`
	ETag       string                 `json:"etag"`
	Annotation *annotation.Annotation `json:"annotation,omitempty"` // so that the reader's other devices have it; nil when deleted
	Verdict    *moderation.Verdict    `json:"verdict,omitempty"`
	Reasons    []string               `json:"reasons"`
	Reason     string                 `json:"reason,omitempty"` // a moderator's words
}
