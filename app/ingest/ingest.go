// Package ingest makes articles from files: plain text and Markdown.
//
// What it reads is trusted no further than its syntax: files that are not UTF-8
// text, too large or without text are refused with an [*Error] that says where
// and what to do. HTML in Markdown is dropped. Nothing here reads or writes a
// file or the clock.
//
//	data, err := os.ReadFile(name)
//	…
//	result, err := ingest.File(name, data, time.Now())
package ingest

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"marginalia/app/article"
)

// MaxBytes is the size of the largest file that is read.
const MaxBytes = 5 << 20

// Result is an article as a file gives it. The slug comes from the file's name.
type Result struct {
	Slug     string
	Revision article.Revision
}

// Error says why a file was refused. Functions of this package return it as
// *Error.
type Error struct {
	File   string // as the caller named it
	Line   int    // from 1
	Detail string // lower case, no full stop
	Hint   string // what to do about it, a sentence; may be empty
}

// Error is "file:line: detail", without the hint.
func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Detail) }

// Accepts reports whether [File] knows the extension of name.
func Accepts(name string) bool { return reader(name) != nil }

// File reads an article by the extension of name: .txt is plain text, .md and
// .markdown are Markdown. now becomes the revision's time of creation.
func File(name string, data []byte, now time.Time) (Result, error) {
	read := reader(name)
	if read == nil {
		return Result{}, &Error{
			File: name, Line: 1,
			Detail: fmt.Sprintf("cannot read files with the extension %q", filepath.Ext(name)),
			Hint:   "Articles are plain text (.txt) or Markdown (.md, .markdown).",
		}
	}
	return read(name, data, now)
}

func reader(name string) func(string, []byte, time.Time) (Result, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".txt":
		return Plain
	case ".md", ".markdown":
		return Markdown
	}
	return nil
}

// draft is an article as read, before its notice is cut and its title is known.
type draft struct {
	title    string // empty: the first block if it is a heading of level 1, else the file's name
	language string // empty: by the look of the text
	blocks   []article.Block
}

// finish makes the result of what was read from the file called name.
func finish(name string, d draft, now time.Time) (Result, error) {
	if d.title == "" {
		d.title = titleOf(name)
		if len(d.blocks) > 0 && d.blocks[0].Kind == article.Heading && d.blocks[0].Level == 1 {
			d.title = d.blocks[0].Text
		}
	}
	if d.language == "" {
		d.language = detectLanguage(d.blocks)
	}
	rev, err := article.NewRevision(d.title, d.language, d.blocks, now)
	switch {
	case errors.Is(err, article.ErrEmpty):
		return Result{}, &Error{File: name, Line: 1, Detail: "the file holds no article text", Hint: "Write at least one paragraph."}
	case err != nil:
		return Result{}, fmt.Errorf("%s: %w", name, err)
	}
	return Result{Slug: article.Slug(name), Revision: rev}, nil
}
