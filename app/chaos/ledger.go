package chaos

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"marginalia/app/replica"
	"marginalia/app/store"
)

// Ledger is what a server has said so far, and so what must be true of it. It
// knows the order of the changes to one note; those to different notes may have
// come at the same time.
type Ledger struct {
	trace    func(format string, args ...any) // may be nil
	mu       sync.Mutex
	outcomes map[changeKey]string // as JSON
	notes    map[string]*known
	feeds    map[string]int64  // by article, how many rows there were ever
	mine     map[string]int64  // by reader
	texts    map[string]string // the change that each was taken with
	basis    map[string]basis  // by text, and for a delete by note
	seen     map[sight][]string
	clashes  map[string]string // notes that had a conflict, and what it was
	moved    map[string]bool   // notes that the newsroom gave another etag
	states   map[replica.NoteState]int
	broken   []error
}

// changeKey names a change as the server does: an id is its reader's own.
type changeKey struct{ reader, change string }

// known is a note as the server must have it.
type known struct {
	id, article, reader string
	state               replica.NoteState
	etag, text          string
	public              string // the text that others see; "" when they see none
	taken               []string
}

func newLedger() *Ledger {
	return &Ledger{
		outcomes: map[changeKey]string{}, notes: map[string]*known{}, feeds: map[string]int64{}, mine: map[string]int64{},
		texts: map[string]string{}, basis: map[string]basis{}, seen: map[sight][]string{}, clashes: map[string]string{}, moved: map[string]bool{},
		states: map[replica.NoteState]int{},
	}
}

// Hear takes in an answer of the server.
func (l *Ledger) Hear(e Exchange) {
	if e.Path != "/api/v1/sync" || e.Status != 200 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var r replica.Request
	var a replica.Answer
	if err := errors.Join(json.Unmarshal(e.Request, &r), json.Unmarshal(e.Answer, &a)); err != nil {
		l.breaks("an answer cannot be read: %w", err)
		return
	}
	if len(a.Outcomes) != len(r.Changes) {
		l.breaks("%d outcomes for %d changes", len(a.Outcomes), len(r.Changes))
		return
	}
	for i, o := range a.Outcomes {
		l.outcome(a.Reader.ID, r.Changes[i], o)
	}
}

func (l *Ledger) breaks(format string, args ...any) {
	l.broken = append(l.broken, fmt.Errorf(format, args...))
}

func (l *Ledger) outcome(reader string, c replica.Change, o replica.Outcome) {
	if o.ID != c.ID {
		l.breaks("the outcome of %s came for change %s", o.ID, c.ID)
		return
	}
	said, err := json.Marshal(o)
	if err != nil {
		l.breaks("outcome of %s: %w", c.ID, err)
		return
	}
	key := changeKey{reader, c.ID}
	if before, again := l.outcomes[key]; again {
		if before != string(said) {
			l.breaks("change %s had two outcomes: %s and %s", c.ID, before, said)
		}
		return
	}
	l.outcomes[key] = string(said)
	l.states[o.State]++
	if l.trace != nil {
		l.trace("the server on %s of %s%s to %q: %s, now %q", c.Op, c.Target, noteOf(c), c.IfMatch, o.State, o.ETag)
	}
	switch o.State {
	case replica.Published, replica.Held, replica.Rejected:
		if c.Op != replica.OpRename {
			l.took(reader, c, o)
		}
	case replica.Deleted:
		l.removed(reader, c)
	case replica.Conflict:
		l.refused(c, o)
	case replica.Invalid:
		l.wrong(c, o)
	}
}

// wrong checks that a change which the server would not take is one that may be
// wrong: an answer to a note that has gone, an appeal against nothing, a name.
func (l *Ledger) wrong(c replica.Change, o replica.Outcome) {
	switch {
	case o.Problem == nil:
	case c.Op == replica.OpRename:
		return
	case c.Annotation != nil && c.Annotation.Note().ReplyTo != "" && o.Problem.Field == "/annotation/target/source":
		return
	}
	l.breaks("change %s, %s of %s%s, is invalid: %s", c.ID, c.Op, c.Target, noteOf(c), toJSON(o.Problem))
}

