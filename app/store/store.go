// Package store keeps the server's durable state: articles and their revisions,
// notes, the feeds that devices read, readers, and what was answered to each
// change.
//
// [Store] is the contract; storetest.Run checks it for every backend.
package store

import (
	"context"
	"errors"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// Errors on which a caller decides.
var (
	ErrNotFound = errors.New("not found")
	// ErrExists is returned by Tx.PutNote for an id that belongs to another reader.
	ErrExists = errors.New("exists")
)

// Note is a note with everything the server knows about it.
type Note struct {
	ID      string
	Article string // slug
	Reader  string // the author's id
	// State, ETag and Annotation are of the newest version, which only its author
	// may see unless it is published. A deleted note has a zero Annotation.
	State      replica.NoteState
	ETag       string
	Annotation annotation.Annotation
	// Public is what every reader sees: the newest published version, nil if there
	// is none. It outlives a held or rejected edit.
	Public     *annotation.Annotation
	PublicETag string
	// Anchor is where the note sits in the newest revision; nil for a reply and
	// for a note on the whole article.
	Anchor  *anchor.Anchor
	Verdict *moderation.Verdict
	Reasons []string // server reasons
	Reason  string   // a moderator's words, or an author's appeal while State is held
	Appeal  bool     // an appeal waits
	Created time.Time
	Updated time.Time
}

// SourceCheck is what the server found when it last opened a cited address.
type SourceCheck struct {
	URL     string // in one form: source.Source.URL
	Outcome string // one of reach's outcomes
	Domain  string // the registrable domain that it led to, when that is another one
	Checked time.Time
}

// SourceChecksKept is how long a check is remembered after it was made.
const SourceChecksKept = 90 * 24 * time.Hour

// Reader is a person as a session knows them.
type Reader struct {
	ID       string
	Nickname string
	Created  time.Time
}

// Store is the server's durable state. Methods may be called concurrently. All
// times are UTC.
type Store interface {
	// Articles lists all articles, the newest first (by first import, then slug).
	Articles(ctx context.Context) ([]article.Summary, error)
	// Article returns the article with its newest revision and the list of all, or
	// ErrNotFound. A revision that an article went back to is the last of them.
	Article(ctx context.Context, slug string) (article.Article, error)
	// Revision returns one revision, or ErrNotFound.
	Revision(ctx context.Context, slug, id string) (article.Revision, error)

	// Feed returns the rows of an article's public feed after the cursor since, in
	// order, at most limit; ErrNotFound for an unknown article. A note's rows but
	// its newest are left out. Cursor is the position to read on from: it equals
	// the feed's end when More is false.
	Feed(ctx context.Context, slug string, since int64, limit int) (replica.Changes, error)
	// Mine returns the author-only feed of a reader in the same way.
	Mine(ctx context.Context, reader string, since int64, limit int) (replica.MinePage, error)

	// Note returns one note, or ErrNotFound.
	Note(ctx context.Context, id string) (Note, error)
	// Notes lists all notes of an article that are not deleted, by id.
	Notes(ctx context.Context, slug string) ([]Note, error)
	// Held lists the notes that wait for a moderator, the longest waiting first.
	Held(ctx context.Context) ([]Note, error)
	// Recent lists the notes that have a public version, at most limit: that which
	// the store got last first. An edit does not move a note. They are those of one
	// article, or of all when slug is empty.
	Recent(ctx context.Context, slug string, limit int) ([]Note, error)
	// LastShown is, for each article with a public note, when the public version that
	// came last to its feed was made: [ShownAt].
	LastShown(ctx context.Context) (map[string]time.Time, error)
	// SourceCheck returns the last check of an address, or ErrNotFound.
	SourceCheck(ctx context.Context, url string) (SourceCheck, error)
	// ReaderBySession returns whose session a token hash belongs to, or ErrNotFound.
	ReaderBySession(ctx context.Context, tokenHash []byte) (Reader, error)

	// Update runs fn in one transaction. When it returns nil, all that fn did is
	// durable; when it returns an error, nothing of it happened. fn may be run
	// more than once, so it must have no other effects, and must not call Store.
	Update(ctx context.Context, fn func(Tx) error) error

	// Ping reports whether the store can be read, for /readyz.
	Ping(ctx context.Context) error
	Close() error
}

// Tx is one read-write transaction.
type Tx interface {
	// Article, Revision and Note read as the methods of Store do, and see this
	// transaction's own writes.
	Article(slug string) (article.Article, error)
	Revision(slug, id string) (article.Revision, error)
	Note(id string) (Note, error)
	// Notes lists all notes of an article that are not deleted, by id.
	Notes(slug string) ([]Note, error)

	// PutRevision makes rev the newest revision of slug, which is created if
	// needed, and appends a revision row to its feed. If rev is the newest already
	// it does nothing and reports false.
	PutRevision(slug string, rev article.Revision) (bool, error)

	// PutNote stores n whole, replacing an earlier version with the same id;
	// ErrExists if that belongs to another reader, ErrNotFound for an unknown
	// article. It appends to no feed.
	PutNote(n Note) error
	// PutAnchor gives a note another place and leaves all else as it is; ErrNotFound
	// for an unknown one. It appends to no feed.
	PutAnchor(note string, at anchor.Anchor) error
	// AppendFeed adds a row to an article's public feed and returns its number:
	// the one after the last, 1 for the first; ErrNotFound for an unknown article.
	// op is one of replica.Row….
	AppendFeed(slug, op, id string) (int64, error)
	// AppendMine adds a row to the author-only feed of a reader in the same way.
	AppendMine(reader, note string) (int64, error)

	// Outcome returns what was answered to a change of a reader, or ErrNotFound.
	Outcome(reader, change string) (replica.Outcome, error)
	// SetOutcome stores it. The first one stored for a change stands.
	SetOutcome(reader, change string, o replica.Outcome) error

	// PutSourceCheck stores a check, replacing an earlier one of the same address,
	// and forgets those made SourceChecksKept or longer before it.
	PutSourceCheck(c SourceCheck) error

	// PutReader stores a reader, replacing an earlier state.
	PutReader(r Reader) error
	// PutSession lets a token (by its SHA-256) act for a reader; ErrNotFound if
	// there is no such reader.
	PutSession(tokenHash []byte, reader string, created time.Time) error
}
