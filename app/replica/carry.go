package replica

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
)

// The form of a file of unsent notes, and its limits.
const (
	fileFormat  = "marginalia-unsent"
	fileVersion = 1
	// MaxFileBytes is the largest file that Import reads.
	MaxFileBytes = 8 << 20
	maxFileText  = 20 * annotation.MaxText // of one draft, in bytes
)

// file is what Export writes.
type file struct {
	Format  string    `json:"format"`
	Version int       `json:"version"`
	Made    time.Time `json:"made"`
	Items   []item    `json:"items"`
}

// item is a draft, or a note that waits, as the draft that it was.
type item struct {
	Draft   DraftNote           `json:"draft"`
	Post    bool                `json:"post,omitempty"`    // it waited to be sent
	Appeal  bool                `json:"appeal,omitempty"`  // for a moderator, with Draft.Appeal
	Created string              `json:"created,omitempty"` // when the note was made
	Verdict *moderation.Verdict `json:"verdict,omitempty"`
}

// FileFault is what is wrong with a file of unsent notes.
type FileFault string

// What may be wrong.
const (
	FileLarge   FileFault = "too large"
	FileForeign FileFault = "no file of unsent notes"
	FileNewer   FileFault = "made by a newer version"
	FileDamaged FileFault = "damaged"
)

// FileError says what is wrong with a file of unsent notes. Nothing of it was
// taken.
type FileError struct {
	Fault FileFault
	Note  int // the number, from 1, of the first note that is damaged
}

func (e *FileError) Error() string { return "file of unsent notes: " + string(e.Fault) }

// Export writes drafts and all text that the server has not taken into a file,
// under its ids: a note that has arrived meanwhile is not posted again by the
// device that imports it. Deletions that wait are not among them; nor is the
// session, which no file should hold. typed are drafts that could not be stored,
// which stand for those of the same ids. count is the number of items.
func (r *Replica) Export(ctx context.Context, typed ...DraftNote) (data []byte, count int, err error) {
	f := file{Format: fileFormat, Version: fileVersion, Made: r.now().UTC(), Items: []item{}}
	stored, err := r.Drafts(ctx)
	if err != nil {
		return nil, 0, err
	}
	has := func(id string) func(DraftNote) bool { return func(d DraftNote) bool { return d.ID == id } }
	drafts := slices.Concat(typed, slices.DeleteFunc(stored, func(d DraftNote) bool { return slices.ContainsFunc(typed, has(d.ID)) }))
	for _, d := range drafts {
		f.Items = append(f.Items, item{Draft: d})
	}
	waiting, err := r.outbox(ctx)
	if err != nil {
		return nil, 0, err
	}
	notes, err := r.list(ctx, func(n *Note) bool { return n.Unsent() && !n.Deleting() && !n.DeleteClashed() })
	if err != nil {
		return nil, 0, err
	}
	for _, n := range notes {
		if slices.ContainsFunc(drafts, has(n.ID)) {
			continue // the newer words are in the draft
		}
		f.Items = append(f.Items, carried(n, waiting))
	}
	data, err = json.MarshalIndent(f, "", "  ")
	return data, len(f.Items), err
}

// carried is an unsent note as an item.
func carried(n Note, waiting outbox) item {
	it := item{Draft: n.Form(), Created: n.Annotation.Created, Verdict: n.Verdict, Post: n.State == Queued || n.State == Sending}
	it.Draft.Was, it.Draft.IfMatch = n.Was, n.ETag
	switch {
	case n.ETag == "" && it.Draft.ReplyTo != "":
		it.Draft.Kind = ReplyTo
	case n.ETag == "":
		it.Draft.Kind = NewNote
	case n.State == Conflict && n.Was != nil:
		// Where the file goes the other version was not seen.
		it.Draft.IfMatch = annotation.ETag(*n.Was)
	}
	for _, e := range waiting {
		if e.subject() == n.ID {
			it.Appeal, it.Draft.Appeal = e.Change.Op == OpAppeal, e.Change.Reason
		}
	}
	return it
}

// Imported is what Import did.
type Imported struct {
	Posted int // notes that wait to be sent
	Drafts int
	Here   int // were here already, word for word
	Left   int // were left out: of a note that is deleted, another's, or being edited here
}

