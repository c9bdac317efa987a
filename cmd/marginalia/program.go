package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"marginalia/app/ingest"
)

// The exit statuses.
const (
	exitOK    = 0
	exitError = 1
	exitUsage = 2
)

// Program is the command line as a value, so that a test runs it like a user
// does. The zero value is ready.
type Program struct {
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// commands is the grammar of the command line.
type commands struct {
	Serve    serveCmd    `cmd:"" help:"Run the server."`
	Import   importCmd   `cmd:"" help:"Add articles, or new revisions of known ones, from .txt and .md files."`
	Queue    queueCmd    `cmd:"" help:"List the notes that wait for a moderator, or decide on one."`
	Orphans  orphansCmd  `cmd:"" help:"List the notes that lost their place in a corrected article, or give one another."`
	Policy   policyCmd   `cmd:"" help:"Explain a policy, check a policy file, or replay one on the stored notes."`
	Check    checkCmd    `cmd:"" help:"Moderate notes: JSON lines in, verdicts out."`
	Claims   claimsCmd   `cmd:"" help:"Score the sentences of an article by how worth checking they are: JSON lines, best first; from 0.5 on they are."`
	Anchor   anchorCmd   `cmd:"" help:"Place selectors in a text: JSON lines in, anchors out."`
	Validate validateCmd `cmd:"" help:"Judge JSON documents by the W3C Web Annotation Data Model, one a line."`
}

// run is what a command works with.
type run struct {
	ctx    context.Context
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	now    func() time.Time
}

// exit is how kong ends the program: after --help.
type exit int

// Run runs one command and returns the exit status. It stops early when ctx is
// done; serve then closes what it has open.
func (p *Program) Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	defer func() {
		if v := recover(); v != nil {
			e, ok := v.(exit)
			if !ok {
				panic(v)
			}
			code = int(e)
		}
	}()
	r := &run{ctx: ctx, stdin: stdin, stdout: stdout, stderr: stderr, now: p.Now}
	if r.now == nil {
		r.now = time.Now
	}
	var c commands
	parser, err := kong.New(&c,
		kong.Name("marginalia"),
		kong.Description("Notes on the claims in an article, each with its source."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.DefaultEnvars("MARGINALIA"),
	)
	if err != nil {
		return report(stderr, err, exitError)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return report(stderr, &hinted{err, "See marginalia --help, or marginalia COMMAND --help."}, exitUsage)
	}
	if err := parsed.Run(r); err != nil {
		return report(stderr, err, exitError)
	}
	return exitOK
}

// hinted is an error with what to do about it.
type hinted struct {
	err  error
	hint string
}

func (h *hinted) Error() string { return h.err.Error() }
func (h *hinted) Unwrap() error { return h.err }

// hint makes an error that says what to do.
func hint(advice, format string, args ...any) error {
	return &hinted{fmt.Errorf(format, args...), advice}
}

// report prints an error for a person and returns code.
func report(w io.Writer, err error, code int) int {
	fmt.Fprintf(w, "marginalia: %s\n", oneLine(err.Error()))
	if advice := adviceOf(err); advice != "" {
		fmt.Fprintf(w, "hint: %s\n", oneLine(advice))
	}
	return code
}

func adviceOf(err error) string {
	var h *hinted
	if errors.As(err, &h) {
		return h.hint
	}
	var file *ingest.Error
	if errors.As(err, &file) {
		return file.Hint
	}
	return ""
}

// oneLine joins the lines of a message.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
