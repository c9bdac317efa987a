package main

import (
	"bufio"
	"encoding/json"
	"fmt"

	"marginalia/app/claims"
	"marginalia/app/weights"
)

type claimsCmd struct {
	File string `arg:"" name:"file" help:"The article: .txt or .md."`
}

// Run prints every sentence of the article as a line of JSON, best first.
func (c *claimsCmd) Run(r *run) error {
	result, err := readArticle(r, c.File)
	if err != nil {
		return err
	}
	if language := result.Revision.Language; !claims.Knows(language) {
		return hint(`In a .md file, "lang: en" between lines of "---" at the start says that it is English.`,
			"%s: its language seems to be %q, and claims are found in English only", c.File, language)
	}
	model, err := claims.Parse(weights.Get("claims"))
	if err != nil {
		return fmt.Errorf("the model of claims: %w", err)
	}
	out := bufio.NewWriter(r.stdout)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, found := range model.Find(result.Revision) {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if err := enc.Encode(found); err != nil {
			return fmt.Errorf("standard output: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("standard output: %w", err)
	}
	return nil
}
