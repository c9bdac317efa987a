// Command marginalia is the server and its commands.
//
//	marginalia serve --articles articles
//	marginalia import story.md
//	marginalia queue
//	marginalia check --article story.md < notes.jsonl
//
// Every flag can be given as MARGINALIA_ and its name in the environment. An
// error is one line "marginalia: …" and, where something can be done about it,
// one line "hint: …"; the exit status is then 1, or 2 when the command itself
// was not understood.
package main

import (
	"context"
	"os"
)

func main() {
	os.Exit((&Program{}).Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
