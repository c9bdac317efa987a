package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"marginalia/app/article"
	"marginalia/app/ingest"
	"marginalia/app/server"
	"marginalia/app/store"
)

type importCmd struct {
	dataFlags

	Files []string `arg:"" name:"file" help:"Files to import: .txt or .md."`
	Slug  string   `placeholder:"SLUG" help:"Name of the article in its address; by default made from the file's name."`
}

// Run imports each file. One that cannot be read is reported with its line and
// does not stop the others.
func (c *importCmd) Run(r *run) error {
	if c.Slug != "" {
		if len(c.Files) > 1 {
			return hint("Import the files one by one.", "--slug names one article, and there are %d files", len(c.Files))
		}
		if !article.ValidSlug(c.Slug) {
			return hint("Use small letters, figures and hyphens, as in budget-vote-2026.", "%q is no slug", c.Slug)
		}
	}
	st, err := c.open(r.ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	var failures []error
	for _, name := range c.Files {
		if err := importFile(r, st, name, c.Slug); err != nil {
			failures = append(failures, err)
		}
	}
	return last(r, failures, len(c.Files))
}

// last reports all failures but the last one, which it returns.
func last(r *run, failures []error, of int) error {
	if len(failures) == 0 {
		return nil
	}
	end := len(failures) - 1
	for _, err := range failures[:end] {
		report(r.stderr, err, exitError)
	}
	if of > len(failures) {
		return &hinted{failures[end], strings.TrimSpace(adviceOf(failures[end]) + " The other files were imported.")}
	}
	return failures[end]
}

// importFile imports one file under slug, or under its own name.
func importFile(r *run, st store.Store, name, slug string) error {
	if strings.Contains(name, "://") {
		return hint("Save the article as a .txt or .md file and import that.", "%s: addresses cannot be imported yet", name)
	}
	result, err := readArticle(r, name)
	if err != nil {
		return err
	}
	if slug == "" {
		slug = result.Slug
	}
	if !article.ValidSlug(slug) {
		return hint("Give it a name with --slug.", "%s: the file's name gives no slug", name)
	}
	changed, err := server.Import(r.ctx, st, slug, result.Revision)
	if err != nil {
		return err
	}
	if changed {
		fmt.Fprintf(r.stdout, "imported %s as /a/%s, revision %s\n", name, slug, result.Revision.ID)
	} else {
		fmt.Fprintf(r.stdout, "%s is what /a/%s has already\n", name, slug)
	}
	return nil
}

// readArticle reads a file, but no more of it than an article may have.
func readArticle(r *run, name string) (ingest.Result, error) {
	const advice = "Give the name of a .txt or .md file that you may read."
	f, err := os.Open(name)
	if err != nil {
		return ingest.Result{}, &hinted{err, advice}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, ingest.MaxBytes+1))
	if err != nil {
		return ingest.Result{}, &hinted{err, advice}
	}
	return ingest.File(name, data, r.now().UTC())
}

// importFolder imports the articles of a folder into a store that has none. A
// file that cannot be read is reported; it stops neither the others nor serve.
func importFolder(r *run, st store.Store, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("articles: %w", err)
	}
	list, err := st.Articles(r.ctx)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		return nil // not the first start: later ones come with the command import
	}
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		if e.IsDir() || !ingest.Accepts(name) || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		to := *r
		to.stdout = r.stderr // serve's standard output stays empty
		if err := importFile(&to, st, name, ""); err != nil {
			if r.ctx.Err() != nil {
				return err
			}
			report(r.stderr, err, exitError)
		}
	}
	return nil
}
