package replica

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"marginalia/app/article"
)

// maxLoops bounds the requests of one round, so that a server that always has
// more cannot keep a device busy for ever.
const maxLoops = 50

// Result is what a round has changed on the device.
type Result struct {
	Sent     int      // changes acknowledged
	Received int      // feed rows taken in
	Changed  []string // slugs of the articles whose notes changed, sorted
	// NewRevisions are, by slug, the revisions of saved articles that came in place
	// of older ones.
	NewRevisions map[string]string
	Policy       string // hash of the live policy; empty when no answer came
	Reader       Reader // as Replica.Reader has it
	// Refused says why the server did not take a new pseudonym.
	Refused *Problem
}

// add joins what one answer has changed to what the earlier ones have.
func (res *Result) add(next Result) {
	res.Sent += next.Sent
	res.Received += next.Received
	res.Changed = slices.Compact(slices.Sorted(slices.Values(slices.Concat(res.Changed, next.Changed))))
	if res.NewRevisions == nil {
		res.NewRevisions = map[string]string{}
	}
	maps.Copy(res.NewRevisions, next.NewRevisions)
	if next.Policy != "" { // an answer, not a snapshot
		res.Policy = next.Policy
	}
	res.Reader = next.Reader
	if next.Refused != nil {
		res.Refused = next.Refused
	}
}

// Round sends the outbox and reads the feeds of the articles in follow, and the
// author-only one, until both sides have nothing more to say. A feed that this
// device has not begun is read as a snapshot first, if t has [Snapshots]. Only one
// round runs on a store at a time; another waits for it.
//
// It returns the transport's error, [ErrOffline] or a [*ServerError] among
// others, and ErrFull when what the server sent found no room. The Result holds
// even then what was done before. No change leaves the outbox but together with
// its outcome: after any error, or a crash at any point, the next round sends it
// again under the same id.
func (r *Replica) Round(ctx context.Context, t Transport, follow []string) (Result, error) {
	unlock, err := r.store.Lock(ctx, syncLock)
	if err != nil {
		return Result{}, fmt.Errorf("sync: %w", err)
	}
	defer unlock()
	if leaving, err := r.leaving(ctx); err != nil || leaving {
		return Result{}, errors.Join(err, ErrLeaving)
	}
	var res Result
	begun, unread := follow, []string{}
	source, ok := t.(Snapshots)
	if ok {
		if unread, err = r.unread(ctx, follow); err != nil {
			return res, fmt.Errorf("sync: %w", err)
		}
		begun = slices.DeleteFunc(slices.Clone(follow), func(slug string) bool { return slices.Contains(unread, slug) })
	}
	// What the reader wrote goes first, then what others wrote comes.
	if err := r.exchanges(ctx, t, begun, &res); err != nil || len(unread) == 0 {
		return res, err
	}
	if err := r.snapshots(ctx, source, unread, &res); err != nil {
		return res, fmt.Errorf("sync: %w", err)
	}
	return res, r.exchanges(ctx, t, follow, &res)
}

// exchanges sends and reads until both sides have nothing more to say.
func (r *Replica) exchanges(ctx context.Context, t Transport, follow []string, res *Result) error {
	for range maxLoops {
		again, err := r.exchange(ctx, t, follow, res)
		if err != nil {
			return fmt.Errorf("sync: %w", err)
		}
		if !again {
			break
		}
	}
	return nil
}

// exchange is one request and its answer. again reports whether another would
// bring anything.
func (r *Replica) exchange(ctx context.Context, t Transport, follow []string, res *Result) (again bool, err error) {
	request, err := r.take(ctx, follow)
	if err != nil {
		return false, err
	}
	answer, err := t.Sync(ctx, request)
	// From here on the device is set right even if the page is being left.
	ctx = context.WithoutCancel(ctx)
	if err != nil {
		return false, errors.Join(err, r.giveBack(ctx, request.Changes))
	}
	texts, missing := r.texts(ctx, t, answer)
	step, again, err := r.absorb(ctx, request.Changes, answer, texts)
	if errors.Is(err, ErrFull) {
		// Outcomes take changes off a full device; what others wrote can wait.
		answer.Articles, answer.Mine = nil, MinePage{}
		step, _, err = r.absorb(ctx, request.Changes, answer, nil)
		if err == nil {
			err = ErrFull
		}
	}
	if err == nil || errors.Is(err, ErrFull) {
		res.add(step)
	}
	if err != nil {
		return false, errors.Join(err, r.giveBack(ctx, request.Changes))
	}
	return again && missing == nil, missing
}

