package main

import (
	"fmt"
	"text/tabwriter"

	"marginalia/app/moderation"
	"marginalia/app/server"
)

type policyCmd struct {
	Show  policyShowCmd  `cmd:"" help:"Explain a policy: its rules and what they do."`
	Check policyCheckCmd `cmd:"" help:"Say whether a policy file is valid, and what is wrong with it."`

	Replay policyReplayCmd `cmd:"" help:"Show which stored notes a policy file would decide otherwise, before it goes live."`
}

type policyShowCmd struct {
	Policy string `placeholder:"FILE" type:"path" help:"Policy file; by default the one that comes with the program."`
}

// Run prints the policy for a person.
func (c *policyShowCmd) Run(r *run) error {
	raw, err := readPolicy(c.Policy)
	if err != nil {
		return err
	}
	p, err := moderation.Parse(raw)
	if err != nil {
		return hint("See marginalia policy check FILE.", "%w", err)
	}
	fmt.Fprintf(r.stdout, "%s\n\n%s\n\n", p.Hash(), p.Sentence())
	w := tabwriter.NewWriter(r.stdout, 0, 0, 2, ' ', 0)
	for _, rule := range p.Rules() {
		does := string(rule.Severity)
		if rule.Off {
			does = "off"
		}
		fmt.Fprintf(w, "%s\t%s\n", rule.ID, does)
	}
	return w.Flush()
}

type policyCheckCmd struct {
	File string `arg:"" type:"path" help:"Policy file."`
}

// Run judges the file.
func (c *policyCheckCmd) Run(r *run) error {
	raw, err := readPolicy(c.File)
	if err != nil {
		return err
	}
	p, err := moderation.Parse(raw)
	if err != nil {
		return hint("Mend the file and check it again; a server with this policy holds every note.", "%s: %w", c.File, err)
	}
	// Without a model the examples that need it are left for later.
	p, modelErr := server.WithModels(p)
	if modelErr != nil {
		fmt.Fprintf(r.stderr, "marginalia: the rules run without a model: %s\n", oneLine(modelErr.Error()))
	}
	if err := p.CheckExamples(); err != nil {
		return hint("Change the example, or the rule; the FAQ leaves out examples that do not hold.", "%s: %w", c.File, err)
	}
	fmt.Fprintf(r.stdout, "%s is valid: %s\n", c.File, p.Hash())
	return nil
}
