package main

import (
	"errors"
	"fmt"

	"marginalia/app/server"
	"marginalia/app/store"
)

type orphansCmd struct {
	dataFlags

	List   orphansListCmd   `cmd:"" default:"withargs" help:"List the notes that lost their place, with guesses at another."`
	Attach orphansAttachCmd `cmd:"" help:"Give a note the place of a guess."`
}

type orphansListCmd struct {
	Article string `placeholder:"SLUG" help:"Only of this article."`
}

// Run prints the notes that lost their place.
func (c *orphansListCmd) Run(r *run, o *orphansCmd) error {
	st, err := o.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	lost, err := server.Orphans(r.ctx, st, c.Article)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return hint("Its address is /a/ and the slug.", "there is no article %s", c.Article)
	case err != nil:
		return err
	}
	if len(lost) == 0 {
		fmt.Fprintln(r.stdout, "No note has lost its place.")
	}
	for _, l := range lost {
		checks, err := sourceChecks(r.ctx, st, l.Note.Annotation.Note().Sources)
		if err != nil {
			return err
		}
		printNote(r.stdout, l.Note, checks)
		for i, g := range l.Guesses {
			fmt.Fprintf(r.stdout, "  guess %d: %s  (%.2f)\n", i+1, printable(g.Words), g.Confidence)
		}
	}
	return nil
}

type orphansAttachCmd struct {
	ID    string `arg:"" help:"Id of the note."`
	Guess int    `arg:"" help:"Number of the guess, as listed."`
}

// Run gives the note its place.
func (c *orphansAttachCmd) Run(r *run, o *orphansCmd) error {
	const see = "See marginalia orphans for the notes and their guesses."
	st, err := o.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	n, err := st.Note(r.ctx, c.ID)
	if errors.Is(err, store.ErrNotFound) {
		return hint(see, "there is no note %s", c.ID)
	}
	if err != nil {
		return err
	}
	lost, err := server.Orphans(r.ctx, st, n.Article)
	if err != nil {
		return err
	}
	for _, l := range lost {
		if l.Note.ID != c.ID {
			continue
		}
		if c.Guess < 1 || c.Guess > len(l.Guesses) {
			return hint(see, "note %s has no guess %d, but %d", c.ID, c.Guess, len(l.Guesses))
		}
		g := l.Guesses[c.Guess-1]
		if _, err := server.Reattach(r.ctx, st, c.ID, g.Span, r.now()); err != nil {
			return err
		}
		fmt.Fprintf(r.stdout, "%s stands at: %s\n", c.ID, printable(g.Words))
		return nil
	}
	return hint(see, "note %s has not lost its place", c.ID)
}