func noteOf(c replica.Change) string {
	if c.Annotation == nil {
		return ""
	}
	return c.Annotation.ID
}

// took records that the server has taken a version of a note.
func (l *Ledger) took(reader string, c replica.Change, o replica.Outcome) {
	text := c.Annotation.Text()
	n := l.notes[c.Annotation.ID]
	switch {
	case n == nil:
		n = &known{id: c.Annotation.ID, article: c.Article, reader: reader}
		l.notes[n.id] = n
	case n.reader != reader:
		l.breaks("note %s of %s was taken from %s", n.id, n.reader, reader)
	case n.state == replica.Deleted:
		l.breaks("note %s was deleted, and then taken once more", n.id)
	case c.IfMatch != n.etag:
		l.breaks("note %s at %s was replaced by a change to %q", n.id, n.etag, c.IfMatch)
	}
	if other, twice := l.texts[text]; twice {
		l.breaks("note %s: %q was taken twice, by changes %s and %s", n.id, text, other, c.ID)
	}
	l.texts[text] = c.ID
	l.overwrote(n, text)
	n.state, n.etag, n.text, n.taken = o.State, o.ETag, text, append(n.taken, text)
	l.mine[reader]++
	if o.State == replica.Published {
		n.public = text
		l.feeds[n.article]++
	}
}

func (l *Ledger) removed(reader string, c replica.Change) {
	n := l.notes[c.Target]
	switch {
	case n == nil || n.reader != reader:
		l.breaks("note %s is no note of %s, who deleted it", c.Target, reader)
		return
	case n.state == replica.Deleted:
		return
	}
	l.overwrote(n, c.Target)
	if n.public != "" {
		l.feeds[n.article]++
	}
	l.mine[reader]++
	n.state, n.etag, n.text, n.public = replica.Deleted, "", "", ""
}

// refused checks that a conflict is one, and that it was told what is there.
func (l *Ledger) refused(c replica.Change, o replica.Outcome) {
	id := c.Target
	if c.Annotation != nil {
		id = c.Annotation.ID
	}
	n := l.notes[id]
	l.clashes[id] = fmt.Sprintf("%s, change %s to %q", c.Op, c.ID, c.IfMatch)
	switch {
	case n == nil || o.Current == nil:
		l.breaks("note %s: a conflict with nothing", id)
	case o.Current.State != n.state || o.Current.ETag != n.etag:
		l.breaks("note %s is %s at %s, but a conflict told of %s at %s", id, n.state, n.etag, o.Current.State, o.Current.ETag)
	case n.state != replica.Deleted && c.IfMatch == n.etag:
		l.breaks("note %s: a change to %s was no conflict", id, n.etag)
	}
}

// decided records what the newsroom made of a note, and the rows that took.
func (l *Ledger) decided(s store.Note, feed, mine int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.feeds[s.Article] += feed
	l.mine[s.Reader] += mine
	n := l.notes[s.ID]
	l.moved[n.id] = l.moved[n.id] || n.etag != s.ETag
	n.state, n.etag, n.public = s.State, s.ETag, publicText(s)
}

func publicText(n store.Note) string {
	if n.Public == nil {
		return ""
	}
	return n.Public.Text()
}

// wasTaken reports whether the server has taken text for a note.
func (l *Ledger) wasTaken(note, text string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := l.notes[note]
	if n == nil {
		return false
	}
	for _, t := range n.taken {
		if t == text {
			return true
		}
	}
	return false
}

// Summary counts the outcomes.
func (l *Ledger) Summary() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var parts []string
	for _, s := range []replica.NoteState{
		replica.Published, replica.Held, replica.Rejected, replica.Deleted, replica.Conflict, replica.Invalid,
	} {
		parts = append(parts, fmt.Sprintf("%d %s", l.states[s], s))
	}
	return strings.Join(parts, ", ")
}
