package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/server"
)

type checkCmd struct {
	Policy  string `placeholder:"FILE" type:"path" help:"Policy file; by default the one that comes with the program."`
	Article string `placeholder:"FILE" type:"path" help:"The article that the notes are on; else each line's \"article\"."`
}

// checkLine is a note to judge. Keys that are not here are of no account.
type checkLine struct {
	ID       json.RawMessage `json:"id"`
	Text     *string         `json:"text"`
	Quote    string          `json:"quote"`
	Sources  []lineSource    `json:"sources"`
	Article  string          `json:"article"`
	Stance   string          `json:"stance"`
	Language string          `json:"language"`
	Nickname string          `json:"nickname"`
	ReplyTo  string          `json:"replyTo"`
}

// lineSource is an address, alone or with a passage.
type lineSource annotation.Source

// UnmarshalJSON reads a string or an object.
func (s *lineSource) UnmarshalJSON(data []byte) error {
	var url string
	if json.Unmarshal(data, &url) == nil {
		*s = lineSource{URL: url}
		return nil
	}
	var full annotation.Source
	if err := json.Unmarshal(data, &full); err != nil {
		return lineError(`sources: each must be an address or {"url", "passage"}`)
	}
	*s = lineSource(full)
	return nil
}

// verdictLine is a verdict with the id of its line.
type verdictLine struct {
	ID json.RawMessage `json:"id"`
	moderation.Verdict
}

// Run judges each line.
func (c *checkCmd) Run(r *run) error {
	raw, err := readPolicy(c.Policy)
	if err != nil {
		return err
	}
	policy, err := moderation.Parse(raw)
	if err != nil {
		return hint("See marginalia policy check FILE.", "%w", err)
	}
	if policy, err = server.WithModels(policy); err != nil {
		fmt.Fprintf(r.stderr, "marginalia: the rules run without a model: %s\n", oneLine(err.Error()))
	}
	j := &judge{policy: policy}
	if c.Article != "" {
		result, err := readArticle(r, c.Article)
		if err != nil {
			return err
		}
		j.fixed = moderation.NewArticle(result.Revision.Text())
	}
	return eachLine(r, j.line)
}

// judge keeps the article of the last line: neighbours mostly share theirs.
type judge struct {
	policy *moderation.Policy
	fixed  *moderation.Article
	text   string
	last   *moderation.Article
}

func (j *judge) line(line []byte) (any, error) {
	var in checkLine
	if err := decodeLine(line, &in); err != nil {
		return nil, err
	}
	if in.Text == nil {
		return nil, errors.New("text is missing")
	}
	n := annotation.Note{Text: *in.Text, Language: in.Language, Stance: annotation.Stance(in.Stance), ReplyTo: in.ReplyTo}
	for _, s := range in.Sources {
		n.Sources = append(n.Sources, annotation.Source(s))
	}
	v := moderation.Check(j.policy, moderation.Note{Note: n, Nickname: in.Nickname}, moderation.Subject{
		Article: j.article(in.Article), Quote: in.Quote,
	})
	return verdictLine{givenID(in.ID), v}, nil
}

// article is what a line's note is on: the flag's article, else the line's own,
// else nothing, and topic is not judged.
func (j *judge) article(text string) *moderation.Article {
	switch {
	case j.fixed != nil:
		return j.fixed
	case text == "":
		return nil
	case text != j.text || j.last == nil:
		j.text, j.last = text, moderation.NewArticle(article.Canonical(text))
	}
	return j.last
}