// texts fetches the revisions that the answer's anchors count in, of the articles
// that are on this device in another one. The feed of an article whose text does
// not come is taken out of the answer: it is read again with the next one, so
// that text and anchors never part.
func (r *Replica) texts(ctx context.Context, t Transport, answer Answer) (texts []article.Article, missing error) {
	for _, slug := range slices.Sorted(maps.Keys(answer.Articles)) {
		page := answer.Articles[slug]
		has, err := r.hasRevision(ctx, slug)
		if err == nil && (has == "" || page.Revision == "" || page.Revision == has) {
			continue
		}
		var a article.Article
		if err == nil {
			a, err = t.Article(ctx, slug, page.Revision)
		}
		if err != nil {
			delete(answer.Articles, slug)
			missing = errors.Join(missing, fmt.Errorf("get %s: %w", slug, err))
			continue
		}
		texts = append(texts, a)
	}
	return texts, missing
}

// take marks what can be sent as attempted, durably, and returns the request.
func (r *Replica) take(ctx context.Context, follow []string) (Request, error) {
	request, err := r.question(ctx, follow)
	if err != nil {
		return Request{}, err
	}
	envelope, err := json.Marshal(request)
	if err != nil {
		return Request{}, fmt.Errorf("encode cursors: %w", err)
	}
	mark := func(showSending bool) error {
		request.Changes = []Change{}
		return r.update(ctx, func(b *batch) error {
			entries, err := b.outbox.next(MaxRequestBytes - len(envelope))
			if err != nil {
				return err
			}
			for _, e := range entries {
				if err := b.attempt(ctx, e, showSending); err != nil {
					return err
				}
				request.Changes = append(request.Changes, e.Change)
			}
			return nil
		})
	}
	err = mark(true)
	if errors.Is(err, ErrFull) {
		// The mark itself needs no room, and sending is what makes some.
		err = mark(false)
	}
	return request, err
}

// question is a request without changes.
func (r *Replica) question(ctx context.Context, follow []string) (Request, error) {
	request := Request{Cursors: map[string]int64{}, Changes: []Change{}}
	cursors := map[string]int64{}
	if err := readOr(ctx, r.store, Meta, metaCursors, &cursors); err != nil {
		return Request{}, err
	}
	for _, slug := range follow {
		request.Cursors[slug] = cursors[slug]
	}
	err := readOr(ctx, r.store, Meta, metaMine, &request.Mine)
	return request, err
}

// attempt marks e as sent, and its note too if the reader's newest text is what
// is sent. The ledger names the first attempt only.
func (b *batch) attempt(ctx context.Context, e *entry, show bool) error {
	first := !e.Attempted
	if first {
		e.Attempted = true
		if err := b.put(Outbox, e.Change.ID, e); err != nil {
			return err
		}
	}
	if !show || e.subject() == "" || b.outbox.waiting(e.subject()) != nil {
		return nil
	}
	n, err := b.note(ctx, e.subject())
	if err != nil || n == nil || n.State != Queued {
		return err
	}
	n.turn(Sending, bySync)
	if first {
		n.log(Sending, b.now, e.what())
	}
	b.keep(n)
	return nil
}

// giveBack shows the notes of changes that got no outcome as queued again.
func (r *Replica) giveBack(ctx context.Context, changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	err := r.update(ctx, func(b *batch) error { return b.release(ctx, changes) })
	if errors.Is(err, ErrFull) {
		return nil // "sending" is then shown a little longer
	}
	return err
}

// release shows the notes of those changes that are still in the outbox as queued.
func (b *batch) release(ctx context.Context, sent []Change) error {
	for _, c := range sent {
		if c.subject() == "" || !b.outbox.has(c.subject()) {
			continue
		}
		n, err := b.note(ctx, c.subject())
		if err != nil {
			return err
		}
		if n != nil && n.State == Sending {
			n.turn(Queued, bySync)
			b.keep(n)
		}
	}
	return nil
}
