// Package replica is what one device holds: the notes it knows, its own with
// their states, drafts, the articles it has read, the outbox of changes that the
// server has not acknowledged, and how far it has read each feed. It also has
// the messages of sync and one sync round.
//
// Everything durable goes through [Store], so the same code runs on IndexedDB in
// a browser and in memory in a test. The clock and ids are passed in.
package replica

import (
	"context"
	"errors"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/textpos"
)

// Errors on which a caller decides.
var (
	ErrNotFound = errors.New("not on this device")
	// ErrFull is returned by Store.Write when the device has no room left.
	ErrFull = errors.New("no room left on this device")
)

// Table is a part of a device's store.
type Table string

// The tables, and what their keys are.
const (
	Notes    Table = "notes"    // note id
	Outbox   Table = "outbox"   // change id; UUIDv7, so key order is the order of making
	Drafts   Table = "drafts"   // draft id
	Articles Table = "articles" // slug
	Meta     Table = "meta"     // "reader", "cursors", "mine", "policy", "list", "prefs", "opened", "before/{slug}", "behind", "stamp"
)

// Entry is one stored value.
type Entry struct {
	Key   string
	Value []byte // JSON
}

// Write is one part of a batch: a value to put, or a key to delete when Value is nil.
type Write struct {
	Table Table
	Key   string
	Value []byte
}

// Store is a device's durable memory. Each call is one transaction.
type Store interface {
	// Get returns a value, or ErrNotFound.
	Get(ctx context.Context, table Table, key string) ([]byte, error)
	// List returns a table's entries in the order of their keys.
	List(ctx context.Context, table Table) ([]Entry, error)
	// Write does all writes or none; they are durable when it returns nil.
	Write(ctx context.Context, writes ...Write) error
	// Lock holds a name until unlock is called, against every other tab of the
	// same origin as well.
	Lock(ctx context.Context, name string) (unlock func(), err error)
}

// Transport sends one request to the server. Its error is ErrOffline when no
// answer came, or a *ServerError when the server refused.
type Transport interface {
	Sync(ctx context.Context, r Request) (Answer, error)
	// Article returns an article with one of its revisions.
	Article(ctx context.Context, slug, revision string) (article.Article, error)
}

// ErrOffline says that no answer came: the changes may or may not have arrived.
var ErrOffline = errors.New("no answer from the server")

// ServerError is a refusal of a whole request.
type ServerError struct {
	Status int
	Title  string
	// RetryAfter is the least time to wait before the next try, or 0.
	RetryAfter time.Duration
}

func (e *ServerError) Error() string { return e.Title }

// Note is a note as a device holds it.
type Note struct {
	ID         string                `json:"id"`
	Article    string                `json:"article"`
	State      NoteState             `json:"state"`
	Mine       bool                  `json:"mine,omitempty"`
	ETag       string                `json:"etag,omitempty"` // of what the server last acknowledged
	Annotation annotation.Annotation `json:"annotation"`
	// Anchor is where the note sits in the article's newest revision that this
	// device has; nil for replies and notes on the whole article.
	Anchor  *anchor.Anchor      `json:"anchor,omitempty"`
	Verdict *moderation.Verdict `json:"verdict,omitempty"`
	Reasons []string            `json:"reasons,omitempty"`
	Reason  string              `json:"reason,omitempty"` // a moderator's words
	Problem *Problem            `json:"problem,omitempty"`
	// Public is what other readers see of an own note whose State is not
	// published; nil when they see nothing, and nil while State is published, when
	// they see Annotation itself.
	Public *annotation.Annotation `json:"public,omitempty"`
	// Theirs is the server's version while State is Conflict.
	Theirs *Current `json:"theirs,omitempty"`
	// Was is the version under ETag, from which a change began that the server has
	// not taken; nil without such a change, and for a note that the server never had.
	Was *annotation.Annotation `json:"was,omitempty"`
	// Aside are the versions that were not taken when conflicts were settled, the
	// latest last.
	Aside []Version `json:"aside,omitempty"`
	// Before are the etags that this device's own changes have replaced, the
	// latest last: an edit that was begun on one of them is based on ETag. An empty
	// one stands for the time before the server knew the note.
	Before []string `json:"before,omitempty"`
	Events []Event  `json:"events,omitempty"` // what happened, oldest first; own notes only
}

// DraftKind says what a draft will become.
type DraftKind string

// The kinds of draft.
const (
	NewNote  DraftKind = "new"
	EditNote DraftKind = "edit"
	ReplyTo  DraftKind = "reply"
)

// DraftNote is a note being written. It is stored as it is typed.
type DraftNote struct {
	// ID is the note's id from the first keystroke on; for an edit the id of the
	// note that is edited.
	ID       string    `json:"id"`
	Kind     DraftKind `json:"kind"`
	Article  string    `json:"article"`
	Revision string    `json:"revision"`
	// Target is what the note is about, as its author saw it; whatever becomes of
	// the article meanwhile, the note goes out on these words of that revision.
	Target annotation.Target `json:"target"`
	// Span is the claim in Revision; nil for a reply and for a note on the whole
	// article.
	Span    *textpos.Span       `json:"span,omitempty"`
	Quote   string              `json:"quote,omitempty"`
	ReplyTo string              `json:"replyTo,omitempty"` // note id
	Stance  annotation.Stance   `json:"stance,omitempty"`
	Text    string              `json:"text"`
	Sources []annotation.Source `json:"sources"` // at least one, perhaps empty, for the form
	Appeal  string              `json:"appeal,omitempty"`
	// IfMatch is, for an edit, the etag of the version that the edit began from.
	IfMatch string `json:"ifMatch,omitempty"`
	// Was is that version, if the device knows it: [Note.Base].
	Was *annotation.Annotation `json:"was,omitempty"`
	// Instead is the id of an own note in whose place this one is posted, since it
	// was deleted elsewhere or the server would not take it.
	Instead string `json:"instead,omitempty"`
	// Open says that the form was not closed: after a crash it is opened again.
	Open  bool      `json:"open,omitempty"`
	Saved time.Time `json:"saved"`
}
