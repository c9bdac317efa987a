package chaos

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// words makes a word of a number, so that no text is ever written twice.
func words(n int) string {
	const first, second = "bdfgklmnprstvz", "aeiou"
	s := ""
	for range 4 {
		s += string(first[n%len(first)]) + string(second[n/len(first)%len(second)])
		n /= len(first) * len(second)
	}
	return s
}

// compose fills a form. What the server makes of it is left to its rules.
func (d *device) compose(form *replica.DraftNote) {
	w := words(d.fleet.number())
	form.Stance, form.Sources = annotation.Question, []annotation.Source{{}}
	switch n := d.rng.IntN(10); {
	case n < 5:
		form.Text = fmt.Sprintf("Which figure is %s?", w)
	case n < 7:
		form.Text = fmt.Sprintf("Table %s says otherwise.", w)
		form.Stance, form.Sources = annotation.Dispute, []annotation.Source{{URL: "https://www.ssb.no/" + w, Passage: "as counted in " + w}}
	case n < 9:
		form.Text = fmt.Sprintf("Is %s another lie of you idiot?", w)
	default:
		form.Text, form.Stance = fmt.Sprintf("No, %s is wrong.", w), annotation.Dispute
	}
	if form.ReplyTo != "" {
		form.Stance = ""
	}
}

// write posts a note on a sentence, or on a whole article.
func (d *device) write(ctx context.Context) error {
	a, err := d.tab().Article(ctx, d.fleet.slugs[d.rng.IntN(len(d.fleet.slugs))])
	if err != nil {
		return err
	}
	form := replica.DraftNote{
		ID: d.newID(), Kind: replica.NewNote, Article: a.Slug, Revision: a.Revision.ID, Target: annotation.Target{Source: a.Slug},
	}
	if d.chance(90) {
		text := a.Revision.Text()
		sentences := a.Revision.Sentences()
		span := sentences[d.rng.IntN(len(sentences))].Span
		form.Target.State = &annotation.State{Type: "TimeState", Cached: a.Revision.ID}
		form.Target.Selector = anchor.NewText(text).Describe(span)
		form.Span = &span
	}
	d.compose(&form)
	d.fleet.Ledger.wrote(form.Text, d.name, form.ID)
	return d.send(ctx, form, d.chance(5))
}

// reply answers a note that this device shows, or showed once.
func (d *device) reply(ctx context.Context) error {
	parent, ok := d.pick(ctx, d.fleet.anyNote(d.rng))
	if !ok {
		return nil
	}
	form := replica.DraftNote{ID: d.newID(), Kind: replica.ReplyTo, Article: parent.Article, ReplyTo: parent.ID}
	d.compose(&form)
	d.fleet.Ledger.wrote(form.Text, d.name, form.ID)
	return d.send(ctx, form, false)
}

// edit opens a form on an own note, and posts it at once or leaves it open for
// a while.
func (d *device) edit(ctx context.Context) error {
	n, ok := d.pick(ctx, d.fleet.noteOf(d.group, d.rng))
	if !ok || n.State == replica.Deleted || d.editing(n.ID) {
		return nil
	}
	form := d.formOn(n)
	if d.chance(40) {
		if err := d.tab().SaveDraft(ctx, form); err != nil {
			return err
		}
		d.fleet.tracef("%s opens a form on %s: %q", d.name, n.ID, form.Text)
		d.forms = append(d.forms, form)
		return nil
	}
	return d.send(ctx, form, false)
}

// appeal asks a moderator about an own note that was not published.
func (d *device) appeal(ctx context.Context) error {
	n, ok := d.pick(ctx, d.fleet.noteOf(d.group, d.rng))
	if !ok || n.State != replica.Rejected && n.State != replica.Held || d.editing(n.ID) {
		return nil
	}
	return d.send(ctx, d.formOn(n), true)
}

// postForm posts a form that was open, on whatever became of its note.
func (d *device) postForm(ctx context.Context) error {
	if len(d.forms) == 0 {
		return nil
	}
	i := d.rng.IntN(len(d.forms))
	form := d.forms[i]
	if err := d.send(ctx, form, false); err != nil {
		return err
	}
	d.forms = slices.Delete(d.forms, i, i+1)
	return nil
}