// Import takes in a file of Export, all of it or nothing. Nothing that is on this
// device is changed: a note that is here in other words gets a draft beside it,
// and a draft that is here in other words stays as it is. The error is a
// *FileError for a file that cannot be read.
func (r *Replica) Import(ctx context.Context, data []byte) (got Imported, err error) {
	f, err := readFile(data)
	if err != nil {
		return Imported{}, err
	}
	err = r.update(ctx, func(b *batch) error {
		got = Imported{}
		for _, it := range f.Items {
			if err := r.unpack(ctx, b, it, &got); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Imported{}, fmt.Errorf("import: %w", err)
	}
	return got, nil
}

// readFile reads a file and looks it over.
func readFile(data []byte) (file, error) {
	if len(data) > MaxFileBytes {
		return file{}, &FileError{Fault: FileLarge}
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil || f.Format != fileFormat {
		return file{}, &FileError{Fault: FileForeign}
	}
	if f.Version > fileVersion {
		return file{}, &FileError{Fault: FileNewer}
	}
	seen := map[string]bool{}
	for i, it := range f.Items {
		if !it.sound() || seen[it.Draft.ID] {
			return file{}, &FileError{Fault: FileDamaged, Note: i + 1}
		}
		seen[it.Draft.ID] = true
	}
	return f, nil
}

// sound reports whether an item can be what Export writes.
func (it item) sound() bool {
	d := it.Draft
	switch {
	case !annotation.ValidID(d.ID) || !article.ValidSlug(d.Article) || len(d.Text) > maxFileText || len(d.Appeal) > maxFileText,
		len(d.Sources) > annotation.MaxSources,
		d.Instead != "" && !annotation.ValidID(d.Instead),
		d.Span != nil && (d.Span.Start < 0 || d.Span.End < d.Span.Start):
		return false
	}
	switch d.Kind {
	case NewNote:
		return d.ReplyTo == ""
	case ReplyTo:
		return annotation.ValidID(d.ReplyTo)
	}
	return d.Kind == EditNote
}

// unpack takes in one item.
func (r *Replica) unpack(ctx context.Context, b *batch, it item, got *Imported) error {
	it.Draft.Open = false
	n, err := b.note(ctx, it.Draft.ID)
	switch {
	case err != nil:
		return err
	case n == nil && it.Post:
		err := r.putBack(ctx, b, it)
		var field *annotation.FieldError
		if !errors.As(err, &field) {
			if err == nil {
				got.Posted++
			}
			return err
		}
	case n == nil:
	case !n.Mine || n.State == Deleted:
		got.Left++
		return nil
	case n.says(it.Draft):
		got.Here++
		return nil
	default:
		it.Draft.Kind = EditNote
	}
	return r.putDraft(ctx, b, it.Draft, got)
}

// putBack makes the note that an item was, and its place in the outbox.
func (r *Replica) putBack(ctx context.Context, b *batch, it item) error {
	n := &Note{ID: it.Draft.ID, Article: it.Draft.Article, Mine: true, ETag: it.Draft.IfMatch}
	n.Annotation.Created = it.Created
	n.turn(Draft, byReader)
	v := moderation.Verdict{Decision: moderation.Hold, Findings: []moderation.Finding{}}
	if it.Verdict != nil {
		v = *it.Verdict
	}
	c := Change{Op: OpPut}
	if it.Appeal {
		c = Change{Op: OpAppeal, Reason: it.Draft.Appeal}
	}
	n.Was = it.Draft.Was
	return r.queue(ctx, b, n, it.Draft, it.Draft.Target, v, c)
}

// putDraft stores an item as a draft beside what is here.
func (r *Replica) putDraft(ctx context.Context, b *batch, d DraftNote, got *Imported) error {
	var has DraftNote
	err := read(ctx, b.store, Drafts, d.ID, &has)
	switch {
	case errors.Is(err, ErrNotFound):
	case err != nil:
		return err
	case sameText(has, d):
		got.Here++
		return nil
	case d.Kind == EditNote:
		got.Left++
		return nil
	default:
		d.ID = r.newID()
	}
	if d.Saved.IsZero() {
		d.Saved = b.now
	}
	got.Drafts++
	return b.put(Drafts, d.ID, d)
}

// says reports whether n, or what is public of it, has the words of d.
func (n *Note) says(d DraftNote) bool {
	mine := n.Form()
	d.Appeal = ""
	if n.Public == nil {
		return sameText(mine, d)
	}
	public := Note{ID: n.ID, Annotation: *n.Public}
	return sameText(mine, d) || sameText(public.Form(), d)
}

func sameText(a, b DraftNote) bool {
	return a.Text == b.Text && a.Stance == b.Stance && a.Appeal == b.Appeal && slices.Equal(cited(a.Sources), cited(b.Sources))
}
