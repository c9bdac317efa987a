package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/reach"
	"marginalia/app/server"
	"marginalia/app/source"
	"marginalia/app/store"
)

type queueCmd struct {
	dataFlags

	List    queueListCmd    `cmd:"" default:"1" help:"List the notes that wait, the longest waiting first."`
	Publish queuePublishCmd `cmd:"" help:"Publish a note."`
	Reject  queueRejectCmd  `cmd:"" help:"Reject a note, with a reason for its author."`

	TakeDown queueTakeDownCmd `cmd:"" help:"Take a published note down, with a reason for its author."`
}

type queueListCmd struct{}

// Run prints the notes that wait.
func (c *queueListCmd) Run(r *run, q *queueCmd) error {
	st, err := q.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	held, err := st.Held(r.ctx)
	if err != nil {
		return err
	}
	if len(held) == 0 {
		fmt.Fprintln(r.stdout, "No note waits.")
	}
	for _, n := range held {
		checks, err := sourceChecks(r.ctx, st, n.Annotation.Note().Sources)
		if err != nil {
			return err
		}
		printNote(r.stdout, n, checks)
	}
	return nil
}

// printNote shows a note as a moderator needs it. What readers wrote may hold
// characters that steer a terminal: they are taken out.
func printNote(w io.Writer, n store.Note, checks []store.SourceCheck) {
	note := n.Annotation.Note()
	name := n.Reader
	if n.Annotation.Creator != nil {
		name = n.Annotation.Creator.Nickname
	}
	fmt.Fprintf(w, "%s  %s  %s  %s\n", n.ID, n.Article, printable(name), n.Updated.UTC().Format("2006-01-02 15:04 UTC"))
	if quote, ok := n.Annotation.Quote(); ok {
		fmt.Fprintf(w, "  claim:   %s\n", printable(quote.Exact))
	}
	if note.Stance != "" {
		fmt.Fprintf(w, "  stance:  %s\n", printable(string(note.Stance)))
	}
	fmt.Fprintf(w, "  note:    %s\n", printable(note.Text))
	for i, s := range note.Sources {
		fmt.Fprintf(w, "  source:  %s  %s\n", printable(s.URL), printable(s.Passage))
		if found := explain(checks[i]); found != "" {
			fmt.Fprintf(w, "           %s\n", found)
		}
	}
	if n.Verdict != nil {
		for _, f := range n.Verdict.Findings {
			fmt.Fprintf(w, "  finding: %s (%s) in %s: %s\n", f.Rule, f.Severity, f.Field, printable(f.Quote))
		}
	}
	if len(n.Reasons) > 0 {
		fmt.Fprintf(w, "  held:    %s\n", strings.Join(n.Reasons, ", "))
	}
	if n.Appeal {
		fmt.Fprintf(w, "  appeal:  %s\n", printable(n.Reason))
	}
}

// sourceChecks is what the server found of each source, the zero value where it
// has not looked yet.
func sourceChecks(ctx context.Context, st store.Store, cited []annotation.Source) ([]store.SourceCheck, error) {
	checks := make([]store.SourceCheck, len(cited))
	for i, c := range cited {
		s, err := source.Parse(c.URL)
		if err != nil {
			continue
		}
		if checks[i], err = st.SourceCheck(ctx, s.URL); err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
	}
	return checks, nil
}

// explain puts a check into words; "" when there was none.
func explain(c store.SourceCheck) string {
	found := ""
	switch reach.Outcome(c.Outcome) {
	case reach.Reachable:
		found = "reachable"
	case reach.Redirected:
		found = "leads to " + printable(c.Domain)
	case reach.Gone:
		found = "no such page"
	case reach.Refused:
		found = "refuses programs, so open it to see"
	case reach.Unreachable:
		found = "not reachable"
	default:
		return ""
	}
	return c.Checked.UTC().Format("2006-01-02") + ": " + found
}

// printable is s on one line, without control and formatting characters.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co):
			return -1
		}
		return r
	}, s)
}

type queuePublishCmd struct {
	ID     string `arg:"" help:"Id of the note."`
	Reason string `placeholder:"TEXT" help:"What to tell the author."`
}

// Run publishes the note.
func (c *queuePublishCmd) Run(r *run, q *queueCmd) error {
	return decide(r, q, c.ID, moderation.Publish, c.Reason)
}

type queueRejectCmd struct {
	ID     string `arg:"" help:"Id of the note."`
	Reason string `required:"" placeholder:"TEXT" help:"Why, for the author to read."`
}

// Run rejects the note.
func (c *queueRejectCmd) Run(r *run, q *queueCmd) error {
	if strings.TrimSpace(c.Reason) == "" {
		return hint("Say with --reason why, so that the author can mend it.", "a note is not rejected without a reason")
	}
	return decide(r, q, c.ID, moderation.Reject, c.Reason)
}

func decide(r *run, q *queueCmd, id string, d moderation.Decision, reason string) error {
	st, err := q.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	n, err := server.Decide(r.ctx, st, id, d, reason, r.now())
	switch {
	case errors.Is(err, store.ErrNotFound):
		return hint("See marginalia queue for the notes that wait.", "there is no note %s", id)
	case errors.Is(err, server.ErrNotWaiting):
		return hint("See marginalia queue for the notes that wait.", "%w", err)
	case err != nil:
		return err
	}
	fmt.Fprintf(r.stdout, "%s is %s\n", n.ID, n.State)
	return nil
}

type queueTakeDownCmd struct {
	ID     string `arg:"" help:"Id of the note."`
	Reason string `required:"" placeholder:"TEXT" help:"Why, for the author to read."`
}

// Run takes the note down.
func (c *queueTakeDownCmd) Run(r *run, q *queueCmd) error {
	if strings.TrimSpace(c.Reason) == "" {
		return hint("Say with --reason why, so that the author knows.", "a note is not taken down without a reason")
	}
	st, err := q.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	n, err := server.TakeDown(r.ctx, st, c.ID, c.Reason, r.now())
	switch {
	case errors.Is(err, store.ErrNotFound):
		return hint("The id is what stands after #n- in a link to the note.", "there is no note %s", c.ID)
	case errors.Is(err, server.ErrNotPublic):
		return hint("See marginalia queue for the notes that wait.", "%w", err)
	case err != nil:
		return err
	}
	fmt.Fprintf(r.stdout, "%s is taken down\n", n.ID)
	return nil
}
