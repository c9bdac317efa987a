package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/server"
	"marginalia/app/store"
)

type policyReplayCmd struct {
	dataFlags

	File   string `arg:"" type:"path" help:"Policy file that may go live."`
	Policy string `placeholder:"FILE" type:"path" help:"Policy file that is live; by default the one that comes with the program."`
	URL    string `default:"http://127.0.0.1:8080" placeholder:"URL" help:"Public address that the server has (${default}): a note may not cite its own article."`
	Words  bool   `help:"Print the words that each rule points at, too."`
}

// Run judges every stored note by both policies and prints those whose decision
// would be another. Nothing is written.
func (c *policyReplayCmd) Run(r *run) error {
	next, err := replayed(r, c.File)
	if err != nil {
		return hint("Mend the file and replay it again.", "%s: %w", c.File, err)
	}
	live, err := replayed(r, c.Policy)
	if err != nil {
		return hint("See marginalia policy check FILE.", "the live policy: %w", err)
	}
	st, err := c.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	p := &replay{live: live, next: next, st: st, url: strings.TrimSuffix(c.URL, "/"), words: c.Words, out: r.stdout, turns: map[string]int{}}
	list, err := st.Articles(r.ctx)
	if err != nil {
		return err
	}
	for _, a := range list {
		if err := p.article(r.ctx, a.Slug); err != nil {
			return err
		}
	}
	p.summary()
	return nil
}

// replayed reads a policy with its models.
func replayed(r *run, file string) (*moderation.Policy, error) {
	raw, err := readPolicy(file)
	if err != nil {
		return nil, err
	}
	p, err := moderation.Parse(raw)
	if err != nil {
		return nil, err
	}
	if p, err = server.WithModels(p); err != nil {
		fmt.Fprintf(r.stderr, "marginalia: the rules run without a model: %s\n", oneLine(err.Error()))
	}
	return p, nil
}

// replay judges stored notes by two policies.
type replay struct {
	live, next *moderation.Policy
	st         store.Store
	url        string
	words      bool
	out        io.Writer

	notes, others int            // judged; with other findings and the same decision
	turns         map[string]int // how many notes by "old -> new"
}

// article judges the notes of one article, each on the revision that it is on.
func (p *replay) article(ctx context.Context, slug string) error {
	art, err := p.st.Article(ctx, slug)
	if err != nil {
		return fmt.Errorf("article %s: %w", slug, err)
	}
	notes, err := p.st.Notes(ctx, slug)
	if err != nil {
		return fmt.Errorf("notes on %s: %w", slug, err)
	}
	texts := map[string]*moderation.Article{}
	of := func(rev article.Revision) *moderation.Article {
		if texts[rev.ID] == nil {
			texts[rev.ID] = moderation.NewArticle(rev.Text())
		}
		return texts[rev.ID]
	}
	for _, n := range notes {
		s := moderation.Subject{Self: []string{p.url + "/a/" + slug}}
		note := n.Annotation.Note()
		rev := art.Revision
		if id := n.Annotation.Revision(); note.ReplyTo == "" && id != "" && id != rev.ID {
			if rev, err = p.st.Revision(ctx, slug, id); err != nil {
				return fmt.Errorf("revision %s of %s: %w", id, slug, err)
			}
		}
		s.Article = of(rev)
		if quote, ok := n.Annotation.Quote(); ok && note.ReplyTo == "" {
			s.Quote = quote.Exact
		}
		nickname := ""
		if n.Annotation.Creator != nil {
			nickname = n.Annotation.Creator.Nickname
		}
		p.note(n, moderation.Note{Note: note, Nickname: nickname}, s)
	}
	return nil
}

func (p *replay) note(n store.Note, note moderation.Note, s moderation.Subject) {
	p.notes++
	was, is := moderation.Check(p.live, note, s), moderation.Check(p.next, note, s)
	rules := turned(was.Findings, is.Findings)
	if was.Decision == is.Decision {
		if len(rules) > 0 {
			p.others++
		}
		return
	}
	p.turns[fmt.Sprintf("%s -> %s", was.Decision, is.Decision)]++
	fmt.Fprintf(p.out, "%s  %s  %s -> %s  %s\n", n.ID, n.Article, was.Decision, is.Decision, cmp.Or(strings.Join(rules, ", "), "a rule that could not run"))
	if !p.words {
		return
	}
	for _, side := range []struct {
		sign string
		list []moderation.Finding
	}{{"-", was.Findings}, {"+", is.Findings}} {
		for _, f := range side.list {
			fmt.Fprintf(p.out, "  %s %s %s in %s: %s\n", side.sign, f.Rule, f.Severity, f.Field, printable(f.Quote))
		}
	}
}

// turned names the rules whose heaviest finding is another, with what it was and
// is.
func turned(was, is []moderation.Finding) []string {
	before, after := heaviest(was), heaviest(is)
	var list []string
	for _, rule := range moderation.Rules() {
		if a, b := before[rule.ID], after[rule.ID]; a != b {
			list = append(list, fmt.Sprintf("%s %s -> %s", rule.ID, cmp.Or(a, "none"), cmp.Or(b, "none")))
		}
	}
	return list
}

// heaviest is the first finding's severity of each rule: findings come by weight.
func heaviest(list []moderation.Finding) map[string]moderation.Severity {
	found := map[string]moderation.Severity{}
	for _, f := range list {
		if _, ok := found[f.Rule]; !ok {
			found[f.Rule] = f.Severity
		}
	}
	return found
}

func (p *replay) summary() {
	changed := 0
	var parts []string
	for _, was := range []moderation.Decision{moderation.Publish, moderation.Hold, moderation.Reject} {
		for _, is := range []moderation.Decision{moderation.Publish, moderation.Hold, moderation.Reject} {
			turn := fmt.Sprintf("%s -> %s", was, is)
			if n := p.turns[turn]; n > 0 {
				changed += n
				parts = append(parts, fmt.Sprintf("%d %s", n, turn))
			}
		}
	}
	fmt.Fprintf(p.out, "Of %d stored notes %d would be decided otherwise", p.notes, changed)
	if changed > 0 {
		fmt.Fprintf(p.out, ": %s", strings.Join(parts, ", "))
	}
	fmt.Fprintf(p.out, "; %d more would get other findings.\n", p.others)
}

// Help tells what the lines mean.
func (c *policyReplayCmd) Help() string {
	return "Judges every stored note by the live policy and by FILE, and prints a line for each whose decision would be another: " +
		"its id, its article, the two decisions, and the rules whose heaviest finding differs. " +
		"Nothing is changed: decisions that were made stand until a note is edited."
}
