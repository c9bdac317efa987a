package replica

import (
	"context"
	"errors"
	"fmt"
	"time"

	"marginalia/app/annotation"
)

// ErrNoConflict is returned by TakeTheirs for a note that has only one version.
var ErrNoConflict = errors.New("the note has only one version")

// maxAside bounds Note.Aside: what is kept longer is in the reader's exports.
const maxAside = 12

// Version is a text that another one has replaced.
type Version struct {
	At time.Time `json:"at"` // when it was replaced
	// Theirs says that it was the server's; otherwise it was written here.
	Theirs     bool                  `json:"theirs,omitempty"`
	Annotation annotation.Annotation `json:"annotation"`
}

// The rules for what meets:
//
//   - An edit on top of a version that another device has replaced meanwhile is a
//     conflict. The note shows its author three texts: Was, from which both began,
//     Annotation, written here, and Theirs. The author takes theirs (TakeTheirs)
//     or posts the own or a joined text (Post), which is then based on theirs. The
//     text that was not taken is in Aside. No clock is asked.
//   - A delete on top of such a version is a conflict too: the other version was
//     not seen. Deleting again, in sight of it, deletes.
//   - An edit of a note that was deleted elsewhere is a conflict whose Theirs is
//     deleted. Deletes are final, so the own text can only be posted as another
//     note (DraftNote.Instead); taking theirs leaves it in the tombstone.
//   - A reply to a note that is deleted is not taken by the server. It stays here,
//     rejected with the problem, and can be posted as a note of its own (Instead).
//     A reply that was public before stays public and stands by itself.
//   - A note on an article that the server does not have, or no longer, is not
//     taken either and stays here in the same way. What the server had taken
//     before stays on the device as it was last heard of.

// Base is the version that the server has under ETag, as far as this device knows
// it: what an edit that is begun now begins from. Nil if the server has none.
func (n *Note) Base() *annotation.Annotation {
	switch {
	case n.State == Conflict && n.Theirs != nil:
		return n.Theirs.Annotation
	case n.ETag == "":
		return nil
	case n.Unsent():
		return n.Was
	}
	a := n.Annotation
	return &a
}

// Form is the form's content for an edit of n.
func (n *Note) Form() DraftNote {
	said, _ := n.Annotation.Quote()
	text := n.Annotation.Note()
	d := DraftNote{
		ID: n.ID, Kind: EditNote, Article: n.Article, Revision: n.Annotation.Revision(), Quote: said.Exact,
		ReplyTo: text.ReplyTo, Stance: text.Stance, Text: text.Text, Sources: text.Sources,
		IfMatch: n.ETag, Was: n.Base(), Target: n.Annotation.Target,
	}
	if span, ok := n.Annotation.Position(); ok {
		d.Span = &span
	}
	return d
}

// begin notes which version an edit of n is based on, before n gets its text.
func (n *Note) begin(d DraftNote) {
	if n.base(d.IfMatch) == n.ETag || d.Was == nil {
		n.Was = n.Base()
		return
	}
	n.Was = d.Was
}

// keepAside keeps what is replaced by a, when its reader settles a conflict.
func (n *Note) keepAside(a annotation.Annotation, at time.Time) {
	if n.State != Conflict {
		return
	}
	n.setAside(Version{At: at, Annotation: n.Annotation}, a)
	if n.Theirs != nil && n.Theirs.Annotation != nil {
		n.setAside(Version{At: at, Theirs: true, Annotation: *n.Theirs.Annotation}, a)
	}
}

// setAside keeps v unless it says what now stands.
func (n *Note) setAside(v Version, now annotation.Annotation) {
	if annotation.ETag(v.Annotation) == annotation.ETag(now) {
		return
	}
	n.Aside = append(n.Aside, v)
	n.Aside = n.Aside[max(0, len(n.Aside)-maxAside):]
}

// clash keeps the reader's words and puts the server's version beside them. The
// next edit is made in sight of that, so it is based on it.
func (n *Note) clash(o Outcome) {
	if !n.turn(Conflict, byOutcome) {
		return
	}
	n.Theirs, n.Before = o.Current, nil
	if o.Current == nil {
		return
	}
	n.ETag = o.Current.ETag
	switch o.Current.State {
	case Published:
		n.Public = o.Current.Annotation
	case Deleted:
		n.Public = nil
	}
}

// TakeTheirs settles a conflict for the server's version, at once and without
// the server, which has it already. The reader's own text is kept in Aside, or in
// the tombstone if theirs is deleted. The error is ErrNoConflict if there is no
// other version to take.
func (r *Replica) TakeTheirs(ctx context.Context, id string) error {
	err := r.update(ctx, func(b *batch) error {
		n, err := b.own(ctx, id)
		if err != nil {
			return err
		}
		if n.State != Conflict || n.Theirs == nil {
			return ErrNoConflict
		}
		defer b.keep(n)
		theirs := *n.Theirs
		if theirs.State == Deleted || theirs.Annotation == nil {
			n.bury(byReader, Event{At: b.now, What: whatTheirs})
			return nil
		}
		n.keepAside(*theirs.Annotation, b.now)
		if !n.turn(theirs.State, byReader) {
			return ErrNoConflict
		}
		n.ETag, n.Annotation = theirs.ETag, *theirs.Annotation
		n.Theirs, n.Was, n.Verdict, n.Reasons, n.Reason, n.Problem = nil, nil, nil, nil, "", nil
		if n.State == Published {
			n.Public = nil
		}
		n.log(n.State, b.now, whatTheirs)
		return b.place(ctx, n)
	})
	if err != nil {
		return fmt.Errorf("take the other version of %s: %w", id, err)
	}
	return nil
}

// supersede ends a note that cannot go out as it is and is posted anew: one that
// was deleted elsewhere, or that the server would not take. Any other is left.
func (b *batch) supersede(ctx context.Context, id string) error {
	if id == "" {
		return nil
	}
	n, err := b.own(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	gone := n.State == Conflict && n.Theirs != nil && n.Theirs.State == Deleted
	if never := n.State == Rejected && n.ETag == ""; !gone && !never {
		return nil
	}
	if n.bury(byReader, Event{At: b.now, What: whatAgain}) {
		b.keep(n)
		b.erase(Drafts, id)
	}
	return nil
}

// ParentGone reports whether n is a reply that the server did not take because
// the note that it answers is gone.
func (n *Note) ParentGone() bool {
	return n.Mine && n.State == Rejected && n.ETag == "" && n.Problem != nil &&
		n.Problem.Field == "/annotation/target/source" && n.Annotation.Note().ReplyTo != ""
}