func (d *device) editing(note string) bool {
	return slices.ContainsFunc(d.forms, func(f replica.DraftNote) bool { return f.ID == note })
}

// formOn is the form as it opens on a note, filled in.
func (d *device) formOn(n replica.Note) replica.DraftNote {
	form := replica.DraftNote{
		ID: n.ID, Kind: replica.EditNote, Article: n.Article, Target: n.Annotation.Target, ReplyTo: n.Annotation.Note().ReplyTo,
		IfMatch: n.ETag,
	}
	d.compose(&form)
	d.fleet.Ledger.wrote(form.Text, d.name, n.ID, inSight(n)...)
	return form
}

// inSight is the texts of a note that its reader sees.
func inSight(n replica.Note) []string {
	texts := []string{n.Annotation.Text(), textOf(n.Public)}
	if n.Theirs != nil {
		texts = append(texts, textOf(n.Theirs.Annotation))
	}
	return texts
}

// pick reads a note, if it is on this device.
func (d *device) pick(ctx context.Context, id string) (replica.Note, bool) {
	if id == "" {
		return replica.Note{}, false
	}
	n, err := d.tab().Note(ctx, id)
	return n, err == nil
}

// send posts a form, or appeals with it. The page may be killed in the middle:
// then the note is posted, or its draft is there.
func (d *device) send(ctx context.Context, form replica.DraftNote, appeal bool) error {
	tab := d.tab()
	if err := tab.SaveDraft(ctx, form); err != nil {
		return fmt.Errorf("%s saves a draft: %w", d.name, err)
	}
	if d.chance(4) && !d.busy {
		d.disk.killAt(1+d.rng.IntN(6), d.chance(50))
	}
	v := moderation.Verdict{Decision: moderation.Publish, Findings: []moderation.Finding{}}
	var err error
	if appeal {
		_, err = tab.Appeal(ctx, form, form.Target, v, "Please look at this.")
	} else {
		_, err = tab.Post(ctx, form, form.Target, v)
	}
	d.fleet.tracef("%s posts %s %q (appeal %t): %v", d.name, form.ID, form.Text, appeal, err)
	if errors.Is(err, errKilled) {
		return d.afterKill(ctx, form)
	}
	d.disk.killAt(0, false)
	if errors.Is(err, replica.ErrDeleted) {
		return d.tab().EraseDraft(ctx, form.ID)
	}
	if err != nil {
		return fmt.Errorf("%s posts: %w", d.name, err)
	}
	d.sent(form)
	return nil
}

func (d *device) sent(form replica.DraftNote) {
	d.last[form.ID] = form.Text
	d.fleet.wrote(d.group, form.ID)
}

// afterKill opens the page again and sees what became of a form.
func (d *device) afterKill(ctx context.Context, form replica.DraftNote) error {
	if err := d.restart(ctx); err != nil {
		return err
	}
	drafts, err := d.tab().Drafts(ctx)
	if err != nil {
		return err
	}
	kept := slices.ContainsFunc(drafts, func(f replica.DraftNote) bool { return f.ID == form.ID && f.Text == form.Text })
	n, posted := d.pick(ctx, form.ID)
	posted = posted && n.Annotation.Text() == form.Text
	if kept == posted {
		return fmt.Errorf("%s was killed while posting %s: draft kept %t, note posted %t", d.name, form.ID, kept, posted)
	}
	if posted {
		d.sent(form)
		return nil
	}
	return d.tab().EraseDraft(ctx, form.ID)
}

// remove deletes an own note.
func (d *device) remove(ctx context.Context) error {
	n, ok := d.pick(ctx, d.fleet.noteOf(d.group, d.rng))
	if !ok || n.State == replica.Deleted {
		return nil
	}
	d.fleet.Ledger.wrote(n.ID, d.name, n.ID, inSight(n)...)
	err := d.tab().Delete(ctx, n.ID)
	d.fleet.tracef("%s deletes %s, %s: %v", d.name, n.ID, n.State, err)
	if err != nil {
		return fmt.Errorf("%s deletes: %w", d.name, err)
	}
	delete(d.last, n.ID)
	d.fleet.wrote("", "")
	return nil
}

func (d *device) rename(ctx context.Context) error {
	err := d.tab().Rename(ctx, "Reader "+words(d.fleet.number()))
	d.fleet.wrote("", "")
	return err
}
